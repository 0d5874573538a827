/**
 * How many things depend on each node, directly or not: exact, for all nodes at once.
 * In: the graph, and to which thing (symbol, file, package) each node counts. Out: one count per node.
 * Bit sets over components in topological order, a block of columns at a time, so that memory stays flat.
 */
import { EdgeBit } from '../../model/graph.js';
import type { ReachGraph } from '../reach/index.js';
import { stronglyConnected, type Components } from './components.js';

/** Words of 32 columns in one block: rows of a block stay in the cache of one core on graphs of common size. */
const BLOCK = 32;

/** An edge through which a change travels on: run-time edges, and compile-time edges in what others see. */
export function passesOn(word: number): boolean {
  return (
    (word & EdgeBit.runtime) !== 0 ||
    (word & (EdgeBit.compile | EdgeBit.surface)) === (EdgeBit.compile | EdgeBit.surface)
  );
}

/** An edge that ends at its dependent: a type used inside a body. */
function endsHere(word: number): boolean {
  return (word & (EdgeBit.runtime | EdgeBit.compile | EdgeBit.surface)) === EdgeBit.compile;
}

/**
 * @param columnOf  the thing that each node counts as; −1 = none (tests). Things of the node itself count too.
 * @param columns   how many things there are.
 * @returns per node, the number of distinct things among its transitive dependents and its own component.
 * Time O(edges × columns / 32); memory O(components × 32 words).
 */
export function closureCounts(graph: ReachGraph, columnOf: Int32Array, columns: number): Uint32Array {
  const { count, reverse } = graph;
  const components = stronglyConnected(count, reverse, passesOn);
  const order = nodesByComponent(components, count);
  const totals = new Uint32Array(components.count);
  const bits = new Uint32Array(components.count * BLOCK);
  for (let from = 0; from < columns; from += BLOCK * 32) {
    bits.fill(0);
    fillBlock(graph, components, order, columnOf, from, bits);
    for (let component = 0; component < components.count; component++)
      totals[component]! += populationOf(bits, component * BLOCK);
  }
  return Uint32Array.from(components.of, (component) => totals[component]!);
}

/** Dependents come before what they depend on: their sets are complete when they are taken over. */
function fillBlock(
  graph: ReachGraph,
  components: Components,
  order: Uint32Array,
  columnOf: Int32Array,
  from: number,
  bits: Uint32Array,
): void {
  const { offsets, dependents, words } = graph.reverse;
  for (const node of order) {
    const row = components.of[node]! * BLOCK;
    setColumn(bits, row, columnOf[node]! - from);
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const dependent = dependents[edge]!;
      const word = words[edge]!;
      if (passesOn(word)) {
        const other = components.of[dependent]! * BLOCK;
        if (other !== row) for (let i = 0; i < BLOCK; i++) bits[row + i]! |= bits[other + i]!;
      } else if (endsHere(word)) setColumn(bits, row, columnOf[dependent]! - from);
    }
  }
}

function setColumn(bits: Uint32Array, row: number, column: number): void {
  if (column >= 0 && column < BLOCK * 32) bits[row + (column >>> 5)]! |= 1 << (column & 31);
}

function nodesByComponent({ of, count: components }: Components, count: number): Uint32Array {
  const starts = new Uint32Array(components + 1);
  for (let node = 0; node < count; node++) starts[of[node]! + 1]!++;
  for (let component = 0; component < components; component++) starts[component + 1]! += starts[component]!;
  const order = new Uint32Array(count);
  for (let node = 0; node < count; node++) order[starts[of[node]!]!++] = node;
  return order;
}

function populationOf(bits: Uint32Array, row: number): number {
  let sum = 0;
  for (let i = row; i < row + BLOCK; i++) {
    let word = bits[i]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    sum += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}
