/**
 * Which symbols a test can reach: the coverage that static reading knows.
 * In: the graph and which files are tests. Out: one byte per node.
 * Not here: measured coverage, and what the score makes of it (analyze/score).
 */
import { EdgeBit } from '../../model/index.js';
import type { ReverseAdjacency } from '../../model/index.js';
import { reverseAdjacency } from './adjacency.js';
import type { ReachGraph } from './layer.js';

/**
 * The same edges the other way round: the row of `v` holds what `v` depends on.
 * @returns adjacency in which `dependents` are dependencies. Time O(nodes + edges).
 */
export function forwardAdjacency(graph: ReachGraph): ReverseAdjacency {
  const { offsets, dependents, words } = graph.reverse;
  const dependencies = new Uint32Array(dependents.length);
  for (let node = 0; node < graph.count; node++) dependencies.fill(node, offsets[node]!, offsets[node + 1]!);
  return reverseAdjacency(graph.count, dependencies, dependents, words, dependents.length);
}

/**
 * Marks what runs when the tests run: everything that nodes of test files depend on over runtime and system edges.
 * @param isTest 1 for nodes of test files; length `graph.count`.
 * @returns 1 for each node that some test reaches (the tests' own nodes too). Time O(nodes + edges).
 */
export function reachedByTests(graph: ReachGraph, isTest: Uint8Array): Uint8Array {
  const forward = forwardAdjacency(graph);
  const reached = new Uint8Array(graph.count);
  const queue: number[] = [];
  for (let node = 0; node < graph.count; node++) {
    if (isTest[node] === 0) continue;
    reached[node] = 1;
    queue.push(node);
  }
  while (queue.length > 0) {
    const node = queue.pop()!;
    for (let i = forward.offsets[node]!; i < forward.offsets[node + 1]!; i++) {
      const dependency = forward.dependents[i]!;
      const word = forward.words[i]!;
      if (reached[dependency] !== 0 || (word & EdgeBit.elsewhere) !== 0) continue;
      if ((word & (EdgeBit.runtime | EdgeBit.system)) === 0) continue;
      reached[dependency] = 1;
      queue.push(dependency);
    }
  }
  return reached;
}
