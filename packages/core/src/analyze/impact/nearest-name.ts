/**
 * Names that come close to one that does not exist, for "did you mean".
 * In: the wrong name and the names there are. Out: a few of them, closest first.
 * Bounded edit distance (optimal string alignment), O(names × length) within the bound.
 */
import { compareText } from '../../model/index.js';

const SUGGESTIONS = 5;

/** At most five of `names`, closest first; equal ones in code unit order. Case is free; a part of a name is close too. */
export function nearestNames(wrong: string, names: Iterable<string>): string[] {
  const wanted = wrong.toLowerCase();
  const bound = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  const found: [string, number][] = [];
  for (const name of new Set(names)) {
    const distance = closeness(wanted, name.toLowerCase(), bound);
    if (distance <= bound) found.push([name, distance]);
  }
  found.sort((left, right) => left[1] - right[1] || compareText(left[0], right[0]));
  return found.slice(0, SUGGESTIONS).map(([name]) => name);
}

/** Edit distance to the name or to its last part; just within the bound where one holds the other. */
function closeness(wanted: string, name: string, bound: number): number {
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
  const distance = Math.min(editDistance(wanted, name, bound), editDistance(wanted, last, bound));
  return distance > bound && wanted.length > 2 && name.includes(wanted) ? bound : distance;
}

function editDistance(left: string, right: string, bound: number): number {
  if (Math.abs(left.length - right.length) > bound) return bound + 1;
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    if (Math.min(...next) > bound) return bound + 1;
    [before, row] = [row, next];
  }
  return row[right.length]!;
}
