import { expect, test } from 'vitest';
import type { Workspace } from '../../model/workspace.js';
import { memoryTree } from '../tree-memory.js';
import { readWorkspace } from '../workspace/read-workspace.js';
import { readTsconfigs, tsconfigDependencies } from './tsconfigs.js';
import type { Tsconfigs } from './tsconfigs.js';

async function over(files: Readonly<Record<string, string>>): Promise<Tsconfigs> {
  const tree = memoryTree({ 'package.json': '{"workspaces":["packages/*"]}', ...files });
  const { workspace }: { workspace: Workspace } = await readWorkspace(tree);
  return readTsconfigs(tree, workspace);
}

test('the nearest config that covers a file governs it, by references and siblings too', async () => {
  const configs = await over({
    'tsconfig.json': '{}',
    'lib/tsconfig.json': '{"files":[],"references":[{"path":"./tsconfig.lib.json"},{"path":"./tsconfig.spec.json"}]}',
    'lib/tsconfig.lib.json': '{"include":["src/**/*.ts"],"exclude":["src/**/*.spec.ts"]}',
    'lib/tsconfig.spec.json': '{"include":["src/**/*.spec.ts"]}',
    'app/tsconfig.json': '{"include":["src"]}',
    'app/jsconfig.json': '{}',
  });
  const governing = (path: string): string | undefined => configs.governing(path)?.path;
  expect(governing('lib/src/a.ts')).toBe('lib/tsconfig.lib.json');
  expect(governing('lib/src/a.spec.ts')).toBe('lib/tsconfig.spec.json');
  expect(governing('app/src/x.tsx')).toBe('app/tsconfig.json');
  expect(governing('app/scripts/x.js')).toBe('app/jsconfig.json');
  expect(governing('other/x.ts')).toBe('tsconfig.json');
  expect(governing('.storybook/main.ts')).toBe('tsconfig.json');
  expect(configs.candidates('lib/src/a.ts')).toBe(configs.candidates('lib/src/b.ts'));
});

test('extends: arrays, workspace packages, configDir, and paths where they are written', async () => {
  const configs = await over({
    'packages/config/package.json': '{"name":"@acme/tsconfig"}',
    'packages/config/base.json':
      '{"compilerOptions":{"outDir":"${configDir}/dist","paths":{"~/*":["./shared/*"]},"composite":true},"include":["${configDir}/src"]}',
    'strict.json': '{"compilerOptions":{"customConditions":["source"],"composite":false}}',
    'packages/a/package.json': '{"name":"a"}',
    'packages/a/tsconfig.json':
      '{"extends":["@acme/tsconfig/base.json","../../strict"],"compilerOptions":{"rootDir":"src"}}',
  });
  const view = configs.governing('packages/a/src/x.ts');
  expect(view).toMatchObject({
    outDir: 'packages/a/dist',
    rootDir: 'packages/a/src',
    composite: false,
    customConditions: ['source'],
    includeRoots: ['packages/a/src'],
    paths: [{ prefix: '~/', targets: ['packages/config/shared/*'] }],
  });
  expect([...(view?.chain ?? [])].sort()).toEqual([
    'packages/a/tsconfig.json',
    'packages/config/base.json',
    'strict.json',
  ]);
  expect(view?.covers('packages/a/test/x.ts')).toBe(false);
});

test('a rig reached through node_modules places its paths in the extending package', async () => {
  const configs = await over({
    'packages/rig/package.json': '{"name":"rig"}',
    'packages/rig/tsconfig-base.json': '{"compilerOptions":{"outDir":"../../lib","rootDir":"../../src"}}',
    'packages/a/package.json': '{"name":"a"}',
    'packages/a/tsconfig.json': '{"extends":"./node_modules/rig/tsconfig-base.json"}',
  });
  expect(configs.governing('packages/a/src/x.ts')).toMatchObject({
    outDir: 'packages/a/lib',
    rootDir: 'packages/a/src',
  });
});

test('circular, broken and missing configs are said, and the rest still read', async () => {
  const configs = await over({
    'a/tsconfig.json': '{"extends":"../b/tsconfig.json","compilerOptions":{"baseUrl":"."}}',
    'b/tsconfig.json': '{"extends":"../a/tsconfig.json"}',
    'c/tsconfig.json': '{"compilerOptions":{"baseUrl":"./src", "jsx": }',
    'd/tsconfig.json': '{"extends":"@tsconfig/node20/tsconfig.json"}',
  });
  expect(configs.diagnostics.map(({ kind, level, file }) => `${kind} ${level} ${file}`).sort()).toEqual([
    'tsconfig-broken note d/tsconfig.json',
    'tsconfig-broken warning c/tsconfig.json',
    'tsconfig-cycle warning a/tsconfig.json',
  ]);
  expect(configs.governing('c/x.ts')?.baseUrl).toBe('c/src');
  expect(configs.governing('b/x.ts')?.baseUrl).toBe('a');
});

test('extends lists that fan out and meet again are read in bounded time', async () => {
  const parents = (level: number): string =>
    JSON.stringify({ extends: [`./a${level + 1}.json`, `./b${level + 1}.json`] });
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [
      [`a${at}.json`, parents(at)],
      [`b${at}.json`, parents(at)],
    ]).flat(),
  );
  const configs = await over({
    ...files,
    'tsconfig.json': '{"extends":"./a0.json","compilerOptions":{"baseUrl":"x"}}',
  });
  expect(configs.governing('y.ts')?.baseUrl).toBe('x');
});

test('every config of the chain reaches the files that it governs', async () => {
  const configs = await over({
    'base.json': '{}',
    'tsconfig.json': '{"extends":"./base.json"}',
    'a/tsconfig.json': '{}',
  });
  const dependencies = tsconfigDependencies(configs, ['x.ts', 'a/y.ts', 'b/z.ts']);
  expect(dependencies.map(({ from, to }) => [to, from])).toEqual([
    ['a/tsconfig.json', ['a/y.ts']],
    ['base.json', ['b/z.ts', 'x.ts']],
    ['tsconfig.json', ['b/z.ts', 'x.ts']],
  ]);
});
