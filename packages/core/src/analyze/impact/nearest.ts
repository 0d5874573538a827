/**
 * For each reached node, the world in which it is nearest.
 * In: a Reach and the changed nodes. Out: one list of impacted nodes. The counts of the report are made of this:
 * a node that two worlds reach counts once.
 */
import { WORLDS } from '../../model/index.js';
import type { Change, Reach, World } from '../../model/index.js';

/** One impacted node, at its nearest. */
export interface NearestImpact {
  readonly node: number;
  readonly world: World;
  /** Hops; 0 only where free edges join it to a change. */
  readonly distance: number;
  /** Weakest confidence rank on the path. */
  readonly rank: number;
  /** Reached at run time or over a system boundary, not only by the compiler. */
  readonly runs: boolean;
}

/** 1 for nodes that a change starts from: they are no impacts. A change that travels nowhere may be an impact of another. */
export function changedNodes(count: number, changes: readonly Change[]): Uint8Array {
  const changed = new Uint8Array(count);
  for (const { node, seeds } of changes) if (seeds !== 0) changed[node] = 1;
  return changed;
}

/** Every reached node that is no change, in node order. On a tie the surer world, then the first of `WORLDS`, is the nearest. */
export function nearestImpacts(reach: Reach, changed: Uint8Array): NearestImpact[] {
  const found: NearestImpact[] = [];
  for (let node = 0; node < changed.length; node++) {
    if (changed[node] !== 0) continue;
    const world = nearestWorld(reach, node);
    if (world === undefined) continue;
    const runs = reach.runtime.distance[node]! >= 0 || reach.system.distance[node]! >= 0;
    found.push({ node, world, distance: reach[world].distance[node]!, rank: reach[world].rank[node]!, runs });
  }
  return found;
}

/** The world of the shortest, then surest path to `node`; `undefined` where it is unreached. */
export function nearestWorld(reach: Reach, node: number): World | undefined {
  let best: World | undefined;
  for (const world of WORLDS) {
    const hops = reach[world].distance[node]!;
    if (hops < 0) continue;
    const known = best === undefined ? Infinity : reach[best].distance[node]!;
    const surer = best !== undefined && reach[world].rank[node]! < reach[best].rank[node]!;
    if (hops < known || (hops === known && surer)) best = world;
  }
  return best;
}

/** That a node is not joined to a change by free edges, and so is somebody else. */
export function isApart(impact: NearestImpact): boolean {
  return impact.distance > 0;
}
