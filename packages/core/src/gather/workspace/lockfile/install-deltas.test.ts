/** Which of lockfile, settings and patches is believed, and what they say. */
import { expect, it } from 'vitest';
import type { FileDiff } from '../../../model/revision.js';
import { memoryTree } from '../../tree-memory.js';
import { readWorkspace } from '../read-workspace.js';
import { readInstallDeltas } from './install-deltas.js';

type Files = Readonly<Record<string, string>>;

/** Compares two sets of files; `path: name base → head cause, dependency < importers` per package. */
async function deltas(before: Files, after: Files): Promise<{ lines: string[]; diagnostics: string[] }> {
  const [base, head] = [memoryTree(before), memoryTree(after)];
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const diffs = paths
    .filter((path) => before[path] !== after[path])
    .map((path): FileDiff => {
      return {
        path,
        status: before[path] === undefined ? 'added' : after[path] === undefined ? 'removed' : 'modified',
      };
    });
  const { workspace: workspaceBase } = await readWorkspace(base);
  const { workspace: workspaceHead } = await readWorkspace(head);
  const result = await readInstallDeltas({ base, head, workspaceBase, workspaceHead, diffs });
  const lines = result.deltas.flatMap(({ path, packages }) =>
    packages.map(({ name, base: from, head: to, cause, through }) => {
      const ways = through.map(({ dependency, importers }) => `, ${dependency} < ${importers.join('|')}`).join('');
      return `${path}: ${name} ${from.join('|')} → ${to.join('|')} ${cause}${ways}`;
    }),
  );
  return { lines, diagnostics: result.diagnostics.map(({ kind, file }) => `${kind} ${file ?? ''}`) };
}

const lock = (ms: string): string => `lockfileVersion: '9.0'
importers:
  p/a: { dependencies: { debug: { specifier: 1, version: 1.0.0 } } }
snapshots:
  debug@1.0.0: { dependencies: { ms: ${ms} } }
  ms@${ms}: {}
`;

const repository = (settings: string, debug = '^1.0.0'): Files => ({
  'package.json': '{"name":"root"}',
  'pnpm-workspace.yaml': `packages: ["p/*"]\n${settings}`,
  'p/a/package.json': `{"name":"a","dependencies":{"debug":"${debug}","b":"workspace:*"}}`,
  'p/b/package.json': '{"name":"b"}',
});

it('lets ranges, catalogs and overrides speak where there is no lockfile', async () => {
  expect((await deltas(repository(''), repository('', '^2.0.0'))).lines).toEqual([
    'p/a/package.json: debug ^1.0.0 → ^2.0.0 version, debug < p/a',
  ]);
  const catalog = (version: string): Files => repository(`catalogs: { old: { debug: ${version} } }`, 'catalog:old');
  expect((await deltas(catalog('1.0.0'), catalog('1.1.0'))).lines).toEqual([
    'pnpm-workspace.yaml: debug 1.0.0 → 1.1.0 version, debug < p/a',
  ]);
  const override = (version: string): Files => repository(`overrides: { "x>debug@1": ${version} }`);
  expect((await deltas(override('1.0.0'), override('1.1.0'))).lines).toEqual([
    'pnpm-workspace.yaml: debug 1.0.0 → 1.1.0 override, debug < p/a',
  ]);
});

it('finds through an unchanged lockfile who reaches an overridden package', async () => {
  const files = (version: string): Files => ({
    ...repository(''),
    'pnpm-lock.yaml': lock('1.0.0'),
    'package.json': `{"name":"root","resolutions":{"**/ms":"${version}"}}`,
  });
  expect((await deltas(files('1'), files('2'))).lines).toEqual(['package.json: ms 1 → 2 override, debug < p/a']);
});

it('believes a lockfile that changed over the settings', async () => {
  const before = { ...repository('', '^1.0.0'), 'pnpm-lock.yaml': lock('1.0.0') };
  const after = { ...repository('', '^1.0.1'), 'pnpm-lock.yaml': lock('1.0.1') };
  expect((await deltas(before, after)).lines).toEqual(['pnpm-lock.yaml: ms 1.0.0 → 1.0.1 version, debug < p/a']);
});

it('compares the lockfiles of two package managers by versions', async () => {
  const bun =
    '{"lockfileVersion":1,"workspaces":{"p/a":{"name":"a","dependencies":{"debug":"1"}}},"packages":{"debug":["debug@1.0.0","",{"dependencies":{"ms":"1"}},"sha512-x"],"ms":["ms@1.0.2","",{},"sha512-y"]}}';
  const result = await deltas(
    { ...repository(''), 'pnpm-lock.yaml': lock('1.0.0') },
    { ...repository(''), 'bun.lock': bun },
  );
  expect(result.lines).toEqual(['bun.lock: ms 1.0.0 → 1.0.2 version, debug < p/a']);
});

it.each([
  'patches/ms+1.0.0.patch',
  'patches/debug++ms+1.0.0.patch',
  'patches/ms@1.0.0.patch',
  '.yarn/patches/ms-npm-1.0.0-0123abcd.patch',
])('reads the package off the patch %s', async (path) => {
  const files = (text: string): Files => ({ ...repository(''), 'pnpm-lock.yaml': lock('1.0.0'), [path]: text });
  expect((await deltas(files('a'), files('b'))).lines).toEqual([`${path}: ms 1.0.0 → 1.0.0 patch, debug < p/a`]);
});

it('says what it could not read and takes every direct dependency as changed', async () => {
  const result = await deltas(
    { ...repository(''), 'pnpm-lock.yaml': lock('1') },
    { ...repository(''), 'pnpm-lock.yaml': 'x: [' },
  );
  expect(result.lines).toEqual(['pnpm-lock.yaml: debug ? → ? source, debug < p/a']);
  expect(result.diagnostics).toEqual(['lockfile-broken pnpm-lock.yaml']);
});
