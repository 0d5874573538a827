import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EdgeBit, SeedBit, WORLDS, edgeRank, edgeWord } from '../../model/index.js';
import type { Reach } from '../../model/index.js';
import { reverseAdjacency } from './adjacency.js';
import { reach } from './kernel.js';
import type { Seed } from './kernel.js';
import type { ReachGraph } from './layer.js';
import { dependentsOf, pathTo } from './path.js';

type Edge = readonly [dependent: number, dependency: number, word: number];
/** [hops, weakest rank], smaller is better, hops first. */
type Cost = readonly [number, number];

function graphOf(count: number, edges: readonly Edge[]): ReachGraph {
  const column = (at: 0 | 1 | 2): Uint32Array => Uint32Array.from(edges, (edge) => edge[at]);
  return { count, reverse: reverseAdjacency(count, column(0), column(1), column(2), edges.length) };
}

/** The rules of the model as a fixpoint over named states, as slow and plain as can be. */
function naiveReach(
  count: number,
  edges: readonly Edge[],
  seeds: readonly Seed[],
): Record<string, (Cost | undefined)[]> {
  const states = new Map<string, Cost>();
  let moved = true;
  const relax = (state: string, hops: number, rank: number): void => {
    const known = states.get(state);
    if (known !== undefined && (known[0] < hops || (known[0] === hops && known[1] <= rank))) return;
    states.set(state, [hops, rank]);
    moved = true;
  };
  for (const { node, seeds: bits } of seeds) {
    if (bits & SeedBit.runtime) relax(`runtime ${node}`, 0, 0);
    if (bits & SeedBit.compile) relax(`surface ${node}`, 0, 0);
    if (bits & SeedBit.gone) relax(`gone ${node}`, 0, 0);
    if (bits & SeedBit.system) relax(`contract ${node}`, 0, 0);
  }
  while (moved) {
    moved = false;
    for (const [dependent, dependency, word] of edges) {
      const cost = word & EdgeBit.free ? 0 : 1;
      const pass = (from: string, bits: number, to: string, hops = cost): void => {
        const known = states.get(`${from} ${dependency}`);
        if (known === undefined || (word & bits) !== bits) return;
        relax(`${to} ${dependent}`, known[0] + hops, Math.max(known[1], edgeRank(word)));
      };
      if ((word & EdgeBit.elsewhere) === 0) pass('runtime', EdgeBit.runtime, 'runtime');
      else if ((word & EdgeBit.intoTest) === 0) pass('runtime', EdgeBit.runtime, 'beside');
      if ((word & EdgeBit.intoTest) === 0) pass('beside', EdgeBit.runtime, 'beside');
      pass('surface', EdgeBit.compile | EdgeBit.surface, 'surface');
      pass('surface', EdgeBit.compile, 'used');
      pass('gone', EdgeBit.gone, 'used', 1);
      for (const from of ['runtime', 'beside', 'surface', 'used', 'gone', 'contract'])
        pass(from, EdgeBit.system, 'crossed');
      pass('crossed', EdgeBit.runtime, 'crossed');
      pass('crossed', EdgeBit.system, 'crossed');
    }
  }
  const best = (node: number, names: readonly string[]): Cost | undefined =>
    names.flatMap((name) => states.get(`${name} ${node}`) ?? []).length === 0
      ? undefined
      : names
          .map((name) => states.get(`${name} ${node}`))
          .filter((cost) => cost !== undefined)
          .sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
  const nodes = Array.from({ length: count }, (_, node) => node);
  return {
    runtime: nodes.map((node) => best(node, ['runtime', 'beside'])),
    compile: nodes.map((node) => best(node, ['surface', 'used', 'gone'])),
    system: nodes.map((node) => best(node, ['crossed', 'contract'])),
  };
}

function costsOf(result: Reach): Record<string, (Cost | undefined)[]> {
  return Object.fromEntries(
    WORLDS.map((world) => [
      world,
      Array.from(result[world].distance, (hops, node): Cost | undefined =>
        hops < 0 ? undefined : [hops, result[world].rank[node]!],
      ),
    ]),
  );
}

