/**
 * A contract between ends of the repository, and its sides.
 * In: endpoints, joined by join.ts and its like. Out: what contract-edges.ts makes nodes and edges of.
 */
import { confidenceRank, type Confidence } from '../../model/confidence.js';
import type { Endpoint } from '../../model/endpoint.js';

/** One side of a contract. */
export interface Side {
  readonly node: number;
  /** Confidence rank. */
  readonly rank: number;
}

/** A thing that two systems agree on, and both are here. */
export interface Contract {
  /** `http GET /orders/{}`, `table orders`, `env DATABASE_URL`: unique. */
  readonly name: string;
  readonly providers: readonly Side[];
  readonly consumers: readonly Side[];
  /** Contracts that it depends on: all columns on each, a model on its table. */
  readonly parts: readonly string[];
}

/** An end as a side, at its own confidence or a weaker one. */
export function sideOf(
  { node, confidence }: Pick<Endpoint, 'node' | 'confidence'>,
  weakest: Confidence = 'bound',
): Side {
  return { node, rank: Math.max(confidenceRank(confidence), confidenceRank(weakest)) };
}
