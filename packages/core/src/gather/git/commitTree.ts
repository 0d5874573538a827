/**
 * A commit as a tree, read out of the object store.
 * In: a commit id. Out: its entries, and bytes on demand. Nothing is checked out, no filter runs.
 */
import { type FileTree, type RepoPath, type TreeEntry, UsageError } from '../../model/index.js';
import { makeFileTree, withTarget } from '../disk/index.js';
import type { Git } from './command.js';
import type { ObjectReader } from './objects.js';

/** @throws UsageError where the commit's trees are not in this clone. */
export async function openCommit(git: Git, commit: string, objects: ObjectReader): Promise<FileTree> {
  const { code, stdout, stderr } = await git.run(['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit]);
  if (code !== 0) {
    const words = stderr.split('\n')[0] ?? '';
    throw new UsageError(
      `The files of commit ${commit.slice(0, 12)} can't be listed (${words}); run: git fetch --refetch`,
    );
  }
  const entries = await readLinkTargets(parseTreeListing(stdout.toString('utf8')), objects);
  return treeOfEntries(commit, entries, objects);
}

/** The entries, each link with its target. One batch for all links; none where there are none. */
export async function readLinkTargets(
  entries: readonly TreeEntry[],
  objects: ObjectReader,
): Promise<readonly TreeEntry[]> {
  const links = entries.filter(({ kind, target }) => kind === 'link' && target === undefined);
  if (links.length === 0) return entries;
  const texts = await objects.read(links.map(({ id }) => id));
  return entries.map((entry) =>
    entry.kind === 'link' && entry.target === undefined ? withTarget(entry, texts.get(entry.id)) : entry,
  );
}

/** The tree of a repository before its first commit. */
export function emptyTree(): FileTree {
  return makeFileTree({ label: 'empty tree', entries: [], readBytes: async () => new Map() });
}

function treeOfEntries(label: string, entries: readonly TreeEntry[], objects: ObjectReader): FileTree {
  return makeFileTree({
    label,
    entries,
    readBytes: async (paths, byPath) => {
      const files = paths.flatMap((path) => byPath.get(path) ?? []).filter(({ kind }) => kind === 'file');
      const blobs = await objects.read(files.map(({ id }) => id));
      const bytes = new Map<RepoPath, Uint8Array>();
      for (const { path, id } of files) {
        const blob = blobs.get(id);
        if (blob !== undefined) bytes.set(path, blob);
      }
      return bytes;
    },
  });
}

/** `<mode> <type> <id>\t<path>\0`, as `git ls-tree -z` writes it. */
function parseTreeListing(listing: string): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0; start < listing.length;) {
    const end = listing.indexOf('\0', start);
    const tab = listing.indexOf('\t', start);
    if (end < 0 || tab < 0) break;
    const idStart = listing.lastIndexOf(' ', tab) + 1;
    entries.push(makeEntry(listing.slice(tab + 1, end), listing.slice(start, start + 6), listing.slice(idStart, tab)));
    start = end + 1;
  }
  return entries;
}

/** A tree's entry from git's octal file mode. */
export function makeEntry(path: RepoPath, mode: string, id: string): TreeEntry {
  const kind = mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file';
  return { path, id, kind, executable: mode === '100755' };
}