/** Every reached node's path starts at a seed, steps along edges of the graph, and has the length and rank it claims. */
function checkPaths(edges: readonly Edge[], seeds: readonly Seed[], result: Reach): void {
  const known = new Set(edges.map((edge) => edge.join()));
  const starts = new Set(seeds.filter((seed) => seed.seeds !== 0).map((seed) => seed.node));
  for (const world of WORLDS) {
    result[world].distance.forEach((hops, node) => {
      const path = pathTo(result, world, node);
      if (hops < 0) return expect(path).toBeUndefined();
      const { nodes, words } = path!;
      expect(starts.has(nodes[0]!)).toBe(true);
      expect(nodes.at(-1)).toBe(node);
      words.forEach((word, i) => expect(known.has(`${nodes[i + 1]},${nodes[i]},${word}`)).toBe(true));
      const cost = words.reduce((sum, word) => sum + (word & EdgeBit.free && !(word & EdgeBit.gone) ? 0 : 1), 0);
      expect(cost).toBe(hops);
      expect(Math.max(0, ...words.map(edgeRank))).toBe(result[world].rank[node]);
    });
  }
}

const bits = [
  EdgeBit.runtime,
  EdgeBit.compile,
  EdgeBit.surface,
  EdgeBit.free,
  EdgeBit.system,
  EdgeBit.elsewhere,
  EdgeBit.intoTest,
] as const;
/** `gone` edges never are `free`: the linker makes them of imports and re-exports. */
const wordArbitrary = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.subarray([...bits]), fc.nat(4)).map(([set, rank]) =>
      edgeWord(
        'call',
        rank,
        set.reduce((a, b) => a | b, 0),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.subarray([EdgeBit.compile, EdgeBit.runtime]), fc.nat(2)).map(([set, rank]) =>
      edgeWord(
        'imports',
        rank,
        set.reduce<number>((a, b) => a | b, EdgeBit.gone),
      ),
    ),
  },
);
const caseOf = (count: number, length: number) =>
  fc.record({
    edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), wordArbitrary), { maxLength: length }),
    seeds: fc.array(fc.record({ node: fc.nat(count - 1), seeds: fc.nat(15) }), { minLength: 1, maxLength: 3 }),
  });

describe('the kernel equals the naive fixpoint', () => {
  test('on every digraph of up to four nodes, with varied edge bits and seeds', () => {
    let state = 12345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let count = 1; count <= 4; count++) {
      const pairs = Array.from({ length: count * count }, (_, i) => [i % count, Math.floor(i / count)] as const).filter(
        ([a, b]) => a !== b,
      );
      for (let mask = 0; mask < 1 << pairs.length; mask++) {
        const edges = pairs
          .filter((_, i) => mask & (1 << i))
          .map(([a, b]): Edge => {
            const set =
              random(4) === 0 ? EdgeBit.gone : bits.reduce((word, bit) => (random(2) === 0 ? word | bit : word), 0);
            return [a, b, edgeWord('call', random(3), set)];
          });
        const seeds = [
          { node: random(count), seeds: random(16) },
          { node: random(count), seeds: random(16) },
        ];
        const result = reach(graphOf(count, edges), seeds);
        expect(costsOf(result)).toEqual(naiveReach(count, edges, seeds));
        checkPaths(edges, seeds, result);
      }
    }
  });

  test('on larger random graphs, and every path is a real one of that length and rank', () => {
    fc.assert(
      fc.property(caseOf(9, 40), ({ edges, seeds }) => {
        const result = reach(graphOf(9, edges), seeds);
        expect(costsOf(result)).toEqual(naiveReach(9, edges, seeds));
        checkPaths(edges, seeds, result);
      }),
      { numRuns: 600 },
    );
  });
});

describe('laws', () => {
  const reachedOf = (count: number, edges: readonly Edge[], seeds: readonly Seed[]): Set<string> => {
    const result = reach(graphOf(count, edges), seeds);
    return new Set(
      WORLDS.flatMap((world) =>
        [...result[world].distance].flatMap((hops, node) => (hops < 0 ? [] : [`${world} ${node}`])),
      ),
    );
  };

  test('more edges and more seeds never reach less; reach(A ∪ B) = reach(A) ∪ reach(B)', () => {
    fc.assert(
      fc.property(caseOf(8, 24), caseOf(8, 8), (left, right) => {
        const both = reachedOf(8, left.edges, [...left.seeds, ...right.seeds]);
        const apart = [...reachedOf(8, left.edges, left.seeds), ...reachedOf(8, left.edges, right.seeds)];
        expect(both).toEqual(new Set([...both, ...apart]));
        expect(both.size).toBe(new Set(apart).size);
        const wider = reachedOf(8, [...left.edges, ...right.edges], left.seeds);
        for (const place of reachedOf(8, left.edges, left.seeds)) expect(wider.has(place)).toBe(true);
      }),
    );
  });

  test('the order of edges and seeds shows nowhere, parents included', () => {
    fc.assert(
      fc.property(caseOf(8, 24), ({ edges, seeds }) => {
        const one = reach(graphOf(8, edges), seeds);
        const other = reach(graphOf(8, [...edges].reverse()), [...seeds].reverse());
        expect(other).toEqual(one);
      }),
    );
  });
});

