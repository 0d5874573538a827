/** `no-contract-break`: other code relies on a route, procedure, topic, table or column that this file no longer offers. */
import type { OfferingRole } from '@blast-radius/core/lint';
import { lintRule } from '../lint-rule.js';
import { FIRST_CHARACTER, locationOf, usedBy } from '../words.js';

/** What a file does with it. */
const OFFERS: Readonly<Record<OfferingRole, string>> = {
  'http.route': 'answers',
  'trpc.procedure': 'has the procedure',
  'graphql.field': 'resolves',
  'mq.publish': 'publishes',
  'event.emit': 'emits',
  'orm.model': 'declares',
};

export const noContractBreak = lintRule<object>({
  name: 'no-contract-break',
  type: 'problem',
  description: 'Disallow removing routes, procedures, topics, tables and columns that other files rely on',
  messages: {
    gone: 'This file no longer {{offers}} `{{name}}`; it is {{used}}.',
    renamed: 'This file no longer {{offers}} `{{name}}` (but `{{now}}`); it is {{used}}.',
  },
  properties: {},
  defaults: {},
  presets: { recommended: ['warn'], strict: ['error'] },
  check({ judgement, sourceCode, report }) {
    for (const gone of judgement.gone) {
      const { role, name, now, dependents } = gone;
      const line = now?.line ?? gone.line;
      report({
        loc: line === undefined ? FIRST_CHARACTER : locationOf(sourceCode, { name: '', line }),
        messageId: now === undefined ? 'gone' : 'renamed',
        data: { offers: OFFERS[role], name, used: usedBy(dependents), now: now?.key ?? '' },
      });
    }
  },
});
