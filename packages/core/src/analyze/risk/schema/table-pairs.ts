/**
 * Which declaration of the head is which of the base: tables move between files and change their names.
 * In: declarations of both revisions. Out: pairs, those gone, those new. Deterministic: declarations are in file and line order.
 */
import type { TableDeclaration } from '../../../model/index.js';

/** Two declarations of one table. */
export interface TablePair {
  readonly before: TableDeclaration;
  readonly after: TableDeclaration;
}

/** How the tables of both revisions belong together. */
export interface MatchedTables {
  readonly pairs: readonly TablePair[];
  readonly gone: readonly TableDeclaration[];
  readonly added: readonly TableDeclaration[];
}

type Same = (before: TableDeclaration, after: TableDeclaration) => boolean;

/** By name in the same file, by name anywhere, by the name in code, by equal columns; in this order. */
const WAYS: readonly Same[] = [
  (before, after) => before.name === after.name && before.file === after.file,
  (before, after) => before.name === after.name,
  (before, after) => before.file === after.file && codeName(before) === codeName(after),
  (before, after) => before.file === after.file && before.columns.length > 1 && columnKey(before) === columnKey(after),
];

/** Pairs them up, each at most once. O(base × head) on changed files' tables. */
export function matchTables(base: readonly TableDeclaration[], head: readonly TableDeclaration[]): MatchedTables {
  const pairs: TablePair[] = [];
  let gone = [...base];
  let added = [...head];
  for (const same of WAYS) {
    for (const before of gone) {
      const after = added.find((one) => same(before, one));
      if (after === undefined) continue;
      pairs.push({ before, after });
      added = added.filter((one) => one !== after);
    }
    const paired = new Set(pairs.map((pair) => pair.before));
    gone = gone.filter((one) => !paired.has(one));
  }
  return { pairs, gone, added };
}

function codeName({ property, name }: TableDeclaration): string {
  return property ?? name;
}

function columnKey({ columns }: TableDeclaration): string {
  return columns.map(({ name }) => name).join();
}
