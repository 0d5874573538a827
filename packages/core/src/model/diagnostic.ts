/**
 * What the engine could not do, or guessed, said about the analysed repository.
 * A diagnostic is a record beside the result; it is never thrown.
 */
import type { RepoPath } from './path.js';

/** `error`: part of the input was lost. `warning`: an answer near it is less sure. `note`: good to know. */
export type DiagnosticLevel = 'error' | 'warning' | 'note';

/** Every kind of diagnostic; docs/diagnostics.md has a line on each. */
export type DiagnosticKind =
  | 'not-a-repository'
  | 'shallow-clone'
  | 'no-base'
  | 'base-chosen'
  | 'unborn-head'
  | 'detached-head'
  | 'submodule-skipped'
  | 'sparse-checkout'
  | 'scoped'
  | 'ignored-files'
  | 'vendored-files'
  | 'generated-missing'
  | 'generated-read'
  | 'manifest-broken'
  | 'manifest-duplicate-name'
  | 'tsconfig-broken'
  | 'tsconfig-cycle'
  | 'config-not-static'
  | 'lockfile-broken'
  | 'lockfile-unsupported'
  | 'owners-broken'
  | 'syntax-error'
  | 'binary-file'
  | 'file-too-large'
  | 'unreadable-file'
  | 'symlink-skipped'
  | 'path-case-conflict'
  | 'unresolved-import'
  | 'guessed-resolution'
  | 'ambiguous-export'
  | 'missing-export'
  | 'dynamic-construct'
  | 'unknown-change'
  | 'patch-broken'
  | 'types-not-asked'
  | 'types-engine-failed'
  | 'worker-fallback'
  | 'cache-not-written'
  | 'schema-broken'
  | 'sql-not-read'
  | 'reference-remote'
  | 'reference-missing'
  | 'alias-bomb'
  | 'config-invalid'
  | 'suppression-without-reason';

/** One sentence about the analysed code, with a place where it has one. */
export interface Diagnostic {
  readonly kind: DiagnosticKind;
  readonly level: DiagnosticLevel;
  /** One clear sentence that says what to do where something can be done. */
  readonly message: string;
  readonly file?: RepoPath;
  /** 1-based. */
  readonly line?: number;
  /** How many places this one record stands for; absent = 1. */
  readonly count?: number;
}

/**
 * The caller's mistake: an unknown ref, a path outside the repository, an option that does not fit.
 * Thrown at the edge of the library; the CLI prints the sentence and exits with 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
