/** One small repository per tool; what counts as a package, an app and an edge. */
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../model/workspace.js';
import { memoryTree } from '../tree-memory.js';
import { readWorkspace } from './read-workspace.js';

type Files = Readonly<Record<string, unknown>>;

/** Objects are written as JSON. */
async function read(files: Files) {
  const texts = Object.entries(files).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  return readWorkspace(memoryTree(Object.fromEntries(texts) as Record<string, string>));
}

async function workspaceOf(files: Files): Promise<Workspace> {
  return (await read(files)).workspace;
}

/** `root:name` of members, `(root:name)` of other packages. */
function shape({ packages }: Workspace): string[] {
  return packages.map(({ root, name, member }) => (member ? `${root}:${name}` : `(${root}:${name})`));
}

const apps = ({ packages }: Workspace): string[] => packages.filter(({ app }) => app).map(({ name }) => name);

describe('which folders are packages', () => {
  it('takes pnpm globs, with dot folders only where they are written and exclusions wherever they stand', async () => {
    const workspace = await workspaceOf({
      'pnpm-workspace.yaml': 'packages:\n  - "!**/test/**"\n  - packages/**\n  - "examples/.hidden/*"\n',
      'package.json': { name: 'root' },
      'packages/a/package.json': { name: 'a' },
      'packages/a/test/app/package.json': { name: 'test-app' },
      'packages/.b/package.json': { name: 'b' },
      'examples/.hidden/c/package.json': { name: 'c' },
    });
    expect(workspace.tools).toEqual(['pnpm']);
    expect(shape(workspace)).toEqual([
      ':root',
      'examples/.hidden/c:c',
      '(packages/.b:b)',
      'packages/a:a',
      '(packages/a/test/app:test-app)',
    ]);
  });

  it.each([
    ['npm', {}],
    ['yarn', { 'yarn.lock': '' }],
    ['bun', { 'bun.lock': '' }],
  ])('reads the workspaces field for %s', async (tool, extra) => {
    const files = {
      'package.json': { name: 'root', workspaces: { packages: ['./libs/*/', 'app'] } },
      'libs/a/package.json': { name: 'a' },
      'app/package.json': { name: 'app' },
    };
    const workspace = await workspaceOf({ ...files, ...extra });
    expect(workspace.tools).toEqual([tool]);
    expect(shape(workspace)).toEqual([':root', 'app:app', 'libs/a:a']);
  });

  it('lets npm take in again what an earlier exclusion left out', async () => {
    const workspace = await workspaceOf({
      'package.json': { name: 'root', workspaces: ['libs/*', '!libs/old-*', 'libs/old-but-used'] },
      'libs/old-a/package.json': { name: 'old-a' },
      'libs/old-but-used/package.json': { name: 'old-but-used' },
    });
    expect(shape(workspace)).toEqual([':root', '(libs/old-a:old-a)', 'libs/old-but-used:old-but-used']);
  });

  it('reads Lerna, Rush and Deno', async () => {
    expect(
      shape(
        await workspaceOf({
          'lerna.json': {},
          'package.json': { name: 'r' },
          'packages/a/package.json': { name: 'a' },
        }),
      ),
    ).toEqual([':r', 'packages/a:a']);
    const rush = await workspaceOf({
      'rush.json': '{ /* c */ "projects": [{ "packageName": "a", "projectFolder": "apps/a" }] }',
      'apps/a/package.json': { name: 'a' },
      'apps/b/package.json': { name: 'b' },
    });
    expect(shape(rush)).toEqual(['(:)', 'apps/a:a', '(apps/b:b)']);
    const deno = await workspaceOf({
      'deno.json': { workspace: ['./add'] },
      'add/deno.json': { name: '@s/add', exports: './mod.ts', imports: { '@s/sub': 'jsr:@s/sub@^1' } },
    });
    expect(shape(deno)).toEqual([':', 'add:@s/add']);
    expect(deno.packages[1]?.manifest).toMatchObject({ exports: './mod.ts', dependencies: { '@s/sub': '^1' } });
  });

  it('takes Nx projects without a package.json, and project.json only where it is Nx that wrote it', async () => {
    const workspace = await workspaceOf({
      'nx.json': {},
      'package.json': { name: 'org' },
      'apps/web/project.json': { name: 'web', projectType: 'application', targets: { serve: {} } },
      'libs/ui/project.json': { sourceRoot: 'libs/ui/src' },
      'data/project.json': { layers: [] },
    });
    expect(shape(workspace)).toEqual([':org', 'apps/web:web', 'libs/ui:libs/ui']);
    expect(apps(workspace)).toEqual(['web']);
  });

  it('counts a nested workspace, but not one that is a fixture', async () => {
    const workspace = await workspaceOf({
      'package.json': { name: 'root', workspaces: ['packages/*'] },
      'tools/pnpm-workspace.yaml': 'packages: ["*"]',
      'tools/gen/package.json': { name: 'gen' },
      'packages/x/fixtures/mono/package.json': { name: 'mono', workspaces: ['*'] },
      'packages/x/fixtures/mono/a/package.json': { name: 'a', dependencies: { b: '1' } },
      'packages/x/fixtures/mono/b/package.json': { name: 'b' },
    });
    expect(shape(workspace)).toEqual([
      ':root',
      '(packages/x/fixtures/mono:mono)',
      '(packages/x/fixtures/mono/a:a)',
      '(packages/x/fixtures/mono/b:b)',
      'tools/gen:gen',
    ]);
    expect(workspace.packages[2]?.workspaceDependencies).toEqual(['b']);
  });

  it('makes one nameless package of a repository without manifests, and none of a manifest that only says type', async () => {
    expect(shape(await workspaceOf({ 'src/a.ts': '' }))).toEqual([':']);
    expect(
      shape(await workspaceOf({ 'package.json': { name: 'one' }, 'dist/cjs/package.json': { type: 'commonjs' } })),
    ).toEqual([':one']);
  });

  it('takes folders side by side as the workspace where nothing declares one', async () => {
    const workspace = await workspaceOf({
      'web/package.json': { name: 'web' },
      'api/package.json': { dependencies: { x: '1' } },
    });
    expect(shape(workspace)).toEqual(['(:)', 'api:api', 'web:web']);
  });
});

