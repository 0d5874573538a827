/**
 * Where a value comes from: the package and access path that made it, or the repository's own code.
 * In: what resolver.ts finds. Out: records that rows are matched against. Not here: finding them.
 */
import type { PartialValue } from '../../model/calls.js';
import type { LinkedFile } from '../link/module-table.js';

/** A call of a file, by its index in the file's records. */
export interface CallPlace {
  readonly file: LinkedFile;
  readonly index: number;
}

/** One step of an access path; `call` is the call that took it. */
export interface Step {
  /** `M:name`, `R` (what a call gives), `I` (an instance), `E` (an element), `P:n` (the n-th parameter of a callback). */
  readonly token: string;
  readonly call?: CallPlace;
  /** For `I` of a type: what it is given. */
  readonly types?: { readonly file: LinkedFile; readonly args: readonly PartialValue[] };
  /** For the first step behind a base class: the class of the repository. */
  readonly of?: { readonly file: LinkedFile; readonly symbol: number };
}

/** See the file's head. `pkg` is an npm name or `global:name`; the default export of a package is the package itself. */
export type Origin =
  | { readonly kind: 'path'; readonly pkg: string; readonly subpath: string; readonly steps: readonly Step[] }
  | { readonly kind: 'function'; readonly file: LinkedFile; readonly fn: number }
  | { readonly kind: 'class' | 'instance'; readonly file: LinkedFile; readonly symbol: number }
  | { readonly kind: 'value'; readonly file: LinkedFile; readonly value: PartialValue }
  | { readonly kind: 'module'; readonly file: LinkedFile };

/** What the parameters of functions are, where a call of them is followed: by `functionKey`. */
export type Bound = ReadonlyMap<string, BoundCall>;

/** The call by which a function is entered, and what is bound where that call stands. */
export interface BoundCall {
  readonly place: CallPlace;
  readonly bound: Bound;
}

/** Nothing is bound. */
export const UNBOUND: Bound = new Map();

/** A function's key in {@link Bound}. */
export function functionKey(file: LinkedFile, fn: number): string {
  return `${file.path}\0${fn}`;
}
