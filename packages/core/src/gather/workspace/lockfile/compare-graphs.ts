/**
 * Which external packages two lock graphs give differently, and through which direct dependencies.
 * In: two graphs. Out: one record per package that differs for some importer.
 * Per importer and direct dependency the installed closures are compared, so a package that two versions of stay in the
 * lock while one importer moves from one to the other is found as well. Iterative; closures that can't differ are skipped.
 */
import type { ExternalPackageDelta } from '../../../model/lockfile.js';
import { compareText } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import { createClosureDiffer } from './closure-diff.js';
import type { PackageDifference } from './closure-diff.js';
import { indexContents } from './contents.js';
import type { ContentIndex } from './contents.js';
import type { LockGraph } from './lock-graph.js';

/** Importers that get one direct dependency in the same way, before and after. */
interface Pair {
  readonly dependency: string;
  readonly base: readonly number[];
  readonly head: readonly number[];
  /** One revision has no such importer: only what is new or gone in the whole lock counts. */
  readonly onesided: boolean;
  readonly importers: RepoPath[];
}

/** What is known of one differing package so far. */
interface Finding {
  readonly base: Set<string>;
  readonly head: Set<string>;
  readonly causes: Set<ExternalPackageDelta['cause']>;
  readonly through: Map<string, Set<RepoPath>>;
}

/**
 * The packages that differ, sorted by name.
 * Time linear in both graphs, plus the size of the closures of direct dependencies that reach a difference.
 */
export function compareGraphs(base: LockGraph, head: LockGraph): readonly ExternalPackageDelta[] {
  const contents = indexContents(base, head);
  const differ = createClosureDiffer(base, head, contents);
  const findings = new Map<string, Finding>();
  for (const pair of groupPairs(base, head)) {
    for (const difference of differ(pair.base, pair.head, pair.onesided)) {
      const finding = record(findings, difference);
      const importers = finding.through.get(pair.dependency) ?? new Set<RepoPath>();
      finding.through.set(pair.dependency, importers);
      for (const importer of pair.importers) importers.add(importer);
    }
  }
  addUnreached(contents, findings);
  return [...findings]
    .sort(([left], [right]) => compareText(left, right))
    .map(([name, finding]) => toDelta(name, finding));
}

function groupPairs(base: LockGraph, head: LockGraph): Iterable<Pair> {
  const pairs = new Map<string, Pair>();
  // A graph without importers is no lockfile at all: then every importer counts in full.
  const bothThere = base.importers.size > 0 && head.importers.size > 0;
  for (const importer of new Set([...head.importers.keys(), ...base.importers.keys()])) {
    const before = new Map((base.importers.get(importer) ?? []).map(({ name, nodes }) => [name, nodes]));
    const after = new Map((head.importers.get(importer) ?? []).map(({ name, nodes }) => [name, nodes]));
    const onesided = bothThere && !(base.importers.has(importer) && head.importers.has(importer));
    for (const dependency of new Set([...after.keys(), ...before.keys()])) {
      const [from, to] = [before.get(dependency) ?? [], after.get(dependency) ?? []];
      const key = `${dependency}\n${from.join()}\n${to.join()}\n${String(onesided)}`;
      const pair = pairs.get(key);
      if (pair === undefined) pairs.set(key, { dependency, base: from, head: to, onesided, importers: [importer] });
      else pair.importers.push(importer);
    }
  }
  return pairs.values();
}

function record(findings: Map<string, Finding>, difference: PackageDifference): Finding {
  let finding = findings.get(difference.name);
  if (finding === undefined) {
    finding = { base: new Set(), head: new Set(), causes: new Set(), through: new Map() };
    findings.set(difference.name, finding);
  }
  for (const version of difference.base) finding.base.add(version);
  for (const version of difference.head) finding.head.add(version);
  for (const cause of difference.causes) finding.causes.add(cause);
  return finding;
}

/** Packages that differ in the lock though no importer is known to reach them. */
function addUnreached(contents: ContentIndex, findings: Map<string, Finding>): void {
  const unreached = new Map<string, PackageDifference>();
  contents.list.forEach(({ name, version, inBase, inHead, cause }) => {
    if (findings.has(name) || (inBase && inHead && cause === undefined)) return;
    const entry = unreached.get(name) ?? { name, base: [], head: [], causes: [] };
    unreached.set(name, entry);
    if (inBase) entry.base.push(version);
    if (inHead) entry.head.push(version);
    if (cause !== undefined) entry.causes.push(cause);
  });
  for (const difference of unreached.values()) record(findings, difference);
}

const CAUSE_ORDER = ['patch', 'override', 'source', 'integrity'] as const;

function toDelta(name: string, { base, head, causes, through }: Finding): ExternalPackageDelta {
  const [before, after] = [[...base].sort(compareText), [...head].sort(compareText)];
  const same = before.length === after.length && before.every((version, index) => version === after[index]);
  const cause = same ? (CAUSE_ORDER.find((each) => causes.has(each)) ?? 'version') : versionCause(before, after);
  const list = [...through].sort(([left], [right]) => compareText(left, right));
  return {
    name,
    base: before,
    head: after,
    cause,
    through: list.map(([dependency, importers]) => ({ dependency, importers: [...importers].sort(compareText) })),
  };
}

function versionCause(base: readonly string[], head: readonly string[]): ExternalPackageDelta['cause'] {
  if (base.length === 0) return 'added';
  return head.length === 0 ? 'removed' : 'version';
}
