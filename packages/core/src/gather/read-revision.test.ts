/** One state read whole, and the other beside it: whatever is cheaper must give the same. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git, materialise } from '@blast-radius/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { FileDiff } from '../model/revision.js';
import type { Revision } from '../model/snapshot.js';
import { createFactsStore } from './facts-store.js';
import { extractFacts } from './facts/index.js';
import { readRevision } from './read-revision.js';
import { takeSnapshot } from './snapshot.js';
import { sourceProblems } from './source-problems.js';
import { memoryTree } from './tree-memory.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

type Files = Readonly<Record<string, string>>;
const extract = async (inputs: readonly Parameters<typeof extractFacts>[0][]) => inputs.map((one) => extractFacts(one));

const APP: Files = {
  'package.json': '{"name":"app"}',
  'tsconfig.json': '{"extends":"./base.json"}',
  'base.json': '{"compilerOptions":{"verbatimModuleSyntax":false}}',
  'shared.mjs': "export const alias = { '@': './src' };",
  'vite.config.mjs': "import { alias } from './shared.mjs';\nexport default { resolve: { alias } };",
  'data.json': '{"a":1}',
  'src/a.ts': 'export const a = 1;',
  'src/b.ts': "import { a } from '@/a';\nimport data from '../data.json';\nexport const b = a + data.a;",
  'test/b.test.ts': "import { b } from '../src/b';\ntest('b', () => b);",
  'test/kit.ts': "export const kit = 1;\ntest('kit', () => kit);",
  'nuxt/nuxt.config.ts': 'export default {};',
  'nuxt/composables/use.ts': 'export const useA = 1;',
  'nuxt/page.ts': 'export const page = useA;',
};

/** `APP` with `edits` as the base of `APP`: read beside it where that is possible, and whole. */
async function bothWays(edits: Files): Promise<{ beside: Revision | undefined; whole: Revision }> {
  const store = createFactsStore(extract);
  const base = memoryTree({ ...APP, ...edits }, { label: 'base' });
  const head = await readRevision(memoryTree(APP, { label: 'head' }), store);
  const diffs = Object.keys(edits).map((path): FileDiff => ({ status: 'modified', path }));
  return { beside: await head.sibling(base, diffs), whole: (await readRevision(base, store)).revision };
}

describe('a revision read beside another', () => {
  it.each<[string, Files]>([
    ['a body', { 'src/a.ts': 'export const a = 2;' }],
    ['imports', { 'src/a.ts': "import '../test/kit';\nimport react from 'react';\nexport const a = react;" }],
    ['imported JSON', { 'data.json': '{"a":2,"c":3}' }],
    ['an auto-imported name', { 'nuxt/composables/use.ts': 'export const useB = 1;' }],
    ['syntax errors', { 'src/a.ts': 'export const a = ;\nexport const c = 1;' }],
  ])('equals one read whole where only contents differ: %s', async (_, edits) => {
    const { beside, whole } = await bothWays(edits);
    expect(beside).toEqual(whole);
  });

  it.each<[string, Files]>([
    ['a manifest', { 'package.json': '{"name":"other"}' }],
    ['a config that a tsconfig extends', { 'base.json': '{"compilerOptions":{"verbatimModuleSyntax":true}}' }],
    ['a module that a bundler config imports', { 'shared.mjs': "export const alias = { '@': './test' };" }],
    ['what makes a file a test', { 'test/kit.ts': 'export const kit = 1;' }],
    ['which JSON is imported', { 'src/b.ts': 'export const b = 1;' }],
    ['what may be generated', { 'src/a.ts': "export * from './gen';" }],
  ])('is refused where more can differ: %s', async (_, edits) => {
    expect((await bothWays(edits)).beside).toBeUndefined();
  });
});

const IGNORING: Files = {
  '.gitignore': 'gen/\n',
  'package.json': '{"name":"app"}',
  'a.ts': "import { client } from './gen/client';\nimport './gen/absent';\nexport const a = client;",
  'b.ts': 'export const b = 1;',
};

function generated(head: Files): string {
  const made = materialise(IGNORING, head);
  undo.push(made.dispose);
  const files = {
    'gen/client.ts': "import { b } from '../b';\nimport { deep } from './deep.js';\nexport const client = b + deep;",
    'gen/deep.ts': 'export const deep = 1;',
    'gen/unused.ts': 'export {};',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made.root, path)), { recursive: true });
    writeFileSync(join(made.root, path), text);
  }
  return made.root;
}

describe('generated code that git ignores', () => {
  it('is read where sources import it, in both revisions, and named where it is not there', async () => {
    const root = generated({ ...IGNORING, 'b.ts': 'export const b = 2;', 'new.ts': "import './b';" });
    expect(git(root, 'status', '--porcelain')).toBe('');
    const { snapshot } = await takeSnapshot({ root, base: 'main', compare: true, env: {} }, extract);
    const [head, base] = [snapshot.head, snapshot.base].map(
      (revision) => new Map(revision?.files.map((file) => [file.path, file])),
    );
    expect([...(head?.keys() ?? [])].filter((path) => path.startsWith('gen/'))).toEqual([
      'gen/client.ts',
      'gen/deep.ts',
    ]);
    expect(head?.get('gen/client.ts')).toMatchObject({
      role: 'generated',
      resolutions: [{ path: 'b.ts' }, { path: 'gen/deep.ts' }],
    });
    for (const path of ['a.ts', 'gen/client.ts', 'gen/deep.ts']) expect(base?.get(path)).toBe(head?.get(path));
    const said = snapshot.diagnostics.map(({ kind, file, count }) => [kind, file ?? count]);
    expect(said).toContainEqual(['generated-read', 2]);
    expect(said.filter(([, file]) => file === 'a.ts')).toHaveLength(1);
  });
});

describe('what is wrong with texts', () => {
  it('is one record a file, a hundred at most, the rest counted', async () => {
    const broken = Object.fromEntries(Array.from({ length: 103 }, (_, at) => [`f${at}.ts`, 'let = ;\nlet = ;']));
    const { revision } = await readRevision(memoryTree(broken), createFactsStore(extract));
    const problems = sourceProblems(revision);
    expect(problems).toHaveLength(101);
    expect(problems[0]).toMatchObject({ kind: 'syntax-error', file: 'f0.ts', line: 1 });
    expect(problems[100]).toMatchObject({ kind: 'syntax-error', count: 3 });
  });
});
