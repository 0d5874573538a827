import { describe, expect, test } from 'vitest';
import type { ModuleRequest, RequestKind } from '../../model/facts.js';
import type { Resolution } from '../../model/resolution.js';
import { readRunnerConfigs } from '../config/runner-configs.js';
import { readTsconfigs } from '../config/tsconfigs.js';
import { memoryTree } from '../tree-memory.js';
import { readWorkspace } from '../workspace/read-workspace.js';
import { createResolver } from './resolver.js';
import type { Resolver } from './resolver.js';

type Files = Readonly<Record<string, string | object>>;

/** A resolver over files; objects are written as JSON. */
async function over(files: Files, ignored: readonly string[] = []): Promise<Resolver> {
  const texts = Object.entries(files).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  const tree = memoryTree(Object.fromEntries(texts) as Record<string, string>);
  const { workspace } = await readWorkspace(tree);
  const configs = await readRunnerConfigs(tree, workspace, []);
  return createResolver(tree, workspace, await readTsconfigs(tree, workspace), {
    ...configs,
    ignored: new Set(ignored),
  });
}

function request(specifier: string, kind: RequestKind = 'import', pattern = false): ModuleRequest {
  return { specifier, kind, typeOnly: false, elidable: false, eager: true, pattern, line: 1 };
}

/** `path (rule, confidence)`, `package/subpath`, or `unresolved: reason`. */
function show(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'file': {
      const types = resolution.types === undefined ? '' : ` types ${resolution.types}`;
      const also = resolution.also === undefined ? '' : ` also ${resolution.also.join(' ')}`;
      return `${resolution.path} (${resolution.rule}, ${resolution.confidence})${types}${also}`;
    }
    case 'files':
      return `[${resolution.paths.join(' ')}]`;
    case 'external':
      return `external ${resolution.package}${resolution.subpath}`;
    case 'builtin':
      return `builtin ${resolution.name}`;
    default:
      return `unresolved: ${resolution.reason}`;
  }
}

/** Specifiers of one file with what they lead to. */
async function check(files: Files, from: string, expected: Readonly<Record<string, string>>): Promise<void> {
  const resolver = await over(files);
  const actual = Object.keys(expected).map((specifier) => [
    specifier,
    show(resolver.resolve(from, request(specifier))),
  ]);
  expect(Object.fromEntries(actual)).toEqual(expected);
}

const WORKSPACE = { name: 'root', private: true, workspaces: ['packages/*', 'apps/*'] };

