/**
 * How central a package is: how much of the repository stands on it, directly and through others.
 * In: the package graph. Out: 0 to 1 per package. PageRank, since a walk from dependents to dependencies
 * ends where most stands; betweenness would give 0 to the foundations, which nothing passes *through*.
 */
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import type { SymbolGraph } from '../../model/index.js';
import { graphKey, packageGraph, packageNames } from './graphs.js';

/** The package is CommonJS with `default` typings: NodeNext sees the function one level deeper than it is. */
const pagerank = pagerankModule as unknown as typeof pagerankModule.default;

const known = new WeakMap<SymbolGraph['reverse'], (file: number) => number>();

/**
 * Centrality by index of `graph.files`: its package's PageRank above that of a package nobody depends on,
 * as a share of the repository's highest. 0 where there are no dependencies between packages. Remembered as long as the graph.
 */
export function centralities(graph: SymbolGraph): (file: number) => number {
  const found = known.get(graph.reverse) ?? computed(graph);
  known.set(graph.reverse, found);
  return found;
}

function computed(graph: SymbolGraph): (file: number) => number {
  const packages = packageGraph(graph);
  if (packages.size === 0) return () => 0;
  const names = packageNames(graph);
  const ranks = pagerank(packages, { getEdgeWeight: null, maxIterations: 200, tolerance: 1e-6 });
  let most = -Infinity;
  let least = Infinity;
  for (const rank of Object.values(ranks)) {
    most = Math.max(most, rank);
    least = Math.min(least, rank);
  }
  return (file) => {
    const key = names[file] === undefined ? undefined : graphKey(names[file]);
    const rank = key !== undefined && packages.hasNode(key) && packages.inDegree(key) > 0 ? ranks[key]! : least;
    return most > least ? Math.round(((rank - least) / (most - least)) * 1000) / 1000 : 0;
  };
}
