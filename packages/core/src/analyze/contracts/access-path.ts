/**
 * Access paths of rows, and whether the steps to a call fit them.
 * In: a path as a row writes it, steps of an origin. Out: the match with what `**` and the last member stood for.
 * Source: CodeQL's "models as data" paths; the tokens are in model/catalogue-row.ts.
 */
import { SETS } from '../../catalogue/frameworks/sets.js';
import type { Step } from './origin.js';

/** One token of a row's path. */
type Token =
  | { readonly kind: 'member'; readonly names: ReadonlySet<string> | undefined }
  | { readonly kind: 'exact'; readonly token: string }
  | { readonly kind: 'any' };

/** A path, ready to be matched. */
export type Pattern = readonly Token[];

/** Parses `M[get,post].R`; `''` is the empty path. @throws Error for what is no path: rows are checked before. */
export function parsePath(text: string): Pattern {
  if (text === '') return [];
  return (text.match(/\*\*|[A-Z](?:\[[^\]]*\])?/g) ?? []).map(parseToken);
}

function parseToken(text: string): Token {
  if (text === '**') return { kind: 'any' };
  const inside = /^([MP])\[([^\]]*)\]$/.exec(text);
  if (inside === null) return { kind: 'exact', token: text };
  const [, letter, names = ''] = inside;
  if (letter === 'P') return { kind: 'exact', token: `P:${names}` };
  if (names === '*') return { kind: 'member', names: undefined };
  const all = names.split(',').flatMap((name) => (name.startsWith('#') ? (SETS[name.slice(1)] ?? []) : [name]));
  return { kind: 'member', names: new Set(all) };
}

/** What a match has found. */
export interface PathMatch {
  /** Members that `**` stood for. */
  readonly path: readonly string[];
  /** Steps of the receiver: everything before the called member. */
  readonly receiver: readonly Step[];
}

/** Whether the steps are `receiver`, any number of `fluent` ones, then `call`. */
export function matchSteps(
  steps: readonly Step[],
  receiver: Pattern,
  fluent: readonly Pattern[],
  call: Pattern,
): PathMatch | undefined {
  const start = eat(steps, 0, receiver);
  if (start < 0) return undefined;
  for (let at = start; ;) {
    const path: string[] = [];
    if (fits(steps, at, call, path)) return { path, receiver: steps.slice(0, at) };
    const next = fluent.map((one) => eat(steps, at, one)).find((end) => end > at);
    if (next === undefined) return undefined;
    at = next;
  }
}

/** Where a path without `**` ends when it begins at `at`; −1 where it does not fit. */
function eat(steps: readonly Step[], at: number, pattern: Pattern): number {
  let index = at;
  for (const token of pattern) {
    if (!isStep(steps[index], token)) return -1;
    index += 1;
  }
  return index;
}

/** Whether the pattern takes all that is left. */
function fits(steps: readonly Step[], at: number, pattern: Pattern, path: string[]): boolean {
  const any = pattern.findIndex(({ kind }) => kind === 'any');
  if (any < 0) return eat(steps, at, pattern) === steps.length;
  const middle = eat(steps, at, pattern.slice(0, any));
  const tail = pattern.slice(any + 1);
  const end = steps.length - tail.length;
  if (middle < 0 || end < middle || eat(steps, end, tail) !== steps.length) return false;
  const members = steps.slice(middle, end);
  if (!members.every(({ token }) => token.startsWith('M:'))) return false;
  path.push(...members.map(({ token }) => token.slice(2)));
  return true;
}

function isStep(step: Step | undefined, token: Token): boolean {
  if (step === undefined) return false;
  if (token.kind === 'exact') return step.token === token.token;
  if (token.kind === 'any' || !step.token.startsWith('M:')) return false;
  return token.names === undefined || token.names.has(step.token.slice(2));
}
