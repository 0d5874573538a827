/**
 * What differs between two trees, file by file.
 * In: two trees. Out: `FileDiff`s ordered by path, renames found by equal or similar content.
 * Entries are compared by id, so files that are equal are never read. Not here: what the difference means.
 */
import { compareText, type FileDiff, type FileTree, type RepoPath, type TreeEntry } from '../../model/index.js';
import { findRenames } from './renames.js';

/** As git does: a NUL in the first 8 KB makes it binary. */
const SNIFFED = 8000;

/** True for bytes that are no text. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, SNIFFED).includes(0);
}

/**
 * @param known renames stated by a patch, head path → base path; they are taken as they are.
 * O(entries) plus reading what differs.
 */
export async function compareTrees(
  base: FileTree,
  head: FileTree,
  known: ReadonlyMap<RepoPath, RepoPath> = new Map(),
): Promise<FileDiff[]> {
  const removed: TreeEntry[] = base.entries.filter(({ path }) => !head.byPath.has(path));
  const added: TreeEntry[] = [];
  const diffs: FileDiff[] = [];
  for (const entry of head.entries) {
    const before = base.byPath.get(entry.path);
    if (before === undefined) added.push(entry);
    else if (before.id !== entry.id || before.kind !== entry.kind) diffs.push({ status: 'modified', path: entry.path });
    else if (before.executable !== entry.executable) diffs.push({ status: 'mode', path: entry.path });
  }
  const renames = await findRenames({ base, head, removed, added, known });
  const moved = new Set(renames.values());
  for (const { path } of removed) if (!moved.has(path)) diffs.push({ status: 'removed', path });
  for (const { path } of added) {
    const basePath = renames.get(path);
    diffs.push(basePath === undefined ? { status: 'added', path } : { status: 'renamed', path, basePath });
  }
  diffs.sort((left, right) => compareText(left.path, right.path));
  return markSpecial(diffs, base, head);
}

async function markSpecial(diffs: readonly FileDiff[], base: FileTree, head: FileTree): Promise<FileDiff[]> {
  const binary = await binaryPaths(diffs, base, head);
  return diffs.map((diff) => {
    const entries = [base.byPath.get(diff.basePath ?? diff.path), head.byPath.get(diff.path)];
    const has = (kind: TreeEntry['kind']): boolean => entries.some((entry) => entry?.kind === kind);
    if (has('submodule')) return { ...diff, special: 'submodule' };
    if (has('link')) return { ...diff, special: 'symlink' };
    return binary.has(diff) ? { ...diff, special: 'binary' } : diff;
  });
}

/** Files read at once; their first bytes are all that is wanted, so the rest should not pile up. */
const CHUNK = 500;

async function binaryPaths(diffs: readonly FileDiff[], base: FileTree, head: FileTree): Promise<Set<FileDiff>> {
  const binary = new Set<FileDiff>();
  for (let start = 0; start < diffs.length; start += CHUNK) {
    const chunk = diffs.slice(start, start + CHUNK);
    const [before, after] = await Promise.all([
      base.read(chunk.map(({ path, basePath }) => basePath ?? path).filter((path) => base.byPath.has(path))),
      head.read(chunk.map(({ path }) => path).filter((path) => head.byPath.has(path))),
    ]);
    for (const diff of chunk) {
      const contents = [before.get(diff.basePath ?? diff.path), after.get(diff.path)];
      if (contents.some((bytes) => bytes !== undefined && isBinary(bytes))) binary.add(diff);
    }
  }
  return binary;
}
