/**
 * What published packages promise to those who install them, as far as manifests say it.
 * In: both revisions' workspaces. Out: plain records. Not here: exported names (analyze/surface).
 */
import type { RepoPath } from './path.js';

/** A path that others may import. */
export interface PublishedEntry {
  /** The package's name. */
  readonly package: string;
  /** Its folder. */
  readonly root: RepoPath;
  /** `.` or `./button`. */
  readonly subpath: string;
  /** Its source (types' where they have one of their own); absent where none was found in the package. */
  readonly file?: RepoPath;
}

/** A range that leaves out what it took. */
export interface StricterRequirement {
  /** The manifest. */
  readonly path: RepoPath;
  readonly field: 'engines' | 'peerDependencies';
  readonly name: string;
  /** `''`: it was not asked for. */
  readonly before: string;
  readonly after: string;
}

/** Both revisions. */
export interface Published {
  readonly base: readonly PublishedEntry[];
  readonly head: readonly PublishedEntry[];
  readonly stricter: readonly StricterRequirement[];
}
