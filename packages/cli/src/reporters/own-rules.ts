/**
 * Rules of the report itself, in the catalogue's words: marks that do not come from a flag.
 * Not here: the catalogue's rules; a report carries those that it names.
 */
import type { RiskRule } from '@blast-radius/core';

/** A rule without a kind of sensitive change. */
export type OwnRule = Omit<RiskRule, 'kind' | 'anchor'>;

/** By what they mark. */
export const OWN_RULES = {
  typeError: {
    id: 'compile/new-type-error',
    severity: 'high',
    verdict: 'breaking',
    title: 'New type error',
    cause: 'The type checker finds an error in the head that the base has not.',
    consequence: 'The place does not compile against the changed declaration.',
    remedy: 'Adapt the place to the change, or keep the declaration compatible.',
  },
  breakingChange: {
    id: 'change/breaking',
    severity: 'medium',
    verdict: 'breaking',
    title: 'Breaking change with dependents',
    cause: 'A declaration is removed, renamed or no longer fits where the old one stood, and something depends on it.',
    consequence: 'Dependents that were not adapted in the same change stop working, in this repository and outside it.',
    remedy:
      'Look at the dependents that are listed; where some are released apart, keep the old form beside the new one.',
  },
  notFollowed: {
    id: 'unknown/not-followed',
    severity: 'medium',
    verdict: 'unknown',
    title: 'Could not be followed',
    cause:
      'Something near the change (a computed name, a broken file, a schema whose readers are not known) could not be followed.',
    consequence:
      'There may be dependents that the report does not count: its score is a lower bound, not an all-clear.',
    remedy: 'Look there by hand, or make the reference static.',
  },
} as const satisfies Record<string, OwnRule>;
