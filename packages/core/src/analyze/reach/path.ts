/**
 * One shortest path from a change to what it reaches, read back out of the reach arrays.
 * In: a Reach, a world, a node. Out: nodes and edge words from the seed on.
 * Not here: names (analyze/impact).
 */
import { EdgeBit, SeedBit, WORLDS, edgeRank } from '../../model/index.js';
import type { Reach, World, WorldReach } from '../../model/index.js';
import { crossingSource, reach as reachOf } from './kernel.js';
import { edgeCost } from './layer.js';
import type { ReachGraph } from './layer.js';

/** `words[i]` is the edge from `nodes[i]` to its dependent `nodes[i + 1]`. */
export interface ReachPath {
  readonly nodes: readonly number[];
  readonly words: readonly number[];
}

/**
 * The path that `distance` and `rank` of `node` stand for, changed symbol first.
 * A path in the system world begins in the world it crossed over from.
 * @returns `undefined` where `node` is not reached in `world`. Time O(length of the path).
 */
export function pathTo(reach: Reach, world: World, node: number): ReachPath | undefined {
  if (reach[world].distance[node]! < 0) return undefined;
  const nodes = [node];
  const words: number[] = [];
  let place: Place = { world, layer: reach[world] };
  for (let at = node; ;) {
    const parent: number = place.layer.parent[at]!;
    if (parent < 0) break;
    nodes.push(parent);
    words.push(place.layer.edge[at]!);
    const before = parentPlace(reach, place, at, parent);
    if (before === undefined) break;
    place = before;
    at = parent;
  }
  return { nodes: nodes.reverse(), words: words.reverse() };
}

/** A layer of a world, in which a path is being read. */
export interface Place {
  readonly world: World;
  readonly layer: WorldReach;
}

/** The layer in which the way to `parent` goes on; `undefined` where `parent` is the seed itself. */
export function parentPlace(reach: Reach, place: Place, node: number, parent: number): Place | undefined {
  const word = place.layer.edge[node]!;
  const inner = reach[place.world].through ?? reach[place.world];
  if (place.world === 'runtime')
    return place.layer !== inner && leadsTo(inner, parent, place.layer, node)
      ? { world: 'runtime', layer: inner }
      : place;
  if (place.world === 'compile') {
    if ((word & EdgeBit.compile) === 0) return undefined;
    if ((word & EdgeBit.gone) === 0 || leadsTo(inner, parent, place.layer, node))
      return { world: 'compile', layer: inner };
    return undefined;
  }
  if ((word & EdgeBit.system) === 0) return { world: 'system', layer: inner };
  if (reach.system.distance[parent] === 0 && reach.system.parent[parent] === -1) return undefined;
  const source = crossingSource(parent, reach.runtime, reach.compile);
  if (source !== undefined && fits(source.distance, source.rank, word, place.layer, node)) {
    return { world: source.world, layer: reach[source.world] };
  }
  if (leadsTo(inner, parent, place.layer, node)) return { world: 'system', layer: inner };
  return undefined;
}

function leadsTo(from: WorldReach, parent: number, layer: WorldReach, node: number): boolean {
  return (
    from.distance[parent]! >= 0 && fits(from.distance[parent]!, from.rank[parent]!, layer.edge[node]!, layer, node)
  );
}

function fits(hops: number, rank: number, word: number, layer: WorldReach, node: number): boolean {
  return hops + edgeCost(word) === layer.distance[node] && Math.max(rank, edgeRank(word)) === layer.rank[node];
}

/** One dependent of a node, in one world. */
export interface Dependent {
  readonly node: number;
  readonly world: World;
  /** Hops; 0 only where free edges join it to the node. */
  readonly distance: number;
  /** Weakest confidence rank on the path. */
  readonly rank: number;
}

/**
 * Everything that depends on any of `nodes`, directly or not, ordered by distance, world, id; the nodes themselves left out.
 * @param bits how they are taken to change (`SeedBit`); by default in every world.
 * @returns the dependents, and the reach from which {@link pathTo} explains each. Time O(nodes + edges).
 */
export function dependentsOf(
  graph: ReachGraph,
  nodes: readonly number[],
  bits: number = SeedBit.runtime | SeedBit.compile | SeedBit.system,
): { readonly dependents: readonly Dependent[]; readonly reach: Reach } {
  const reach = reachOf(
    graph,
    nodes.map((node) => ({ node, seeds: bits })),
  );
  const own = new Set(nodes);
  const dependents: Dependent[] = [];
  for (const world of WORLDS) {
    const { distance, rank } = reach[world];
    for (let node = 0; node < graph.count; node++) {
      if (distance[node]! < 0 || own.has(node)) continue;
      dependents.push({ node, world, distance: distance[node]!, rank: rank[node]! });
    }
  }
  dependents.sort(
    (a, b) => a.distance - b.distance || WORLDS.indexOf(a.world) - WORLDS.indexOf(b.world) || a.node - b.node,
  );
  return { dependents, reach };
}
