/**
 * What could not be followed near the change: it makes the verdict unknown.
 * In: uncertain references of the graph, changes, impacts, diagnostics. Out: places with reasons, sorted, each once.
 * Not here: what counts as uncertain (analyze/link) and the gate (cli).
 */
import { compareText, NODE_KINDS } from '../../model/index.js';
import type {
  Change,
  DiagnosticKind,
  FileRole,
  ReportUnknown,
  Snapshot,
  SymbolGraph,
  UncertainReference,
} from '../../model/index.js';
import { hasUnknownEffect, resourceKind } from '../change/index.js';

/** Lists end here; one more record then says how many there are. */
const UNKNOWNS = 50;

/** Diagnostics that mean: what this changed file does was not read to the end. */
const BLINDING: ReadonlySet<DiagnosticKind> = new Set([
  'syntax-error',
  'file-too-large',
  'unreadable-file',
  'unknown-change',
  'patch-broken',
  'lockfile-broken',
  'lockfile-unsupported',
  'submodule-skipped',
  'schema-broken',
  'sql-not-read',
  'alias-bomb',
  'reference-remote',
  'reference-missing',
]);

/** What {@link findUnknowns} reads. */
export interface UnknownSource {
  readonly snapshot: Snapshot;
  readonly graph: SymbolGraph;
  readonly changes: readonly Change[];
  /** 1 for nodes that are changed or impacted. */
  readonly near: Uint8Array;
}

/** Everything near the change that could not be followed, ordered by file, line, reason; at most 50 and a remainder. */
export function findUnknowns(source: UnknownSource): ReportUnknown[] {
  const found = new Map<string, ReportUnknown>();
  for (const unknown of [...uncertainNear(source), ...blindFiles(source), ...unreadEffects(source)]) {
    found.set(`${unknown.file}\0${unknown.line}\0${unknown.reason}`, unknown);
  }
  const all = [...found.values()].sort(
    (left, right) =>
      compareText(left.file, right.file) || left.line - right.line || compareText(left.reason, right.reason),
  );
  if (all.length <= UNKNOWNS) return all;
  const rest = all.length - UNKNOWNS;
  return [
    ...all.slice(0, UNKNOWNS),
    { file: '', line: 0, reason: `${rest} more places near the change could not be followed`, count: rest },
  ];
}

/** How many places a report's list stands for. */
export function countUnknowns(unknowns: readonly ReportUnknown[]): number {
  return unknowns.reduce((sum, { count = 1 }) => sum + count, 0);
}

/**
 * Counts where it may mean something changed or impacted. Where it may mean anything: if it stands in a changed file, or in
 * the package of changed code; tests and tool configuration there are no dependents, and do not count.
 */
function uncertainNear({ graph, changes, near }: UnknownSource): ReportUnknown[] {
  const travelling = changes.filter(({ seeds, node }) => seeds !== 0 && NODE_KINDS[graph.kinds[node]!] !== 'resource');
  const files = new Set(travelling.map(({ node }) => graph.fileOf[node]!).filter((file) => file >= 0));
  const packages = new Set([...files].map((file) => packageKey(graph, file)));
  const isNear = ({ node, candidates }: UncertainReference): boolean => {
    if (candidates.length > 0) return candidates.some((candidate) => near[candidate] !== 0);
    const file = graph.fileOf[node]!;
    if (file < 0) return false;
    return files.has(file) || (packages.has(packageKey(graph, file)) && !BESIDE.has(graph.files[file]!.role));
  };
  return graph.uncertain.filter(isNear).map(({ file, line, what }) => ({ file, line, reason: what }));
}

const BESIDE: ReadonlySet<FileRole> = new Set(['test', 'test-support', 'config']);

function packageKey(graph: SymbolGraph, file: number): string {
  const { packageName, packageRoot } = graph.files[file]!;
  return `${packageRoot}\0${packageName}`;
}

function blindFiles({ snapshot, changes }: UnknownSource): ReportUnknown[] {
  const changed = new Set(changes.map(({ file }) => file));
  for (const { path } of snapshot.diffs) changed.add(path);
  return snapshot.diagnostics
    .filter(
      ({ kind, level, file }) => BLINDING.has(kind) && level !== 'note' && file !== undefined && changed.has(file),
    )
    .map(({ file = '', line = 0, message }) => ({ file, line, reason: message }));
}

/** Contracts, schemas, infrastructure and lockfiles that were not read: a change of them is never nothing. */
function unreadEffects({ snapshot, changes }: UnknownSource): ReportUnknown[] {
  const files = changes
    .filter(
      ({ file, kind, compatibility }) => kind !== 'comment' && compatibility === 'unknown' && hasUnknownEffect(file),
    )
    .map(({ file, line }) => ({
      file,
      line,
      reason: `${resourceKind(file)} file changed: who relies on it is not known`,
    }));
  const lockfiles = snapshot.lockfiles
    .filter(({ unknown }) => unknown)
    .map(({ path }) => ({
      file: path,
      line: 0,
      reason: 'lockfile could not be compared: any external package may have changed',
    }));
  return [...files, ...lockfiles];
}
