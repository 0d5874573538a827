import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, materialise } from '@blast-radius/testkit';
import { afterEach, expect, it } from 'vitest';
import { analyze } from '../../repository.js';
import { openFolder } from '../disk/index.js';
import { openComparison } from './index.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

const FILES = {
  'shared/api.ts': 'export const api = () => 1;\n',
  'shared/deep/part.ts': 'export const part = () => 1;\n',
  'app/sibling.ts': 'export const sibling = () => 1;\n',
  'app/main.ts':
    "import { api } from './linked/api';\nimport { part } from './linked/part';\nimport { sibling } from './alias';\nexport const run = () => api() + part() + sibling();\n",
};

/** Links by path, with what an entry's target should be. */
const LINKS: Readonly<Record<string, readonly [text: string, target: string | undefined]>> = {
  'app/alias.ts': ['sibling.ts', 'app/sibling.ts'],
  'app/linked': ['../shared', 'shared'],
  'app/round': ['trip', 'app/trip'],
  'app/self': ['./self', 'app/self'],
  'app/top': ['..', ''],
  'app/trip': ['round', 'app/round'],
  'out-absolute': ['/etc/hostname', undefined],
  'out-relative': ['../../etc/hostname', undefined],
  'shared/part.ts': ['deep/part.ts', 'shared/deep/part.ts'],
};

function linked(): string {
  const made = materialise(FILES, FILES);
  undo.push(made.dispose);
  for (const [path, [text]] of Object.entries(LINKS)) symlinkSync(text, join(made.root, path));
  return made.root;
}

const targets = (tree: { entries: readonly { path: string; kind: string; target?: string }[] }) =>
  Object.fromEntries(tree.entries.flatMap(({ path, kind, target }) => (kind === 'link' ? [[path, target]] : [])));
const EXPECTED = Object.fromEntries(Object.entries(LINKS).map(([path, [, target]]) => [path, target]));

it('a link names its target where that lies inside, the same untracked, staged, committed and without git', async () => {
  const root = linked();
  const open = async (head?: string) => {
    const opened = await openComparison({ root, compare: false, env: {}, ...(head === undefined ? {} : { head }) });
    undo.push(() => opened.close());
    return opened.head;
  };
  expect(targets(await open())).toEqual(EXPECTED);
  git(root, 'add', '.');
  expect(targets(await open())).toEqual(EXPECTED);
  git(root, 'commit', '-q', '-m', 'links');
  const [clean, commit] = [await open(), await open('HEAD')];
  expect(clean.entries).toEqual(commit.entries);
  expect(targets(commit)).toEqual(EXPECTED);
  rmSync(join(root, '.git'), { recursive: true });
  const plain = await openFolder(root);
  expect(plain.entries).toEqual(commit.entries);
});

it('imports through a linked folder, a linked file and a link in a linked folder reach the real files', async () => {
  const root = linked();
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'links');
  for (const [path, text] of Object.entries(FILES))
    if (path !== 'app/main.ts') writeFileSync(join(root, path), text.replace('1', '2'));
  const report = await analyze({ root, base: 'HEAD', threads: 0, env: {} });
  expect(report.diagnostics.filter(({ kind }) => kind === 'unresolved-import')).toEqual([]);
  expect(report.changes.map(({ symbol }) => symbol)).toEqual(['sibling', 'api', 'part']);
  expect(report.impacts.find(({ symbol }) => symbol === 'run')).toMatchObject({ file: 'app/main.ts', distance: 1 });
});

it('a link that is turned elsewhere changes what its importers reach; a link that a patch makes is read', async () => {
  const root = linked();
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'links');
  rmSync(join(root, 'app/alias.ts'));
  symlinkSync('../shared/api.ts', join(root, 'app/alias.ts'));
  const patch = git(root, 'diff');
  const turned = await openComparison({ root, compare: true, base: 'HEAD', env: {} });
  turned.close();
  git(root, 'checkout', '-q', '.');
  const patched = await openComparison({ root, compare: true, patch, env: {} });
  patched.close();
  for (const { head, diffs } of [turned, patched]) {
    expect(diffs).toEqual([{ status: 'modified', path: 'app/alias.ts', special: 'symlink' }]);
    expect(head.byPath.get('app/alias.ts')?.target).toBe('shared/api.ts');
  }
});

it('a long chain of links ends', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  undo.push(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, 'main.ts'), "import './l0';\nimport './l30';\n");
  writeFileSync(join(root, 'l40.ts'), 'export {};\n');
  for (let at = 0; at < 40; at++) symlinkSync(`l${at + 1}.ts`, join(root, `l${at}.ts`));
  const report = await analyze({ root, files: ['l40.ts'], threads: 0, env: {} });
  expect(report.diagnostics.filter(({ kind }) => kind === 'unresolved-import').map(({ line }) => line)).toEqual([1, 2]);
});
