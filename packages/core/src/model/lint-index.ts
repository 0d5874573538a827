/**
 * The prepared index: what a lint rule must know of the rest of the repository, as columns.
 * In: one linked comparison (analyze/lint-index makes it). Out: what lint/ looks up for the file in hand.
 * Rows are those of the base's files with facts, so that a text in hand can be compared with it; dependents are those of base ∪ head.
 * Not here: bytes (lint/format.ts), where it lies and whether it is stale (lint/look-up.ts).
 */

import type { CatalogueRow, EndpointRole } from './catalogue-row.js';
import type { ExportEntry, FileFacts } from './facts.js';

/** Raised whenever a column changes its meaning: a reader takes its own version only. */
export const LINT_INDEX_VERSION = 3;

/** What the index was made from. */
export interface LintIndexMeta {
  readonly version: number;
  /** `FACTS_VERSION` of the hashes. */
  readonly facts: number;
  /** Commit id or description of the state that texts are compared with. */
  readonly base: string;
  /** Who chose the base, in words. */
  readonly chosenBy: string;
  /** Equal keys mean that making it again would tell nothing new. */
  readonly key: string;
  /** Where the repository's `HEAD` stood; see lint/git-files.ts. Absent without git. */
  readonly git?: GitState;
  /** The base is `HEAD` itself: every commit moves it. */
  readonly followsHead: boolean;
  /** The user's catalogue rows. */
  readonly rows: readonly CatalogueRow[];
}

/** Where a repository stood, as its plain files say. */
export interface GitState {
  /** `refs/heads/main`, or a commit id where `HEAD` is detached. */
  readonly head: string;
  /** Commit id of `HEAD`; `''` where it could not be read. */
  readonly commit: string;
}

/** Columns of 32-bit numbers, by table. A `…Start` column has one more entry than rows. */
export const U32_COLUMNS = [
  'fileId', // four words: the first 128 bits of the content id
  'filePath', // index into strings; rows are ordered by path
  'fileSymbols', // start of the file's symbols
  'fileExports',
  'fileUnseen',
  'fileContracts',
  'fileImported', // index into strings: what its imports are to a survey of it alone
  'symbolName',
  'symbolFlags',
  'symbolParent', // 1 + index within the file; 0 = none
  'symbolContent', // two words
  'symbolShape', // two words
  'symbolUses', // digest of what it refers to
  'symbolSurface', // digest of what it refers to in what others see
  'symbolParameters', // 1 + index into strings; 0 = none
  'symbolReach', // REACH_WORDS words
  'symbolNamed', // start of the named dependents in symbolUsers
  'exportName',
  'exportSymbol', // 1 + index within the file; 0 = none
  'exportTarget', // 1 + index into strings: what a forwarded name stands for; 0 = none
  'exportReach', // REACH_WORDS words
  'exportNamed', // … in exportUsers
  'unseenWhat',
  'unseenLine',
  'contractKey', // as the text alone says it
  'contractName', // as others know it
  'contractReach', // REACH_WORDS words
  'contractNamed', // … in contractUsers
  'symbolUsers', // index into strings: paths
  'exportUsers',
  'contractUsers',
] as const;

/** Columns of bytes. */
export const U8_COLUMNS = [
  'fileWhole', // 1 where the text was read to the end
  'symbolKind', // index into NODE_KINDS
  'exportKind', // index into EXPORT_ROWS
  'unseenKind', // index into UNSEEN_KINDS
  'symbolSensitive', // bits in the order of SENSITIVE_KINDS
  'contractRole', // index into OFFERING_ROLES
] as const;

/** A row of `exports`: under its own name, forwarded by name, a name that comes through a star, the star itself (its specifier). */
export const EXPORT_ROWS = ['local', 'indirect', 'through-star', 'star'] as const;

/** What a forwarded name stands for, in the text's own words: `specifier\0name`. */
export function forwardedTarget({ requests }: FileFacts, entry: Extract<ExportEntry, { kind: 'indirect' }>): string {
  return `${requests[entry.request]?.specifier ?? ''}\0${entry.importName}`;
}

/** What static reading can't follow; `unresolved`: a specifier that leads nowhere. */
export const UNSEEN_KINDS = ['dynamic-import', 'dynamic-require', 'glob', 'eval', 'with', 'unresolved'] as const;

/** See {@link UNSEEN_KINDS}. */
export type UnseenKind = (typeof UNSEEN_KINDS)[number];

/** Why a change of a symbol wants care; `support`: code that checks access uses it directly. */
export const SENSITIVE_KINDS = ['access', 'query', 'amount', 'support'] as const;

/** See {@link SENSITIVE_KINDS}. */
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

/** Roles of ends that a file offers to others. */
export const OFFERING_ROLES = [
  'http.route',
  'trpc.procedure',
  'graphql.field',
  'mq.publish',
  'event.emit',
  'orm.model',
] as const satisfies readonly EndpointRole[];

/** See {@link OFFERING_ROLES}. */
export type OfferingRole = (typeof OFFERING_ROLES)[number];

/** Words of one reach, in the order of {@link DependentCounts}. */
export const REACH_WORDS = 7;

/** Dependents outside a symbol's own file. Tests are counted in `tests` and nowhere else. */
export interface DependentCounts {
  /** Files, other packages and other apps that depend on it in one step. */
  readonly directFiles: number;
  readonly directPackages: number;
  readonly directApps: number;
  /** In any number of steps. */
  readonly files: number;
  readonly packages: number;
  readonly apps: number;
  /** Test files that use it in one step. */
  readonly tests: number;
}

/** See {@link U32_COLUMNS}. */
export type U32Column = (typeof U32_COLUMNS)[number];
/** See {@link U8_COLUMNS}. */
export type U8Column = (typeof U8_COLUMNS)[number];

/** All of it, in memory. */
export interface LintTables {
  readonly meta: LintIndexMeta;
  readonly strings: readonly string[];
  readonly u32: Readonly<Record<U32Column, Uint32Array>>;
  readonly u8: Readonly<Record<U8Column, Uint8Array>>;
}
