/**
 * One difference between two declarations of a name, and how it was decided.
 * Effects are those of the rule's row; a difference may say that only a checker can tell. Not here: how differences are found.
 */
import { ruleOf } from '../../catalogue/rules/index.js';
import type { Compatibility } from '../../model/change.js';
import type { CompatibilityFinding } from '../../model/compatibility.js';
import type { TypePosition } from '../../model/surface.js';

export type { CompatibilityFinding, TypePosition };

/** What comparing two shapes gives for one qualified name (`Job`, `Job.run`). */
export interface Differences {
  readonly findings: readonly CompatibilityFinding[];
  /** Positions whose types a checker has to compare; what it says may add findings. */
  readonly positions: readonly TypePosition[];
  /** Everything that differs in writing is in `findings`: no checker is needed. */
  readonly complete: boolean;
  /** Nothing unwritten can differ either: without findings, nothing does. */
  readonly exhaustive?: true;
}

/** A finding of the rule `ts/id`. */
export function finding(id: string, detail: string): CompatibilityFinding {
  return { rule: `ts/${id}`, effect: effectOf(id), detail };
}

/** How a rule's row reads as compatibility: `risky` breaks those who go through every case. */
export function effectOf(id: string): Compatibility {
  const { verdict, severity } = ruleOf(`ts/${id}`);
  if (verdict === 'safe') return 'additive';
  if (verdict === 'unknown') return 'unknown';
  return severity === 'info' ? 'neutral' : 'breaking';
}

/** Nothing differs in writing. */
export const NO_DIFFERENCE: Differences = { findings: [], positions: [], complete: true };

/** All that differs in the parts of one declaration. Nothing unwritten can differ only where that holds of each part. */
export function joinedDifferences(...parts: readonly Differences[]): Differences {
  const exhaustive = parts.length > 0 && parts.every((one) => one.exhaustive === true);
  return {
    findings: parts.flatMap(({ findings }) => findings),
    positions: parts.flatMap(({ positions }) => positions),
    complete: parts.every(({ complete }) => complete),
    ...(exhaustive ? { exhaustive: true } : {}),
  };
}

/** Gravest last. */
export const EFFECTS: readonly Compatibility[] = ['neutral', 'additive', 'unknown', 'breaking'];

/** The gravest of them; `neutral` of none. */
export function worstEffect(effects: Iterable<Compatibility>): Compatibility {
  let worst = 0;
  for (const one of effects) worst = Math.max(worst, EFFECTS.indexOf(one));
  return EFFECTS[worst]!;
}