describe('edges', () => {
  it('follows names, aliases and paths to packages', async () => {
    const workspace = await workspaceOf({
      'pnpm-workspace.yaml': 'packages: ["p/*"]',
      'p/a/package.json': {
        name: 'a',
        dependencies: { b: '^1', alias: 'workspace:@s/c@*', linked: 'link:../d', react: '18' },
        peerDependencies: { e: 'workspace:../e' },
        devDependencies: { a: '1' },
      },
      ...Object.fromEntries(['b', 'd', 'e'].map((name) => [`p/${name}/package.json`, { name }])),
      'p/c/package.json': { name: '@s/c' },
    });
    expect(workspace.packages.find(({ name }) => name === 'a')?.workspaceDependencies).toEqual(['@s/c', 'b', 'd', 'e']);
  });

  it('reads what Nx declares: names, stars, negations, tags, task order, global inputs', async () => {
    const workspace = await workspaceOf({
      'nx.json': {
        namedInputs: {
          default: ['{projectRoot}/**/*', 'sharedGlobals'],
          sharedGlobals: ['{workspaceRoot}/babel.config.json', { env: 'X' }],
        },
        targetDefaults: {
          test: { inputs: ['default', '{workspaceRoot}/jest.preset.js'] },
          lint: { inputs: ['{workspaceRoot}/.eslintrc.json'] },
        },
      },
      'api/project.json': { name: 'api', tags: ['scope:server'] },
      'db/project.json': {
        name: 'db',
        targets: { build: { dependsOn: ['^build', { projects: ['api'], target: 'build' }] } },
      },
      'web/project.json': { name: 'web', implicitDependencies: ['*', '!db'] },
      'cli/project.json': {
        name: 'cli',
        implicitDependencies: ['tag:scope:server'],
        targets: { test: { inputs: ['{workspaceRoot}/tools/**'] } },
      },
    });
    const name = (id: number): string => workspace.packages[id]?.name ?? '';
    expect(
      workspace.declaredDependencies.map(({ from, to, source }) => `${name(from)} → ${name(to)} (${source})`),
    ).toEqual([
      'cli → api (cli/project.json implicitDependencies)',
      'db → api (db/project.json dependsOn)',
      'web → api (web/project.json implicitDependencies)',
      'web → cli (web/project.json implicitDependencies)',
    ]);
    expect(workspace.globalInputs.map(({ glob, packages }) => [glob, packages.map(name)])).toEqual([
      ['babel.config.json', []],
      ['jest.preset.js', []],
      ['tools/**', ['cli']],
    ]);
  });

  it('reads what Turborepo declares', async () => {
    const workspace = await workspaceOf({
      'package.json': { name: 'root', workspaces: ['apps/*'] },
      'turbo.json':
        '{ // c\n "globalDependencies": ["tsconfig.json", "!x"], "tasks": { "web#build": { "dependsOn": ["^build", "api#build"] }, "build": { "inputs": ["src/**", "$TURBO_ROOT$/shared/**"] } } }',
      'apps/web/package.json': { name: 'web', scripts: { start: 'x' } },
      'apps/web/turbo.json': {
        extends: ['//'],
        tasks: { build: { inputs: ['$TURBO_ROOT$/web.env', '../../env.json'] } },
      },
      'apps/api/package.json': { name: 'api', scripts: { start: 'x' } },
    });
    expect(workspace.tools).toEqual(['npm', 'turborepo']);
    expect(workspace.declaredDependencies).toEqual([{ from: 2, to: 1, source: 'turbo.json dependsOn' }]);
    expect(workspace.globalInputs.map(({ glob, packages }) => [glob, packages])).toEqual([
      ['tsconfig.json', []],
      ['web.env', [2]],
      ['env.json', [2]],
      ['shared/**', []],
    ]);
    expect(apps(workspace)).toEqual(['web']);
  });
});

