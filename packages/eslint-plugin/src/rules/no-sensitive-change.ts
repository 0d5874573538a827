/** `no-sensitive-change`: a symbol that checks access, queries a table or sets an amount differs from the base. */
import { SENSITIVE_KINDS, type SensitiveKind } from '@blast-radius/core/lint';
import { lintRule } from '../lint-rule.js';
import { isUsed, locationOf, nameOf, usedBy } from '../words.js';

interface Options {
  readonly kinds: readonly SensitiveKind[];
}

/** What a symbol does. */
const DOES: Readonly<Record<SensitiveKind, string>> = {
  access: 'checks access or handles secrets',
  query: 'queries a database',
  amount: 'sets an amount of a resource',
  support: 'is what a check of access runs',
};

export const noSensitiveChange = lintRule<Options>({
  name: 'no-sensitive-change',
  type: 'suggestion',
  description: 'Warn where code that checks access, queries a database or sets amounts of resources was changed',
  messages: {
    changed: '{{name}} differs from the base and {{does}}.',
    used: '{{name}} differs from the base and {{does}}; it is {{used}}.',
  },
  properties: {
    kinds: {
      type: 'array',
      items: { enum: [...SENSITIVE_KINDS] },
      uniqueItems: true,
      description:
        'What is sensitive: `access` and `support` (what a check of access runs), `query`, `amount` (pools, timeouts, limits)',
    },
  },
  defaults: { kinds: ['access', 'amount'] },
  presets: { recommended: ['warn'], strict: ['error', { kinds: [...SENSITIVE_KINDS] }] },
  check({ judgement, sourceCode, options, report }) {
    for (const changed of judgement.changed) {
      const why = changed.sensitive.filter((kind) => options.kinds.includes(kind));
      if (why.length === 0) continue;
      const used = isUsed(changed.dependents);
      report({
        loc: locationOf(sourceCode, changed),
        messageId: used ? 'used' : 'changed',
        data: {
          name: nameOf(changed),
          does: why.map((kind) => DOES[kind]).join(' and '),
          used: used ? usedBy(changed.dependents) : '',
        },
      });
    }
  },
});
