/**
 * What a worker thread can do: extract facts, size reaches. Both are the same pure functions that run inline.
 * In: plain records and typed arrays over shared memory. Out: plain records, those of facts as one text. Not here: when it pays (pool.ts).
 */
import workerpool from 'workerpool';
import { reachSizes, type Places, type ReachGraph, type Seed } from '../../analyze/reach/index.js';
import type { ReachSize } from '../../model/impact.js';
import { extractFacts, type FactsInput } from '../facts/index.js';

/** Facts as JSON: cheaper to write, send and read than records that are cloned one by one. */
function extractBatch(inputs: readonly FactsInput[]): string {
  return JSON.stringify(inputs.map((input) => extractFacts(input)));
}

function sizeBatch(graph: ReachGraph, seeds: readonly Seed[], places: Places): ReachSize[] {
  return reachSizes(graph, seeds, places);
}

workerpool.worker({ extractBatch, sizeBatch });
