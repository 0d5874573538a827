/**
 * Compatibility of a declaration with what it was, and the rules that decide it.
 * In: two revisions of a declaration. Out: a word and findings. Source: docs/types.md, "Compatibility".
 */

/** Whether dependents can go on as they are, with the rule that decided. */
export type Compatibility = 'breaking' | 'additive' | 'neutral' | 'unknown';

/** A rule that fired on a changed declaration. */
export interface CompatibilityFinding {
  /** Id of the catalogue: `ts/function-param-added-required`. */
  readonly rule: string;
  readonly effect: Compatibility;
  /** What differs, in names: `parameter 2 (b)`. */
  readonly detail: string;
}
