/**
 * About how many things depend on each component, directly or not: for graphs on which exact counts are too dear.
 * In: a condensation. Out: one estimate per component. Two estimators, for each component the surer one: HyperLogLog sketches
 * joined along the edges, equally sure for sets of any size, and exact counts over a sample of the things, surer for large sets.
 * Nothing is random: the same graph gives the same estimates. Sources: Cohen, "Size-estimation framework with applications to
 * transitive closure and reachability", 1997 (joining sketches along edges); Flajolet and others, "HyperLogLog", 2007;
 * Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017 (the estimator, good for small sets too).
 */
import { exactCounts } from './closure-bits.js';
import type { Condensation } from './condensation.js';

/** Registers of a sketch. */
const REGISTERS = 640;

/** Variance of a sketch's relative error. */
const SKETCH_VARIANCE = 1.04 ** 2 / REGISTERS;

/** At most the median of |estimate − count| / count: 0.674 standard errors, since they are about normal. */
export const MEDIAN_ERROR = 0.674 * Math.sqrt(SKETCH_VARIANCE);

/** About how many things the sample has. */
const SAMPLE = 8192;

/** Registers that are done at once, four in a word; they are independent of each other, so memory stays flat. */
const SLICE = 160;
const WORDS = SLICE / 4;

/** 2^−r for each value that a register can have; nothing for an empty one, which is counted apart. */
const POWERS = Float64Array.from({ length: 128 }, (_, value) => (value === 0 ? 0 : 2 ** -value));

/** Per component about the number of distinct things among its own and its transitive dependents'. Time O(edges × registers). */
export function estimatedCounts(condensed: Condensation): Float64Array {
  const sample = sampled(condensed);
  const hits = exactCounts(sample)!;
  return sketchEstimates(condensed).map((estimate, component) => {
    const found = hits[component]!;
    const share = found / sample.things;
    return (1 - share) / found < SKETCH_VARIANCE ? share * condensed.things : estimate;
  });
}

/** The same components, counting for a sample of the things. */
function sampled(condensed: Condensation): Condensation {
  const numbers = new Int32Array(condensed.things).fill(-1);
  let things = 0;
  for (let thing = 0; thing < condensed.things; thing++)
    if (mixed(thing ^ 0x2545f491) < (SAMPLE / condensed.things) * 2 ** 32) numbers[thing] = things++;
  const isChosen = (_: number, pair: number): boolean => numbers[condensed.own.things[pair]!]! >= 0;
  const own = {
    components: condensed.own.components.filter(isChosen),
    things: condensed.own.things.filter(isChosen).map((thing) => numbers[thing]!),
  };
  return { ...condensed, own, things };
}

function sketchEstimates(condensed: Condensation): Float64Array {
  const { count } = condensed;
  const sums = new Float64Array(count);
  const empty = new Uint16Array(count);
  const registers = new Int32Array(count * WORDS);
  for (let slice = 0; slice < REGISTERS; slice += SLICE) {
    registers.fill(0);
    plant(condensed, registers, slice);
    join(condensed, registers);
    addUp(new Uint8Array(registers.buffer), sums, empty);
  }
  return sums.map((sum, component) => estimateOf(sum, empty[component]!));
}

/** Each thing raises one register to the number of leading zeros of its hash, plus one. */
function plant({ own }: Condensation, registers: Int32Array, slice: number): void {
  const bytes = new Uint8Array(registers.buffer);
  for (let pair = 0; pair < own.things.length; pair++) {
    const hash = mixed(own.things[pair]!);
    const register = Math.floor((hash / 2 ** 32) * REGISTERS) - slice;
    if (register < 0 || register >= SLICE) continue;
    const at = own.components[pair]! * SLICE + register;
    const value = Math.clz32(mixed(hash ^ 0x5bd1e995)) + 1;
    if (value > bytes[at]!) bytes[at] = value;
  }
}

/** A mix of 32 bits in which each bit depends on each. Source: Wellons, "hash-prospector", 2018. */
function mixed(number: number): number {
  let hash = Math.imul(number ^ (number >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Dependents come before what they depend on. Four registers at once: of bytes below 128 the larger of each two. */
function join({ count, offsets, dependents }: Condensation, registers: Int32Array): void {
  for (let component = 0; component < count; component++) {
    const row = component * WORDS;
    const end = offsets[component + 1]!;
    for (let edge = offsets[component]!; edge < end; edge++) {
      let other = dependents[edge]! * WORDS;
      for (let at = row; at < row + WORDS; at++, other++) {
        const left = registers[at]!;
        const right = registers[other]!;
        const notLess = ((left | 0x80808080) - right) & 0x80808080;
        const mask = notLess - (notLess >>> 7);
        registers[at] = (left & mask) | (right & ~mask);
      }
    }
  }
}

function addUp(bytes: Uint8Array, sums: Float64Array, empty: Uint16Array): void {
  for (let component = 0; component < sums.length; component++) {
    let sum = 0;
    let zeros = 0;
    for (let at = component * SLICE; at < (component + 1) * SLICE; at++) {
      const value = bytes[at]!;
      sum += POWERS[value]!;
      if (value === 0) zeros++;
    }
    sums[component]! += sum;
    empty[component]! += zeros;
  }
}

function estimateOf(sum: number, empty: number): number {
  if (empty === REGISTERS) return 0;
  return REGISTERS ** 2 / (2 * Math.LN2 * (sum + REGISTERS * sigma(empty / REGISTERS)));
}

/** What empty registers stand for: x + Σ x^(2^k) · 2^(k − 1), x below 1. See Ertl, algorithm 6. */
function sigma(share: number): number {
  let power = share;
  let weight = 1;
  let sum = share;
  for (let before = -1; sum !== before; weight *= 2) {
    before = sum;
    power *= power;
    sum += power * weight;
  }
  return sum;
}
