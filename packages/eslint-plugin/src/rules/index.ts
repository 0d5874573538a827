/** All rules by name; a new rule is one file, one line here, one page in docs/eslint and its cases. */
import type { LintRule } from '../lint-rule.js';
import { maxRadius } from './max-radius.js';
import { noBreakingChange } from './no-breaking-change.js';
import { noRemovedExport } from './no-removed-export.js';
import { noUnseenDependency } from './no-unseen-dependency.js';

export const RULES: Readonly<Record<string, LintRule>> = {
  'max-radius': maxRadius,
  'no-breaking-change': noBreakingChange,
  'no-removed-export': noRemovedExport,
  'no-unseen-dependency': noUnseenDependency,
};
