/**
 * From what a finding is about to the nearest dependents, as places with words. In: a report. Out: paths, few and telling.
 * Not here: every path (the report's impacts have them).
 */
import type { Report, ReportImpact, World } from '@blast-radius/core';
import type { Finding } from './findings.js';
import { EDGE_WORDS, symbolOf } from './words.js';

/** Dependents shown beside a finding. */
const MOST_PATHS = 5;

/** One way from a change to a dependent. */
export interface FoundPath {
  readonly world: World;
  readonly steps: readonly PathStep[];
}

interface PathStep {
  readonly file: string;
  readonly line: number;
  /** `called by Cart`. */
  readonly words: string;
}

/** For a finding, the paths to the nearest dependents of the changes that it is about: one a file, tests last. */
export function pathFinder(report: Report): (finding: Finding) => FoundPath[] {
  const places = new Map([...report.changes, ...report.impacts].map((node) => [node.id, node]));
  const bySource = new Map<string, ReportImpact[]>();
  for (const impact of report.impacts) {
    const source = impact.path[0] ?? '';
    const known = bySource.get(source);
    if (known === undefined) bySource.set(source, [impact]);
    else known.push(impact);
  }
  const stepsOf = ({ path, via }: ReportImpact): PathStep[] =>
    path.map((id, index) => {
      const node = places.get(id);
      const name = node === undefined ? id : symbolOf(node);
      const edge = via[index - 1];
      return {
        file: node?.file ?? '',
        line: node?.line ?? 0,
        words: edge === undefined ? name : `${EDGE_WORDS[edge]} ${name}`,
      };
    });
  return ({ changes }) => {
    const reached = changes
      .flatMap((id) => bySource.get(id) ?? [])
      .filter(({ file, distance }) => file !== '' && distance > 0);
    const nearest = reached.sort(
      (left, right) => Number(left.test) - Number(right.test) || left.distance - right.distance,
    );
    const oneEach = new Map<string, ReportImpact>();
    for (const impact of nearest) if (!oneEach.has(impact.file)) oneEach.set(impact.file, impact);
    return [...oneEach.values()]
      .slice(0, MOST_PATHS)
      .map((impact) => ({ world: impact.world, steps: stepsOf(impact) }));
  };
}
