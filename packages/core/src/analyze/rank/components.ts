/**
 * Strongly connected components of the reverse graph, so that a closure is computed once for each.
 * In: rows of dependents and which edges count. Out: a component per node, components in reverse topological order.
 * Iterative. Source: Tarjan, "Depth-first search and linear graph algorithms", 1972.
 */
import type { ReverseAdjacency } from '../../model/graph.js';

/** Components and their order. */
export interface Components {
  /** Component of each node; whoever is reached from a node has the same or a smaller component id. */
  readonly of: Int32Array;
  readonly count: number;
}

/** Time and memory O(nodes + edges). `passes` says which edges are followed, by their place in the rows. */
export function stronglyConnected(
  count: number,
  reverse: Pick<ReverseAdjacency, 'offsets' | 'dependents'>,
  passes: (edge: number) => boolean,
): Components {
  const of = new Int32Array(count).fill(-1);
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = new Uint32Array(count);
  const stack: number[] = [];
  const path: number[] = [];
  let visited = 0;
  let components = 0;
  const enter = (node: number): void => {
    index[node] = low[node] = visited++;
    next[node] = reverse.offsets[node]!;
    stack.push(node);
    path.push(node);
  };
  const leave = (node: number): void => {
    path.pop();
    const parent = path[path.length - 1];
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node] !== index[node]) return;
    for (let member = stack.pop()!; ; member = stack.pop()!) {
      of[member] = components;
      if (member === node) break;
    }
    components++;
  };
  for (let root = 0; root < count; root++) {
    if (index[root]! >= 0) continue;
    enter(root);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (next[node]! >= reverse.offsets[node + 1]!) leave(node);
      else {
        const edge = next[node]!++;
        const dependent = reverse.dependents[edge]!;
        if (!passes(edge)) continue;
        if (index[dependent]! < 0) enter(dependent);
        else if (of[dependent]! < 0) low[node] = Math.min(low[node]!, index[dependent]!);
      }
    }
  }
  return { of, count: components };
}

/** Nodes by component, in order: those of `c` are `nodes[starts[c]] … nodes[starts[c + 1] − 1]`. */
export function nodesByComponent({ of, count }: Components): {
  readonly starts: Uint32Array;
  readonly nodes: Uint32Array;
} {
  const starts = new Uint32Array(count + 1);
  for (const component of of) starts[component + 1]!++;
  for (let component = 0; component < count; component++) starts[component + 1]! += starts[component]!;
  const next = starts.slice();
  const nodes = new Uint32Array(of.length);
  for (let node = 0; node < of.length; node++) nodes[next[of[node]!]!++] = node;
  return { starts, nodes };
}
