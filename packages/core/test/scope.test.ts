/** A scope reads some packages and what they depend on; within them it says what a whole report says, and it says what it left out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { materialise } from '@blast-radius/testkit';
import { analyze, openRepository, UsageError, type Report } from '../src/index.js';

const pkg = (name: string, ...uses: string[]): string =>
  JSON.stringify({ name, main: 'src/index.ts', dependencies: Object.fromEntries(uses.map((one) => [one, '*'])) });

const BASE = {
  'package.json': '{"name":"all","private":true,"workspaces":["packages/*"]}',
  'packages/core/package.json': pkg('core'),
  'packages/core/src/index.ts': 'export const size = () => 1;\nexport const other = () => 1;\n',
  'packages/ui/package.json': pkg('ui', 'core'),
  'packages/ui/src/index.ts': "import { size } from 'core';\nexport const box = () => size();\n",
  'packages/web/package.json': pkg('web', 'ui'),
  'packages/web/src/index.ts': "import { box } from 'ui';\nexport const page = () => box();\n",
  'packages/api/package.json': pkg('api', 'core'),
  'packages/api/src/index.ts': "import { size } from 'core';\nexport const answer = () => size();\n",
};
const HEAD = {
  ...BASE,
  'packages/core/src/index.ts': 'export const size = () => 2;\nexport const other = () => 1;\n',
  'packages/api/src/index.ts': "import { size } from 'core';\nexport const answer = () => size() + 1;\n",
};
const made = materialise(BASE, HEAD);
afterAll(() => made.dispose());

const ask = (scope?: string[]): Promise<Report> =>
  analyze({ root: made.root, base: 'main', env: {}, threads: 0, cacheDir: false, ...(scope && { scope }) });

it('reads the packages and what they depend on, and says what it left out', async () => {
  const [whole, scoped] = await Promise.all([ask(), ask(['web'])]);
  const within = ({ file }: { readonly file: string }): boolean => /packages\/(web|ui|core)\//.test(file);
  expect(scoped.impacts).toEqual(whole.impacts.filter(within));
  expect(scoped.impacts.map(({ symbol }) => symbol)).toEqual(['box', 'page']);
  expect(scoped.changes.map(({ file }) => file)).toEqual(['packages/core/src/index.ts']);
  expect(whole.changes).toHaveLength(2);
  expect(scoped.diagnostics.filter(({ kind }) => kind === 'scoped')).toMatchObject([
    {
      level: 'warning',
      message: expect.stringMatching(
        /^Only web and the 2 packages .* Left out: 1 source files and 1 changed files/,
      ) as string,
    },
  ]);
  expect(whole.diagnostics.map(({ kind }) => kind)).not.toContain('scoped');
});

it('keeps what either revision depends on: a dependency that was given up is no removal', async () => {
  const apart = materialise(BASE, {
    ...BASE,
    'packages/web/package.json': pkg('web'),
    'packages/web/src/index.ts': 'export const page = () => 1;\n',
  });
  try {
    const report = await analyze({
      root: apart.root,
      base: 'main',
      env: {},
      threads: 0,
      cacheDir: false,
      scope: ['web'],
    });
    expect(report.changes.map(({ file }) => file).filter((file) => !file.startsWith('packages/web/'))).toEqual([]);
  } finally {
    apart.dispose();
  }
});

it('neither takes what a whole report kept for its own, nor leaves its own to one', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'blast-radius-scope-'));
  const kept = (scope: string[], head: string): Promise<Report> =>
    analyze({ root: made.root, base: 'main', head, env: {}, threads: 0, cacheDir, scope });
  const fresh = (scope: string[], head: string): Promise<Report> =>
    analyze({ root: made.root, base: 'main', head, env: {}, threads: 0, cacheDir: false, scope });
  try {
    for (const head of ['main', 'change'])
      for (const scope of [[], ['web'], [], ['api'], ['web']])
        expect(JSON.stringify(await kept(scope, head))).toBe(JSON.stringify(await fresh(scope, head)));
  } finally {
    rmSync(cacheDir, { recursive: true });
  }
});

it('holds for an open repository, and refuses a name that is no package', async () => {
  const repository = await openRepository({ root: made.root, env: {}, threads: 0, cacheDir: false, scope: ['core'] });
  expect(repository.find('size').nodes).toHaveLength(1);
  expect(repository.find('answer').nodes).toHaveLength(0);
  await expect(ask(['nope'])).rejects.toThrow(UsageError);
  await expect(ask(['nope'])).rejects.toThrow(/`nope` is no package of this workspace; there are all, api, core/);
});
