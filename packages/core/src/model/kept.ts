/**
 * What an earlier run linked, as columns: the nodes and edges of one revision's files, for a run over revisions near it.
 * In and out: plain arrays that can be written to a file and read in one go. Not here: when they may be used (analyze/link/kept),
 * and where they are kept (gather/cache).
 */
import type { Endpoint } from './endpoint.js';

/** A list for each file: the values of file `i` are `values[starts[i]] … values[starts[i + 1] − 1]`. */
export interface ListColumn {
  /** One longer than there are files. */
  readonly starts: Uint32Array;
  readonly values: Int32Array;
}

/** Bits of {@link KeptColumns.marks}. */
export const KeptMark = {
  /** Its links can be taken over. Without it they were made from the other revision too, or there are none. */
  links: 1,
  /** It declares or assigns names for other files. */
  ambient: 2,
  /** It is CommonJS: `module.exports` may be a whole with exports beside it. */
  cjs: 4,
  /** Something was wrong with its text. */
  problems: 8,
} as const;

/**
 * Columns over the files of a revision, and over its nodes. A file's nodes are `nodes[i] … nodes[i + 1] − 1`, one per symbol (one
 * for a resource); external nodes come after all files', in the order of `externalKeys`.
 */
export interface KeptColumns {
  readonly nodes: Uint32Array;
  /** {@link KeptMark} bits, per file. */
  readonly marks: Uint8Array;
  /** Qualified names, per node of a file. */
  readonly names: readonly string[];
  /** Index into `NODE_KINDS`. */
  readonly kinds: Uint8Array;
  /** Relative to the file's first node; −1 at the top. */
  readonly parents: Int32Array;
  readonly flags: Uint32Array;
  readonly lines: Uint32Array;
  readonly endLines: Uint32Array;
  readonly externalKeys: readonly string[];
  /** Three values an edge: from, to, word. */
  readonly edges: ListColumn;
  /** Link targets by symbol: node, count, values (−1 and −2 as in linking). */
  readonly targets: ListColumn;
  /** External nodes asked for, in order. */
  readonly externals: ListColumn;
  /** Files that were looked at: indexes. */
  readonly asked: ListColumn;
  /** Indexes into `globalNames` that it reads. */
  readonly globals: ListColumn;
  readonly globalNames: readonly string[];
  /** By file index: what few files have. */
  readonly missing: Readonly<Record<number, readonly string[]>>;
  readonly folders: Readonly<Record<number, readonly string[]>>;
  /** Node, line, words, candidate nodes. */
  readonly uncertain: Readonly<Record<number, readonly KeptUncertain[]>>;
  readonly members: Readonly<Record<number, KeptMembers>>;
  readonly survey: KeptSurvey;
  /** For files that packages publish: files that their exported names were looked for in (−1: one that is not there). */
  readonly entryFiles: ListColumn;
  readonly resourceImports: WrittenSpecifiers;
}

/** What stylesheets and documents draw in, as written: by path, for the content with that id. */
export type WrittenSpecifiers = Readonly<Record<string, readonly [id: string, specifiers: readonly string[]]>>;

/** Bits of {@link KeptSurvey.roles}: what a file's calls match, as far as other files' ends depend on it. */
export const SurveyMark = {
  httpCall: 1,
  httpDecorator: 2,
  trpcRouter: 4,
  query: 8,
  /** What was found depends on more than was noted: it is surveyed in every run. */
  unkept: 128,
} as const;

/** All but what is read beside sources. */
export type AnalyzedColumns = Omit<KeptColumns, 'resourceImports'>;

/** What linking by itself gives of them. */
export type LinkColumns = Omit<KeptColumns, 'entryFiles' | 'resourceImports'>;

/** What a survey of contracts found in each file, and what it looked at for that. Lists are over files, as all of {@link KeptColumns}. */
export interface KeptSurvey {
  /** The rows of the repository's own configuration, and what of its packages counts. Others: nothing of all this holds. */
  readonly rows: string;
  readonly packages: string;
  /** Four values a call of a function of the repository: its file, the function, the call, the argument that it is (−1: it is called). */
  readonly callers: ListColumn;
  /** Files that were looked at for `callers`: indexes. */
  readonly callersAsked: ListColumn;
  /** The same for all that follows. */
  readonly endsAsked: ListColumn;
  /** Functions whose callers were asked: file, function. */
  readonly keysAsked: ListColumn;
  /** {@link SurveyMark} bits. */
  readonly roles: Uint8Array;
  /** Paths that were looked for in vain. */
  readonly missing: Readonly<Record<number, readonly string[]>>;
  /** What stands for a table, and the table. */
  readonly models: Readonly<Record<number, readonly (readonly [key: string, table: string])[]>>;
  /** Ends with the number of the step that found them. */
  readonly ends: Readonly<Record<number, readonly (readonly [section: number, end: Endpoint])[]>>;
}

/** See `UncertainReference`. */
export type KeptUncertain = readonly [node: number, line: number, what: string, candidates: readonly number[]];

/** What a file says of classes and of uses of members; see `MemberUses`. Absent lists are empty. */
export interface KeptMembers {
  /** Node, kind, foreign, bases, members (name, node, kind, flags). */
  readonly shapes?: readonly KeptShape[];
  readonly names?: readonly (readonly [node: number, names: readonly string[]])[];
  /** From, to, rank. */
  readonly typed?: readonly (readonly [number, number, number])[];
  readonly whole?: readonly (readonly [number, number, number])[];
  readonly written?: readonly (readonly [number, number, number])[];
  readonly readsAny?: readonly number[];
  readonly callsAny?: readonly number[];
}

/** See `Shape`. */
export type KeptShape = readonly [
  node: number,
  kind: string,
  foreign: boolean,
  bases: readonly number[],
  members: readonly (readonly [name: string, node: number, kind: string, flags: number])[],
];
