/**
 * Two states of the repository and what differs between them, before any of it is understood.
 */
import type { RepoPath } from './path.js';

/** How a file differs between base and head. */
export type FileDiffStatus = 'added' | 'removed' | 'modified' | 'renamed' | 'mode';

/** One file that differs. */
export interface FileDiff {
  readonly status: FileDiffStatus;
  /** Path in the head; in the base for a removed file. */
  readonly path: RepoPath;
  /** Path in the base where it differs: renames. */
  readonly basePath?: RepoPath;
  /** Content is bytes that are no text, or a submodule, or a symbolic link. */
  readonly special?: 'binary' | 'submodule' | 'symlink';
}

/** Which two states are compared and who chose them. */
export interface Comparison {
  /** Commit id, `empty tree`, or a description. */
  readonly base: string;
  /** Commit id or `working tree`. */
  readonly head: string;
  /** In words: `merge base with origin/main`, `GITHUB_BASE_REF`, `--base v1.2`. */
  readonly chosenBy: string;
}
