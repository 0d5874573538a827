/**
 * What a set of changes reaches: per node and world one distance, one confidence and one shortest path.
 */

/** The three worlds; an impact is in one of them. */
export const WORLDS = ['runtime', 'compile', 'system'] as const;

/** See {@link WORLDS}. */
export type World = (typeof WORLDS)[number];

/** One world's answer of the reach kernel, each array of the graph's node count. */
export interface WorldReach {
  /** Hops from the nearest seed; −1 = unreached, 0 = a seed (or joined to one by free edges). */
  readonly distance: Int32Array;
  /** The node before on one shortest path; −1 = seed or unreached. */
  readonly parent: Int32Array;
  /** Word of the edge from `parent`; 0 where there is none. */
  readonly edge: Uint32Array;
  /** Weakest confidence rank on that path: the strongest such among the shortest paths; 255 = unreached. */
  readonly rank: Uint8Array;
  /**
   * The same for the ways that can go on: a compile world also holds dependents that pass nothing on, and what lies
   * behind a node is as far as the node is in here; a runtime world, ways that follow no mutation made elsewhere.
   * Absent = this record itself. Only `pathTo` needs it.
   */
  readonly through?: WorldReach;
}

/** The union over all changes. */
export interface Reach {
  readonly runtime: WorldReach;
  readonly compile: WorldReach;
  readonly system: WorldReach;
}

/** How much one changed symbol reaches by itself. Tests are counted apart and in nothing else here. */
export interface ReachSize {
  /** Symbols at distance 1, at distance ≤ 2, and all, over all worlds. */
  readonly direct: number;
  readonly twoHop: number;
  readonly total: number;
  /** The same in files (the changed file itself not counted). */
  readonly directFiles: number;
  readonly twoHopFiles: number;
  readonly files: number;
  readonly packages: number;
  readonly apps: number;
  readonly tests: number;
}
