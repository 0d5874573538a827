/** `no-unseen-dependency`: a dependency that static analysis can't see, so that a change of it warns nobody. */
import { lintRule } from '../lint-rule.js';
import { locationOf } from '../words.js';

export const noUnseenDependency = lintRule<object>({
  name: 'no-unseen-dependency',
  type: 'suggestion',
  description: 'Disallow dependencies that change-impact analysis can not follow',
  messages: {
    'dynamic-import':
      'What this `import()` loads is computed: a change of it will not be seen to reach this file. Name the folder in the specifier, or list the modules.',
    'dynamic-require':
      'What this `require()` loads is computed: a change of it will not be seen to reach this file. Name the folder in the specifier, or list the modules.',
    glob: 'What this pattern matches is computed: a change of it will not be seen to reach this file. Write the pattern as a literal.',
    eval: 'What code in a text uses can not be followed: a change of it will not be seen to reach this file.',
    with: 'What names mean inside `with` can not be followed: a change of it will not be seen to reach this file.',
    unresolved:
      '`{{what}}` leads nowhere in this repository: a change of what it means will not be seen to reach this file.',
  },
  properties: {},
  defaults: {},
  presets: { recommended: ['warn'], strict: ['error'] },
  check({ judgement, sourceCode, report }) {
    for (const { kind, line, what } of judgement.unseen)
      report({ loc: locationOf(sourceCode, { name: '', line }), messageId: kind, data: { what } });
  },
});