describe('relative specifiers', () => {
  test('extensions, indexes, written .js, queries and loaders', async () => {
    await check(
      {
        'package.json': { name: 'one' },
        'src/a.ts': '', 'src/b.tsx': '', 'src/c.mts': '', 'src/d/index.ts': '', 'src/d.test.ts': '', 'src/e.vue': '', 'src/f.json': '{}',
        'src/g.js': '', 'src/g.d.ts': '', 'src/h.d.ts': '', 'src/raw.css.ts': '', 'index.ts': '', 'src/index.ts': '', 'src/icon.svg': '',
      }, // prettier-ignore
      'src/main.ts',
      {
        './a': 'src/a.ts (relative, bound)',
        './a.js': 'src/a.ts (relative, bound)',
        './b.jsx': 'src/b.tsx (relative, bound)',
        './c.mjs': 'src/c.mts (relative, bound)',
        './d': 'src/d/index.ts (relative, bound)',
        './e': 'src/e.vue (relative, bound)',
        './f': 'src/f.json (relative, bound)',
        './g.js': 'src/g.js (relative, bound) types src/g.d.ts',
        './h': 'src/h.d.ts (relative, bound)',
        './raw.css': 'src/raw.css.ts (relative, bound)',
        '.': 'src/index.ts (relative, bound)',
        '..': 'index.ts (relative, bound)',
        './icon.svg?url': 'src/icon.svg (relative, bound)',
        'raw-loader!./a': 'src/a.ts (relative, bound)',
        './icon.svg#part': 'src/icon.svg (relative, bound)',
        './none': 'unresolved: no-such-file',
        '../../outside': 'unresolved: outside',
        './__generated__/types': 'unresolved: generated',
        './$types': 'unresolved: virtual',
      },
    );
  });

  test('platform variants are reached too', async () => {
    await check({ 'package.json': {}, 'a.ts': '', 'a.native.ts': '', 'b.ios.ts': '', 'b.android.ts': '' }, 'main.ts', {
      './a': 'a.ts (relative, bound) also a.native.ts',
      './b': 'b.android.ts (relative, bound) also b.ios.ts',
    });
  });

  test('an ignored file answers where the tree has none, but no output hides its source', async () => {
    const files = {
      'package.json': WORKSPACE,
      'src/a.ts': '',
      'packages/db/package.json': { name: 'db', exports: { './client': './generated/client.js' } },
    };
    const resolver = await over(files, [
      'src/generated/client/index.ts',
      'dist/a.js',
      'packages/db/generated/client.js',
    ]);
    const ask = (specifier: string): string => show(resolver.resolve('src/b.ts', request(specifier)));
    expect(ask('./generated/client')).toBe('src/generated/client/index.ts (relative, bound)');
    expect(ask('../dist/a.js')).toBe('src/a.ts (built-to-source, pattern)');
    expect(ask('db/client')).toBe('packages/db/generated/client.js (workspace, bound)');
  });

  test('links whose targets are known are followed', async () => {
    const tree = memoryTree(
      { 'package.json': '{}', 'shared/x.ts': '', 'eslint.config.js': '' },
      { links: ['a/lib', 'a/root.js', 'a/loop'] },
    );
    const targets: Readonly<Record<string, string>> = {
      'a/lib': 'shared',
      'a/root.js': 'eslint.config.js',
      'a/loop': 'a/loop',
    };
    const entries = tree.entries.map((entry) => ({
      ...entry,
      ...(targets[entry.path] === undefined ? {} : { target: targets[entry.path] as string }),
    }));
    const linked = { ...tree, entries };
    const { workspace } = await readWorkspace(linked);
    const resolver = createResolver(linked, workspace, await readTsconfigs(linked, workspace));
    const ask = (specifier: string): string => show(resolver.resolve('a/main.ts', request(specifier)));
    expect(ask('./lib/x')).toBe('shared/x.ts (relative, bound)');
    expect(ask('./root.js')).toBe('eslint.config.js (relative, bound)');
    expect(ask('./loop/x')).toBe('unresolved: no-such-file');
  });
});

describe('tsconfig', () => {
  test('paths of an extended config are relative to where they are written; longest prefix wins; targets in order', async () => {
    await check(
      {
        'package.json': WORKSPACE,
        'tsconfig.base.json': {
          compilerOptions: {
            paths: {
              '@app/*': ['missing/*', 'apps/web/src/*'],
              '@app/ui/*': ['packages/ui/src/*'],
              exact: ['./packages/ui/src/exact.ts'],
            },
          },
        },
        'apps/web/package.json': { name: 'web' },
        'apps/web/tsconfig.json': '{ // comment\n "extends": "../../tsconfig.base", "include": ["src"], }',
        'apps/web/src/home.ts': '',
        'packages/ui/package.json': { name: 'ui' },
        'packages/ui/src/button.tsx': '',
        'packages/ui/src/exact.ts': '',
      },
      'apps/web/src/main.ts',
      {
        '@app/home': 'apps/web/src/home.ts (paths, bound)',
        '@app/ui/button': 'packages/ui/src/button.tsx (paths, bound)',
        exact: 'packages/ui/src/exact.ts (paths, bound)',
        '@app/none': 'unresolved: no-such-file',
      },
    );
  });

  test('baseUrl, rootDirs, moduleSuffixes and a solution config', async () => {
    await check(
      {
        'package.json': {},
        'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] },
        'tsconfig.app.json': {
          include: ['src', 'gen'],
          compilerOptions: { baseUrl: 'src', rootDirs: ['src', 'gen'], moduleSuffixes: ['.ios', ''] },
        },
        'src/store/index.ts': '',
        'gen/views/home.ts': '',
        'src/view.ios.ts': '',
        'src/view.ts': '',
      },
      'src/views/main.ts',
      {
        store: 'src/store/index.ts (base-url, bound)',
        './home': 'gen/views/home.ts (root-dirs, bound)',
        '../view': 'src/view.ios.ts (relative, bound)',
      },
    );
  });
});

