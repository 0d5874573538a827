/**
 * What every tree that lies on the disk shares: reading bytes of files that are no blobs, and listing ignored files.
 * Not here: which entries such a tree has (gather/disk/folderTree.ts, gather/git/workingTree.ts).
 */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type RepoPath, type TreeEntry } from '../../model/index.js';
import type { DiskReader } from './safeRead.js';
import { walk } from './walk.js';

/** Bytes of regular files on the disk; what is no regular file, too large or unreadable is left out. */
export async function readFromDisk(disk: DiskReader, paths: readonly RepoPath[]): Promise<Map<RepoPath, Uint8Array>> {
  const bytes = new Map<RepoPath, Uint8Array>();
  const found = await disk.inspectAll(paths);
  found.forEach((file, at) => {
    if (file?.kind === 'file') bytes.set(paths[at] ?? '', file.bytes);
  });
  return bytes;
}

/**
 * Regular files below `folder` that are on the disk and not in `byPath`, ordered by path.
 * `node_modules`, `.git`, submodules and repositories inside the repository are not entered.
 */
export async function listIgnored(
  root: string,
  folder: RepoPath,
  byPath: ReadonlyMap<RepoPath, TreeEntry>,
): Promise<RepoPath[]> {
  if (folder.split('/').some((segment) => NEVER_ENTERED.has(segment))) return [];
  if (!(await leadsThroughNoLink(root, folder))) return [];
  const found = await walk(root, folder, {
    enter: (path, names) => path === '' || !names.has('.git'),
    skip: (path, name, isFolder) => byPath.has(path) || (isFolder && NEVER_ENTERED.has(name)),
  });
  return found.filter(({ kind }) => kind === 'file').map(({ path }) => path);
}

async function leadsThroughNoLink(root: string, folder: RepoPath): Promise<boolean> {
  const written = folder === '' ? root : join(root, folder);
  return realpath(written).then(
    (real) => real === written,
    () => false,
  );
}

/** Folders that hold other people's code or git's own files, wherever they are. */
export const NEVER_ENTERED: ReadonlySet<string> = new Set(['node_modules', '.git']);