describe('apps', () => {
  const runnable = async (files: Files): Promise<string[]> => {
    const workspace = await workspaceOf({
      'package.json': { name: 'root', workspaces: ['p'], scripts: { start: 'x' } },
      Dockerfile: '',
      ...files,
    });
    return [...(workspace.packages[1]?.runnable ?? [])];
  };

  it.each<[string, Files, string[]]>([
    ['a command', { 'p/package.json': { name: 'p', bin: './cli.js' } }, ['bin']],
    [
      'dev only beside a framework',
      { 'p/package.json': { name: 'p', scripts: { dev: 'x' } }, 'p/next.config.mjs': '' },
      ['script dev', 'next.config.mjs'],
    ],
    ['not dev of a library', { 'p/package.json': { name: 'p', scripts: { dev: 'x', build: 'y' } } }, []],
    ['not vite of a library', { 'p/package.json': { name: 'p' }, 'p/vite.config.ts': '' }, []],
    [
      'vite with a page',
      { 'p/package.json': { name: 'p' }, 'p/vite.config.ts': '', 'p/index.html': '' },
      ['vite.config.ts'],
    ],
    ['not svelte of a library', { 'p/package.json': { name: 'p' }, 'p/svelte.config.js': '' }, []],
    [
      'svelte with routes',
      { 'p/package.json': { name: 'p' }, 'p/svelte.config.js': '', 'p/src/routes/+page.svelte': '' },
      ['svelte.config.js'],
    ],
    [
      'containers',
      { 'p/package.json': { name: 'p' }, 'p/Dockerfile.prod': '', 'p/web.Dockerfile': '' },
      ['Dockerfile.prod', 'web.Dockerfile'],
    ],
    ['expo', { 'p/package.json': { name: 'p', dependencies: { expo: '1' } }, 'p/app.json': {} }, ['app.json']],
    ['an action', { 'p/package.json': { name: 'p' }, 'p/action.yml': '' }, ['action.yml']],
  ])('%s', async (_title, files, reasons) => {
    expect(await runnable(files)).toEqual(reasons);
  });

  it('leaves out libraries in use, the root that orchestrates, end-to-end tests and samples outside the workspace', async () => {
    const workspace = await workspaceOf({
      'package.json': { name: 'root', workspaces: ['p/*'], scripts: { start: 'x' }, devDependencies: { tool: '*' } },
      Dockerfile: '',
      'p/web/package.json': { name: 'web', scripts: { start: 'x' }, dependencies: { lib: '*' } },
      'p/lib/package.json': { name: 'lib', bin: 'x.js' },
      'p/tool/package.json': { name: 'tool', bin: 'x.js' },
      'p/web-e2e/package.json': { name: 'web-e2e', scripts: { start: 'x' }, devDependencies: { web: '*' } },
      'examples/one/package.json': { name: 'one', scripts: { start: 'x' } },
    });
    expect(apps(workspace)).toEqual(['tool', 'web']);
  });
});

describe('what is broken', () => {
  it('uses a broken manifest as far as it goes and says the line', async () => {
    const { workspace, diagnostics } = await read({
      'package.json': '{\n  "name": "x",\n  "dependencies": { "a": "1" \n',
      'b/package.json': '[]',
    });
    expect(workspace.packages[0]).toMatchObject({ name: 'x', manifest: { dependencies: { a: '1' } } });
    expect(diagnostics.map(({ kind, file, line }) => [kind, file, line])).toEqual([
      ['manifest-broken', 'b/package.json', 1],
      ['manifest-broken', 'package.json', 4],
    ]);
  });

  it('says which packages share a name, and survives hostile manifests', async () => {
    const { workspace, diagnostics } = await read({
      'package.json': { name: 'root', workspaces: ['p/*', 7, '../../etc', '['] },
      'p/a/package.json': { name: 'same', scripts: [], bin: 3, dependencies: 'x', exports: null },
      'p/b/package.json': '{"name":"same","dependencies":{"__proto__":"1","constructor":"1"}}',
      'p/c/package.json': '['.repeat(100_000),
    });
    expect(workspace.packages.map(({ root }) => root)).toEqual(['', 'p/a', 'p/b', 'p/c']);
    expect(diagnostics.map(({ kind }) => kind)).toEqual(['manifest-broken', 'manifest-duplicate-name']);
  });
});
