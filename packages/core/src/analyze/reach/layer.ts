/**
 * One wave of reachability: shortest paths over the edges that a filter lets pass.
 * In: reverse adjacency and where the wave arrives from outside. Out: distance, parent, edge and weakest
 * confidence per node. Dial's bucket queue over (distance, weakest rank), which is both monotone and isotone,
 * so each node is settled once. Iterative; O(nodes + edges). Not here: which edges a world follows (kernel.ts).
 */
import { EdgeBit, edgeRank } from '../../model/index.js';
import type { ReverseAdjacency, WorldReach } from '../../model/index.js';

/** What the kernel needs of a graph; `SymbolGraph` has it. */
export interface ReachGraph {
  /** Number of nodes. */
  readonly count: number;
  readonly reverse: ReverseAdjacency;
  /** 1 for nodes in which no compile-time impact ends; see `SymbolGraph`. */
  readonly unmoved?: Uint8Array;
}

/** A node that the wave enters from outside, with what the way there has cost. */
export interface Arrival {
  readonly node: number;
  readonly distance: number;
  readonly rank: number;
  /** −1 for a seed. */
  readonly parent: number;
  /** 0 for a seed. */
  readonly word: number;
}

/** An edge passes where it has every bit of `all`, no bit of `none` and, unless `any` is 0, some bit of `any`. */
export interface EdgeFilter {
  readonly all: number;
  readonly any: number;
  readonly none: number;
}

/** The rank of an unreached node. */
export const UNREACHED_RANK = 255;

/** Ranks fit three bits. */
const RANKS = 8;

/** A world in which nothing is reached; arrays of length `count`. */
export function emptyWorld(count: number): WorldReach {
  return {
    distance: new Int32Array(count).fill(-1),
    parent: new Int32Array(count).fill(-1),
    edge: new Uint32Array(count),
    rank: new Uint8Array(count).fill(UNREACHED_RANK),
  };
}

/** Hops that an edge costs: 0 for `contains` and its kin, else 1. */
export function edgeCost(word: number): number {
  return (word & EdgeBit.free) === 0 ? 1 : 0;
}

/**
 * Spreads from `arrivals` over the edges that pass.
 * @param arrivals ordered by distance; the same node may arrive several times.
 * @returns per node the shortest distance and, among the shortest paths, the strongest weakest rank. Among equal
 * paths the parent with the smallest id wins (then the smallest word), taken from the nodes settled before:
 * parents never form a cycle, and the order of arrivals and edges does not show.
 */
export function spread(graph: ReachGraph, arrivals: readonly Arrival[], filter: EdgeFilter): WorldReach {
  const layer = emptyWorld(graph.count);
  if (arrivals.length === 0) return layer;
  const { distance, parent, edge, rank } = layer;
  const { offsets, dependents, words } = graph.reverse;
  const { all, any, none } = filter;
  const settled = new Uint8Array(graph.count);
  let now = emptyBuckets();
  let next = emptyBuckets();
  let waiting = 0;
  let level = arrivals[0]!.distance;
  let arrived = 0;

  function offer(node: number, hops: number, weakest: number, from: number, word: number): void {
    const known = distance[node]!;
    if (known === hops && rank[node]! <= weakest) {
      if (rank[node] !== weakest || from >= parent[node]!) return;
    } else if (known === -1 || known > hops || known === hops) {
      distance[node] = hops;
      rank[node] = weakest;
      if (hops === level) now[weakest]!.push(node);
      else waiting = next[weakest]!.push(node);
    } else return;
    parent[node] = from;
    edge[node] = word;
  }

  function expand(node: number, weakest: number): void {
    const end = offsets[node + 1]!;
    for (let i = offsets[node]!; i < end; i++) {
      const dependent = dependents[i]!;
      if (settled[dependent] !== 0) continue;
      const word = words[i]!;
      if ((word & all) !== all || (word & none) !== 0 || (any !== 0 && (word & any) === 0)) continue;
      const own = edgeRank(word);
      offer(dependent, level + edgeCost(word), own > weakest ? own : weakest, node, word);
    }
  }

  for (;;) {
    for (; arrived < arrivals.length && arrivals[arrived]!.distance === level; arrived++) {
      const start = arrivals[arrived]!;
      if (settled[start.node] === 0) offer(start.node, level, start.rank, start.parent, start.word);
    }
    for (let weakest = 0; weakest < RANKS; weakest++) {
      while (now[weakest]!.length > 0) {
        const bucket = now[weakest]!;
        now[weakest] = [];
        const wave = bucket.filter((node) => distance[node] === level && rank[node] === weakest && settled[node] === 0);
        for (const node of wave) settled[node] = 1;
        for (const node of wave) expand(node, weakest);
      }
    }
    if (waiting > 0) level++;
    else if (arrived < arrivals.length) level = arrivals[arrived]!.distance;
    else return layer;
    [now, next] = [next, now];
    waiting = 0;
  }
}

function emptyBuckets(): number[][] {
  return Array.from({ length: RANKS }, () => []);
}
