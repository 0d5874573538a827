/**
 * What analysis asks of the type checker about a change, and what it learns: plain data both ways.
 * Source: docs/types.md. Not here: the checkers' own interface (types.ts).
 */
import type { RepoPath } from './path.js';
import type { TypePosition } from './surface.js';
import type { LineRanges, TypeDiagnostic, TypeDoubt, TypeEngineName } from './types.js';

/** A declared name by its place; lines are 1-based. */
export interface NamedPlace {
  readonly file: RepoPath;
  readonly line: number;
  /** The name as declared: the last part of a qualified name. */
  readonly name: string;
}

/** A changed symbol whose type is inferred: did the type change, or only what it is inferred from? */
export interface InferredQuestion {
  readonly node: number;
  readonly base: NamedPlace;
  readonly head: NamedPlace;
}

/** A changed declaration that others can name: does the head's fit where the base's stood? */
export interface SurfaceQuestion {
  readonly node: number;
  /** Exported name of it, or of what it is a member of. */
  readonly base: { readonly file: RepoPath; readonly name: string };
  readonly head: { readonly file: RepoPath; readonly name: string };
  /** Members below that name, outermost first. */
  readonly path: readonly string[];
  /** How its type is written: `Name["member"]` or `(typeof name)["member"]`; methods and constructors by their parameters, strictly; classes by their instances too. */
  readonly kind: 'type' | 'class' | 'value' | 'method' | 'static-method' | 'constructor';
  /** Type parameters of the named declaration, as the base writes them, and arguments of that many for each revision. */
  readonly generics?: { readonly declared: string; readonly base: string; readonly head: string };
  /** Places within it that are compared by themselves. */
  readonly positions: readonly TypePosition[];
}

/** Which way two types fit. */
export interface TypeFit {
  /** The head's fits wherever the base's stood: reading goes on as before. */
  readonly reads: boolean;
  /** The base's fits wherever the head's stands: values made as before go on. */
  readonly writes: boolean;
}

/** Which way a place within a changed declaration fits. */
export interface PositionFit extends TypeFit {
  readonly place: TypePosition['place'];
  /** Nothing is known of the type in one revision at least: that it fits proves nothing. */
  readonly unknown: boolean;
}

/** What assignability says of a changed declaration. */
export interface SurfaceVerdict extends TypeFit {
  /** The checker's innermost reason; `''` where both fit. */
  readonly why: string;
  /** Type arguments that the base took are refused by the head's constraints. */
  readonly refused: boolean;
  /** Something unknown is in it: only what does not fit is believed. */
  readonly open: boolean;
  /** One for each position asked about; `undefined` where it could not be compared. */
  readonly positions: readonly (PositionFit | undefined)[];
}

/** All that is asked about one change set. */
export interface TypeQuestions {
  /** Files of the head in which something is reached at compile time, nearest first; changed files among them. */
  readonly files: readonly RepoPath[];
  /** Declarations through which the change passes on, as lines of the head. */
  readonly affected: LineRanges;
  /** Those of them whose type, or the type of what they give, is inferred. */
  readonly inferring: LineRanges;
  readonly inferred: readonly InferredQuestion[];
  readonly surface: readonly SurfaceQuestion[];
}

/** What the checker said. */
export interface TypeFindings {
  readonly engine: TypeEngineName;
  /** Version of its compiler. */
  readonly version: string;
  /** Whether packages were installed; where not, what they bring is unknown. */
  readonly installed: boolean;
  /** Files whose errors were compared. Others keep what the graph says. */
  readonly checked: ReadonlySet<RepoPath>;
  /** Errors that the base has not, by file of the head. */
  readonly errors: ReadonlyMap<RepoPath, readonly TypeDiagnostic[]>;
  /** Of those, files whose text is the base's: the change did not write what is wrong there. */
  readonly unedited: ReadonlySet<RepoPath>;
  /** Places where the absence of an error proves nothing. */
  readonly doubts: ReadonlyMap<RepoPath, readonly TypeDoubt[]>;
  /** Nodes of inferred questions whose type is the same in both revisions. */
  readonly settled: ReadonlySet<number>;
  /** By node of surface questions; those that assignability cannot tell are absent. */
  readonly surface: ReadonlyMap<number, SurfaceVerdict>;
}