describe('workspace packages', () => {
  const importer = { 'package.json': WORKSPACE, 'apps/web/package.json': { name: 'web' } };

  test('conditions that point at source win over outputs that are not there', async () => {
    await check(
      {
        ...importer,
        'tsconfig.json': { compilerOptions: { customConditions: ['@acme/source'] } },
        'packages/a/package.json': {
          name: '@acme/a',
          exports: {
            '.': { types: './dist/index.d.ts', '@acme/source': './src/main.ts', default: './dist/index.js' },
            './*': { import: './dist/*.js' },
            './private/*': null,
          },
        },
        'packages/a/src/main.ts': '',
        'packages/a/src/button.tsx': '',
        'packages/a/src/private/key.ts': '',
      },
      'apps/web/main.ts',
      {
        '@acme/a': 'packages/a/src/main.ts (workspace, bound)',
        '@acme/a/button': 'packages/a/src/button.tsx (built-to-source, pattern)',
        '@acme/a/private/key': 'packages/a/src/private/key.ts (built-to-source, pattern)',
        '@acme/a/none': 'unresolved: built-without-source',
        '@acme/other/x': 'external @acme/other/x',
      },
    );
  });

  test('an output is proven by outDir and rootDir, else guessed', async () => {
    await check(
      {
        ...importer,
        'packages/proven/package.json': { name: 'proven', main: './dist/index.js', types: './dist/index.d.ts' },
        'packages/proven/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'source' } },
        'packages/proven/source/index.ts': '',
        'packages/guess/package.json': { name: 'guess', main: './lib/cjs/index.cjs', module: './lib/esm/index.mjs' },
        'packages/guess/src/index.tsx': '',
        'packages/guess/src/deep/part.ts': '',
        'packages/bare/package.json': { name: 'bare' },
        'packages/bare/src/index.ts': '',
        'packages/legacy/package.json': { name: 'legacy', main: './index.js', types: './index.d.ts' },
        'packages/legacy/index.js': '',
        'packages/legacy/index.d.ts': '',
        'packages/published/package.json': {
          name: 'published',
          main: './src/index.ts',
          publishConfig: { main: './dist/index.js' },
        },
        'packages/published/src/index.ts': '',
        'packages/empty/package.json': { name: 'empty', main: './dist/index.js' },
      },
      'apps/web/main.ts',
      {
        proven: 'packages/proven/source/index.ts (built-to-source, bound)',
        guess: 'packages/guess/src/index.tsx (built-to-source, pattern)',
        'guess/lib/esm/deep/part': 'packages/guess/src/deep/part.ts (built-to-source, pattern)',
        bare: 'packages/bare/src/index.ts (built-to-source, pattern)',
        legacy: 'packages/legacy/index.js (workspace, bound) types packages/legacy/index.d.ts',
        published: 'packages/published/src/index.ts (workspace, bound)',
        empty: 'unresolved: built-without-source',
      },
    );
  });

  test('bundler entries name the source of an output', async () => {
    await check(
      {
        ...importer,
        'packages/kit/package.json': { name: 'kit', exports: { './server': './dist/server.js' } },
        'packages/kit/tsup.config.ts': `import { defineConfig } from 'tsup';\nexport default defineConfig({ entry: { server: 'code/node/start.ts' } });`,
        'packages/kit/code/node/start.ts': '',
      },
      'apps/web/main.ts',
      { 'kit/server': 'packages/kit/code/node/start.ts (built-to-source, pattern)' },
    );
  });

  test('versions, aliases and links of the importer decide what a name means', async () => {
    await check(
      {
        'package.json': WORKSPACE,
        'apps/web/package.json': {
          name: 'web',
          dependencies: {
            old: '^1.0.0',
            fits: '^2.0.0',
            any: 'workspace:*',
            renamed: 'npm:other@1',
            local: 'link:../../vendor/local',
            twin: 'workspace:fits@*',
          },
        },
        'packages/old/package.json': { name: 'old', version: '2.1.0' },
        'packages/old/index.ts': '',
        'packages/fits/package.json': { name: 'fits', version: '2.1.0' },
        'packages/fits/index.ts': '',
        'packages/undeclared/package.json': { name: 'undeclared' },
        'packages/undeclared/index.ts': '',
        'vendor/local/index.ts': '',
      },
      'apps/web/main.ts',
      {
        old: 'external old',
        fits: 'packages/fits/index.ts (workspace, bound)',
        renamed: 'external other',
        local: 'vendor/local/index.ts (workspace, bound)',
        twin: 'packages/fits/index.ts (workspace, bound)',
        undeclared: 'packages/undeclared/index.ts (workspace, bound)',
      },
    );
  });

  test('self-reference and #imports', async () => {
    await check(
      {
        'package.json': {
          name: '@acme/self',
          exports: { '.': './dist/index.js', './x': './src/x.ts' },
          imports: { '#db/*': { node: './src/db/*.ts', browser: './src/db/*.browser.ts' }, '#dep': 'react' },
        },
        'src/index.ts': '',
        'src/x.ts': '',
        'src/db/pool.ts': '',
        'src/db/pool.browser.ts': '',
      },
      'src/index.ts',
      {
        '@acme/self': 'src/index.ts (built-to-source, pattern)',
        '@acme/self/x': 'src/x.ts (self, bound)',
        '#db/pool': 'src/db/pool.ts (imports, bound) also src/db/pool.browser.ts',
        '#db/none': 'unresolved: no-such-file',
        '#dep': 'external react',
        '#nothing': 'unresolved: no-such-import',
      },
    );
  });

  test('a linked folder goes by the name that the manifest gives it, though no registry would', async () => {
    await check(
      {
        'package.json': { ...WORKSPACE, devDependencies: { $tools: 'link:./scripts/tools' } },
        'scripts/tools/package.json': { name: '$tools', exports: { '.': './index.cjs', './deep': './deep.js' } },
        'scripts/tools/index.cjs': '',
        'scripts/tools/deep.js': '',
        'packages/a/package.json': { name: '@acme/a' },
      },
      'packages/a/test/index.js',
      {
        $tools: 'scripts/tools/index.cjs (workspace, bound)',
        '$tools/deep': 'scripts/tools/deep.js (workspace, bound)',
        $unknown: 'unresolved: no-such-file',
      },
    );
  });

  test("entries of a package that is not built are where its own tsconfig's paths say", async () => {
    await check(
      {
        ...importer,
        'packages/ui/package.json': {
          name: '@acme/ui',
          exports: { './core': './package/core/index.mjs', './lost': './package/lost/index.mjs' },
        },
        'packages/ui/tsconfig.json': {
          compilerOptions: { paths: { '@acme/ui/core': ['./src/lib/core/src/public_api'] } },
        },
        'packages/ui/src/lib/core/src/public_api.ts': '',
      },
      'apps/web/main.ts',
      {
        '@acme/ui/core': 'packages/ui/src/lib/core/src/public_api.ts (paths, bound)',
        '@acme/ui/lost': 'unresolved: built-without-source',
      },
    );
  });

  test('a bundle of styles comes from the script that is bundled with it', async () => {
    await check(
      {
        ...importer,
        'packages/ui/package.json': {
          name: '@acme/ui',
          exports: { '.': './dist/index.js', './index.css': './dist/dev/index.css', './other.css': './dist/other.css' },
        },
        'packages/ui/index.tsx': '',
      },
      'apps/web/main.ts',
      {
        '@acme/ui/index.css': 'packages/ui/index.tsx (built-to-source, pattern)',
        '@acme/ui/other.css': 'unresolved: built-without-source',
      },
    );
  });
});

