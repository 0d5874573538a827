import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EdgeBit, edgeWord } from '../../model/index.js';
import { pathTo, reach, reverseAdjacency } from '../reach/index.js';
import { findHubs, impactsBehind } from './hubs.js';
import { nearestImpacts } from './nearest.js';

test('what lies behind a node is what counting paths one by one gives, in every world', () => {
  const word = fc
    .tuple(fc.subarray([EdgeBit.runtime, EdgeBit.compile, EdgeBit.surface, EdgeBit.free, EdgeBit.system]), fc.nat(3))
    .map(([set, rank]) =>
      edgeWord(
        'call',
        rank,
        set.reduce<number>((a, b) => a | b, 0),
      ),
    );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(8), fc.nat(8), word), { maxLength: 40 }),
      fc.array(fc.record({ node: fc.nat(8), seeds: fc.nat(15) }), { minLength: 1, maxLength: 2 }),
      (edges, seeds) => {
        const column = (at: 0 | 1 | 2): Uint32Array => Uint32Array.from(edges, (edge) => edge[at]);
        const graph = { count: 9, reverse: reverseAdjacency(9, column(0), column(1), column(2), edges.length) };
        const result = reach(graph, seeds);
        const impacts = nearestImpacts(result, new Uint8Array(9));
        const expected = new Uint32Array(9);
        for (const { world, node } of impacts) {
          for (const passed of pathTo(result, world, node)!.nodes.slice(0, -1)) expected[passed]!++;
        }
        expect([...impactsBehind(result, impacts, 9)]).toEqual([...expected]);
      },
    ),
    { numRuns: 400 },
  );
});

test('the node that everything goes through is a hub, and the change itself is none', () => {
  const from = Uint32Array.from({ length: 21 }, (_, i) => i + 1);
  const to = Uint32Array.from({ length: 21 }, (_, i) => (i === 0 ? 0 : 1));
  const words = new Uint32Array(21).fill(edgeWord('call', 0, EdgeBit.runtime));
  const result = reach({ count: 22, reverse: reverseAdjacency(22, from, to, words, 21) }, [{ node: 0, seeds: 1 }]);
  const changed = new Uint8Array(22);
  changed[0] = 1;
  expect(findHubs(result, nearestImpacts(result, changed), changed)).toEqual([{ node: 1, behind: 20 }]);
});
