/**
 * What the impacts add up to by package, owner and test file.
 * In: graph, places, changes, impacts at their nearest. Out: the report's lists. Files of tests count only as tests.
 */
import { Presence, compareText } from '../../model/index.js';
import type { Change, OwnersRule, RepoPath, ReportOwner, ReportPackage, SymbolGraph } from '../../model/index.js';
import type { NearestImpact } from './nearest.js';
import { ownersOf } from './owners.js';
import type { GraphPlaces } from './places.js';

/** Files by how the changes touch them: indexes into `graph.files`. */
export interface TouchedFiles {
  /** Hold a change of any kind. */
  readonly changed: ReadonlySet<number>;
  /** Hold an impact outside tests, each with its smallest distance. */
  readonly impacted: ReadonlyMap<number, number>;
  /** Test files of the head to be run: reached, or changed in more than comments. */
  readonly tests: ReadonlySet<number>;
}

/** Sorts the touched files out. O(changes + impacts). */
export function touchedFiles(
  graph: SymbolGraph,
  places: GraphPlaces,
  changes: readonly Change[],
  impacts: readonly NearestImpact[],
): TouchedFiles {
  const changed = new Set<number>();
  const impacted = new Map<number, number>();
  const tests = new Set<number>();
  const runnable = (file: number): boolean => {
    const { role, node } = graph.files[file]!;
    return role === 'test' && (graph.presence[node]! & Presence.head) !== 0;
  };
  for (const { node, kind } of changes) {
    const file = graph.fileOf[node]!;
    if (file < 0) continue;
    changed.add(file);
    if (kind !== 'comment' && runnable(file)) tests.add(file);
  }
  for (const { node, distance } of impacts) {
    const file = graph.fileOf[node]!;
    if (file < 0) continue;
    if (runnable(file)) tests.add(file);
    if (places.testFiles[file] === 0) impacted.set(file, Math.min(distance, impacted.get(file) ?? distance));
  }
  return { changed, impacted, tests };
}

/** Packages with a change or an impact, largest first, then by name. */
export function tallyPackages(places: GraphPlaces, files: TouchedFiles): ReportPackage[] {
  const rows = places.packages.map(({ name, root, app }) => ({
    name,
    root,
    app,
    changed: false,
    direct: 0,
    total: 0,
    tests: 0,
  }));
  const rowOf = (file: number): (typeof rows)[number] => rows[places.packageOf[file]!]!;
  for (const file of files.changed) rowOf(file).changed = true;
  for (const file of files.tests) rowOf(file).tests++;
  for (const [file, distance] of files.impacted) {
    rowOf(file).total++;
    if (distance <= 1) rowOf(file).direct++;
  }
  return rows
    .filter(({ changed, total, tests }) => changed || total > 0 || tests > 0)
    .sort(
      (left, right) =>
        right.total - left.total || compareText(left.name, right.name) || compareText(left.root, right.root),
    );
}

/** Owners of changed and impacted files, most files first, then by name. */
export function tallyOwners(graph: SymbolGraph, rules: readonly OwnersRule[], files: TouchedFiles): ReportOwner[] {
  const rows = new Map<string, { owner: string; changedFiles: number; impactedFiles: number }>();
  const count = (file: number, field: 'changedFiles' | 'impactedFiles'): void => {
    for (const owner of ownersOf(rules, graph.files[file]!.path)) {
      const row = rows.get(owner) ?? { owner, changedFiles: 0, impactedFiles: 0 };
      row[field]++;
      rows.set(owner, row);
    }
  };
  if (rules.length === 0) return [];
  for (const file of files.changed) count(file, 'changedFiles');
  for (const file of files.impacted.keys()) count(file, 'impactedFiles');
  const size = (row: ReportOwner): number => row.changedFiles + row.impactedFiles;
  return [...rows.values()].sort((left, right) => size(right) - size(left) || compareText(left.owner, right.owner));
}

/** Paths of the test files to run, sorted. */
export function listTests(graph: SymbolGraph, files: TouchedFiles): RepoPath[] {
  return [...files.tests].map((file) => graph.files[file]!.path).sort(compareText);
}
