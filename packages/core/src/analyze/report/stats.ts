/**
 * The report's counts. In: snapshot, graph, touched files. Out: one record; no clock in it.
 */
import { NODE_KINDS, compareText } from '../../model/index.js';
import { hasFacts } from '../../model/index.js';
import type {
  Change,
  DiagnosticKind,
  ReportStats,
  Resolution,
  Revision,
  Snapshot,
  SourceFile,
  SymbolGraph,
  RequestKind,
} from '../../model/index.js';
import type { NearestImpact, TouchedFiles } from '../impact/index.js';
import type { GraphPlaces } from '../impact/index.js';

/** Diagnostics that stand for files left out. */
const SKIPPED: ReadonlySet<DiagnosticKind> = new Set([
  'ignored-files',
  'vendored-files',
  'submodule-skipped',
  'symlink-skipped',
  'binary-file',
  'file-too-large',
  'unreadable-file',
]);

/** Unresolved for a reason that says: it was never meant to be a file of the repository. */
const ELSEWHERE: ReadonlySet<string> = new Set(['outside', 'virtual', 'not-static']);

/** What {@link countStats} reads. */
export interface StatsSource {
  readonly snapshot: Snapshot;
  readonly graph: SymbolGraph;
  readonly places: GraphPlaces;
  readonly changes: readonly Change[];
  readonly impacts: readonly NearestImpact[];
  readonly files: TouchedFiles;
  /** Files left out that no diagnostic counts. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** Counts everything once; impacts outside tests only. */
export function countStats({ snapshot, graph, places, changes, impacts, files, skipped }: StatsSource): ReportStats {
  const { head } = snapshot;
  const external = kindCount(graph, 'external');
  const outsideTests = impacts.filter(
    ({ node }) => graph.fileOf[node]! < 0 || places.testFiles[graph.fileOf[node]!] === 0,
  );
  return {
    files: head.files.length,
    sourceFiles: head.files.filter(hasFacts).length,
    testFiles: head.files.filter(({ role }) => role === 'test').length,
    packages: head.workspace.packages.length,
    symbols: graph.count - external - kindCount(graph, 'resource'),
    edges: graph.reverse.dependents.length,
    externalSymbols: external,
    ...countSpecifiers(head),
    changedFiles: snapshot.base === undefined ? new Set(changes.map(({ file }) => file)).size : snapshot.diffs.length,
    impactedFiles: files.impacted.size,
    impactedSymbols: outsideTests.length,
    skipped: countSkipped(snapshot, skipped),
  };
}

function kindCount(graph: SymbolGraph, kind: (typeof NODE_KINDS)[number]): number {
  const index = NODE_KINDS.indexOf(kind);
  let count = 0;
  for (const one of graph.kinds) if (one === index) count++;
  return count;
}

/** Requests that must lead to a module; paths, globs and mocks may name what is made later, or nothing. */
const MODULE_REQUESTS: ReadonlySet<RequestKind> = new Set([
  'import',
  'export',
  'dynamic-import',
  'require',
  'require-resolve',
  'import-type',
  'reference-path',
]);

type SpecifierCount = Pick<ReportStats, 'specifiers' | 'resolved'>;

function countSpecifiers(head: Revision): SpecifierCount {
  let specifiers = 0;
  let resolved = 0;
  for (const file of head.files) {
    const count = file.known ?? specifiersOf(file);
    specifiers += count.specifiers;
    resolved += count.resolved;
  }
  return { specifiers, resolved };
}

/** Specifiers that name something of the repository, and those of them that lead to it. */
export function specifiersOf({ resolutions, facts }: SourceFile): SpecifierCount {
  let specifiers = 0;
  let resolved = 0;
  resolutions.forEach((resolution, index) => {
    const request = facts?.requests[index];
    if (!request || request.pattern || !MODULE_REQUESTS.has(request.kind) || !isInRepository(resolution)) return;
    specifiers++;
    if (resolution.kind !== 'unresolved') resolved++;
  });
  return { specifiers, resolved };
}

function isInRepository(resolution: Resolution): boolean {
  if (resolution.kind === 'unresolved') return !ELSEWHERE.has(resolution.reason);
  return resolution.kind === 'file' || resolution.kind === 'files';
}

function countSkipped({ diagnostics }: Snapshot, given: Readonly<Record<string, number>>): Record<string, number> {
  const counts: Record<string, number> = { ...given };
  for (const kind of SKIPPED) {
    const count = diagnostics.reduce((total, one) => (one.kind === kind ? total + (one.count ?? 1) : total), 0);
    if (count > 0) counts[kind] = Math.max(count, counts[kind] ?? 0);
  }
  return Object.fromEntries(Object.entries(counts).sort(([left], [right]) => compareText(left, right)));
}
