/** The same small story in every format: `@x/a` moves debug 4.3.1 → 4.3.7 and with it ms; `@x/b` keeps its own ms. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LockfileDelta } from '../../../model/lockfile.js';
import type { Workspace } from '../../../model/workspace.js';
import { memoryTree } from '../../tree-memory.js';
import { readWorkspace } from '../read-workspace.js';
import { compareLockfiles } from './compare-lockfiles.js';
import { isLockfile } from './lockfile-formats.js';

async function workspaceWith(debug: string): Promise<Workspace> {
  const files = {
    'package.json': '{"name":"root","workspaces":["packages/*"]}',
    'packages/a/package.json': `{"name":"@x/a","dependencies":{"debug":"${debug}"}}`,
    'packages/b/package.json': '{"name":"@x/b","dependencies":{"@x/a":"*","ms":"2.1.2"}}',
  };
  return (await readWorkspace(memoryTree(files))).workspace;
}

const base = await workspaceWith('4.3.1');
const head = await workspaceWith('4.3.7');

/** `ms 2.1.2 → 2.1.3 version, debug < packages/a`. */
function shape({ packages }: LockfileDelta): string[] {
  return packages.map(({ name, base: from, head: to, cause, through }) =>
    [
      `${name} ${from.join('|')} → ${to.join('|')} ${cause}`,
      ...through.map(({ dependency, importers }) => `${dependency} < ${importers.join('|')}`),
    ].join(', '),
  );
}

const compare = (path: string, from: string | Uint8Array | undefined, to: string | Uint8Array | undefined): string[] =>
  shape(compareLockfiles(path, from, to, base, head));

const STORY = ['debug 4.3.1 → 4.3.7 version, debug < packages/a', 'ms 2.1.2 → 2.1.3 version, debug < packages/a'];

/** [debug, its ms] before and after. */
const VERSIONS = [
  ['4.3.1', '2.1.2'],
  ['4.3.7', '2.1.3'],
] as const;

function both(write: (debug: string, ms: string) => string): [string, string] {
  const [from, to] = VERSIONS.map(([debug, ms]) => write(debug, ms));
  return [from as string, to as string];
}

const nested = (ms: string): boolean => ms !== '2.1.2';

const npm3 = both((debug, ms) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { name: 'root', workspaces: ['packages/*'] },
      'packages/a': { dependencies: { debug } },
      'packages/b': { dependencies: { '@x/a': '*', ms: '2.1.2' } },
      'node_modules/@x/a': { resolved: 'packages/a', link: true },
      'node_modules/debug': { version: debug, integrity: `sha512-${debug}`, dependencies: { ms: '^2' } },
      'node_modules/ms': { version: '2.1.2' },
      ...(nested(ms) ? { 'node_modules/debug/node_modules/ms': { version: ms } } : {}),
    },
  }),
);

const npm1 = both((debug, ms) =>
  JSON.stringify({
    lockfileVersion: 1,
    dependencies: {
      debug: {
        version: debug,
        requires: { ms: '^2' },
        ...(nested(ms) ? { dependencies: { ms: { version: ms } } } : {}),
      },
      ms: { version: '2.1.2' },
    },
  }),
);

const pnpm9 = both(
  (debug, ms) => `lockfileVersion: '9.0'
importers:
  .: {}
  packages/a:
    dependencies:
      debug:
        specifier: ${debug}
        version: ${debug}(supports-color@8.0.0)
  packages/b:
    dependencies:
      '@x/a':
        specifier: workspace:*
        version: link:../a
      ms: { specifier: 2.1.2, version: 2.1.2 }
packages:
  debug@${debug}:
    resolution: {integrity: sha512-${debug}}
  ms@2.1.2:
    resolution: {integrity: sha512-2}
  ms@${ms === '2.1.2' ? '0.0.1' : ms}:
    resolution: {integrity: sha512-3}
snapshots:
  debug@${debug}(supports-color@8.0.0):
    dependencies:
      ms: ${ms}
  ms@2.1.2: {}
${nested(ms) ? `  ms@${ms}: {}` : ''}
`,
);

const pnpm6 = both(
  (debug, ms) => `lockfileVersion: '6.0'
importers:
  packages/a:
    dependencies:
      debug: { specifier: ${debug}, version: ${debug} }
  packages/b:
    dependencies:
      ms: { specifier: 2.1.2, version: 2.1.2 }
packages:
  /debug@${debug}:
    resolution: {integrity: sha512-${debug}}
    dependencies:
      ms: ${ms}
  /ms@2.1.2:
    resolution: {integrity: sha512-2}
${nested(ms) ? `  /ms@${ms}:\n    resolution: {integrity: sha512-3}` : ''}
`,
);