describe('what is not in the repository', () => {
  test('externals, builtins, protocols and virtual modules', async () => {
    await check({ 'package.json': {}, 'main.ts': '' }, 'main.ts', {
      'react/jsx-runtime': 'external react/jsx-runtime',
      '@scope/pkg/deep/x': 'external @scope/pkg/deep/x',
      fs: 'builtin fs',
      'node:test': 'builtin node:test',
      'npm:react@19/client': 'external react/client',
      'https://esm.sh/x': 'unresolved: virtual',
      'virtual:pwa': 'unresolved: virtual',
      'astro:content': 'unresolved: virtual',
      '~icons/mdi/home': 'unresolved: virtual',
      '@/nothing': 'unresolved: no-such-file',
      '': 'unresolved: not-static',
    });
  });
});

describe('aliases', () => {
  test('of Vite and Jest, and the conventions of frameworks', async () => {
    const files = {
      'package.json': { name: 'app', jest: { moduleNameMapper: { '^@mapped/(.*)$': '<rootDir>/src/mapped/$1', '\\.css$': '<rootDir>/stub.js' } } },
      'vite.config.ts': `import path from 'node:path';\nimport { defineConfig } from 'vite';\nexport default defineConfig(() => ({ resolve: { alias: [{ find: '@', replacement: path.resolve(__dirname, 'src') }, { find: /^~lib\\//, replacement: '/src/lib/' }] } }));`,
      'svelte.config.js': 'export default {}',
      'src/home.ts': '', 'src/lib/x.ts': '', 'src/mapped/y.ts': '', 'src/a.css': '', 'stub.js': '', 'public/logo.svg': '',
    }; // prettier-ignore
    await check(files, 'src/deep/main.ts', {
      '@/home': 'src/home.ts (alias, bound)',
      '~lib/x': 'src/lib/x.ts (alias, bound)',
      '@mapped/y': 'src/mapped/y.ts (alias, bound)',
      '../a.css': 'src/a.css (relative, bound)',
      '$lib/x': 'src/lib/x.ts (alias, bound)',
      '/logo.svg': 'public/logo.svg (root-relative, bound)',
      '/src/home': 'src/home.ts (root-relative, bound)',
    });
  });
});

