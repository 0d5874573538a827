/**
 * The symbol graph over base ∪ head, as typed arrays, and the words for its edges.
 * In: what the linker found. Out: reverse adjacency, ready to be shared between threads.
 * Not here: traversal (analyze/reach) and the reasons for an edge (analyze/link).
 */
import type { FileRole } from './snapshot.js';
import type { RepoPath } from './path.js';
import type { SymbolKind } from './facts.js';

/** What a node can be: a symbol of a file, one export of an external package, or a whole resource file. */
export const NODE_KINDS = [
  'module',
  'function',
  'class',
  'variable',
  'enum',
  'interface',
  'type',
  'namespace',
  'export',
  'constructor',
  'method',
  'accessor',
  'property',
  'enum-member',
  'entry',
  'mutation',
  'external',
  'resource',
  /** What two systems agree on; see analyze/contracts. It stands in no file. */
  'contract',
] as const satisfies readonly (SymbolKind | 'external' | 'resource' | 'contract')[];

/** See {@link NODE_KINDS}. */
export type NodeKind = (typeof NODE_KINDS)[number];

/** How a dependent depends on its dependency. */
export const EDGE_KINDS = [
  'call',
  'construct',
  'read',
  'write',
  'extends',
  'implements',
  'decorate',
  'render',
  'type',
  'typeof',
  /** A module's initialiser runs that of a module it loads, or evaluates a symbol. */
  'initialises',
  /** A declaration and its member: using the whole uses each part. Costs no hop. */
  'contains',
  /** An interface or base member and a member that can answer it. */
  'dispatches',
  /** A module that forwards or imports a name: it breaks only where the name is gone. */
  're-exports',
  'imports',
  /** A value and the top-level statements that mutate it (rule 1). */
  'mutates',
  'mocks',
  'tests',
  /** A configuration file and what it governs; a test and its setup file. */
  'configures',
  /** A resource (JSON, asset, `new URL`) and who loads it. */
  'loads',
  /** One name, declared in several places that merge (augmentation, overloads over files). */
  'merges',
  /** Between packages, declared by a task runner. */
  'declares',
  'contract',
] as const;

/** See {@link EDGE_KINDS}. */
export type EdgeKind = (typeof EDGE_KINDS)[number];

/**
 * One edge's facts in one 32-bit word: kind in bits 0–4, confidence rank in bits 5–7
 * (0 strongest; see `CONFIDENCES`), then the bits below.
 */
export const EdgeBit = {
  /** A run-time change of the dependency passes to the dependent, and on. */
  runtime: 1 << 8,
  /** A compile-time change of the dependency reaches the dependent. */
  compile: 1 << 9,
  /** … and passes on through it: the reference stands in what others see of the dependent. */
  surface: 1 << 10,
  /** Followed only from a node that is removed or renamed: an import or re-export of the name. Never passes on. */
  gone: 1 << 11,
  /** Costs no distance (`contains`, `merges`). */
  free: 1 << 12,
  /** Crosses a system boundary. */
  system: 1 << 13,
  /**
   * The value is mutated in another file than its own: seen only where that file is loaded as well. A test that loads it is
   * reached through its initialiser, so no test is reached by such an edge, nor by what lies behind it.
   */
  elsewhere: 1 << 14,
  /** The dependent stands in a test file. */
  intoTest: 1 << 15,
} as const;

/** Packs an edge's facts; `rank` is the confidence's index in `CONFIDENCES`. */
export function edgeWord(kind: EdgeKind, rank: number, bits: number): number {
  return EDGE_KINDS.indexOf(kind) | (rank << 5) | bits;
}

/** Bits of the kind in an edge word. */
export const KIND_MASK = 31;

/** The kind in an edge word. */
export function edgeKind(word: number): EdgeKind {
  return EDGE_KINDS[word & KIND_MASK] as EdgeKind;
}

/** The confidence rank in an edge word: 0 strongest to 4 weakest. */
export function edgeRank(word: number): number {
  return (word >> 5) & 7;
}

/**
 * Reverse adjacency in compressed sparse rows: the dependents of node `v` are
 * `dependents[offsets[v]] … dependents[offsets[v + 1] − 1]`, each with its word in `words`.
 * The arrays may stand on a `SharedArrayBuffer`. Rows are ordered by dependent id, then word.
 */
export interface ReverseAdjacency {
  /** Length n + 1. */
  readonly offsets: Uint32Array;
  /** Length m: node ids. */
  readonly dependents: Uint32Array;
  /** Length m: see {@link EdgeBit}. */
  readonly words: Uint32Array;
}

/** Bits of {@link SymbolGraph.presence}. */
export const Presence = { base: 1, head: 2 } as const;

/** One file of base ∪ head. */
export interface GraphFile {
  readonly path: RepoPath;
  /** Package id in the head's workspace; in the base's plus `packages` offset never occurs: names join them. */
  readonly packageName: string;
  /** Folder of that package. */
  readonly packageRoot: RepoPath;
  readonly role: FileRole;
  /** Node id of its module initialiser, or of the resource itself. */
  readonly node: number;
}

/** The symbol graph. Node ids are dense; nodes of one file are contiguous and in the order of its symbols, base-only ones last. */
export interface SymbolGraph {
  readonly count: number;
  /** Qualified name of each node; `<module>` for initialisers, `package#name` for external symbols, the file's name for resources. */
  readonly names: readonly string[];
  /** Index into {@link NODE_KINDS}, per node. */
  readonly kinds: Uint8Array;
  /** Index into `files`, per node; −1 for external symbols. */
  readonly fileOf: Int32Array;
  /** The enclosing symbol's node id; −1 at the top. */
  readonly parents: Int32Array;
  /** `SymbolFlag` bits, per node. */
  readonly flags: Uint32Array;
  /** {@link Presence} bits, per node. */
  readonly presence: Uint8Array;
  /** 1-based line in the head (in the base for base-only nodes); 0 for external and resource nodes. */
  readonly lines: Uint32Array;
  readonly endLines: Uint32Array;
  readonly files: readonly GraphFile[];
  readonly reverse: ReverseAdjacency;
  /**
   * Per node, 1 where the type checker has proven that it compiles as before: no compile-time impact ends in it,
   * though others may pass through it. Never set for a change. Absent where no checker was asked.
   */
  readonly unmoved?: Uint8Array;
  /** References that could not be linked, near which an answer is less sure: node ids of who makes them, sorted. */
  readonly uncertain: readonly UncertainReference[];
}

/** A reference or construct that the linker could not follow. */
export interface UncertainReference {
  /** Who makes it. */
  readonly node: number;
  readonly file: RepoPath;
  readonly line: number;
  /** `unresolved import ./x`, `computed import('./handlers/*')` … */
  readonly what: string;
  /** Node ids of what it may mean, where that is known (a computed import's folder); empty = anything. */
  readonly candidates: readonly number[];
}
