import { expect, test } from 'vitest';
import { memoryTree } from '../tree-memory.js';
import { readWorkspace } from '../workspace/read-workspace.js';
import { applyAlias, safeExpression, toAliasRules } from './alias-table.js';
import { readRunnerConfigs } from './runner-configs.js';
import type { RunnerConfigs } from './runner-configs.js';

async function over(files: Readonly<Record<string, string>>): Promise<RunnerConfigs> {
  const tree = memoryTree({ 'package.json': '{"workspaces":["packages/*"]}', ...files });
  const tests = tree.entries.map((entry) => entry.path).filter((path) => /\.test\.[jt]s$/.test(path));
  return readRunnerConfigs(tree, (await readWorkspace(tree)).workspace, tests);
}

/** `kind: from → to`, one a line. */
function lines({ implicit }: RunnerConfigs): string[] {
  return implicit.map(({ kind, from, to }) => `${kind}: ${from.join(' ')} → ${to}`);
}

test('Vitest: setup files of the nearest config; a config with projects speaks for all below it', async () => {
  const configs = await over({
    'vitest.config.ts': `export default { test: { projects: ['packages/*', { extends: true, test: { include: ['tools/**/*.test.ts'], setupFiles: './tools/setup' } }], globalSetup: ['./global.ts'] } };`,
    'global.ts': '',
    'tools/setup.ts': '',
    'tools/t.test.ts': '',
    'packages/a/package.json': '{"name":"a"}',
    'packages/a/vite.config.ts': `export default { test: { setupFiles: ['test/setup.ts'], environment: 'jsdom' } };`,
    'packages/a/test/setup.ts': '',
    'packages/a/a.test.ts': '',
  });
  expect(lines(configs)).toEqual([
    'global-setup: packages/a/a.test.ts tools/t.test.ts → global.ts',
    'test-setup: packages/a/a.test.ts → packages/a/test/setup.ts',
    'test-setup: packages/a/a.test.ts → packages/a/vite.config.ts',
    'test-setup: tools/t.test.ts → tools/setup.ts',
    'test-setup: packages/a/a.test.ts tools/t.test.ts → vitest.config.ts',
  ]);
});

test('Jest: every option that names a file, preset, projects, the manifest key; Mocha and Cypress', async () => {
  const configs = await over({
    'jest.preset.js': 'module.exports = { ...require("@nx/jest/preset").default };',
    'packages/a/package.json': '{"name":"a"}',
    'packages/a/jest.config.ts': `export default { preset: '../../jest.preset.js', setupFilesAfterEnv: ['<rootDir>/src/setup.ts'], transform: { '^.+$': ['./transform.js', {}] }, moduleNameMapper: { '\\\\.css$': '<rootDir>/stub.js', '^x/(.*)$': '<rootDir>/x/$1' } };`,
    'packages/a/src/setup.ts': '', 'packages/a/transform.js': '', 'packages/a/stub.js': '', 'packages/a/src/a.test.ts': '',
    'packages/b/package.json': '{"name":"b","jest":{"globalTeardown":"./down.js"}}',
    'packages/b/down.js': '', 'packages/b/b.test.js': '',
    'packages/c/package.json': '{"name":"c"}',
    'packages/c/.mocharc.yml': 'require: [./hooks.js]\n', 'packages/c/hooks.js': '', 'packages/c/c.test.js': '',
  }); // prettier-ignore
  expect(lines(configs)).toEqual([
    'test-setup: packages/a/src/a.test.ts → jest.preset.js',
    'test-setup: packages/a/src/a.test.ts → packages/a/jest.config.ts',
    'test-setup: packages/a/src/a.test.ts → packages/a/src/setup.ts',
    'test-setup: packages/a/src/a.test.ts → packages/a/stub.js',
    'test-setup: packages/a/src/a.test.ts → packages/a/transform.js',
    'global-setup: packages/b/b.test.js → packages/b/down.js',
    'test-setup: packages/b/b.test.js → packages/b/package.json',
    'test-setup: packages/c/c.test.js → packages/c/.mocharc.yml',
    'test-setup: packages/c/c.test.js → packages/c/hooks.js',
  ]);
});

test('mocks folders and stored snapshots', async () => {
  const configs = await over({
    'packages/a/package.json': '{"name":"a"}',
    'packages/a/__mocks__/axios.ts': '',
    'packages/a/src/x.test.ts': '',
    'packages/a/src/__snapshots__/x.test.ts.snap': '',
    'packages/a/src/__snapshots__/gone.test.ts.snap': '',
    'packages/b/package.json': '{"name":"b"}',
    'packages/b/y.test.ts': '',
  });
  expect(lines(configs)).toEqual([
    'mocks-folder: packages/a/src/x.test.ts → packages/a/__mocks__/axios.ts',
    'snapshot: packages/a/src/x.test.ts → packages/a/src/__snapshots__/x.test.ts.snap',
  ]);
});

test('aliases of webpack, Babel and Svelte; a computed config is said', async () => {
  const configs = await over({
    'webpack.config.js': `const path = require('path'); module.exports = [{ resolve: { alias: { ui$: path.join(__dirname, 'ui/index.js'), '@': path.resolve('src') } } }];`,
    'packages/a/package.json': '{"name":"a"}',
    'packages/a/.babelrc': '{"plugins":[["module-resolver",{"alias":{"~":"./lib","react":"preact/compat"}}]]}',
    'packages/a/svelte.config.js': `export default { kit: { alias: { $ui: 'src/ui', '$ui/*': 'src/ui/*' } } };`,
    'packages/a/src/ui/x.ts': '',
    'packages/a/rollup.config.mjs': 'export default await build();',
  });
  const tables = new Map(configs.aliases.map(({ source, rules }) => [source, rules]));
  const apply = (source: string, specifier: string): string | undefined => {
    const target = applyAlias(tables.get(source) ?? [], specifier);
    return target?.path ?? target?.specifier;
  };
  expect(apply('webpack.config.js', 'ui')).toBe('ui/index.js');
  expect(apply('webpack.config.js', 'ui/x')).toBeUndefined();
  expect(apply('webpack.config.js', '@/x/y')).toBe('src/x/y');
  expect(apply('packages/a/.babelrc', '~/x')).toBe('packages/a/lib/x');
  expect(apply('packages/a/.babelrc', 'react')).toBe('preact/compat');
  expect(apply('packages/a/svelte.config.js', '$ui/x')).toBe('packages/a/src/ui/x');
  expect(configs.diagnostics.map(({ kind, file }) => [kind, file])).toEqual([
    ['config-not-static', 'packages/a/rollup.config.mjs'],
  ]);
});

test('an expression that could take exponential time is not run', () => {
  expect(safeExpression('^(a+)+$')).toBeUndefined();
  expect(safeExpression('^(a|aa)*$')).toBeUndefined();
  expect(safeExpression('^((x(a*))y)*$')).toBeUndefined();
  expect(safeExpression('(')).toBeUndefined();
  expect(safeExpression('^@app/(.*)$')?.test('@app/x')).toBe(true);
  expect(toAliasRules(null, '', memoryTree({}))).toEqual([]);
});
