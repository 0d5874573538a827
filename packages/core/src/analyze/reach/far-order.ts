/**
 * Nodes in an order in which dependents come after what they depend on, cycles together.
 * In: the graph. Out: components as ranges of a node list. Not here: finding them (rank/components.ts).
 */
import { EdgeBit } from '../../model/index.js';
import { nodesByComponent, stronglyConnected } from '../rank/components.js';
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
  const { words } = graph.reverse;
  const components = stronglyConnected(graph.count, graph.reverse, (edge) => (words[edge]! & followed) !== 0);
  return { ...components, ...nodesByComponent(components) };
}
