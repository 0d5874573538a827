/**
 * Which references of a symbol lead elsewhere in the head than in the base, its text being the same.
 * In: link targets per reference in both revisions. Out: indexes into the symbol's references.
 */
import type { SymbolFacts } from '../../model/facts.js';
import { packageOf } from '../link/index.js';

const MISSING = -2;

/**
 * References whose targets differ. One whose base targets are all gone is left out: that is an impact of what is gone.
 * `same` maps nodes that stand for one thing to one of them.
 * Where the two lists do not align (another number of references) they are compared as sets, and every reference may be meant.
 */
export function retargetedReferences(
  symbol: SymbolFacts,
  base: readonly number[] | undefined,
  head: readonly number[] | undefined,
  gone: ReadonlySet<number>,
  same: ReadonlyMap<number, number>,
): number[] {
  if (!base || !head) return [];
  const before = segments(base.map((node) => same.get(node) ?? node));
  const after = segments(head.map((node) => same.get(node) ?? node));
  if (before.length !== after.length)
    return sameSet(before.flat(), after.flat(), gone) ? [] : symbol.references.map((_, index) => index);
  const found: number[] = [];
  before.forEach((targets, index) => {
    if (!sameSet(targets, after[index] as number[], gone)) found.push(index);
  });
  return found;
}

function segments(list: readonly number[]): number[][] {
  const parts: number[][] = [];
  let part: number[] = [];
  for (const value of list) {
    if (value === -1) {
      parts.push(part);
      part = [];
    } else part.push(value);
  }
  return parts;
}

function sameSet(base: readonly number[], head: readonly number[], gone: ReadonlySet<number>): boolean {
  const before = new Set(base.filter((node) => node !== MISSING));
  const after = new Set(head.filter((node) => node !== MISSING));
  if (after.size === 0) return [...before].every((node) => gone.has(node));
  return before.size === after.size && [...before].every((node) => after.has(node));
}

/** One export of a package, by whatever entry it is reached (`graphql` and `graphql/index.js`), is one thing. */
export function sameExternals(externals: ReadonlyMap<string, number>): Map<number, number> {
  const first = new Map<string, number>();
  const same = new Map<number, number>();
  for (const [key, node] of externals) {
    const name = `${packageOf(key)}${key.slice(key.lastIndexOf('#'))}`;
    const known = first.get(name);
    if (known === undefined) first.set(name, node);
    else same.set(node, known);
  }
  return same;
}
