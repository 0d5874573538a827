/** The exact counts equal a walk from each node, on random graphs and over several blocks; estimates keep to their error. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EdgeBit, edgeWord } from '../../model/index.js';
import { reverseAdjacency, type ReachGraph } from '../reach/index.js';
import { exactCounts } from './closure-bits.js';
import { closureCounts, closureCountsBy } from './closure-counts.js';
import { condense, passesOn } from './condensation.js';

const PASSES = edgeWord('call', 0, EdgeBit.runtime | EdgeBit.compile);
const ENDS = edgeWord('type', 0, EdgeBit.compile);
const WORDS = [
  PASSES,
  edgeWord('type', 0, EdgeBit.compile | EdgeBit.surface),
  ENDS,
  edgeWord('imports', 0, EdgeBit.gone),
];

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly word: number;
}

function graphOf(count: number, edges: readonly Edge[]): ReachGraph {
  const column = (key: keyof Edge): Uint32Array => Uint32Array.from(edges, (one) => one[key]);
  return { count, reverse: reverseAdjacency(count, column('from'), column('to'), column('word'), edges.length) };
}

/** Every dependent of `start`, itself included, found by walking. */
function walk(graph: ReachGraph, start: number): Set<number> {
  const { offsets, dependents, words } = graph.reverse;
  const through = new Set([start]);
  const found = new Set([start]);
  for (const node of through) {
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      if (passesOn(words[edge]!)) through.add(dependents[edge]!);
      if (passesOn(words[edge]!) || words[edge] === ENDS) found.add(dependents[edge]!);
    }
  }
  return found;
}

function thingsIn(nodes: Iterable<number>, thingOf: Int32Array): Set<number> {
  return new Set([...nodes].map((node) => thingOf[node]!).filter((thing) => thing >= 0));
}

it('counts what a walk over the dependents finds: cycles, ends, several nodes of one thing, nodes of none', () => {
  const edge = fc.record({ from: fc.nat(11), to: fc.nat(11), word: fc.constantFrom(...WORDS) });
  const thing = fc.array(fc.integer({ min: -1, max: 11 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 40 }), thing, (edges, things) => {
      const graph = graphOf(12, edges);
      const thingOf = Int32Array.from(things);
      const counts = closureCounts(graph, thingOf, 12);
      for (let node = 0; node < 12; node++) expect(counts[node]).toBe(thingsIn(walk(graph, node), thingOf).size);
    }),
    { numRuns: 500 },
  );
});

/** Dependents mostly point at near nodes before them; some anywhere, so that there are cycles. */
function large(count: number, degree: number, seed: number, far: number): ReachGraph {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const edges = Array.from({ length: count * degree }, (): Edge => {
    const from = Math.floor(next() * count);
    const near = Math.max(0, from - 1 - Math.floor(next() * 60));
    return { from, to: next() < far ? Math.floor(next() * from) : near, word: next() < 0.1 ? ENDS : PASSES };
  });
  return graphOf(count, [
    ...edges,
    ...edges.slice(0, count / 500).map(({ from, to, word }) => ({ from: to, to: from, word })),
  ]);
}

it('counts over several blocks of columns: empty, full, shared and joined sets', () => {
  for (const [degree, far] of [
    [1, 0.3],
    [3, 0.01],
    [2, 0.9],
  ] as const) {
    const graph = large(3000, degree, 7 * degree, far);
    const thingOf = Int32Array.from({ length: 3000 }, (_, node) => node);
    const counts = closureCounts(graph, thingOf, 3000);
    for (let node = 0; node < 3000; node += 17) expect(counts[node]).toBe(walk(graph, node).size);
  }
});

it('gives up where the budget is used up, and only there', () => {
  const graph = large(3000, 3, 5, 0.5);
  const condensed = condense(
    graph,
    Int32Array.from({ length: 3000 }, (_, node) => node),
    3000,
  );
  expect(exactCounts(condensed, 1000)).toBeUndefined();
  expect(exactCounts(condensed, 1e9)).toEqual(exactCounts(condensed));
});

it('estimates within the error that it states, the same each time', () => {
  for (const far of [0.02, 0.3, 1]) {
    const graph = large(20_000, 3, 11, far);
    const thingOf = Int32Array.from({ length: 20_000 }, (_, node) => node);
    const exact = closureCounts(graph, thingOf, 20_000);
    const { counts, medianError } = closureCountsBy('estimate', graph, thingOf, 20_000);
    const errors = Array.from(exact, (count, node) => Math.abs(counts[node]! - count) / count).sort((a, b) => a - b);
    expect(medianError).toBeLessThanOrEqual(0.03);
    expect(errors[10_000]).toBeLessThanOrEqual(medianError);
    expect(errors[19_000]).toBeLessThanOrEqual(4 * medianError);
    expect(closureCountsBy('estimate', graph, thingOf, 20_000).counts).toEqual(counts);
  }
});

it('counts an empty graph', () => {
  expect(closureCountsBy('auto', graphOf(0, []), new Int32Array(0), 0)).toEqual({
    counts: new Uint32Array(0),
    medianError: 0,
  });
  expect(closureCountsBy('estimate', graphOf(2, []), Int32Array.of(-1, -1), 0).counts).toEqual(Uint32Array.of(0, 0));
});
