/**
 * The counts that the score is made of, out of the analysis.
 * In: graph, places, changes with their sizes, impacts at their nearest, coverage. Out: a ScoreInput.
 * Tests are no dependents here: they are in it only as the coverage of what is impacted.
 */
import { CONFIDENCES, confidenceRank } from '../../model/index.js';
import type { Change, OwnersRule, ReachSize, ReportFlag, SymbolGraph } from '../../model/index.js';
import { centralities, isApart, ownersOf } from '../impact/index.js';
import type { GraphPlaces, NearestImpact, TouchedFiles } from '../impact/index.js';
import type { ScoreInput } from './score.js';

/** What {@link scoreInput} reads. */
export interface ScoreEvidence {
  readonly graph: SymbolGraph;
  readonly places: GraphPlaces;
  readonly changes: readonly Change[];
  /** One for each change, same order. */
  readonly sizes: readonly ReachSize[];
  readonly impacts: readonly NearestImpact[];
  readonly files: TouchedFiles;
  /** 1 for nodes that some test reaches. */
  readonly covered: Uint8Array;
  readonly owners: readonly OwnersRule[];
  readonly unknowns: number;
  readonly flags: readonly ReportFlag[];
}

/** Counts everything once. O(changes + impacts + files). */
export function scoreInput(evidence: ScoreEvidence): ScoreInput {
  const { graph, places, unknowns, flags } = evidence;
  const impacts = evidence.impacts.filter((impact) => isApart(impact) && !isTest(evidence, impact.node));
  const crossed = crossedPackages(evidence);
  return {
    changes: scoredChanges(evidence),
    files: filesByDistance(graph, impacts),
    packages: countByDistance(crossed.values()),
    apps: countByDistance([...crossed].flatMap(([owner, distance]) => (places.apps[owner] === 0 ? [] : [distance]))),
    owners: crossedOwners(evidence),
    centrality: centralityOf(evidence),
    unsure: impacts.filter(({ distance, rank }) => distance <= 1 && rank > confidenceRank('typed')).length,
    unknowns,
    uncovered: uncoveredByDistance(impacts, evidence.covered),
    flags,
  };
}

function isTest({ graph, places }: ScoreEvidence, node: number): boolean {
  const file = graph.fileOf[node]!;
  return file >= 0 && places.testFiles[file] !== 0;
}

function scoredChanges(evidence: ScoreEvidence): ScoreInput['changes'] {
  return evidence.changes.map(({ node, kind, compatibility }, index) => ({
    kind,
    compatibility,
    dependents: evidence.sizes[index]?.direct ?? 0,
    test: isTest(evidence, node),
  }));
}

/** A file counts once, at its nearest impact and, of those, with the surest. */
function filesByDistance(graph: SymbolGraph, impacts: readonly NearestImpact[]): ScoreInput['files'] {
  const best = new Map<number, NearestImpact>();
  for (const impact of impacts) {
    const file = graph.fileOf[impact.node]!;
    const known = best.get(file);
    const nearer = known === undefined || impact.distance < known.distance;
    if (file >= 0 && (nearer || (impact.distance === known.distance && impact.rank < known.rank)))
      best.set(file, impact);
  }
  const counts = [0, 1, 2].map(() => CONFIDENCES.map(() => 0)) as [number[], number[], number[]];
  for (const { distance, rank } of best.values()) counts[step(distance)]![rank]!++;
  return counts;
}

/** Index of a distance in what is counted by distance. */
function step(distance: number): 0 | 1 | 2 {
  return distance <= 1 ? 0 : distance === 2 ? 1 : 2;
}

/** Packages with impacts and no change, each with its nearest distance. */
function crossedPackages({ places, files }: ScoreEvidence): Map<number, number> {
  const own = new Set([...files.changed].map((file) => places.packageOf[file]!));
  return nearestBy(files.impacted, (file) => [places.packageOf[file]!], own);
}

function crossedOwners({ graph, owners, files }: ScoreEvidence): ScoreInput['owners'] {
  if (owners.length === 0) return [0, 0, 0];
  const ownersOfFile = (file: number): readonly string[] => ownersOf(owners, graph.files[file]!.path);
  const own = new Set([...files.changed].flatMap(ownersOfFile));
  return countByDistance(nearestBy(files.impacted, ownersOfFile, own).values());
}

/** The smallest distance of each container of an impacted file; those in `without` left out. */
function nearestBy<T>(
  impacted: ReadonlyMap<number, number>,
  containers: (file: number) => readonly T[],
  without: ReadonlySet<T>,
): Map<T, number> {
  const nearest = new Map<T, number>();
  for (const [file, distance] of impacted) {
    for (const container of containers(file)) {
      if (!without.has(container)) nearest.set(container, Math.min(distance, nearest.get(container) ?? distance));
    }
  }
  return nearest;
}

function countByDistance(distances: Iterable<number>): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const distance of distances) counts[step(distance)]++;
  return counts;
}

/** Comments and tests make no package change. */
function centralityOf(evidence: ScoreEvidence): number {
  const changed = evidence.changes.filter(({ node, kind }) => kind !== 'comment' && !isTest(evidence, node));
  const files = changed.map(({ node }) => evidence.graph.fileOf[node]!).filter((file) => file >= 0);
  if (files.length === 0) return 0;
  const centrality = centralities(evidence.graph);
  return [...new Set(files)].reduce((most, file) => Math.max(most, centrality(file)), 0);
}

function uncoveredByDistance(impacts: readonly NearestImpact[], covered: Uint8Array): ScoreInput['uncovered'] {
  return countByDistance(
    impacts.flatMap(({ node, distance, runs }) => (runs && covered[node] === 0 ? [distance] : [])),
  );
}
