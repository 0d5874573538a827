/** The exact counts equal a walk from each node, on random graphs. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EdgeBit, edgeWord } from '../../model/index.js';
import { reverseAdjacency } from '../reach/index.js';
import { closureCounts, passesOn } from './closure-counts.js';

const WORDS = [
  edgeWord('call', 0, EdgeBit.runtime | EdgeBit.compile),
  edgeWord('type', 0, EdgeBit.compile | EdgeBit.surface),
  edgeWord('type', 0, EdgeBit.compile),
  edgeWord('imports', 0, EdgeBit.gone),
];

it('counts what a walk over the dependents finds, cycles included', () => {
  const edge = fc.record({ from: fc.nat(11), to: fc.nat(11), word: fc.constantFrom(...WORDS) });
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 40 }), (edges) => {
      const column = (key: 'from' | 'to' | 'word'): Uint32Array => Uint32Array.from(edges, (one) => one[key]);
      const reverse = reverseAdjacency(12, column('from'), column('to'), column('word'), edges.length);
      const counts = closureCounts(
        { count: 12, reverse },
        Int32Array.from({ length: 12 }, (_, node) => node),
        12,
      );
      for (let node = 0; node < 12; node++) expect(counts[node]).toBe(walk(edges, node).size);
    }),
  );
});

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly word: number;
}

function walk(edges: readonly Edge[], start: number): Set<number> {
  const through = new Set([start]);
  for (const node of through)
    for (const { from, to, word } of edges) if (to === node && passesOn(word)) through.add(from);
  const found = new Set(through);
  for (const { from, to, word } of edges)
    if (
      through.has(to) &&
      (word & (EdgeBit.compile | EdgeBit.surface)) === EdgeBit.compile &&
      (word & EdgeBit.runtime) === 0
    )
      found.add(from);
  return found;
}
