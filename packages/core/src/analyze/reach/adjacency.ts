/**
 * From a list of edges to reverse adjacency in compressed sparse rows.
 * In: parallel arrays of (dependent, dependency, word). Out: sorted rows without exact repeats.
 * Two stable counting sorts, then tiny sorts inside runs of one dependent: O(n + m).
 * Not here: what the words mean (model/graph.ts) and walking the rows (kernel.ts).
 */
import type { ReverseAdjacency } from '../../model/index.js';

/** Runs of one dependent longer than this are sorted by the platform; shorter ones by insertion. */
const INSERTION_LIMIT = 24;

/**
 * Builds the rows of dependents.
 * @param count     number of nodes.
 * @param from      dependents, one per edge.
 * @param to        dependencies, one per edge: edge `i` goes from `from[i]` to `to[i]`.
 * @param words     the edges' words; see `EdgeBit`.
 * @param edgeCount how many entries of the three arrays count (they may be longer).
 * @param shared    put the result on `SharedArrayBuffer`s, so that threads share it without a copy.
 * @returns rows ordered by dependent, then word; exact repeats dropped. Time O(count + edgeCount).
 * An id out of range is a caller's bug.
 */
export function reverseAdjacency(
  count: number,
  from: Uint32Array,
  to: Uint32Array,
  words: Uint32Array,
  edgeCount: number,
  shared = false,
): ReverseAdjacency {
  const order = orderBy(count, from, edgeCount);
  const starts = bucketStarts(count, to, edgeCount);
  const dependents = new Uint32Array(edgeCount);
  const rowWords = new Uint32Array(edgeCount);
  const next = starts.slice();
  for (let i = 0; i < edgeCount; i++) {
    const edge = order[i]!;
    const slot = next[to[edge]!]!++;
    dependents[slot] = from[edge]!;
    rowWords[slot] = words[edge]!;
  }
  return compact(count, starts, dependents, rowWords, shared);
}

/** Positions 0…m−1 in stable order of `keys`. */
function orderBy(count: number, keys: Uint32Array, edgeCount: number): Uint32Array {
  const next = bucketStarts(count, keys, edgeCount);
  const order = new Uint32Array(edgeCount);
  for (let i = 0; i < edgeCount; i++) order[next[keys[i]!]!++] = i;
  return order;
}

/** Where each key's bucket begins; length count + 1. */
function bucketStarts(count: number, keys: Uint32Array, edgeCount: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let i = 0; i < edgeCount; i++) starts[keys[i]! + 1]!++;
  for (let v = 0; v < count; v++) starts[v + 1]! += starts[v]!;
  return starts;
}

/** Sorts the words inside each run of one dependent, drops repeats and moves the rows together. */
function compact(
  count: number,
  starts: Uint32Array,
  dependents: Uint32Array,
  words: Uint32Array,
  shared: boolean,
): ReverseAdjacency {
  const offsets = allocate(count + 1, shared);
  let kept = 0;
  for (let v = 0; v < count; v++) {
    offsets[v] = kept;
    const end = starts[v + 1]!;
    let run = starts[v]!;
    while (run < end) {
      const dependent = dependents[run]!;
      let stop = run + 1;
      while (stop < end && dependents[stop] === dependent) stop++;
      if (stop - run > 1) sortRange(words, run, stop);
      for (let i = run; i < stop; i++) {
        if (i > run && words[i] === words[i - 1]) continue;
        words[kept] = words[i]!;
        dependents[kept++] = dependent;
      }
      run = stop;
    }
  }
  offsets[count] = kept;
  return { offsets, dependents: copyOf(dependents, kept, shared), words: copyOf(words, kept, shared) };
}

function sortRange(words: Uint32Array, start: number, stop: number): void {
  if (stop - start > INSERTION_LIMIT) {
    words.subarray(start, stop).sort();
    return;
  }
  for (let i = start + 1; i < stop; i++) {
    const word = words[i]!;
    let j = i - 1;
    for (; j >= start && words[j]! > word; j--) words[j + 1] = words[j]!;
    words[j + 1] = word;
  }
}

function copyOf(source: Uint32Array, length: number, shared: boolean): Uint32Array {
  if (!shared) return length === source.length ? source : source.slice(0, length);
  const target = allocate(length, true);
  target.set(source.subarray(0, length));
  return target;
}

function allocate(length: number, shared: boolean): Uint32Array {
  return shared ? new Uint32Array(new SharedArrayBuffer(length * 4)) : new Uint32Array(length);
}
