/**
 * The one implementation of `FileTree`: a sorted list of entries and a way to get bytes.
 * In: entries in any order and a source of bytes. Out: the tree that the rest of gather reads.
 * Not here: where entries and bytes come from (a commit, the disk, a patch).
 */
import { compareText, directoryOf, type FileTree, type RepoPath, type TreeEntry } from '../../model/index.js';

/** Where a tree's bytes come from. */
export interface TreeSource {
  readonly label: string;
  /** Any order; the last of two entries with the same path wins. */
  readonly entries: Iterable<TreeEntry>;
  /** Bytes of files by path; whatever can't be read is left out. Never throws for such a path. */
  readBytes(paths: readonly RepoPath[], byPath: ReadonlyMap<RepoPath, TreeEntry>): Promise<Map<RepoPath, Uint8Array>>;
  /** See `FileTree.ignored`; absent where nothing can be ignored. */
  ignored?(folder: RepoPath, byPath: ReadonlyMap<RepoPath, TreeEntry>): Promise<readonly RepoPath[]>;
}

const decoder = new TextDecoder('utf-8');

/** Makes a tree of a source. O(n log n) in the entries. */
export function makeFileTree(source: TreeSource): FileTree {
  const unsorted = new Map<RepoPath, TreeEntry>();
  for (const entry of source.entries) unsorted.set(entry.path, entry);
  const entries = [...unsorted.values()].sort((left, right) => compareText(left.path, right.path));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const texts = new Map<RepoPath, Promise<string | undefined>>();
  const ignored = new Map<RepoPath, Promise<readonly RepoPath[]>>();
  const read = (paths: readonly RepoPath[]) => source.readBytes(paths, byPath);
  return {
    label: source.label,
    entries,
    byPath,
    folders: foldersOf(entries),
    read,
    text: (path) =>
      remember(texts, path, async () => {
        const bytes = (await read([path])).get(path);
        return bytes === undefined ? undefined : decoder.decode(bytes);
      }),
    ignored: (folder) => remember(ignored, folder, async () => source.ignored?.(folder, byPath) ?? []),
  };
}

function remember<Value>(
  known: Map<RepoPath, Promise<Value>>,
  path: RepoPath,
  ask: () => Promise<Value>,
): Promise<Value> {
  let answer = known.get(path);
  if (answer === undefined) known.set(path, (answer = ask()));
  return answer;
}

function foldersOf(entries: readonly TreeEntry[]): Set<RepoPath> {
  const folders = new Set<RepoPath>(['']);
  for (const entry of entries) {
    let folder = directoryOf(entry.path);
    while (!folders.has(folder)) {
      folders.add(folder);
      folder = directoryOf(folder);
    }
  }
  return folders;
}
