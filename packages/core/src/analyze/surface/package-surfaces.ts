/**
 * What a change does to what published packages promise: findings by entry and name, and the release that they ask for.
 * In: snapshot, linked graph, settled changes, reach. Out: one record for each published package that the change concerns, by folder.
 * Pure. Source: docs/types.md, "The public surface". Not here: compatibility of a declaration (settle.ts).
 */
import {
  compareText,
  type Change,
  type PackageSurface,
  type RepoPath,
  type Revision,
  type SemverLevel,
  type SurfaceFinding,
} from '../../model/index.js';
import type { Linked } from '../link/index.js';
import { EFFECTS, finding } from './difference.js';
import { manifestFindings, type PackagePair } from './manifest-findings.js';
import { untouchedEntries, type Concern } from './entry-files.js';
import { publicNames, type PublicName, type PublicNames } from './public-names.js';

/** What the surface is read from. */
export interface SurfaceSource extends Concern {
  readonly linked: Pick<Linked, 'headNodes' | 'baseNodes'>;
  /** The head's. */
  readonly names: PublicNames;
}

/** See the file's head; empty where nothing is compared. */
export function packageSurfaces(source: SurfaceSource): PackageSurface[] {
  const { snapshot, linked } = source;
  const { base, head, published } = snapshot;
  if (base === undefined || published === undefined || snapshot.diffs.length === 0) return [];
  const names = namesOfBoth(base, linked, source.names);
  const concerned = { ...source, byNode: changesByNode(source), isUntouched: untouchedEntries(source) };
  return head.workspace.packages.flatMap((after) => {
    const before = base.workspace.packages.find((one) => one.name === after.name && one.root === after.root);
    const entries = { before: entriesOf(published.base, after.root), after: entriesOf(published.head, after.root) };
    if (before === undefined || entries.before.length + entries.after.length === 0) return [];
    const pair = { before, after, entries, stricter: published.stricter };
    const findings = [...manifestFindings(pair), ...nameFindings(pair, names, concerned)];
    const level = levelOf(findings, isTouched(source, after.root));
    if (level === 'none') return [];
    const known = !findings.some(({ effect }) => effect === 'unknown');
    return [{ package: after.name, root: after.root, level, known, findings: inOrder(findings) }];
  });
}

function entriesOf<T extends { readonly root: string }>(entries: readonly T[], root: string): readonly T[] {
  return entries.filter((one) => one.root === root);
}

function inOrder(findings: readonly SurfaceFinding[]): SurfaceFinding[] {
  const once = new Map(findings.map((one) => [`${one.entry}\0${one.name}\0${one.rule}\0${one.detail}`, one]));
  return [...once.values()].sort(
    (left, right) =>
      EFFECTS.indexOf(right.effect) - EFFECTS.indexOf(left.effect) ||
      compareText(left.entry, right.entry) ||
      compareText(left.name, right.name) ||
      compareText(left.rule, right.rule) ||
      compareText(left.detail, right.detail),
  );
}

function levelOf(findings: readonly SurfaceFinding[], touched: boolean): SemverLevel {
  if (findings.some(({ effect }) => effect === 'breaking')) return 'major';
  if (findings.some(({ effect }) => effect === 'additive')) return 'minor';
  return touched || findings.length > 0 ? 'patch' : 'none';
}

/** Something of the package changed that is neither a comment nor a test. */
function isTouched({ graph, changes }: SurfaceSource, root: string): boolean {
  return changes.some(({ node, kind }) => {
    const file = graph.files[graph.fileOf[node]!];
    return kind !== 'comment' && file?.packageRoot === root && file.role !== 'test' && file.role !== 'test-support';
  });
}

interface Named {
  before(file: RepoPath): ReadonlyMap<string, PublicName>;
  after(file: RepoPath): ReadonlyMap<string, PublicName>;
}

/** Names of an entry behind which both revisions have the same files are looked for once. */
function namesOfBoth(base: Revision, { baseNodes }: SurfaceSource['linked'], after: PublicNames): Named {
  const before = publicNames(base, baseNodes);
  return {
    before: (file) => (after.isSameIn(base, file) ? after.of(file) : before.of(file)),
    after: (file) => after.of(file),
  };
}

interface Concerned extends SurfaceSource {
  readonly byNode: ReadonlyMap<number, readonly Change[]>;
  isUntouched(entry: RepoPath): boolean;
}

