/**
 * One lockfile in two revisions → the external packages whose resolved content differs.
 * In: contents and both workspaces (some formats leave the direct dependencies to the manifests). Out: a delta.
 * Not here: settings beside the lock (compare-settings.ts), which lockfile belongs to which (install-deltas.ts).
 */
import type { LockfileDelta } from '../../../model/lockfile.js';
import { compareText, directoryOf } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import type { Workspace } from '../../../model/workspace.js';
import { compareGraphs } from './compare-graphs.js';
import { emptyGraph } from './lock-graph.js';
import type { LockContext, LockGraph, UnreadableLock } from './lock-graph.js';
import { isUnreadable, readLockGraph } from './lockfile-formats.js';
import { manifestImporters, workspaceNames } from './manifest-importers.js';

/** A lockfile's content in one revision; `undefined` = not there. */
export type LockContent = string | Uint8Array | undefined;

/**
 * Compares a lockfile.
 * @returns never throws: a content that can't be read gives `unknown` with a `detail`, and every direct dependency
 * below the lockfile is listed as differing (cause `source`, version `?`), so that who only reads `packages` misses nothing.
 * Time about linear in the file; see `compareGraphs` for the rest.
 */
export function compareLockfiles(
  path: RepoPath,
  base: LockContent,
  head: LockContent,
  workspaceBase: Workspace,
  workspaceHead: Workspace,
): LockfileDelta {
  const folder = directoryOf(path);
  const before = readSide(path, base, { folder, workspace: workspaceBase });
  const after = readSide(path, head, { folder, workspace: workspaceHead });
  return compareSides(path, before, after, { folder, workspace: workspaceHead });
}

/** The graph of a content; no content is an empty graph. */
export function readSide(path: RepoPath, content: LockContent, context: LockContext): LockGraph | UnreadableLock {
  return content === undefined ? emptyGraph('') : readLockGraph(path, content, context);
}

/** The delta between two lockfiles that were read, or not. */
export function compareSides(
  path: RepoPath,
  base: LockGraph | UnreadableLock,
  head: LockGraph | UnreadableLock,
  context: LockContext,
): LockfileDelta {
  if (!isUnreadable(base) && !isUnreadable(head)) return { path, packages: compareGraphs(base, head), unknown: false };
  const faults = [
    ...(isUnreadable(base) ? [['base', base.unreadable]] : []),
    ...(isUnreadable(head) ? [['head', head.unreadable]] : []),
  ];
  const detail = `${path} could not be read: ${faults.map(([side, why]) => `in the ${side as string}, ${why as string}`).join('; ')}`;
  return { path, packages: everyDirectDependency(context), unknown: true, detail };
}

function everyDirectDependency(context: LockContext): LockfileDelta['packages'] {
  const own = workspaceNames(context);
  const importers = new Map<string, Set<RepoPath>>();
  for (const { importer, ranges } of manifestImporters(context)) {
    for (const [name] of ranges)
      if (!own.has(name)) importers.set(name, (importers.get(name) ?? new Set()).add(importer));
  }
  return [...importers]
    .sort(([left], [right]) => compareText(left, right))
    .map(([name, folders]) => ({
      name,
      base: ['?'],
      head: ['?'],
      cause: 'source',
      through: [{ dependency: name, importers: [...folders].sort(compareText) }],
    }));
}