const pnpm5 = both(
  (debug, ms) => `lockfileVersion: 5.4
importers:
  packages/a:
    specifiers: { debug: ${debug} }
    dependencies: { debug: ${debug}_supports-color@8.0.0 }
  packages/b:
    specifiers: { ms: 2.1.2 }
    dependencies: { ms: 2.1.2 }
packages:
  /debug/${debug}_supports-color@8.0.0:
    resolution: {integrity: sha512-${debug}}
    dependencies: { ms: ${ms} }
  /ms/2.1.2:
    resolution: {integrity: sha512-2}
${nested(ms) ? `  /ms/${ms}:\n    resolution: {integrity: sha512-3}` : ''}
`,
);

const classic = both(
  (debug, ms) => `# yarn lockfile v1

debug@${debug}:
  version "${debug}"
  resolved "https://registry.yarnpkg.com/debug/-/debug-${debug}.tgz#${'0'.repeat(40)}"
  dependencies:
    ms "${ms}"

ms@2.1.2${nested(ms) ? '' : ', "ms@^2.0.0"'}:
  version "2.1.2"
${nested(ms) ? `\nms@${ms}, "ms@^2.0.0":\n  version "${ms}"\n` : ''}`,
);

const berry = both(
  (debug, ms) => `__metadata:
  version: 8

"@x/a@npm:*, @x/a@workspace:packages/a":
  version: 0.0.0-use.local
  resolution: "@x/a@workspace:packages/a"
  dependencies:
    debug: "npm:${debug}"
  linkType: soft

"@x/b@workspace:packages/b":
  version: 0.0.0-use.local
  resolution: "@x/b@workspace:packages/b"
  dependencies:
    "@x/a": "npm:*"
    ms: "npm:2.1.2"
  linkType: soft

"debug@npm:${debug}":
  version: ${debug}
  resolution: "debug@npm:${debug}"
  dependencies:
    ms: "npm:${ms}"
  checksum: 10c0/${debug}

"ms@npm:2.1.2":
  version: 2.1.2
  resolution: "ms@npm:2.1.2"
${nested(ms) ? `\n"ms@npm:${ms}":\n  version: ${ms}\n  resolution: "ms@npm:${ms}"\n` : ''}`,
);

const bun = both(
  (debug, ms) => `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "root", },
    "packages/a": { "name": "@x/a", "dependencies": { "debug": "${debug}", }, },
    "packages/b": { "name": "@x/b", "dependencies": { "@x/a": "*", "ms": "2.1.2", }, },
  },
  "packages": {
    "@x/a": ["@x/a@workspace:packages/a"],
    "debug": ["debug@${debug}", "", { "dependencies": { "ms": "^2" } }, "sha512-${debug}"],
    "ms": ["ms@2.1.2", "", {}, "sha512-2"],
    ${nested(ms) ? `"debug/ms": ["ms@${ms}", "", {}, "sha512-3"],` : ''}
  },
}`,
);

const fixture = (name: string): Uint8Array => readFileSync(new URL(`__fixtures__/${name}.bun.lockb`, import.meta.url));

describe('every format tells the story', () => {
  it.each<[string, string, string | Uint8Array, string | Uint8Array]>([
    ['npm 3', 'package-lock.json', ...npm3],
    ['pnpm 6', 'pnpm-lock.yaml', ...pnpm6],
    ['pnpm 5', 'pnpm-lock.yaml', ...pnpm5],
    ['yarn classic', 'yarn.lock', ...classic],
    ['yarn berry', 'yarn.lock', ...berry],
    ['bun', 'bun.lock', ...bun],
    ['bun, binary', 'bun.lockb', fixture('base'), fixture('head')],
  ])('%s', (_title, path, from, to) => {
    expect(isLockfile(`x/${path}`)).toBe(true);
    expect(compare(path, from, to)).toEqual(STORY);
    expect(compare(path, to, to)).toEqual([]);
  });

  it('pnpm 9, where packages that nobody installs do not count', () => {
    expect(compare('pnpm-lock.yaml', ...pnpm9)).toEqual(STORY);
  });

  it('npm 1, where the importers are the manifests', () => {
    expect(compare('package-lock.json', ...npm1)).toEqual(STORY);
  });

  it('another package manager than before', () => {
    const switched = compareLockfiles('yarn.lock', berry[0], berry[0], base, head);
    expect(switched.packages).toEqual([]);
  });
});

