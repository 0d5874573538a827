/**
 * Contracts as nodes of the graph, between those who consume them and those who provide them.
 * In: joined contracts, what did not change. Out: nodes and edges of the `system` world: consumer → contract → provider.
 * A line of a declaration that is the same in both revisions is no reason for a change to cross: its edge is left out where the
 * file around it changed.
 */
import { EdgeBit, edgeWord } from '../../model/graph.js';
import type { EdgeList } from '../link/edges.js';
import { addEdge } from '../link/edges.js';
import { contractNode, type NodeTable } from '../link/nodes.js';
import type { Contract } from './contract.js';
import { SILENT } from './travelling.js';

/** Adds the nodes and edges of contracts. */
export function linkContracts(nodes: NodeTable, edges: EdgeList, contracts: readonly Contract[]): void {
  const ids = new Map(contracts.map(({ name }) => [name, contractNode(nodes, name)]));
  for (const { name, providers, consumers, parts } of contracts) {
    const node = ids.get(name)!;
    for (const { node: provider, rank } of providers)
      if (provider !== SILENT) addEdge(edges, node, provider, edgeWord('contract', rank, EdgeBit.system));
    for (const { node: consumer, rank } of consumers)
      addEdge(edges, consumer, node, edgeWord('contract', rank, EdgeBit.system));
    for (const part of parts) {
      const to = ids.get(part);
      if (to !== undefined) addEdge(edges, node, to, edgeWord('contract', 0, EdgeBit.system | EdgeBit.free));
    }
  }
}
