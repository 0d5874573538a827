/** `no-removed-export`: others import a name that this file no longer exports. */
import type { LostExport } from '@blast-radius/core/lint';
import type { Rule } from 'eslint';
import { lintRule } from '../lint-rule.js';
import { FIRST_CHARACTER, isUsed, locationOf, nameOf, usedBy } from '../words.js';

export const noRemovedExport = lintRule<object>({
  name: 'no-removed-export',
  type: 'problem',
  description: 'Disallow removing exports that other files import',
  hasSuggestions: true,
  messages: {
    removed: '{{name}} is no longer exported from this file; it is {{used}}.',
    renamed: '{{name}} is no longer exported from this file (the declaration is `{{now}}`); it is {{used}}.',
    throughStar: '{{name}} no longer comes through an `export *` of this file; it is {{used}}.',
    exportAgain: 'Export `{{now}}` as {{name}} again.',
  },
  properties: {},
  defaults: {},
  presets: { recommended: ['error'], strict: ['error'] },
  check({ judgement, sourceCode, report }) {
    for (const lost of judgement.lost) {
      if (!isUsed(lost.dependents)) continue;
      const { declared } = lost;
      const name = nameOf({ name: lost.name, kind: 'export' });
      const data = { name, used: usedBy(lost.dependents), now: declared?.name ?? '' };
      report({
        loc: declared === undefined ? FIRST_CHARACTER : locationOf(sourceCode, declared),
        messageId: lost.throughStar
          ? 'throughStar'
          : declared === undefined || declared.name === lost.name
            ? 'removed'
            : 'renamed',
        data,
        suggest:
          declared === undefined
            ? []
            : [{ messageId: 'exportAgain', data, fix: exportAgain(lost.name, declared, sourceCode.text) }],
      });
    }
  },
});

function exportAgain(
  name: string,
  { name: now, typeOnly }: NonNullable<LostExport['declared']>,
  text: string,
): Rule.ReportFixer {
  const as = name === now ? now : `${now} as ${isIdentifier(name) ? name : JSON.stringify(name)}`;
  const line = `${text.endsWith('\n') ? '' : '\n'}export ${typeOnly ? 'type ' : ''}{ ${as} };\n`;
  return (fixer) => fixer.insertTextAfterRange([text.length, text.length], line);
}

/** Any other name is exported as a text. */
function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name);
}
