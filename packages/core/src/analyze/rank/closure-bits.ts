/**
 * How many things depend on each component, directly or not: exact, for all at once.
 * In: a condensation. Out: one count per component, or nothing where it would cost too much.
 * Bit sets in topological order, a block of columns at a time, so that memory stays flat. In each block a component whose
 * set equals that of a dependent shares its row; empty and full sets have no row. So few rows are left, and they stay in
 * the cache. Not here: estimates (closure-sketches.ts), what is counted (condensation.ts).
 */
import type { Condensation } from './condensation.js';

/** Words of 32 columns in a row. Half and double of it cost more on most of the graphs measured (docs/performance.md). */
const WORDS = 32;
const COLUMNS = WORDS * 32;

/** The row of a component that nothing in the block depends on, and of one that everything in it depends on. */
const EMPTY = 0;
const FULL = 1;

/** What joining two rows costs, in edges looked at. */
const MERGE_COST = 64;

/**
 * @param budget  how many edges may be looked at; joining two sets counts as {@link MERGE_COST}. Default: no limit.
 * @returns per component the number of distinct things among its own and its transitive dependents';
 *   `undefined` where the budget is used up before. Time O(edges × things / 32) at worst; memory O(components × 32 words).
 */
export function exactCounts(condensed: Condensation, budget = Infinity): Uint32Array | undefined {
  const totals = new Uint32Array(condensed.count);
  const blocks = blocksOf(condensed);
  const rows = new BlockRows(condensed, totals);
  for (let block = 0; block + 1 < blocks.starts.length; block++) {
    rows.fill(blocks, block);
    if (rows.work > budget) return undefined;
  }
  return totals;
}

/** The pairs of `own` by block of columns; within one ordered by component. */
interface Blocks {
  /** The pairs of block `b` are `starts[b] … starts[b + 1] − 1`. */
  readonly starts: Uint32Array;
  readonly components: Uint32Array;
  readonly things: Uint32Array;
  /** How many columns there are over all. */
  readonly columns: number;
}

function blocksOf({ own, things }: Condensation): Blocks {
  const starts = new Uint32Array(Math.ceil(things / COLUMNS) + 1);
  for (const thing of own.things) starts[Math.floor(thing / COLUMNS) + 1]!++;
  for (let block = 1; block < starts.length; block++) starts[block]! += starts[block - 1]!;
  const next = starts.slice();
  const sorted = { components: new Uint32Array(own.things.length), things: new Uint32Array(own.things.length) };
  own.things.forEach((thing, at) => {
    const slot = next[Math.floor(thing / COLUMNS)]!++;
    sorted.components[slot] = own.components[at]!;
    sorted.things[slot] = thing;
  });
  return { starts, ...sorted, columns: things };
}

/** The sets of one block; the arrays are used again for the next. */
class BlockRows {
  /** Edges looked at so far, merges as {@link MERGE_COST} each. */
  work = 0;
  /** Row of each component. */
  readonly #rowOf: Int32Array;
  readonly #bits: Int32Array;
  /** How many bits each row has. */
  readonly #sizes: Uint32Array;
  /** The next row to be given away. */
  #free = 0;
  readonly #condensed: Condensation;
  readonly #totals: Uint32Array;

  constructor(condensed: Condensation, totals: Uint32Array) {
    this.#condensed = condensed;
    this.#totals = totals;
    this.#rowOf = new Int32Array(condensed.count);
    this.#sizes = new Uint32Array(condensed.count + 2);
    this.#bits = new Int32Array((condensed.count + 2) * WORDS);
  }

  /** Dependents come before what they depend on: their sets are complete when they are taken over. */
  fill({ starts, components, things, columns }: Blocks, block: number): void {
    const { count, offsets, dependents } = this.#condensed;
    const width = Math.min(COLUMNS, columns - block * COLUMNS);
    let pair = starts[block]!;
    const first = components[pair]!;
    this.#rowOf.fill(EMPTY);
    this.#free = FULL + 1;
    this.#sizes[FULL] = width;
    this.work += offsets[count]! - offsets[first]!;
    for (let component = first; component < count; component++) {
      let row = this.#joined(dependents, offsets[component]!, offsets[component + 1]!);
      for (; pair < starts[block + 1]! && components[pair] === component; pair++)
        row = this.#with(row, things[pair]! - block * COLUMNS);
      if (row === this.#free) row = this.#keep(row, width);
      this.#rowOf[component] = row;
      this.#totals[component]! += this.#sizes[row]!;
    }
  }

  /** The row that holds what the rows of these dependents do; `#free` where none of them does by itself. */
  #joined(dependents: Uint32Array, start: number, end: number): number {
    let row = EMPTY;
    for (let edge = start; edge < end; edge++) {
      const other = this.#rowOf[dependents[edge]!]!;
      if (other === EMPTY || other === row) continue;
      if (other === FULL) return FULL;
      row = row === EMPTY ? other : this.#union(row, other);
    }
    return row;
  }

  #union(row: number, other: number): number {
    this.work += MERGE_COST;
    const bits = this.#bits;
    const left = row * WORDS;
    const right = other * WORDS;
    let at = 0;
    while (at < WORDS && (bits[right + at]! & ~bits[left + at]!) === 0) at++;
    if (at === WORDS) return row;
    const target = this.#free * WORDS;
    for (let i = 0; i < WORDS; i++) bits[target + i] = bits[left + i]! | bits[right + i]!;
    return this.#free;
  }

  #with(row: number, column: number): number {
    if (row === FULL) return FULL;
    const target = this.#free * WORDS;
    if (row === EMPTY) this.#bits.fill(0, target, target + WORDS);
    else if (row !== this.#free) this.#bits.copyWithin(target, row * WORDS, (row + 1) * WORDS);
    this.#bits[target + (column >>> 5)]! |= 1 << (column & 31);
    return this.#free;
  }

  #keep(row: number, width: number): number {
    const size = populationOf(this.#bits, row * WORDS);
    if (size === width) return FULL;
    this.#sizes[row] = size;
    this.#free++;
    return row;
  }
}

function populationOf(bits: Int32Array, start: number): number {
  let sum = 0;
  for (let i = start; i < start + WORDS; i++) {
    let word = bits[i]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    sum += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}
