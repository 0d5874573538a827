/**
 * What the type tier is asked and what it answers: the contract between the pipeline and the type checkers behind it
 * (gather/types). Plain data but for {@link TypeEngine}, which two adapters implement: ts-morph and TypeScript's native compiler.
 * Positions are UTF-16 offsets into a file's text; lines are 1-based. Source: docs/types.md.
 */
import type { RepoPath } from './path.js';

/** How types are had. `auto` asks only where they can change the answer, and takes the fastest engine that is installed. */
export type TypesMode = 'auto' | 'off' | 'ts-morph' | 'native';

/** An engine's name, as `--types` takes it. */
export type TypeEngineName = 'ts-morph' | 'native';

/** One revision's sources under one set of compiler options. */
export interface TypeProgramInput {
  /** Absolute POSIX folder that the paths are relative to. Below it the engine may read `node_modules` where `installed`, and nothing else. */
  readonly root: string;
  /** Whether declarations of installed packages may be read from `root`'s `node_modules` folders. */
  readonly installed: boolean;
  /** Text of every file that the program may hold, by path. Vue, Svelte and Astro files stand here as TypeScript in which every script keeps its offsets. */
  readonly texts: ReadonlyMap<RepoPath, string>;
  /** The files that will be asked about; the program holds them and all that they import. */
  readonly roots: readonly RepoPath[];
  /** Where in-repository specifiers lead, by importing file: unbuilt `dist`, aliases and workspace packages included. Others are looked up in `node_modules`. */
  readonly resolutions: ReadonlyMap<RepoPath, ReadonlyMap<string, RepoPath>>;
  /**
   * Absolute paths of declaration files that every file sees: what `types` and `node_modules/@types` bring, our own copy of
   * `@types/node` where the repository has none. They and what lies beside their packages may be read too.
   */
  readonly ambient: readonly string[];
  /** As in `compilerOptions` of a tsconfig, without anything that names a path, a type package or a plug-in (`compilerOptionsOf`). */
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

/** A semantic error. */
export interface TypeDiagnostic {
  readonly file: RepoPath;
  readonly start: number;
  readonly line: number;
  /** TypeScript's number: 2345. */
  readonly code: number;
  /** The whole chain, one message a line; no path of the machine in it. */
  readonly message: string;
}

/** Where a symbol is declared. `file` is absent for what lies outside the repository (an installed package, the language's library). */
export interface TypedDeclaration {
  readonly file?: RepoPath;
  /** Start of the declared name in that file. */
  readonly start: number;
  readonly line: number;
  readonly name: string;
}

/** What stands at one position. `untyped`: the checker has no symbol, since the object's type is `any`, `unknown` or an error. */
export type TypedSymbol =
  | { readonly kind: 'symbol'; readonly declarations: readonly TypedDeclaration[] }
  | { readonly kind: 'untyped' }
  | { readonly kind: 'none' };

/** `in`: something unknown is taken where something affected is expected. `out`: something affected is given to something unknown. */
export type DoubtFlow = 'in' | 'out' | 'both';

/** A place where nothing is proven. */
export interface TypeDoubt {
  readonly line: number;
  /** It stands in a written type, not in code. */
  readonly written: boolean;
  readonly flow: DoubtFlow;
  /** Nothing at all is known of it (`any`), and nobody asserts what it is: not even what it has in common with something affected was checked. */
  readonly bare: boolean;
}

/** Line ranges of declarations, by file; both ends inclusive. */
export type LineRanges = ReadonlyMap<RepoPath, readonly (readonly [from: number, to: number])[]>;

/** One opened program. Answers are in the order of the questions. Never throws for what is in the sources. */
export interface TypeProgram {
  /** Turns it into another revision (or adds files) at the cost of what differs. */
  update(input: TypeProgramInput): void;
  /** Semantic errors of one file, ordered by position; empty for files the program does not hold. */
  diagnostics(file: RepoPath): readonly TypeDiagnostic[];
  /** The symbols at the given positions (identifiers, property names, string keys), aliases followed to the end. */
  symbolsAt(file: RepoPath, positions: readonly number[]): readonly TypedSymbol[];
  /** The types at the given positions (declared names), printed in full without truncation; `any` inside shows as `any`. */
  typesAt(file: RepoPath, positions: readonly number[]): readonly string[];
  /**
   * Places of one file where the absence of an error proves nothing, since something without a known type (`any`, an
   * unresolved import) meets something affected:
   * - a loose expression (`any` is in its type) is expected to be a type that mentions a declaration in `affected`;
   * - an `any` is called, rendered or compared with something whose type mentions one, or is a type given such an argument;
   * - a declaration in `tainted` is named, and its type is loose.
   * Ordered by line, without repeats; one line may have several, flowing either way.
   */
  doubts(file: RepoPath, affected: LineRanges, tainted: LineRanges): readonly TypeDoubt[];
  /** Specifiers that lead nowhere, by the file that names them: what they bring is `any`. */
  unresolved(): ReadonlyMap<RepoPath, readonly string[]>;
}

/** A type checker. */
export interface TypeEngine {
  readonly name: TypeEngineName;
  /** Version of the compiler inside. */
  readonly version: string;
  open(input: TypeProgramInput): TypeProgram;
  /** Ends whatever it runs. */
  close(): void;
}
