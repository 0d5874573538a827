/** Every case of the rules' pages, with both ESLint majors and each parser that can read it; suggestions and silences beside them. */
import type { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MadeRepository } from '@blast-radius/testkit';
import { rulePages, type DocumentedCase } from './documented-cases.js';
import { indexed, linter, lintUnsaved, MAJORS, useOwnCache, type PARSERS } from './linted.js';

const removeCache = useOwnCache();
afterAll(removeCache);

const parsersFor = ({ file }: DocumentedCase): (keyof typeof PARSERS)[] =>
  file.endsWith('.js') ? ['espree', 'typescript'] : ['typescript'];

describe.each(rulePages().map((page) => [page.rule, page.cases] as const))('%s', (rule, cases) => {
  describe.each(cases.map((one) => [one.fires ? 'fires' : 'silent', one.title, one] as const))(
    '%s: %s',
    (_, _title, one) => {
      let made: MadeRepository;
      beforeAll(async () => (made = await indexed(one.base)));
      afterAll(() => made.dispose());

      test.each(MAJORS.flatMap(([major, ESLint]) => parsersFor(one).map((parser) => [major, parser, ESLint] as const)))(
        'ESLint %s, %s',
        async (_major, parser, ESLint) => {
          const rules: Linter.RulesRecord = {
            [`blast-radius/${rule}`]: one.options === undefined ? 'error' : ['error', one.options],
          };
          const messages = await lintUnsaved({ ESLint, root: made.root, parser, rules }, one.file, one.text);
          expect(messages.map(({ message }) => message)).toEqual(one.says);
          expect(messages.map(({ ruleId }) => ruleId)).toEqual(one.says.map(() => `blast-radius/${rule}`));
        },
      );
    },
  );
});

const MONEY = {
  'src/money.ts':
    'export interface Money { amount: number }\nexport const format = (money: Money) => String(money.amount);\n',
  'src/cart.ts':
    "import { format, type Money } from './money';\nexport const cart = (money: Money) => format(money);\n",
};

describe.each(MAJORS)('ESLint %s', (_, ESLint) => {
  let made: MadeRepository;
  beforeAll(async () => (made = await indexed(MONEY)));
  afterAll(() => made.dispose());
  const input = (rules: Record<string, 'error'>) => ({ ESLint, root: made.root, parser: 'typescript', rules }) as const;

  test('a place is the name in its declaration', async () => {
    const rules = { 'blast-radius/no-breaking-change': 'error' } as const;
    const text = MONEY['src/money.ts'].replace('(money: Money)', '()');
    const [message] = await lintUnsaved(input(rules), 'src/money.ts', text);
    expect(message).toMatchObject({ line: 2, column: 14, endLine: 2, endColumn: 20 });
  });

  test('suggestions export again what is still declared', async () => {
    const rules = { 'blast-radius/no-removed-export': 'error' } as const;
    const text = MONEY['src/money.ts']
      .replace('export interface', 'interface')
      .replaceAll('export const format', 'const written');
    const messages = await lintUnsaved(input(rules), 'src/money.ts', text);
    const fixes = messages.map(({ suggestions }) => suggestions?.[0]?.fix.text);
    expect(fixes).toEqual(['export type { Money };\n', 'export { written as format };\n']);
    const [, end] = messages[0]?.suggestions?.[0]?.fix.range ?? [];
    expect(end).toBe(text.length);
    expect(await lintUnsaved(input(rules), 'src/money.ts', text + fixes.join(''))).toEqual([]);
  });

  test('lines are ESLint’s, where the text has other separators than line feeds', async () => {
    const rules = { 'blast-radius/no-breaking-change': 'error' } as const;
    const text = `/* a\u2028b\u2029c\rd */\n${MONEY['src/money.ts'].replace('(money: Money)', '()')}`;
    const [message] = await lintUnsaved(input(rules), 'src/money.ts', text);
    expect(message).toMatchObject({ line: 6, column: 14, endLine: 6, endColumn: 20 });
  });

  test('names of the repository are words in a message, and texts in a suggestion', async () => {
    const name = 'a\n::error::b\u001b[31m\u202e##[group]';
    const written = JSON.stringify(name);
    const one = await indexed({
      'src/a.ts': `const a = 1;\nexport { a as ${written} };\n`,
      'src/\u001b[31m\n::error::x.ts': `import { ${written} as a } from './a';\nexport const b = () => a;\n`,
    });
    try {
      const rules = {
        'blast-radius/no-removed-export': 'error',
        'blast-radius/no-unseen-dependency': 'error',
      } as const;
      const text = `const a = 1;\nimport ${JSON.stringify(`./${name}`)};\n`;
      const messages = await lintUnsaved({ ...input(rules), root: one.root }, 'src/a.ts', text);
      const [suggestion] = messages.flatMap(({ suggestions = [] }) => suggestions);
      const said = [...messages.map(({ message }) => message), suggestion?.desc ?? ''];
      expect(said).toEqual([
        expect.stringMatching(/a\\x0a::error::b\\x1b\[31m\\u\{202e\}\\x23#\[group\].*\\x1b\[31m\\x0a::error::x\.ts/),
        expect.stringContaining('a\\x0a::error::b'),
      ]);
      for (const text of said) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]|##\[/u);
      expect(suggestion?.fix.text).toBe(`export { a as ${written} };\n`);
    } finally {
      one.dispose();
    }
  });

  test('what is saved is judged by what is in hand', async () => {
    const rules = { 'blast-radius/max-radius': 'error', 'blast-radius/no-removed-export': 'error' } as const;
    expect(await linter(input(rules)).lintFiles(['src'])).toMatchObject([{ messages: [] }, { messages: [] }]);
  });

  test('blocks of other files and components are left alone', async () => {
    const rules = { 'blast-radius/no-removed-export': 'error', 'blast-radius/no-unseen-dependency': 'error' } as const;
    expect(await lintUnsaved(input(rules), 'src/cart.vue', 'export default () => eval("1");\n')).toEqual([]);
  });
});