describe('cases', () => {
  const runtime = EdgeBit.runtime;
  const surface = EdgeBit.compile | EdgeBit.surface;
  const call = (extra: number, rank = 0): number => edgeWord('call', rank, extra);

  test('a dependent reached first by a plain use and later by a surface edge still passes on, at the later distance', () => {
    // 1 uses 0; 1 also stands on 2 by surface, which stands on 0; 3 stands on 1.
    const edges: Edge[] = [
      [1, 0, call(EdgeBit.compile)],
      [2, 0, call(surface)],
      [1, 2, call(surface)],
      [3, 1, call(surface)],
    ];
    const result = reach(graphOf(4, edges), [{ node: 0, seeds: SeedBit.compile }]);
    expect([...result.compile.distance]).toEqual([0, 1, 1, 3]);
    expect(pathTo(result, 'compile', 3)!.nodes).toEqual([0, 2, 1, 3]);
    expect(pathTo(result, 'compile', 1)!.nodes).toEqual([0, 1]);
  });

  test('imports of a name are reached only where the name is gone, one hop', () => {
    const edges: Edge[] = [
      [1, 0, edgeWord('imports', 0, EdgeBit.gone)],
      [2, 1, edgeWord('imports', 0, EdgeBit.gone)],
    ];
    const distances = (seeds: number): number[] => [...reach(graphOf(3, edges), [{ node: 0, seeds }]).compile.distance];
    expect(distances(SeedBit.compile | SeedBit.runtime)).toEqual([0, -1, -1]);
    expect(distances(SeedBit.gone)).toEqual([0, 1, -1]);
  });

  test('of equally short paths the one with the strongest weakest edge is told', () => {
    const edges: Edge[] = [
      [1, 0, call(runtime, 3)],
      [2, 0, call(runtime, 1)],
      [3, 1, call(runtime)],
      [3, 2, call(runtime)],
    ];
    const result = reach(graphOf(4, edges), [{ node: 0, seeds: SeedBit.runtime }]);
    expect(pathTo(result, 'runtime', 3)!.nodes).toEqual([0, 2, 3]);
    expect(result.runtime.rank[3]).toBe(1);
  });

  test('a contract crossed from a runtime dependent goes on at run time, and its path starts at the change', () => {
    const edges: Edge[] = [
      [1, 0, call(runtime)],
      [2, 1, edgeWord('contract', 3, EdgeBit.system)],
      [3, 2, call(runtime)],
    ];
    const result = reach(graphOf(4, edges), [{ node: 0, seeds: SeedBit.runtime }]);
    expect([...result.system.distance]).toEqual([-1, -1, 2, 3]);
    expect(pathTo(result, 'system', 3)!.nodes).toEqual([0, 1, 2, 3]);
  });

  test('dependents of a symbol leave it out and are ordered by distance', () => {
    const edges: Edge[] = [
      [1, 0, call(runtime | surface)],
      [2, 1, call(runtime)],
      [0, 2, call(runtime)],
    ];
    const { dependents } = dependentsOf(graphOf(3, edges), [0]);
    expect(dependents.map((d) => `${d.distance} ${d.world} ${d.node}`)).toEqual([
      '1 runtime 1',
      '1 compile 1',
      '2 runtime 2',
    ]);
  });

  test('a chain of a million symbols', () => {
    const n = 1_000_000;
    const from = Uint32Array.from({ length: n - 1 }, (_, i) => i + 1);
    const to = Uint32Array.from({ length: n - 1 }, (_, i) => i);
    const words = new Uint32Array(n - 1).fill(call(runtime | surface));
    const graph = { count: n, reverse: reverseAdjacency(n, from, to, words, n - 1) };
    const result = reach(graph, [{ node: 0, seeds: 15 }]);
    expect(result.runtime.distance[n - 1]).toBe(n - 1);
    expect(pathTo(result, 'compile', n - 1)!.nodes.length).toBe(n);
  });
});
