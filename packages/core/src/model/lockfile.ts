/** What a change of a lockfile did to the versions that packages get. */
import type { RepoPath } from './path.js';

/** One changed lockfile. */
export interface LockfileDelta {
  readonly path: RepoPath;
  /** Sorted by name. */
  readonly packages: readonly ExternalPackageDelta[];
  /** The file could not be read in one of the revisions: every external package may have changed. */
  readonly unknown: boolean;
  /** Why it is unknown, in words. */
  readonly detail?: string;
}

/** An external package whose resolved content differs for some importer. */
export interface ExternalPackageDelta {
  readonly name: string;
  /** Resolved versions, sorted; empty = not installed. */
  readonly base: readonly string[];
  readonly head: readonly string[];
  /**
   * Direct dependencies of workspace packages that reach it: changing `ms` under `debug` changes `debug` for whoever imports that.
   * Each with the folders of the workspace packages that declare it (`''` = root). Sorted by name.
   */
  readonly through: readonly { readonly dependency: string; readonly importers: readonly RepoPath[] }[];
  /** Why it differs where versions are equal: `patch`, `override`, `integrity`, `source`. */
  readonly cause: 'version' | 'added' | 'removed' | 'patch' | 'override' | 'integrity' | 'source';
}
