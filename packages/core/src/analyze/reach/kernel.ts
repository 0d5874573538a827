/**
 * Reverse reachability from changed symbols, in three worlds at once.
 * In: reverse adjacency and seeds. Out: distance, parent, edge and weakest confidence per node and world.
 * A pure function over typed arrays: it runs in any thread. Source: docs/impact-model.md, "Change kinds".
 * Not here: what the nodes are; sizes per change (sizes.ts); paths (path.ts).
 */
import { EdgeBit, SeedBit, edgeRank } from '../../model/index.js';
import type { Reach, WorldReach } from '../../model/index.js';
import { UNREACHED_RANK, edgeCost, emptyWorld, spread } from './layer.js';
import type { Arrival, ReachGraph } from './layer.js';

/** A changed node and the worlds it starts to travel in. */
export interface Seed {
  readonly node: number;
  /** `SeedBit` bits; 0 travels nowhere. */
  readonly seeds: number;
}

/** Which edges each world follows. */
export const RUNTIME_EDGES = { all: EdgeBit.runtime, any: 0, none: EdgeBit.elsewhere } as const;
export const BESIDE_EDGES = { all: EdgeBit.runtime, any: 0, none: EdgeBit.intoTest } as const;
export const SURFACE_EDGES = { all: EdgeBit.compile | EdgeBit.surface, any: 0, none: 0 } as const;
export const CROSSED_EDGES = { all: 0, any: EdgeBit.runtime | EdgeBit.system, none: 0 } as const;

/**
 * All that the seeds reach.
 * - runtime: over `EdgeBit.runtime`; behind an edge with `EdgeBit.elsewhere` no edge with `EdgeBit.intoTest` is followed.
 *   `through` of this world is the part without such edges.
 * - compile: over `EdgeBit.compile`; a dependent passes on only where the edge has `EdgeBit.surface` too. From a seed
 *   with `SeedBit.gone` also over `EdgeBit.gone`, one hop, never further. `through` of this world is the part that passes on.
 *   Nodes that are `unmoved` are not in this world, though it goes through them.
 * - system: over `EdgeBit.system` from all that the other two reach and from system seeds, then over runtime
 *   and system edges. `through` of this world is what lies behind a crossing.
 *
 * @param seeds any order; the same node may occur several times.
 * @returns arrays of length `graph.count`. Time O(nodes + edges), no recursion. Never throws; an id out of range is a caller's bug.
 */
export function reach(graph: ReachGraph, seeds: readonly Seed[]): Reach {
  const bits = new Uint8Array(graph.count);
  for (const seed of seeds) bits[seed.node]! |= seed.seeds;
  const runtime = runtimeWorld(graph, bits);
  const compile = compileWorld(graph, bits);
  return { runtime, compile, system: systemWorld(graph, bits, runtime, compile) };
}

function startsOf(bits: Uint8Array, bit: number): Arrival[] {
  const starts: Arrival[] = [];
  for (let node = 0; node < bits.length; node++) {
    if ((bits[node]! & bit) !== 0) starts.push({ node, distance: 0, rank: 0, parent: -1, word: 0 });
  }
  return starts;
}

/** What is reached without mutations made elsewhere, then what is reached with them, tests left out: the nearer of both. */
function runtimeWorld(graph: ReachGraph, bits: Uint8Array): WorldReach {
  const through = spread(graph, startsOf(bits, SeedBit.runtime), RUNTIME_EDGES);
  const arrivals: Arrival[] = [];
  const { offsets, dependents, words } = graph.reverse;
  for (let parent = 0; parent < graph.count; parent++) {
    const hops = through.distance[parent]!;
    if (hops < 0) continue;
    for (let i = offsets[parent]!; i < offsets[parent + 1]!; i++) {
      const word = words[i]!;
      if ((word & (EdgeBit.elsewhere | EdgeBit.runtime | EdgeBit.intoTest)) !== MUTATED_ELSEWHERE) continue;
      const rank = Math.max(edgeRank(word), through.rank[parent]!);
      arrivals.push({ node: dependents[i]!, distance: hops + edgeCost(word), rank, parent, word });
    }
  }
  if (arrivals.length === 0) return through;
  arrivals.sort((left, right) => left.distance - right.distance);
  const beside = spread(graph, arrivals, BESIDE_EDGES);
  const world: WorldReach = { ...copyOf(through), through };
  for (let node = 0; node < graph.count; node++) {
    if (beside.distance[node]! < 0) continue;
    improve(world, node, beside.distance[node]!, beside.rank[node]!, beside.parent[node]!, beside.edge[node]!);
  }
  return world;
}

