/** All rules by name; a new rule is one file, one line here, one page in docs/eslint and its cases. */
import type { LintRule } from '../lint-rule.js';
import { maxRadius } from './max-radius.js';
import { noBreakingChange } from './no-breaking-change.js';
import { noContractBreak } from './no-contract-break.js';
import { noRemovedExport } from './no-removed-export.js';
import { noSensitiveChange } from './no-sensitive-change.js';
import { noUnseenDependency } from './no-unseen-dependency.js';

export const RULES: Readonly<Record<string, LintRule>> = {
  'max-radius': maxRadius,
  'no-breaking-change': noBreakingChange,
  'no-contract-break': noContractBreak,
  'no-removed-export': noRemovedExport,
  'no-sensitive-change': noSensitiveChange,
  'no-unseen-dependency': noUnseenDependency,
};