/** A change concerns its own node, and every declaration that it is a member of. */
function changesByNode({ graph, changes }: Concern): ReadonlyMap<number, readonly Change[]> {
  const found = new Map<number, Change[]>();
  for (const change of changes) {
    if (change.kind === 'comment') continue;
    for (let at = change.node; at >= 0; at = graph.parents[at]!) found.set(at, [...(found.get(at) ?? []), change]);
  }
  return found;
}

function nameFindings({ entries }: PackagePair, names: Named, source: Concerned): SurfaceFinding[] {
  return entries.after.flatMap(({ subpath, file }) => {
    const old = entries.before.find((one) => one.subpath === subpath);
    if (file === undefined || old?.file === undefined) return [];
    if (old.file === file && source.isUntouched(file)) return [];
    const [before, after] = [names.before(old.file), names.after(file)];
    const place = { entry: subpath, file, line: 0 };
    const lost = [...before.keys()].filter((name) => !after.has(name));
    const gained = [...after.keys()].filter((name) => !before.has(name));
    return [
      ...lost.map((name): SurfaceFinding => lostName({ ...place, name }, before.get(name)!, source)),
      ...gained.map((name): SurfaceFinding => ({ ...finding('export-added', name), ...place, name })),
      ...[...after].flatMap(([name, now]) => {
        const was = before.get(name);
        return was === undefined ? [] : keptName({ ...place, name }, was, now, source);
      }),
    ];
  });
}

type Place = Pick<SurfaceFinding, 'entry' | 'name' | 'file' | 'line'>;

function lostName(place: Place, { nodes }: PublicName, { byNode }: Concerned): SurfaceFinding {
  const renamed = nodes.flatMap((node) => byNode.get(node) ?? []).find(({ kind }) => kind === 'renamed');
  const found = finding(renamed === undefined ? 'export-removed' : 'export-renamed', place.name);
  return { ...found, ...place, ...(renamed === undefined ? {} : placeOf(renamed)) };
}

function placeOf({ file, line, node }: Change): Pick<SurfaceFinding, 'file' | 'line' | 'node'> {
  return { file, line, node };
}

function keptName(place: Place, was: PublicName, now: PublicName, source: Concerned): SurfaceFinding[] {
  const { byNode } = source;
  const own = now.nodes.flatMap((node) =>
    (byNode.get(node) ?? []).flatMap((change) => changeFindings(place, node, change, source)),
  );
  const typeOnly = !was.typeOnly && now.typeOnly ? [{ ...finding('export-now-type-only', place.name), ...place }] : [];
  // A declaration has the findings of its members too: who changed itself speaks for himself.
  const found = [...typeOnly, ...own.filter((one) => !own.some((other) => isMemberOf(one, other)))];
  return found.length > 0 ? found : now.nodes.flatMap((node) => throughFindings(place, node, source));
}

function isMemberOf(whole: SurfaceFinding, member: SurfaceFinding): boolean {
  return member.rule === whole.rule && member.name === `${whole.name}.${whole.detail}`;
}

/** Rules that fired; where none did, what is known of the change as a whole. Bodies are a patch, and no finding. */
function changeFindings(place: Place, node: number, change: Change, { graph }: Concerned): SurfaceFinding[] {
  const member = change.node === node ? '' : graph.names[change.node]!.slice(graph.names[node]!.length);
  const at = { ...place, ...placeOf(change), name: place.name + member };
  const { findings = [] } = change;
  if (findings.length > 0) return findings.map((one) => ({ ...one, ...at }));
  if (change.kind === 'added' && change.node !== node) return [];
  if (change.compatibility === 'breaking') return [{ ...finding('type-changed', change.rule), ...at }];
  if (change.compatibility !== 'unknown' || !/^(?:signature|type-only|retargeted)$/.test(change.kind)) return [];
  return [{ ...finding('type-changed', change.rule), effect: 'unknown', ...at }];
}

/** The name's own declaration is as it was; its type mentions one that is not, and the checker does not say that it compiles as before. */
function throughFindings(
  place: Place,
  node: number,
  { graph, reach: { compile }, changes }: Concerned,
): SurfaceFinding[] {
  const { distance, parent } = compile.through ?? compile;
  if (distance[node]! <= 0) return [];
  let root = node;
  for (let at = node; at >= 0; at = parent[at]!) root = at;
  const change = changes.find((one) => one.node === root);
  if (change === undefined || (change.compatibility !== 'breaking' && change.compatibility !== 'unknown')) return [];
  const name = graph.names[root]!;
  if (change.kind === 'removed' || change.kind === 'renamed') return [];
  return [
    {
      ...finding('type-changed', `mentions ${name}`),
      effect: change.compatibility,
      ...place,
      ...placeOf(change),
      through: true,
    },
  ];
}
