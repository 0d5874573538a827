/**
 * How sure an edge is, strongest first, and how it weakens along a path.
 * Source: docs/impact-model.md, "Edges".
 */

/** Every confidence, strongest first; its index is its rank in typed arrays (0 = strongest). */
export const CONFIDENCES = ['bound', 'typed', 'structural', 'pattern', 'named'] as const;

/**
 * - `bound`: lexical binding proves it
 * - `typed`: the type checker says so
 * - `structural`: the member sets match
 * - `pattern`: a glob, a template string, a convention
 * - `named`: only a name in common
 */
export type Confidence = (typeof CONFIDENCES)[number];

/** Rank of a confidence: 0 is the strongest, 4 the weakest. A path's rank is its edges' maximum. */
export function confidenceRank(confidence: Confidence): number {
  return CONFIDENCES.indexOf(confidence);
}
