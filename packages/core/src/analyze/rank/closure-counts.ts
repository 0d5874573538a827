/**
 * How many things depend on each node, directly or not, for all nodes at once: exact where that can be had, else estimated.
 * In: the graph, and to which thing (symbol, file, package) each node counts. Out: one count per node, and how sure it is.
 * Not here: counting (closure-bits.ts, closure-sketches.ts).
 */
import type { ReachGraph } from '../reach/index.js';
import { exactCounts } from './closure-bits.js';
import { estimatedCounts, MEDIAN_ERROR } from './closure-sketches.js';
import { condense } from './condensation.js';

/** `auto` takes exact counts and gives up where they would cost more than {@link BUDGET}. */
export type CountMethod = 'auto' | 'exact' | 'estimate';

/**
 * Edges looked at before `auto` gives up: a little more than 200,000 nodes and a million edges cost in the dearest shape that
 * was found. Graphs of code cost a tenth of that, so five times as many nodes stay exact. Counted, not timed: the same
 * graph is counted the same way on every machine.
 */
const BUDGET = 4e9;

/** Counts per node. */
export interface ClosureCounts {
  /** Distinct things among each node's own, those of its transitive dependents and of the cycle that it is in. */
  readonly counts: Uint32Array;
  /** Median relative error; 0 where the counts are exact. */
  readonly medianError: number;
}

/**
 * Exact, whatever it costs.
 * @param thingOf  the thing that each node counts as; −1 = none (tests). The node itself counts too.
 * @param things   how many things there are.
 */
export function closureCounts(graph: ReachGraph, thingOf: Int32Array, things: number): Uint32Array {
  return closureCountsBy('exact', graph, thingOf, things).counts;
}

/** As {@link closureCounts}, by the method that is asked for. */
export function closureCountsBy(
  method: CountMethod,
  graph: ReachGraph,
  thingOf: Int32Array,
  things: number,
): ClosureCounts {
  const condensed = condense(graph, thingOf, things);
  const perNode = (totals: Uint32Array | Float64Array): Uint32Array =>
    Uint32Array.from(condensed.of, (component) => Math.round(totals[component]!));
  const exact = method === 'estimate' ? undefined : exactCounts(condensed, method === 'auto' ? BUDGET : Infinity);
  if (exact !== undefined) return { counts: perNode(exact), medianError: 0 };
  return { counts: perNode(estimatedCounts(condensed)), medianError: MEDIAN_ERROR };
}
