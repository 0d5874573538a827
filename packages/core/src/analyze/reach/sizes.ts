/**
 * How much each changed symbol reaches by itself.
 * In: the graph, one seed per change, where nodes live. Out: one ReachSize per change.
 * A pure function: runs in any thread. Not here: the walk (batch-walk.ts), the union with its paths (kernel.ts).
 */
import type { ReachSize } from '../../model/index.js';
import { BATCH, BatchWalk } from './batch-walk.js';
import type { Places } from './batch-walk.js';
import { farOrder } from './far-order.js';
import type { Seed } from './kernel.js';
import type { ReachGraph } from './layer.js';

/** Finding the order of components costs about as much as walking two batches. */
const ORDERING_PAYS = 4 * BATCH;

/**
 * The size of each seed's own reach, in the order of `changes`.
 * A node counts once, at its smallest distance over the worlds; nodes at distance 0 are the change itself and count nowhere.
 * Files, packages and apps are those of impacted symbols outside tests, the change's own left out; `tests` counts test files.
 * Time O(batches × (nodes reached + their edges)), memory a few arrays of length 5n, whatever the number of changes.
 */
export function reachSizes(graph: ReachGraph, changes: readonly Seed[], places: Places): ReachSize[] {
  const sizes: ReachSize[] = [];
  if (changes.length === 0) return sizes;
  const walk = new BatchWalk(graph, places, changes.length > ORDERING_PAYS ? farOrder(graph) : undefined);
  for (let start = 0; start < changes.length; start += BATCH) {
    sizes.push(...walk.run(changes.slice(start, start + BATCH)));
  }
  return sizes;
}
