/**
 * Hubs: nodes that most of the reach passes through.
 * In: a Reach and the impacts at their nearest. Out: how many impacts' shortest paths pass through each node.
 * Paths share their beginnings, so they form trees: leaves are peeled off and their counts handed on. O(nodes).
 */
import type { Reach, World, WorldReach } from '../../model/index.js';
import { parentPlace } from '../reach/index.js';
import type { NearestImpact } from './nearest.js';

/** A node and the impacts behind it. */
export interface Hub {
  readonly node: number;
  readonly behind: number;
}

/** A node is a hub where at least this share of the impacts lies behind it … */
const HUB_SHARE = 0.5;
/** … and at least this many: in a small impact set any node would be one. */
const HUB_MINIMUM = 10;
const HUBS = 5;

/**
 * The report's hubs, most behind first, then by node; changes are none.
 * @param impacts those that count: tests, which nothing passes through but other tests, are left out by the caller.
 */
export function findHubs(reach: Reach, impacts: readonly NearestImpact[], changed: Uint8Array): Hub[] {
  const least = Math.max(HUB_MINIMUM, impacts.length * HUB_SHARE);
  if (impacts.length < least) return [];
  const behind = impactsBehind(reach, impacts, changed.length);
  const hubs: Hub[] = [];
  for (let node = 0; node < changed.length; node++) {
    if (behind[node]! >= least && changed[node] === 0) hubs.push({ node, behind: behind[node]! });
  }
  return hubs.sort((left, right) => right.behind - left.behind || left.node - right.node).slice(0, HUBS);
}

/** For each node, the impacts whose shortest path passes through it (the impact's own node not counted). */
export function impactsBehind(reach: Reach, impacts: readonly NearestImpact[], count: number): Uint32Array {
  const behind = new Uint32Array(count);
  const inner: Record<World, Uint32Array> = {
    runtime: new Uint32Array(count),
    compile: new Uint32Array(count),
    system: new Uint32Array(count),
  };
  const credit = (world: World, layer: WorldReach, node: number, amount: number): void => {
    const parent = layer.parent[node]!;
    if (parent < 0) return;
    const place = parentPlace(reach, { world, layer }, node, parent);
    behind[parent]! += amount;
    if (place === undefined) return;
    if (place.layer === innerOf(reach, place.world)) inner[place.world][parent]! += amount;
    else credit(place.world, place.layer, parent, amount);
  };
  for (const { node, world } of impacts) credit(world, reach[world], node, 1);
  for (const world of ['system', 'compile', 'runtime'] as const) {
    const layer = innerOf(reach, world);
    peel(layer, parentsWithin(reach, world, layer), inner[world], (node, amount) => credit(world, layer, node, amount));
  }
  return behind;
}

/** The layer in which paths of a world go on. */
function innerOf(reach: Reach, world: World): WorldReach {
  return reach[world].through ?? reach[world];
}

/** Parents of the layer's own tree; −1 where a path goes on in another world or starts. */
function parentsWithin(reach: Reach, world: World, layer: WorldReach): Int32Array {
  return layer.parent.map((parent, node) => {
    if (parent < 0 || world !== 'system') return parent;
    return parentPlace(reach, { world, layer }, node, parent)?.layer === layer ? parent : -1;
  });
}

/** Visits each node that has a count after all that lie behind it. */
function peel(
  layer: WorldReach,
  parents: Int32Array,
  counts: Uint32Array,
  visit: (node: number, amount: number) => void,
): void {
  const waiting = new Uint32Array(counts.length);
  for (const parent of parents) if (parent >= 0) waiting[parent]!++;
  const ready: number[] = [];
  for (let node = 0; node < counts.length; node++) {
    if (layer.distance[node]! >= 0 && waiting[node] === 0) ready.push(node);
  }
  while (ready.length > 0) {
    const node = ready.pop()!;
    if (counts[node]! > 0) visit(node, counts[node]!);
    const parent = parents[node]!;
    if (parent >= 0 && --waiting[parent]! === 0) ready.push(parent);
  }
}
