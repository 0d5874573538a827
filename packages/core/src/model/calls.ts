/**
 * The calls of one file as it writes them, before any catalogue row is known: who is called, with what, in which symbol.
 * In: `FileFacts.calls`, one text (small to keep, to send between threads and to store). Out: the tables below.
 * Values are partial: what the text does not give is `null`. Not here: which packages matter, and what a call means.
 */

/**
 * A value as far as the text gives it. Texts, numbers and booleans stand for themselves, `null` for what is not known.
 * - `['t', quasis, holes]` a text with holes: one more quasi than holes
 * - `['b', binding]` what an entry of the file's `bindings` stands for: an import, a global, a symbol of the file
 * - `['p', fn, index]` a parameter of a function of `functions`
 * - `['m', of, name]` a member; `['e', of]` an element, or a member whose name is computed
 * - `['c', call]` what a call of `calls` gives, promises unwrapped
 * - `['o', entries]` an object; `'...'` holds what is spread into it
 * - `['a', elements]` an array
 * - `['f', fn]` a function
 * - `['|', choices]` one of several: `a ?? b`, `a ? b : c`
 * - `['i', type, typeArguments]` an instance of a named type
 * - `['h', symbol]` `this` in a class of the file
 */
export type PartialValue =
  | string
  | number
  | boolean
  | null
  | readonly ['t', readonly string[], readonly PartialValue[]]
  | readonly ['b', number]
  | readonly ['p', number, number]
  | readonly ['m', PartialValue, string]
  | readonly ['e', PartialValue]
  | readonly ['c', number]
  | readonly ['o', Readonly<Record<string, PartialValue>>]
  | readonly ['a', readonly PartialValue[]]
  | readonly ['f', number]
  | readonly ['|', readonly PartialValue[]]
  | readonly ['i', PartialValue, readonly PartialValue[]]
  | readonly ['h', number];

/** How something is called. */
export const CallForm = { call: 0, construct: 1, tag: 2, decorator: 3, parameterDecorator: 4 } as const;

/** Bits of a call's flags. */
export const CallFlag = {
  /** It stands in the body of a loop of its function. */
  loop: 1,
} as const;

/**
 * One call: `[form, symbol, line, callee, arguments, typeArguments, flags, fn]`; `symbol` is whose code it is, `fn` the
 * function around (−1: none). A tagged template has its text as the one argument.
 */
export type CallRecord = readonly [
  form: number,
  symbol: number,
  line: number,
  callee: PartialValue,
  args: readonly PartialValue[],
  typeArgs: readonly PartialValue[],
  flags: number,
  fn: number,
];

/**
 * One function: `[symbol, own, params, given, returns, outer]`. `own` is 1 where it is the symbol's own function; `params` holds
 * what each parameter's annotation says; `given` is `[call, argument, ...path]` where it is passed to a call; `outer` is the function around.
 */
export type FunctionRecord = readonly [
  symbol: number,
  own: number,
  params: readonly PartialValue[],
  given: readonly (number | string)[],
  returns: readonly PartialValue[],
  outer: number,
];

/** All of one file. */
export interface FileCalls {
  readonly calls: readonly CallRecord[];
  readonly functions: readonly FunctionRecord[];
  /** What top-level names, fields and default exports are made with, by symbol. */
  readonly values: Readonly<Record<number, PartialValue>>;
  /** Functions that symbols are, by symbol. */
  readonly own: Readonly<Record<number, number>>;
  /** By symbol of a class: its base and the values of its fields. */
  readonly classes: Readonly<Record<number, ClassRecord>>;
}

/** `[base, fields]`; the base is `null` where there is none or it is computed. */
export type ClassRecord = readonly [base: PartialValue, fields: Readonly<Record<string, PartialValue>>];

/** Nothing is called. */
export const NO_CALLS: FileCalls = { calls: [], functions: [], values: {}, own: {}, classes: {} };

/** The tables of a file's `calls`; `''` gives empty ones. Linear in the text. */
export function decodeCalls(text: string): FileCalls {
  return text === '' ? NO_CALLS : (JSON.parse(text) as FileCalls);
}