describe('requests that are no imports', () => {
  test('globs, template strings, paths and references', async () => {
    const resolver = await over({
      'package.json': {},
      'src/locales/en.ts': '', 'src/locales/de.json': '', 'src/pages/a/index.vue': '', 'src/pages/b.vue': '', 'src/worker.ts': '', 'src/jobs/index.ts': '', 'data/x.sql': '', 'types/env.d.ts': '',
    }); // prettier-ignore
    const ask = (specifier: string, kind: RequestKind, pattern = false): string =>
      show(resolver.resolve('src/main.ts', request(specifier, kind, pattern)));
    expect(ask('./pages/**/*.vue', 'glob', true)).toBe('[src/pages/a/index.vue src/pages/b.vue]');
    expect(ask('/src/pages/*.vue', 'glob', true)).toBe('[src/pages/b.vue]');
    expect(ask('./locales/*', 'dynamic-import', true)).toBe('[src/locales/de.json src/locales/en.ts]');
    expect(ask('./locales/*.js', 'dynamic-import', true)).toBe('[src/locales/en.ts]');
    expect(ask('./pages/*', 'dynamic-import', true)).toBe('[src/pages/a/index.vue src/pages/b.vue]');
    expect(ask('*', 'dynamic-import', true)).toBe('unresolved: not-static');
    expect(ask('./worker.js', 'worker')).toBe('src/worker.ts (relative, bound)');
    expect(ask('./../lib/jobs/index.js', 'worker')).toBe('src/jobs/index.ts (built-to-source, pattern)');
    expect(ask('../lib/none.js', 'path')).toBe('unresolved: no-such-file');
    expect(ask('data/x.sql', 'path')).toBe('data/x.sql (root-relative, bound)');
    expect(ask('../types/env.d.ts', 'reference-path')).toBe('types/env.d.ts (relative, bound)');
    expect(ask('node', 'reference-types')).toBe('external @types/node');
  });

  test('only imports that are missing are diagnosed', async () => {
    const resolver = await over({ 'package.json': {}, 'main.ts': '' });
    resolver.resolve('main.ts', request('./nothing'));
    resolver.resolve('main.ts', request('./nothing', 'path'));
    resolver.resolve('main.ts', request('virtual:x'));
    expect(resolver.diagnostics().map(({ kind, file, line }) => [kind, file, line])).toEqual([
      ['unresolved-import', 'main.ts', 1],
    ]);
  });
});
