/** Roles by path, what is left out and why, and the nearest package. */
import { describe, expect, it } from 'vitest';
import type { FileFacts } from '../../model/facts.js';
import { memoryTree } from '../tree-memory.js';
import { classifyFiles } from './classify.js';
import { readWorkspace } from './read-workspace.js';
import { languageOf, refineRole, roleOf } from './roles.js';

describe('roles', () => {
  it.each([
    ['src/a.ts', 'source'],
    ['src/a.stories.tsx', 'source'],
    ['src/contest.ts', 'source'],
    ['src/a.test.ts', 'test'],
    ['src/a.spec.mjs', 'test'],
    ['cypress/login.cy.ts', 'test'],
    ['apps/web-e2e/src/app.spec.ts', 'test'],
    ['src/__tests__/a.ts', 'test'],
    ['src/__tests__/utils/render.ts', 'test-support'],
    ['src/__mocks__/fs.ts', 'test-support'],
    ['tests/helpers.ts', 'test-support'],
    ['tests/fixtures/data.json', 'test-support'],
    ['vitest.setup.ts', 'test-support'],
    ['vite.config.ts', 'config'],
    ['.eslintrc.cjs', 'config'],
    ['src/env.d.ts', 'declaration'],
    ['src/routeTree.gen.ts', 'generated'],
    ['src/__generated__/types.ts', 'generated'],
    ['src/data.json', 'resource'],
    ['package.json', 'resource'],
    ['schema.prisma', 'resource'],
    ['Dockerfile', 'resource'],
  ])('%s is %s', (path, role) => {
    expect(roleOf(path)).toBe(role);
  });

  it('knows languages, and JSON that belongs to tools', () => {
    const paths = [
      'a.mts',
      'a.d.mts',
      'a.d.css.ts',
      'a.jsx',
      'A.vue',
      'a.json',
      'tsconfig.build.json',
      'package-lock.json',
      'ts',
      'a.png',
    ];
    expect(paths.map(languageOf)).toEqual([
      'ts',
      'dts',
      'dts',
      'jsx',
      'vue',
      'json',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('mends the role by what the file calls', () => {
    const facts = (callsTestApi: boolean) => ({ traits: { callsTestApi } }) as FileFacts;
    expect(refineRole({ path: 'tests/login.ts', role: 'test-support' }, facts(true))).toBe('test');
    expect(refineRole({ path: 'src/__mocks__/a.ts', role: 'test-support' }, facts(true))).toBe('test-support');
    expect(refineRole({ path: 'test-utils/src/key.test.ts', role: 'test-support' }, facts(true))).toBe('test');
    expect(refineRole({ path: 'test-utils/src/key.ts', role: 'test-support' }, facts(true))).toBe('test-support');
    expect(refineRole({ path: 'src/__fixtures__/a.test.ts', role: 'test-support' }, facts(true))).toBe('test-support');
    expect(refineRole({ path: 'src/__tests__/shared.ts', role: 'test' }, facts(false))).toBe('test-support');
    expect(refineRole({ path: 'src/a.test.ts', role: 'test' }, facts(false))).toBe('test');
    expect(refineRole({ path: 'src/a.ts', role: 'source' }, facts(true))).toBe('source');
  });
});

describe('what is left out', () => {
  it('leaves out code of others and built output, counts it, and keeps what only looks like it', async () => {
    const out = [
      '.pnp.cjs',
      '.yarn/releases/yarn-4.cjs',
      'node_modules/x/index.js',
      'p/a/dist/x.d.ts',
      'p/a/dist/x.js',
      'p/a/jquery.min.js',
      'third_party/y.js',
    ];
    const kept = [
      '.yarn/patches/x.patch',
      'p/a/dist/only-here.js',
      'p/a/package.json',
      'p/a/src/vendor/own.ts',
      'p/a/src/x.ts',
      'package.json',
      'vendor/member/src/i.ts',
      'vendor/member/package.json',
    ];
    const texts = Object.fromEntries([...out, ...kept].map((path) => [path, '']));
    const tree = memoryTree(
      {
        ...texts,
        'package.json': '{"name":"root","workspaces":["p/*","vendor/member"]}',
        'p/a/package.json': '{"name":"a"}',
        'vendor/member/package.json': '{"name":"m"}',
      },
      { links: ['loop'], submodules: ['sub'] },
    );
    const { workspace } = await readWorkspace(tree);
    const { files, skipped, leftOut, diagnostics } = classifyFiles(tree, workspace);
    expect(leftOut.map(({ path }) => path).sort()).toEqual([...out, 'loop', 'sub'].sort());
    expect(files.map(({ path }) => path).sort()).toEqual(kept.sort());
    expect(skipped).toEqual({ built: 2, link: 1, minified: 1, submodule: 1, vendored: 4 });
    expect(diagnostics.map(({ kind, count }) => [kind, count])).toEqual([
      ['vendored-files', 2],
      ['vendored-files', 1],
      ['vendored-files', 4],
    ]);
    const owner = (path: string) => workspace.packages[files.find((file) => file.path === path)?.package ?? -1]?.name;
    expect([owner('p/a/src/vendor/own.ts'), owner('vendor/member/src/i.ts'), owner('.yarn/patches/x.patch')]).toEqual([
      'a',
      'm',
      'root',
    ]);
  });
});
