/**
 * Places whose types are compared, and what a package promises to those who install it.
 * In: analysis. Out: what the report holds of it. Source: docs/types.md ("Compatibility", "The public surface").
 */
import type { CompatibilityFinding } from './compatibility.js';
import type { RepoPath } from './path.js';

/** A place in a declaration whose type has to be compared. */
export interface TypePosition {
  readonly place: 'parameter' | 'return' | 'receiver' | 'constraint' | 'whole';
  /** Of a parameter. */
  readonly index: number;
  /** Of a parameter that may be left out in one revision at least: `undefined` does not count. */
  readonly optional?: true;
  /** In words, for the finding: `parameter 1 (a)`. */
  readonly detail: string;
  /** Rule where the head's type is a part of the base's, and where it is the other way round. */
  readonly narrowed: string;
  readonly widened: string;
}

/** What a release of a package has to be. `none`: nothing of it changed. */
export type SemverLevel = 'none' | 'patch' | 'minor' | 'major';

/** One difference of a package's public surface. */
export interface SurfaceFinding extends CompatibilityFinding {
  /** `.`, `./button`; `package.json` for what the manifest says itself. */
  readonly entry: string;
  /** Exported name, members with a dot; `''` for the entry or the package as a whole. */
  readonly name: string;
  readonly file: RepoPath;
  readonly line: number;
  /** Node of the changed symbol behind it, where there is one. */
  readonly node?: number;
  /** The name did not change itself: its type mentions what did. */
  readonly through?: true;
}

/** A published package that the change concerns. */
export interface PackageSurface {
  readonly package: string;
  readonly root: RepoPath;
  /** What its next release has to be, at least. */
  readonly level: SemverLevel;
  /** False where some difference could not be decided: the level may be higher. */
  readonly known: boolean;
  /** Gravest first, then by entry, name, rule. */
  readonly findings: readonly SurfaceFinding[];
}
