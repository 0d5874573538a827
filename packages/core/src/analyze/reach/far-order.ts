/**
 * Nodes in an order in which dependents come after what they depend on, cycles together.
 * In: the graph. Out: components as ranges of a node list. Not here: finding them (rank/components.ts).
 */
import { EdgeBit } from '../../model/index.js';
import { stronglyConnected } from '../rank/components.js';
import type { ReachGraph } from './layer.js';

/** Components; one with a higher number never depends on one with a lower. */
export interface FarOrder {
  /** Component of each node. */
  readonly of: Int32Array;
  readonly count: number;
  /** Nodes by component: those of `c` are `nodes[starts[c]] … nodes[starts[c + 1] − 1]`. */
  readonly nodes: Uint32Array;
  readonly starts: Uint32Array;
}

/** The order over every edge that any world follows beyond its first hop. O(nodes + edges). */
export function farOrder(graph: ReachGraph): FarOrder {
  const followed = EdgeBit.runtime | EdgeBit.compile | EdgeBit.system;
  const { of, count } = stronglyConnected(graph.count, graph.reverse, (word) => (word & followed) !== 0);
  const starts = new Uint32Array(count + 1);
  for (const component of of) starts[component + 1]!++;
  for (let component = 0; component < count; component++) starts[component + 1]! += starts[component]!;
  const nodes = new Uint32Array(graph.count);
  const next = starts.slice();
  for (let node = 0; node < graph.count; node++) nodes[next[of[node]!]!++] = node;
  return { of, count, nodes, starts };
}
