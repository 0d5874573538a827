/**
 * What a caller may ask for: the written form (everything optional) that the API and the CLI take.
 */
import type { RepoPath } from './path.js';
import type { PhaseTiming } from './timing.js';
import type { TypesMode } from './types.js';

/** Options of `analyze`; every one may be left out. */
export interface AnalyzeOptions {
  /** Folder in the repository (any depth) or a folder without git. Default: the working directory. */
  readonly root?: string;
  /** Commit-ish to compare against; its merge base with the head is taken unless `exactBase`. */
  readonly base?: string;
  /** Compare against `base` itself instead of the merge base. */
  readonly exactBase?: boolean;
  /** Commit-ish; default: the working tree with staged, unstaged and untracked files. */
  readonly head?: string;
  /** A unified diff that is applied to the head in memory; the head without it is the base. */
  readonly patch?: string;
  /** Files, repo-relative: each is taken as wholly changed. */
  readonly files?: readonly RepoPath[];
  /** Written symbols (`file#Class.member`, `file:line`, a unique name, an id): "what if I change this?" */
  readonly symbols?: readonly string[];
  /** The kind of change assumed for `files` and `symbols`; default `signature`. */
  readonly assume?: 'body' | 'signature' | 'removed';
  /**
   * Names of packages: only they and the workspace packages on which they depend are read, which the report says.
   * What depends on a change elsewhere is then not in it.
   */
  readonly scope?: readonly string[];
  /** Worker threads: a number, or `auto` (default): as many as pay off; 0 runs all in this thread. */
  readonly threads?: number | 'auto';
  /** Which parser makes the tree; `auto` (default) takes oxc and falls back. */
  readonly parser?: 'auto' | 'oxc' | 'typescript-estree';
  /**
   * Whether a type checker is asked who really breaks; `auto` (default) asks where the answer can change the report and
   * where it is soon had.
   */
  readonly types?: TypesMode;
  /**
   * A folder for what is kept between runs, taken as it is; `false` keeps nothing. Default: `BLAST_RADIUS_CACHE` of the process's
   * environment, else a folder per repository below the user's cache folder. The answer is the same with and without.
   */
  readonly cacheDir?: string | false;
  /** Environment variables to read the CI's target branch from; default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called at the start of each phase, for progress. */
  readonly onPhase?: (phase: string, done: number, total: number) => void;
  /**
   * Called once a phase at the end of each call (`analyze`, `openRepository`, a repository's `impact` and `rank`), with what it
   * has cost. Nothing of it is in the report.
   */
  readonly onTiming?: (timing: PhaseTiming) => void;
}