const MUTATED_ELSEWHERE = EdgeBit.elsewhere | EdgeBit.runtime;

function copyOf({ distance, parent, edge, rank }: WorldReach): WorldReach {
  return { distance: distance.slice(), parent: parent.slice(), edge: edge.slice(), rank: rank.slice() };
}

/** What passes on, then one more hop to those who only use. */
function compileWorld(graph: ReachGraph, bits: Uint8Array): WorldReach {
  const through = spread(graph, startsOf(bits, SeedBit.compile), SURFACE_EDGES);
  const world: WorldReach = { ...copyOf(through), through };
  for (let node = 0; node < graph.count; node++) {
    if ((bits[node]! & SeedBit.gone) !== 0) markSeed(world, node);
  }
  const { offsets, dependents, words } = graph.reverse;
  for (let node = 0; node < graph.count; node++) {
    const hops = through.distance[node]!;
    const gone = (bits[node]! & SeedBit.gone) !== 0;
    if (hops < 0 && !gone) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const word = words[i]!;
      const rank = edgeRank(word);
      if (gone && (word & EdgeBit.gone) !== 0) improve(world, dependents[i]!, 1, rank, node, word);
      if (hops < 0 || (word & EdgeBit.compile) === 0) continue;
      improve(world, dependents[i]!, hops + edgeCost(word), Math.max(rank, through.rank[node]!), node, word);
    }
  }
  if (graph.unmoved !== undefined) leaveOut(world, graph.unmoved);
  return world;
}

function leaveOut({ distance, parent, edge, rank }: WorldReach, unmoved: Uint8Array): void {
  for (let node = 0; node < unmoved.length; node++) {
    if (unmoved[node] === 0) continue;
    distance[node] = -1;
    parent[node] = -1;
    edge[node] = 0;
    rank[node] = UNREACHED_RANK;
  }
}

/** Takes a way that is shorter, or as short and surer; the first of equal ways stays. */
function improve(world: WorldReach, node: number, hops: number, rank: number, from: number, word: number): void {
  const known = world.distance[node]!;
  if (known !== -1 && (known < hops || (known === hops && world.rank[node]! <= rank))) return;
  world.distance[node] = hops;
  world.rank[node] = rank;
  world.parent[node] = from;
  world.edge[node] = word;
}

function markSeed(world: WorldReach, node: number): void {
  world.distance[node] = 0;
  world.rank[node] = 0;
  world.parent[node] = -1;
  world.edge[node] = 0;
}

/** What a node costs as a place to cross from: the cheapest of its worlds. Rank 255 where it is in none. */
export function crossingSource(
  node: number,
  runtime: WorldReach,
  compile: WorldReach,
): { readonly world: 'runtime' | 'compile'; readonly distance: number; readonly rank: number } | undefined {
  const first = runtime.distance[node]!;
  const second = compile.distance[node]!;
  if (first < 0 && second < 0) return undefined;
  const closer = second < first || (second === first && compile.rank[node]! < runtime.rank[node]!);
  if (first < 0 || (second >= 0 && closer)) {
    return { world: 'compile', distance: second, rank: compile.rank[node]! };
  }
  return { world: 'runtime', distance: first, rank: runtime.rank[node]! };
}

function systemWorld(graph: ReachGraph, bits: Uint8Array, runtime: WorldReach, compile: WorldReach): WorldReach {
  const arrivals: Arrival[] = [];
  const { offsets, dependents, words } = graph.reverse;
  for (let parent = 0; parent < graph.count; parent++) {
    const seeded = (bits[parent]! & SeedBit.system) !== 0;
    if (!seeded && runtime.distance[parent]! < 0 && compile.distance[parent]! < 0) continue;
    for (let i = offsets[parent]!; i < offsets[parent + 1]!; i++) {
      const word = words[i]!;
      if ((word & EdgeBit.system) === 0) continue;
      const source = seeded ? { distance: 0, rank: 0 } : crossingSource(parent, runtime, compile)!;
      const rank = Math.max(edgeRank(word), source.rank);
      arrivals.push({ node: dependents[i]!, distance: source.distance + edgeCost(word), rank, parent, word });
    }
  }
  const starts = startsOf(bits, SeedBit.system);
  if (arrivals.length === 0 && starts.length === 0) return emptyWorld(graph.count);
  arrivals.sort((left, right) => left.distance - right.distance);
  const through = spread(graph, arrivals, CROSSED_EDGES);
  if (starts.length === 0) return through;
  const world: WorldReach = { ...copyOf(through), through };
  for (const start of starts) markSeed(world, start.node);
  return world;
}
