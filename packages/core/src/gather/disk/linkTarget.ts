/**
 * Where a symbolic link leads, by its text alone.
 * In: the link's path and the text it holds, from a blob or the disk. Out: a path in the repository, or nothing.
 * Not here: following it. Nothing is looked up, so the target need not exist, may be a link again, or lead in a circle.
 */
import { sep } from 'node:path';
import { directoryOf, joinPath, type RepoPath, type TreeEntry } from '../../model/index.js';

/** Longer texts are no paths on any system. */
const LONGEST = 4096;

/** The target of a link at `path` that holds `text`; `undefined` for absolute ones and those that leave the repository. */
export function linkTarget(path: RepoPath, text: Uint8Array): RepoPath | undefined {
  if (text.length === 0 || text.length > LONGEST) return undefined;
  const written = Buffer.from(text).toString('utf8');
  const posix = sep === '\\' ? written.replaceAll('\\', '/') : written;
  if (posix.startsWith('/') || posix.includes('\0') || (sep === '\\' && /^[A-Za-z]:/.test(posix))) return undefined;
  return joinPath(directoryOf(path), posix);
}

/** `entry` with the target that its text names, where it names one inside the repository. */
export function withTarget(entry: TreeEntry, text: Uint8Array | undefined): TreeEntry {
  const target = text === undefined ? undefined : linkTarget(entry.path, text);
  return target === undefined ? entry : { ...entry, target };
}
