import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EdgeBit, SeedBit, WORLDS, edgeWord } from '../../model/index.js';
import type { ReachSize } from '../../model/index.js';
import { reverseAdjacency } from './adjacency.js';
import { reach } from './kernel.js';
import type { Seed } from './kernel.js';
import type { ReachGraph } from './layer.js';
import { reachSizes } from './sizes.js';
import type { Places } from './batch-walk.js';

type Edge = readonly [dependent: number, dependency: number, word: number];

function graphOf(count: number, edges: readonly Edge[]): ReachGraph {
  const column = (at: 0 | 1 | 2): Uint32Array => Uint32Array.from(edges, (edge) => edge[at]);
  return { count, reverse: reverseAdjacency(count, column(0), column(1), column(2), edges.length) };
}

/** The size of one change, counted off its own reach. */
function naiveSize(graph: ReachGraph, change: Seed, places: Places): ReachSize {
  const result = reach(graph, [change]);
  const own = places.fileOf[change.node]!;
  const near = new Map<number, number>();
  for (const world of WORLDS) {
    result[world].distance.forEach((hops, node) => {
      if (hops >= 0) near.set(node, Math.min(hops, near.get(node) ?? hops));
    });
  }
  near.delete(change.node);
  const isTest = (node: number): boolean => places.fileOf[node]! >= 0 && places.testFiles[places.fileOf[node]!] === 1;
  const symbols = [...near].filter(([node, hops]) => hops > 0 && !isTest(node));
  const filesWithin = (limit: number): Set<number> =>
    new Set(
      symbols
        .filter(([, hops]) => hops <= limit)
        .map(([node]) => places.fileOf[node]!)
        .filter((file) => file >= 0 && file !== own),
    );
  const packages = new Set([...filesWithin(Infinity)].map((file) => places.packageOf[file]!));
  if (own >= 0) packages.delete(places.packageOf[own]!);
  return {
    direct: symbols.filter(([, hops]) => hops === 1).length,
    twoHop: symbols.filter(([, hops]) => hops <= 2).length,
    total: symbols.length,
    directFiles: filesWithin(1).size,
    twoHopFiles: filesWithin(2).size,
    files: filesWithin(Infinity).size,
    packages: packages.size,
    apps: [...packages].filter((id) => places.apps[id] === 1).length,
    tests: new Set(
      [...near.keys()]
        .filter(isTest)
        .map((node) => places.fileOf[node]!)
        .filter((file) => file !== own),
    ).size,
  };
}

const places: Places = {
  fileOf: Int32Array.of(0, 0, 1, 1, 2, 3, 3, 4, 5, -1),
  packageOf: Int32Array.of(0, 0, 1, 1, 2, 2),
  testFiles: Uint8Array.of(0, 0, 0, 1, 0, 0),
  apps: Uint8Array.of(0, 0, 1),
};
const word = fc
  .tuple(
    fc.subarray([
      EdgeBit.runtime,
      EdgeBit.compile,
      EdgeBit.surface,
      EdgeBit.free,
      EdgeBit.system,
      EdgeBit.gone,
      EdgeBit.elsewhere,
      EdgeBit.intoTest,
    ]),
    fc.nat(4),
  )
  .map(([set, rank]) =>
    edgeWord(
      'call',
      rank,
      set.reduce<number>((a, b) => a | b, 0),
    ),
  );

const change = fc.record({ node: fc.nat(9), seeds: fc.nat(15) });

test('the size of each change is what counting its own reach gives, level by level and component by component', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(9), fc.nat(9), word), { maxLength: 36 }),
      fc.oneof(fc.array(change, { maxLength: 70 }), fc.array(change, { minLength: 129, maxLength: 140 })),
      fc.option(fc.uint8Array({ minLength: 10, maxLength: 10, max: 1 }), { nil: undefined }),
      (edges, changes, unmoved) => {
        // A changed node is never among those that a checker has proven to be as before.
        for (const { node } of changes) unmoved?.fill(0, node, node + 1);
        const graph = { ...graphOf(10, edges), ...(unmoved === undefined ? {} : { unmoved }) };
        expect(reachSizes(graph, changes, places)).toEqual(changes.map((change) => naiveSize(graph, change, places)));
      },
    ),
    { numRuns: 300 },
  );
});

test('direct, two-hop and full reach are kept apart; tests and the change itself count in none of them', () => {
  const uses = edgeWord('call', 0, EdgeBit.runtime);
  // 2 and 3 (file 1) use 0; 4 (package 1) uses 2; 7 (an app) uses 4; the test 5 uses 0; 0 uses 7: a cycle.
  const graph = graphOf(10, [
    [2, 0, uses],
    [3, 0, uses],
    [4, 2, uses],
    [7, 4, uses],
    [5, 0, uses],
    [0, 7, uses],
  ]);
  expect(reachSizes(graph, [{ node: 0, seeds: SeedBit.runtime }], places)).toEqual([
    { direct: 2, twoHop: 3, total: 4, directFiles: 1, twoHopFiles: 2, files: 3, packages: 2, apps: 1, tests: 1 },
  ]);
});
