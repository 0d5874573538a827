/** `no-breaking-change`: others use a symbol whose signature no longer fits them. */
import type { ChangedSymbol } from '@blast-radius/core/lint';
import { lintRule } from '../lint-rule.js';
import { isUsed, locationOf, nameOf, usedBy } from '../words.js';

interface Options {
  readonly unproven: boolean;
}

export const noBreakingChange = lintRule<Options>({
  name: 'no-breaking-change',
  type: 'problem',
  description: 'Disallow changes of signatures that break files which use them',
  messages: {
    breaks: '{{name}} {{how}}; it is {{used}}.',
    retargeted: '{{name}} stands for something else now, which may break others; it is {{used}}.',
    unproven: '{{name}} looks different to others now, which may break them; it is {{used}}.',
  },
  properties: {
    unproven: {
      type: 'boolean',
      description:
        'Report changed signatures and types, and exports that stand for something else, too of which this file alone can not prove that they break anything',
    },
  },
  defaults: { unproven: false },
  presets: { recommended: ['warn'], strict: ['error', { unproven: true }] },
  check({ judgement, sourceCode, options, report }) {
    const outward = judgement.changed.filter(({ how, dependents }) => how !== 'body' && isUsed(dependents));
    const proven = outward.filter(({ breaks }) => breaks.length > 0);
    for (const changed of proven) {
      const data = { name: nameOf(changed), how: changed.breaks.join(' and '), used: usedBy(changed.dependents) };
      report({ loc: locationOf(sourceCode, changed), messageId: 'breaks', data });
    }
    if (!options.unproven) return;
    for (const changed of outward.filter((one) => !isSaid(one, proven))) {
      const data = { name: nameOf(changed), used: usedBy(changed.dependents) };
      report({ loc: locationOf(sourceCode, changed), messageId: 'unproven', data });
    }
    for (const other of judgement.retargeted.filter(({ dependents }) => isUsed(dependents))) {
      const data = { name: nameOf({ name: other.name, kind: 'export' }), used: usedBy(other.dependents) };
      report({ loc: locationOf(sourceCode, other), messageId: 'retargeted', data });
    }
  },
});

/** A whole looks different because a part of it does: the part is named already. */
function isSaid({ name }: ChangedSymbol, proven: readonly ChangedSymbol[]): boolean {
  return proven.some((one) => one.name === name || one.name.startsWith(`${name}.`));
}
