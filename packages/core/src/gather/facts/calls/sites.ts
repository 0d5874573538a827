/**
 * Places that the walk passes on its way and that may matter to a catalogue row: calls, declarations, functions, loops.
 * In: nodes with the scope and symbol they were met in. Out: lists for recorder.ts, which reads them when all scopes are known.
 * Only pushed here, never looked into: the walk pays for an array element.
 */
import type { Scope, Variable } from '../scope.js';
import type { Node } from '../syntax.js';

/** Where something stands. */
export interface Spot {
  readonly scope: Scope;
  readonly symbol: number;
  /** The class that `this` is an instance of. */
  readonly owner: Variable | undefined;
}

/** A call and where it stands. */
export interface CallSite extends Spot {
  readonly node: Node;
}

/** A function: `scope` holds its parameters. */
export interface FunctionSite extends Spot {
  /** It is what its symbol is. */
  readonly own: boolean;
}

/** What a name is made with. */
export interface Origin extends Spot {
  readonly init: Node;
  /** Static path from the value to what is meant. */
  readonly path: readonly string[];
}

/** What was met, in the order of the walk; a call may be met twice. */
export class Sites {
  readonly calls: CallSite[] = [];
  readonly functions = new Map<Node, FunctionSite>();
  readonly classes: CallSite[] = [];
  readonly loops: Node[] = [];
  readonly locals = new Map<Variable, Origin>();
  readonly values = new Map<number, Origin>();
  /** `return` statements. */
  readonly returns: CallSite[] = [];
  /** Assignments to fields of `this`. */
  readonly assigned: CallSite[] = [];
}
