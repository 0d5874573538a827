/** `max-radius`: a symbol on which much depends was changed. */
import { lintRule } from '../lint-rule.js';
import { count, locationOf, nameOf, usedBy } from '../words.js';

interface Options {
  readonly files: number;
  readonly packages: number;
}

export const maxRadius = lintRule<Options>({
  name: 'max-radius',
  type: 'suggestion',
  description: 'Warn where a changed symbol has more dependents than a limit',
  messages: {
    tooFar: '{{name}} differs from the base and is {{used}}. That is more than {{limit}}; {{all}} in all.',
  },
  properties: {
    files: { type: 'integer', minimum: 0, description: 'How many files may use a changed symbol directly' },
    packages: { type: 'integer', minimum: 0, description: 'How many other packages may use a changed symbol directly' },
  },
  defaults: { files: 20, packages: 3 },
  presets: { recommended: ['warn'], strict: ['error', { files: 10, packages: 2 }] },
  check({ judgement, sourceCode, options, report }) {
    for (const changed of judgement.changed) {
      const { directFiles, directPackages, files } = changed.dependents;
      const over =
        directFiles > options.files
          ? count(options.files, 'file')
          : directPackages > options.packages
            ? count(options.packages, 'other package')
            : undefined;
      if (over === undefined) continue;
      report({
        loc: locationOf(sourceCode, changed),
        messageId: 'tooFar',
        data: {
          name: nameOf(changed),
          used: usedBy(changed.dependents),
          limit: over,
          all: `${count(files, 'file')} depend${files === 1 ? 's' : ''} on it`,
        },
      });
    }
  },
});