describe('what else can differ', () => {
  const lock = (extra: string): string => `lockfileVersion: '9.0'
importers:
  packages/a:
    dependencies:
      debug: { specifier: 1, version: 1.0.0 }
snapshots:
  debug@1.0.0: { dependencies: { ms: 1.0.0 } }
  ms@1.0.0: {}
${extra}`;

  it('names a patch, changed bytes and another source where versions are equal', () => {
    const of = (resolution: string): string => lock(`packages:\n  ms@1.0.0:\n    resolution: ${resolution}\n`);
    const through = 'debug < packages/a';
    const patched = (hash: string): string =>
      lock(`patchedDependencies:\n  ms@1.0.0:\n    hash: ${hash}\n    path: p.patch\n`);
    expect(compare('pnpm-lock.yaml', patched('aa'), patched('bb'))).toEqual([`ms 1.0.0 → 1.0.0 patch, ${through}`]);
    expect(compare('pnpm-lock.yaml', of('{integrity: sha512-a}'), of('{integrity: sha512-b}'))).toEqual([
      `ms 1.0.0 → 1.0.0 integrity, ${through}`,
    ]);
    expect(compare('pnpm-lock.yaml', of('{integrity: sha1-a}'), of('{integrity: sha512-b}'))).toEqual([]);
    expect(compare('pnpm-lock.yaml', of('{tarball: https://a/x.tgz}'), of('{tarball: https://b/x.tgz}'))).toEqual([
      `ms 1.0.0 → 1.0.0 source, ${through}`,
    ]);
  });

  it('finds a move between two versions that both stay in the lock', () => {
    const of = (a: string, b: string): string => `lockfileVersion: '9.0'
importers:
  packages/a: { dependencies: { ms: { specifier: x, version: ${a} } } }
  packages/b: { dependencies: { ms: { specifier: x, version: ${b} } } }
snapshots: { ms@1.0.0: {}, ms@2.0.0: {} }
`;
    expect(compare('pnpm-lock.yaml', of('1.0.0', '2.0.0'), of('2.0.0', '2.0.0'))).toEqual([
      'ms 1.0.0 → 2.0.0 version, ms < packages/a',
    ]);
  });

  it('calls a second version of a package a change, not an addition', () => {
    const of = (both: boolean): string => `lockfileVersion: '9.0'
importers:
  packages/a: { dependencies: { x: { specifier: x, version: 1.0.0 } } }
snapshots:
  x@1.0.0: { dependencies: { ms: 1.0.0${both ? ', y: 1.0.0' : ''} } }
  y@1.0.0: { dependencies: { ms: 2.0.0 } }
  ms@1.0.0: {}
  ms@2.0.0: {}
`;
    expect(compare('pnpm-lock.yaml', of(false), of(true))).toEqual([
      'ms 1.0.0 → 1.0.0|2.0.0 version, x < packages/a',
      'y  → 1.0.0 added, x < packages/a',
    ]);
  });

  it('says of a dependency that is added only what is new', () => {
    const of = (extra: string): string => `lockfileVersion: '9.0'
importers:
  packages/a: { dependencies: { x: { specifier: x, version: 1.0.0 } } }
  packages/b: { dependencies: { ${extra} } }
snapshots:
  x@1.0.0: { dependencies: { ms: 1.0.0 } }
  ms@1.0.0: {}
`;
    expect(compare('pnpm-lock.yaml', of(''), of('x: { specifier: x, version: 1.0.0 }'))).toEqual([
      'x  → 1.0.0 added, x < packages/b',
    ]);
  });

  it('reads a lock that comes or goes as additions and removals', () => {
    expect(compare('bun.lock', undefined, bun[0])).toEqual([
      'debug  → 4.3.1 added, debug < packages/a',
      'ms  → 2.1.2 added, debug < packages/a, ms < packages/b',
    ]);
    expect(compare('bun.lock', bun[0], undefined).map((line) => line.split(',')[0])).toEqual([
      'debug 4.3.1 →  removed',
      'ms 2.1.2 →  removed',
    ]);
  });

  it('maps the importers of Rush and of locks below the root', () => {
    const rush = (version: string): string =>
      pnpm6[0].replace('packages/a:', '../../packages/a:').replaceAll('4.3.1', version);
    expect(compare('common/config/rush/pnpm-lock.yaml', rush('4.3.1'), rush('4.3.2'))).toEqual([
      'debug 4.3.1 → 4.3.2 version, debug < packages/a',
    ]);
    expect(compare('sub/bun.lock', ...bun)[0]).toBe('debug 4.3.1 → 4.3.7 version, debug < sub/packages/a');
  });
});

describe('what can not be read', () => {
  const truncated = fixture('base').slice(0, 700);
  const wrongOffsets = fixture('base').map((byte, index) => (index > 90 && index < 140 ? 255 : byte));
  it.each<[string, string | Uint8Array]>([
    ['package-lock.json', '{ "packages": '],
    ['package-lock.json', '{}'],
    ['pnpm-lock.yaml', 'a: [\n'],
    ['pnpm-lock.yaml', '<<<<<<< HEAD\n'],
    ['yarn.lock', '  version "1"\n'],
    ['bun.lock', '[]'],
    ['bun.lockb', '#!/usr/bin/env bun\nbun-lockfile-format-v0\n'],
    ['bun.lockb', truncated],
    ['bun.lockb', wrongOffsets],
    ['deno.lock', '{}'],
    ['yarn.lock', ''],
  ])('%s: unknown, with a reason, and every direct dependency listed', (path, content) => {
    const delta = compareLockfiles(path, content, content, base, head);
    expect(delta.unknown).toBe(true);
    expect(delta.detail).toMatch(/could not be read: in the base, .+; in the head, .+/);
    expect(shape(delta)).toEqual(['debug ? → ? source, debug < packages/a', 'ms ? → ? source, ms < packages/b']);
  });
});
