/**
 * Where a specifier leads, in one revision.
 * In: a file, a request of it, the workspace. Out: one of these records, never an exception.
 */
import type { Confidence } from './confidence.js';
import type { RepoPath } from './path.js';

/** By which rule a specifier was resolved; shown in explanations. */
export type ResolutionRule =
  | 'relative'
  | 'workspace'
  | 'self'
  | 'imports'
  | 'paths'
  | 'base-url'
  | 'root-dirs'
  | 'alias'
  | 'built-to-source'
  | 'node-modules'
  | 'auto-import'
  | 'glob'
  | 'root-relative';

/** Why a specifier that points into the repository leads nowhere. */
export type UnresolvedReason =
  /** No file of that name, in any spelling that the rules allow. */
  | 'no-such-file'
  /** The package's `exports` map has no such subpath. */
  | 'not-exported'
  /** The package is in the workspace but none of its entries leads to a source file. */
  | 'no-source-entry'
  /** A generated or ignored file that is not there. */
  | 'generated'
  /** The path leaves the repository. */
  | 'outside'
  /** The specifier is computed. */
  | 'not-static'
  /** `#name` that the manifest's `imports` does not have. */
  | 'no-such-import'
  /** A virtual module of a bundler (`virtual:x`, `~icons/x`, `astro:content`). */
  | 'virtual'
  /** A build output no source of which was found. */
  | 'built-without-source';

/** The answer for one request. */
export type Resolution =
  | {
      readonly kind: 'file';
      readonly path: RepoPath;
      readonly rule: ResolutionRule;
      /** `bound` where the rules prove it, `pattern` where a mapping was guessed. */
      readonly confidence: Confidence;
      /** Another file that holds the types (`x.d.ts` beside `x.js`, a `types` condition); references reach both. */
      readonly types?: RepoPath;
      /**
       * Files that answer instead in another environment (`x.native.ts` beside `x.ts`, a `browser` condition
       * with a source of its own); references reach these too. Sorted by preference.
       */
      readonly also?: readonly RepoPath[];
    }
  /** A glob's files, sorted; may be empty. */
  | { readonly kind: 'files'; readonly paths: readonly RepoPath[]; readonly rule: ResolutionRule }
  /** `react/jsx-runtime` is package `react`, subpath `/jsx-runtime`. */
  | { readonly kind: 'external'; readonly package: string; readonly subpath: string }
  /** `node:fs`, `bun:test`. */
  | { readonly kind: 'builtin'; readonly name: string }
  | {
      readonly kind: 'unresolved';
      readonly reason: UnresolvedReason;
      /** What was looked for, in words. */
      readonly detail: string;
    };
