/** Rules of packages that much of the repository stands on: `lib/…`. */
import { rulesOf, type RuleRow } from './rule.js';

const ROWS: readonly RuleRow[] = [
  [
    'shared-changed',
    'low',
    'risky',
    'Shared library changed',
    'A package on which at least four others depend directly, and a quarter as central as the most central one, has a change that reaches three other packages or more.',
    'What goes wrong goes wrong in all of them at once.',
    'Roll it out by dependents, or behind a flag; ask an owner of one of them.',
  ],
  [
    'shared-contract-changed',
    'medium',
    'risky',
    'Contract of a shared library changed',
    'The same, and what others see of it is not what it was: a signature, a type, a name.',
    'Each dependent has to be looked at, and those outside the repository too.',
    'Add beside, deprecate, and remove when nobody uses it.',
  ],
];

/** As written. */
export const SHARED_LIBRARY_RULES = rulesOf('lib', 'shared-library', ROWS);
