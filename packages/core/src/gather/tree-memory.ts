/**
 * A FileTree that stands in memory: unsaved content handed in by a caller, and test cases.
 * In: texts or bytes by path. Out: the same interface that commits and the working tree have.
 * Not here: git, the disk, ignore rules (nothing is ignored; the caller chose the files).
 */
import { createHash } from 'node:crypto';
import { compareText, directoryOf } from '../model/path.js';
import type { RepoPath } from '../model/path.js';
import type { FileTree, TreeEntry } from '../model/tree.js';

/** How a memory tree may differ from a plain set of readable files. */
export interface MemoryTreeOptions {
  /** Default `memory`. */
  readonly label?: string;
  /** Paths that are symbolic links: listed, never read. */
  readonly links?: readonly RepoPath[];
  /** Paths that are submodules: listed, hold nothing. */
  readonly submodules?: readonly RepoPath[];
}

/**
 * A tree of the given files.
 * @param files content by repo-relative path; strings are UTF-8.
 * @returns a tree whose ids are content hashes: equal content, equal id. Never throws.
 */
export function memoryTree(
  files: Readonly<Record<RepoPath, string | Uint8Array>>,
  options: MemoryTreeOptions = {},
): FileTree {
  const bytes = new Map<RepoPath, Uint8Array>();
  for (const [path, content] of Object.entries(files)) bytes.set(path, toBytes(content));
  const entries: TreeEntry[] = [...bytes].map(([path, content]) => ({
    path,
    id: contentId(content),
    kind: 'file',
    executable: false,
  }));
  for (const path of options.links ?? []) entries.push({ path, id: `link:${path}`, kind: 'link', executable: false });
  for (const path of options.submodules ?? []) {
    entries.push({ path, id: `submodule:${path}`, kind: 'submodule', executable: false });
  }
  entries.sort((left, right) => compareText(left.path, right.path));
  return {
    label: options.label ?? 'memory',
    entries,
    byPath: new Map(entries.map((entry) => [entry.path, entry])),
    folders: foldersOf(entries),
    read: async (paths) => new Map(paths.flatMap((path) => pairOf(bytes, path))),
    text: async (path) => decode(bytes.get(path)),
    ignored: async () => [],
  };
}

/** Every folder above an entry, `''` among them. */
function foldersOf(entries: readonly TreeEntry[]): ReadonlySet<RepoPath> {
  const folders = new Set<RepoPath>(['']);
  for (const { path } of entries) {
    for (let folder = directoryOf(path); !folders.has(folder); folder = directoryOf(folder)) folders.add(folder);
  }
  return folders;
}

function pairOf(bytes: ReadonlyMap<RepoPath, Uint8Array>, path: RepoPath): [RepoPath, Uint8Array][] {
  const content = bytes.get(path);
  return content === undefined ? [] : [[path, content]];
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function decode(content: Uint8Array | undefined): string | undefined {
  return content === undefined ? undefined : new TextDecoder().decode(content);
}

function contentId(content: Uint8Array): string {
  return `memory:${createHash('sha1').update(content).digest('hex')}`;
}
