/**
 * Everything a comparison changes about installed packages: lockfiles, and the settings and patches beside them.
 * In: both trees, their workspaces and the diffs. Out: one delta per file that matters, diagnostics for unreadable locks.
 * A lockfile that changed is believed over the settings that it was made from; without one the settings speak.
 */
import type { Diagnostic } from '../../../model/diagnostic.js';
import type { ExternalPackageDelta, LockfileDelta } from '../../../model/lockfile.js';
import { compareText, directoryOf } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import type { FileDiff } from '../../../model/revision.js';
import type { FileTree } from '../../../model/tree.js';
import type { Workspace } from '../../../model/workspace.js';
import { inFolder } from '../places.js';
import { compareSides, readSide } from './compare-lockfiles.js';
import { compareSettings, isPatch, patchedPackage, reachedThrough } from './compare-settings.js';
import { holdsSettings } from './dependency-settings.js';
import type { LockContext, LockGraph } from './lock-graph.js';
import { isLockfile, isUnreadable, LOCKFILE_NAMES } from './lockfile-formats.js';

/** Both revisions, as far as they are read. */
export interface InstallComparison {
  readonly base: FileTree;
  readonly head: FileTree;
  readonly workspaceBase: Workspace;
  readonly workspaceHead: Workspace;
  readonly diffs: readonly FileDiff[];
}

