/**
 * A state of the repository as a set of named files: a commit, the working tree, a tree with a patch on it, a folder without git.
 * Everything in gather reads through this, so that no step knows which it is.
 */
import type { RepoPath } from './path.js';

/** One entry of a tree. */
export interface TreeEntry {
  readonly path: RepoPath;
  /** Equal ids mean equal bytes: git's blob id where git knows it, else a hash of the bytes with a prefix. */
  readonly id: string;
  /** `link` entries are never followed; `submodule` entries hold nothing. */
  readonly kind: 'file' | 'link' | 'submodule';
  /** Executable bit. */
  readonly executable: boolean;
  /** For a `link` that points inside the repository: what it points to. Absent where that is not known. */
  readonly target?: RepoPath;
}

/** A readable, immutable state of the repository. */
export interface FileTree {
  /** Commit id or `working tree`. */
  readonly label: string;
  /** Every entry that git does not ignore, ordered by path (code units). */
  readonly entries: readonly TreeEntry[];
  readonly byPath: ReadonlyMap<RepoPath, TreeEntry>;
  /** Every folder that holds an entry, at any depth; `''` is in it. */
  readonly folders: ReadonlySet<RepoPath>;
  /**
   * Bytes of the named files, in one batch. Missing, unreadable and non-file paths are absent from the map;
   * never throws for them. Never reads outside the root and never follows a link out of it.
   */
  read(paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, Uint8Array>>;
  /** One file as UTF-8 without a byte order mark; `undefined` where it can't be read. Cached. */
  text(path: RepoPath): Promise<string | undefined>;
  /**
   * Files that git ignores but that are on the disk, below `folder` (for generated code that sources import);
   * empty for commits. Never lists `node_modules`.
   */
  ignored(folder: RepoPath): Promise<readonly RepoPath[]>;
}
