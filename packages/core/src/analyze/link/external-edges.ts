/**
 * External packages: each export depends on the package entry, each entry on the package.
 * In: the external nodes that linking made. Out: edges, and the package's node by name.
 */
import { EdgeBit, edgeWord } from '../../model/graph.js';
import { addEdge, type EdgeList } from './edges.js';
import { externalNode, type NodeTable } from './nodes.js';

const WHOLE = edgeWord('contains', 0, EdgeBit.free | EdgeBit.runtime | EdgeBit.compile | EdgeBit.surface);

/** A new version of a package may change each of its exports: `react#useState` and `react/jsx-runtime#*` depend on `react#*`. */
export function joinExternals(nodes: NodeTable, edges: EdgeList): void {
  const used = [...nodes.externals]; // The map grows below.
  for (const [key, node] of used) addEdge(edges, node, externalNode(nodes, packageOf(key), '', '*'), WHOLE);
}

/** `@scope/name` or `name` of `@scope/name/sub#export`. */
export function packageOf(key: string): string {
  const entry = key.slice(0, key.lastIndexOf('#'));
  const segments = entry.split('/');
  return segments.slice(0, entry.startsWith('@') ? 2 : 1).join('/');
}