/** See the file's header. */
export interface InstallDeltas {
  /** Ordered by path; a settings file that changes no external package has none. */
  readonly deltas: readonly LockfileDelta[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and compares them all. Never throws for what the trees hold. */
export async function readInstallDeltas(comparison: InstallComparison): Promise<InstallDeltas> {
  const deltas: LockfileDelta[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [path, before, after] of pairLockfiles(comparison.diffs)) {
    const [delta, diagnostic] = await lockDelta(comparison, path, before, after);
    deltas.push(delta);
    if (diagnostic !== undefined) diagnostics.push(diagnostic);
  }
  const believed = new Set(deltas.filter(({ unknown }) => !unknown).map(({ path }) => directoryOf(path)));
  const locks = governingLocks(comparison);
  for (const diff of comparison.diffs) {
    const path = diff.status === 'removed' ? (diff.basePath ?? diff.path) : diff.path;
    if (!holdsSettings(path) && !isPatch(path)) continue;
    const governing = locks.pathOf(path);
    const packages = isPatch(path)
      ? patchDelta(path, diff, await locks.graphOf(governing), comparison, deltas)
      : governing !== undefined && believed.has(directoryOf(governing))
        ? []
        : await settingsDelta(path, diff, await locks.graphOf(governing), comparison);
    if (packages.length > 0) deltas.push({ path, packages, unknown: false });
  }
  return { deltas: deltas.sort((left, right) => compareText(left.path, right.path)), diagnostics };
}

/** `[path, path in the base, path in the head]`; a lockfile that another format replaces is compared with it. */
function pairLockfiles(
  diffs: readonly FileDiff[],
): (readonly [RepoPath, RepoPath | undefined, RepoPath | undefined])[] {
  const locks = diffs.filter(({ path, status }) => isLockfile(path) && status !== 'mode');
  const removed = new Map(
    locks.filter(({ status }) => status === 'removed').map((diff) => [directoryOf(diff.path), diff.path]),
  );
  const pairs = locks.flatMap((diff) => {
    if (diff.status === 'removed') return [];
    const before = diff.status === 'added' ? removed.get(directoryOf(diff.path)) : (diff.basePath ?? diff.path);
    if (diff.status === 'added') removed.delete(directoryOf(diff.path));
    return [[diff.path, before, diff.path] as const];
  });
  return [...pairs, ...[...removed.values()].map((path) => [path, path, undefined] as const)];
}

async function lockDelta(
  { base, head, workspaceBase, workspaceHead }: InstallComparison,
  path: RepoPath,
  before: RepoPath | undefined,
  after: RepoPath | undefined,
): Promise<readonly [LockfileDelta, Diagnostic | undefined]> {
  const from = readSide(before ?? path, await contentOf(base, before), {
    folder: directoryOf(before ?? path),
    workspace: workspaceBase,
  });
  const to = readSide(path, await contentOf(head, after), { folder: directoryOf(path), workspace: workspaceHead });
  const delta = compareSides(path, from, to, { folder: directoryOf(path), workspace: workspaceHead });
  if (!delta.unknown) return [delta, undefined];
  const unsupported = [from, to].some((side) => isUnreadable(side) && side.unsupported === true);
  return [
    delta,
    {
      kind: unsupported ? 'lockfile-unsupported' : 'lockfile-broken',
      level: 'warning',
      message: `${delta.detail ?? path}. Every external package below it is taken as changed.`,
      file: path,
    },
  ];
}

async function contentOf(tree: FileTree, path: RepoPath | undefined): Promise<Uint8Array | undefined> {
  return path === undefined ? undefined : (await tree.read([path])).get(path);
}

/** Which lockfile of the head a file is governed by, and that lockfile's graph, read once. */
interface GoverningLocks {
  readonly pathOf: (path: RepoPath) => RepoPath | undefined;
  readonly graphOf: (lock: RepoPath | undefined) => Promise<LockGraph | undefined>;
}

function governingLocks({ head, workspaceHead }: InstallComparison): GoverningLocks {
  const graphs = new Map<RepoPath, LockGraph | undefined>();
  const inPlace = (folder: RepoPath): RepoPath | undefined =>
    LOCKFILE_NAMES.map((name) => inFolder(folder, name)).find((path) => head.byPath.has(path));
  return {
    pathOf(path) {
      for (let folder = directoryOf(path); ; folder = directoryOf(folder)) {
        const found = inPlace(folder);
        if (found !== undefined) return found;
        if (folder === '') return workspaceHead.tools.includes('rush') ? inPlace('common/config/rush') : undefined;
      }
    },
    async graphOf(lock) {
      if (lock === undefined) return undefined;
      if (!graphs.has(lock)) {
        const context = { folder: directoryOf(lock), workspace: workspaceHead };
        const read = readSide(lock, await contentOf(head, lock), context);
        graphs.set(lock, isUnreadable(read) ? undefined : read);
      }
      return graphs.get(lock);
    },
  };
}

async function settingsDelta(
  path: RepoPath,
  diff: FileDiff,
  graph: LockGraph | undefined,
  { base, head, workspaceHead }: InstallComparison,
): Promise<readonly ExternalPackageDelta[]> {
  const before = diff.status === 'added' ? undefined : await base.text(diff.basePath ?? diff.path);
  const after = diff.status === 'removed' ? undefined : await head.text(diff.path);
  // A package that comes or goes as a whole has all its files in the diff.
  if (before === undefined || after === undefined) return [];
  return compareSettings(path, before, after, graph, contextOf(path, workspaceHead));
}

function patchDelta(
  path: RepoPath,
  diff: FileDiff,
  graph: LockGraph | undefined,
  { workspaceHead }: InstallComparison,
  known: readonly LockfileDelta[],
): readonly ExternalPackageDelta[] {
  const context = contextOf('', workspaceHead);
  const name = patchedPackage(path, graph, context);
  if (diff.status === 'mode' || name === undefined) return [];
  if (known.some(({ packages }) => packages.some((one) => one.name === name && one.cause === 'patch'))) return [];
  const versions = [...new Set(graph?.nodes.filter((node) => node.name === name).map(({ version }) => version))].sort(
    compareText,
  );
  return [{ name, base: versions, head: versions, cause: 'patch', through: reachedThrough(name, graph, context) }];
}

function contextOf(path: RepoPath, workspace: Workspace): LockContext {
  return { folder: directoryOf(path), workspace };
}
