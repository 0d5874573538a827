/**
 * The reach kernel by itself: building rows and spreading over synthetic graphs, beside graphology on a smaller one.
 * In: nothing. Out: rows of CPU milliseconds. Graphs come from a seeded generator: the same on every machine.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PROJECT, builtModule } from '../places.mjs';
import { measure } from '../statistics.mjs';
import { chain, nested, powerLaw, random } from './graphs.mjs';

/** Measures the kernel; rows `{ what, median, spread, runs, per }` with `per` = nanoseconds an edge. */
export async function measureReach() {
  const { reverseAdjacency, reach, pathTo } = await builtModule('analyze/reach/index.js');
  const { EdgeBit, edgeWord, SeedBit } = await builtModule('model/index.js');
  const call = edgeWord('call', 0, EdgeBit.runtime | EdgeBit.compile | EdgeBit.surface);
  const both = SeedBit.runtime | SeedBit.compile;
  const rows = [];
  const time = async (what, edges, work, runs) => {
    const result = await measure(work, runs);
    rows.push({ what, ...result, per: (result.median * 1e6) / edges, unit: 'ns an edge' });
    return result;
  };
  const build = ({ count, from, to }) =>
    reverseAdjacency(count, from, to, new Uint32Array(from.length).fill(call), from.length);

  const line = chain(1_000_000);
  const lineRows = build(line);
  await time('reach, chain of 1,000,000', line.from.length, () =>
    reach({ count: line.count, reverse: lineRows }, [{ node: 0, seeds: both }]),
  );

  const large = random(1_000_000, 5_000_000);
  await time('build rows, 1,000,000 nodes 5,000,000 edges', large.from.length, () => build(large));
  const largeRows = build(large);
  await time('reach, 1,000,000 nodes 5,000,000 edges', large.from.length, () =>
    reach({ count: large.count, reverse: largeRows }, [{ node: 0, seeds: both }]),
  );

  for (const shape of [nested, powerLaw, random]) {
    const graph = { count: large.count, reverse: build(shape(1_000_000, 5_000_000)) };
    const seeds = everyNth(graph.count, 1000).map((node) => ({ node, seeds: both }));
    await time(`union of 1,000 changes with 1,000 paths, ${shape.name}`, large.from.length, () => {
      const reached = reach(graph, seeds);
      return everyNth(graph.count, 1000).map((node) => pathTo(reached, 'runtime', node - 1));
    });
  }

  const small = random(20_000, 100_000);
  const smallRows = build(small);
  const own = await time(
    'reach, 20,000 nodes 100,000 edges, one world',
    small.from.length,
    () => reach({ count: small.count, reverse: smallRows }, [{ node: 0, seeds: SeedBit.runtime }]),
    15,
  );
  const other = await time('graphology breadth first, the same graph', small.from.length, graphologyWalk(small), 15);
  rows.push({ what: 'graphology / ours', ratio: other.median / own.median });
  return rows;
}

/** `wanted` nodes spread evenly over the graph, from the second step on. */
function everyNth(count, wanted) {
  return Array.from({ length: wanted }, (_, i) => Math.floor(((i + 1) * (count - 1)) / wanted));
}

/** Distances by a queue over graphology's in-neighbours: what the kernel's single world answers. */
function graphologyWalk({ count, from, to }) {
  const load = createRequire(join(PROJECT, 'packages/core/package.json'));
  const { DirectedGraph } = load('graphology');
  const graph = new DirectedGraph();
  for (let node = 0; node < count; node++) graph.addNode(node);
  for (let i = 0; i < from.length; i++) graph.mergeEdge(from[i], to[i]);
  return () => {
    const distance = new Map([['0', 0]]);
    const queue = ['0'];
    for (let head = 0; head < queue.length; head++) {
      const hops = distance.get(queue[head]) + 1;
      graph.forEachInNeighbor(queue[head], (dependent) => {
        if (distance.has(dependent)) return;
        distance.set(dependent, hops);
        queue.push(dependent);
      });
    }
    return distance;
  };
}
