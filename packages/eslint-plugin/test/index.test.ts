/** Without an index, with two of them, and in worker threads. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareIndex } from '@blast-radius/core';
import { materialise, type MadeRepository } from '@blast-radius/testkit';
import type { Linter } from 'eslint';
import { afterAll, describe, expect, test } from 'vitest';
import { indexed, linter, lintUnsaved, MAJORS, useOwnCache } from './linted.js';

const removeCache = useOwnCache();
const made: MadeRepository[] = [];
afterAll(() => {
  for (const one of made) one.dispose();
  removeCache();
});

const ALL: Linter.RulesRecord = {
  'blast-radius/max-radius': ['error', { files: 0 }],
  'blast-radius/no-breaking-change': 'error',
  'blast-radius/no-removed-export': 'error',
};

const files = (name: string): Record<string, string> => ({
  'src/money.js': `export const ${name} = (amount) => String(amount);\n`,
  'src/cart.js': `import { ${name} } from './money.js';\nexport const cart = () => ${name}(1);\n`,
});

describe.each(MAJORS)('ESLint %s', (_, ESLint) => {
  test('one diagnostic where there is no index, again in the same file, none once there is one', async () => {
    const one = materialise(files('format'), files('format'));
    made.push(one);
    const input = { ESLint, root: one.root, parser: 'espree', rules: ALL } as const;
    const said = async (): Promise<string[]> =>
      (await linter(input).lintFiles(['src'])).flatMap(({ messages }) => messages.map(({ message }) => message));
    const sentence =
      'There is no prepared index of this repository, so the blast-radius rules say nothing: run `npx blast-radius index`.';
    expect(await said()).toEqual([sentence]);
    expect(await said()).toEqual([sentence]);
    await prepareIndex({ root: one.root, threads: 0 });
    expect(await said()).toEqual([]);
  });

  test('two repositories in one run keep apart', async () => {
    const [left, right] = [await indexed(files('format')), await indexed(files('print'))];
    made.push(left, right);
    const gone = 'export const other = 1;\n';
    const names = await Promise.all(
      [left, right, left].map(async ({ root }) => {
        const rules = { 'blast-radius/no-removed-export': 'error' } as const;
        const messages = await lintUnsaved({ ESLint, root, parser: 'espree', rules }, 'src/money.js', gone);
        return messages.map(({ message }) => message.split(' ')[0]);
      }),
    );
    expect(names).toEqual([['`format`'], ['`print`'], ['`format`']]);
  });

  test('a file of the user’s own', async () => {
    const one = materialise(files('format'), files('format'));
    made.push(one);
    await prepareIndex({ root: one.root, threads: 0, output: join(one.root, 'radius.index') });
    const settings = { 'blast-radius': { index: 'radius.index' } };
    const rules = { 'blast-radius/no-removed-export': 'error' } as const;
    const input = { ESLint, root: one.root, parser: 'espree', rules, settings } as const;
    expect(await lintUnsaved(input, 'src/money.js', '\n')).toHaveLength(1);
    const below = { ...input, root: join(one.root, 'src') };
    expect(await lintUnsaved(below, 'money.js', '\n')).toMatchObject([{ ruleId: 'blast-radius/no-removed-export' }]);
  });

  test('in no repository nothing is said, but by an index that the user names', async () => {
    const one = materialise(files('format'), files('format'));
    made.push(one);
    rmSync(join(one.root, '.git'), { recursive: true });
    const rules = { 'blast-radius/no-removed-export': 'error' } as const;
    const input = { ESLint, root: one.root, parser: 'espree', rules } as const;
    const settings = { 'blast-radius': { index: 'radius.index' } };
    expect(await lintUnsaved(input, 'src/money.js', '\n')).toEqual([]);
    await prepareIndex({ root: one.root, threads: 0, output: join(one.root, 'radius.index') });
    expect(await lintUnsaved(input, 'src/money.js', '\n')).toEqual([]);
    const messages = await lintUnsaved({ ...input, settings }, 'src/money.js', '\n');
    expect(messages).toMatchObject([{ messageId: 'removed' }]);
  });

  test('worker threads read the same index', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_unused, index) => [
        `src/use${index}.js`,
        "import { format } from './money.js';\nexport const cart = () => format(1);\n",
      ]),
    );
    const one = await indexed({ ...files('format'), ...many });
    made.push(one);
    writeFileSync(join(one.root, 'src/money.js'), 'export const format = () => 1;\n');
    const built = fileURLToPath(new URL('../dist/index.js', import.meta.url));
    writeFileSync(
      join(one.root, 'eslint.config.mjs'),
      `import plugin from ${JSON.stringify(built)};
export default [{ plugins: { 'blast-radius': plugin }, rules: ${JSON.stringify(ALL)} }];\n`,
    );
    const run = async (concurrency: number | 'off'): Promise<unknown> => {
      const results = await new ESLint({ cwd: one.root, concurrency }).lintFiles(['src']);
      return results.map(({ filePath, messages }) => [filePath, messages]).filter(([, messages]) => messages?.length);
    };
    const alone = await run('off');
    expect(alone).toHaveLength(1);
    expect(JSON.stringify(alone)).toContain('used by 41 files');
    expect(await run(3)).toEqual(alone);
  });
});
