/** The checker of layers.config.mjs, on a tree that breaks its rules: a rule that nothing can break proves nothing. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { materialise } from './materialise.js';

const CHECKER = fileURLToPath(new URL('../../../scripts/check-layers.mjs', import.meta.url));

const RULES = `
export const acyclic = ['packages/*/src/**'];
export const rules = [
  { name: 'low', reason: 'low is low', from: ['packages/a/src/low/**'], onlyTo: ['packages/a/src/low/**'], onlyPackages: [] },
  { name: 'late', reason: 'it is heavy', from: ['packages/*/src/**'], lazyPackages: ['heavy'] },
  { name: 'public', reason: 'through the front door', from: ['packages/b/src/**'], onlyTo: ['packages/b/src/**', 'packages/a/src/index.ts'] },
];`;

function check(files: Readonly<Record<string, string>>): readonly string[] {
  const made = materialise({ 'layers.config.mjs': RULES, ...files }, { 'layers.config.mjs': RULES, ...files });
  const { stdout, stderr } = spawnSync(process.execPath, [CHECKER, made.root], { encoding: 'utf8' });
  made.dispose();
  return `${stdout}${stderr}`.trim().split('\n');
}

test('names the import, the rule and its reason', () => {
  const lines = check({
    'packages/a/package.json': '{ "name": "a" }',
    'packages/a/src/index.ts': "import type { H } from 'heavy';\nexport const load = () => import('heavy');",
    'packages/a/src/low/x.ts': "import '../index.js';\nimport 'node:fs';\nexport { y } from './y.js';",
    'packages/a/src/low/y.ts': "import heavy from 'heavy';\nexport const y = heavy;",
    'packages/a/src/low/x.test.ts': "import '../index.js';",
    'packages/b/package.json': '{ "name": "b" }',
    'packages/b/src/index.ts': "import 'a';\nimport '../../a/src/low/y.js';",
  });
  expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
    'packages/a/src/low/x.ts:1 imports ../index.js',
    'packages/a/src/low/x.ts:2 imports node:fs',
    'packages/a/src/low/y.ts:1 imports heavy',
    'packages/a/src/low/y.ts:1 imports heavy',
    'packages/b/src/index.ts:2 imports ../../a/src/low/y.js',
    'layers: 5 files, 3 rules, 5 violations',
  ]);
  expect(lines[1]).toBe('  low: low is low');
});

test('finds cycles, types included', () => {
  const lines = check({
    'packages/a/package.json': '{ "name": "a" }',
    'packages/a/src/one.ts': "import { two } from './two.js';\nexport type One = typeof two;",
    'packages/a/src/two.ts': "export * from './three.js';\nexport const two = 2;",
    'packages/a/src/three.ts': "import type { One } from './one.js';\nexport type Three = One;",
  });
  expect(lines[0]).toBe(
    'import cycle: packages/a/src/one.ts → packages/a/src/two.ts → packages/a/src/three.ts → packages/a/src/one.ts',
  );
});
