/**
 * A top-level declaration as others see it, position by position: what compatibility is decided on.
 * In: one text. Out: plain records; types stand in them as written, blanks and comments folded.
 * Not here: names that the file refers to (facts.ts) and what a type means (types.ts).
 */
import type { RepoPath } from './path.js';

/** `<T extends C = D>`. */
export interface DeclaredGeneric {
  readonly name: string;
  readonly constraint?: string;
  readonly default?: string;
}

/** One parameter. A pattern's name is `{}` or `[]`. */
export interface DeclaredParameter {
  readonly name: string;
  /** It has `?` or a default. */
  readonly optional: boolean;
  readonly rest: boolean;
  readonly type?: string;
}

/** One call signature; `this` is no parameter of it. */
export interface DeclaredSignature {
  readonly generics: readonly DeclaredGeneric[];
  readonly parameters: readonly DeclaredParameter[];
  readonly receiver?: string;
  /** As written, type guards included; absent where it is inferred. */
  readonly returns?: string;
  readonly async: boolean;
}

/** What a member is. `call`, `construct` and `index` have no name of their own: theirs is `()`, `new` or the key's type. */
export type DeclaredMemberKind =
  'property' | 'method' | 'accessor' | 'constructor' | 'call' | 'construct' | 'index' | 'enum-member' | 'entry';

/** A member that others can name; nested type literals give `outer.inner`. */
export interface DeclaredMember {
  readonly name: string;
  readonly kind: DeclaredMemberKind;
  readonly line: number;
  readonly access: 'public' | 'protected' | 'private';
  readonly static: boolean;
  readonly abstract: boolean;
  readonly optional: boolean;
  readonly readonly: boolean;
  /** Of a property; the written value of an enum's member. */
  readonly type?: string;
  readonly signatures: readonly DeclaredSignature[];
  /** Marked `@deprecated`. */
  readonly deprecated: boolean;
}

/** What a declaration is. */
export type DeclaredKind = 'function' | 'class' | 'interface' | 'alias' | 'enum' | 'variable' | 'namespace';

/** See the file's head. Merged declarations are one record for each kind. */
export interface DeclaredShape {
  readonly name: string;
  readonly kind: DeclaredKind;
  readonly line: number;
  readonly generics: readonly DeclaredGeneric[];
  /** Of a function, or of a variable that holds one. Implementations behind overloads are left out. */
  readonly signatures: readonly DeclaredSignature[];
  readonly members: readonly DeclaredMember[];
  /** `extends` and `implements`, as written. */
  readonly heritage: readonly string[];
  /** What a union alias is of, in order; empty for other aliases. */
  readonly parts: readonly string[];
  /** The annotation of a variable, what an alias stands for. */
  readonly type?: string;
  readonly abstract: boolean;
  /** `const enum`. */
  readonly constant: boolean;
  /** A function expression, an arrow function: it is not hoisted and cannot be constructed. */
  readonly arrow: boolean;
  readonly deprecated: boolean;
}

/** Declarations of changed files, by path in that revision. */
export interface DeclaredShapes {
  readonly base: Readonly<Record<RepoPath, readonly DeclaredShape[]>>;
  readonly head: Readonly<Record<RepoPath, readonly DeclaredShape[]>>;
}

/** No source file changed. */
export const NOTHING_DECLARED: DeclaredShapes = { base: {}, head: {} };
