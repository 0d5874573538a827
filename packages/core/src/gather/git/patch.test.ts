import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, materialise } from '@blast-radius/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { compareText, type FileTree, UsageError } from '../../model/index.js';
import { blobId, makeFileTree } from '../disk/index.js';
import { openComparison } from './index.js';
import { patchTree } from './patchedTree.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

function treeOf(files: Readonly<Record<string, string>>): FileTree {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  return makeFileTree({
    label: 'head',
    entries: [...bytes].map(([path, content]) => ({ path, id: blobId(content), kind: 'file', executable: false })),
    readBytes: async (paths) =>
      new Map(paths.flatMap((path) => (bytes.has(path) ? [[path, bytes.get(path) ?? Buffer.of()]] : []))),
  });
}

async function patched(
  files: Readonly<Record<string, string>>,
  patch: string,
): Promise<Record<string, string | undefined>> {
  const { tree } = await patchTree(treeOf(files), patch, 'sha1');
  return Object.fromEntries(
    await Promise.all(tree.entries.map(async ({ path }) => [path, await tree.text(path)] as const)),
  );
}

async function refusal(files: Readonly<Record<string, string>>, patch: string): Promise<string> {
  const error: unknown = await patchTree(treeOf(files), patch, 'sha1').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

const ten = Array.from({ length: 10 }, (_, at) => `line ${at + 1}\n`).join('');

describe('forms of unified diffs', () => {
  const change = (names: string): string => `${names}@@ -1,2 +1,2 @@\n one\n-two\n+2\n`;
  it.each([
    ['git prefixes', '--- a/src/x.ts\n+++ b/src/x.ts\n'],
    ['mnemonic prefixes', 'diff --git i/src/x.ts w/src/x.ts\nindex 1..2 100644\n--- i/src/x.ts\n+++ w/src/x.ts\n'],
    ['no prefix', 'diff --git src/x.ts src/x.ts\n--- src/x.ts\n+++ src/x.ts\n'],
    [
      'folders of a plain diff -ru, with dates',
      '--- old/src/x.ts\t2024-01-01 00:00:00\n+++ new/src/x.ts\t2024-01-02 00:00:00\n',
    ],
    ['quoted', '--- "a/src/\\170.ts"\n+++ "b/src/\\170.ts"\n'],
    [
      'text above it',
      'From: me\nSubject: [PATCH] x\n\n---\n src/x.ts | 2 +-\n\ndiff --git a/src/x.ts b/src/x.ts\n--- a/src/x.ts\n+++ b/src/x.ts\n',
    ],
  ])('%s', async (_, names) => {
    expect(await patched({ 'src/x.ts': 'one\ntwo\n' }, change(names))).toEqual({ 'src/x.ts': 'one\n2\n' });
  });

  it('a mailed series with signatures, patching one file twice', async () => {
    const mail = (from: string, to: string): string =>
      `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-${from}\n+${to}\n-- \n2.39.5\n\n`;
    expect(await patched({ x: '1\n' }, mail('1', '2') + mail('2', '3'))).toEqual({ x: '3\n' });
  });

  it('Windows line ends in the file, in the patch, in both', async () => {
    const unix = change('--- a/x\n+++ b/x\n');
    const windows = unix.replaceAll('\n', '\r\n');
    expect(await patched({ x: 'one\r\ntwo\r\n' }, unix)).toEqual({ x: 'one\r\n2\r\n' });
    expect(await patched({ x: 'one\ntwo\n' }, windows)).toEqual({ x: 'one\n2\n' });
    expect(await patched({ x: 'one\r\ntwo\r\n' }, windows)).toEqual({ x: 'one\r\n2\r\n' });
  });

  it('a hunk that has moved', async () => {
    const patch = '--- a/x\n+++ b/x\n@@ -4,3 +4,3 @@\n line 4\n-line 5\n+five\n line 6\n';
    expect(await patched({ x: `new\n${ten}` }, patch)).toEqual({ x: `new\n${ten.replace('line 5', 'five')}` });
  });

  it('files without a line, by git’s header alone', async () => {
    const header = (mode: string): string => `diff --git a/x b/x\n${mode} file mode 100644\nindex e69de29..0000000\n`;
    expect(await patched({ x: '' }, header('deleted'))).toEqual({});
    expect(await patched({}, header('new'))).toEqual({ x: '' });
  });

  it('an empty patch changes nothing', async () => {
    expect(await patched({ x: '1\n' }, ' \n')).toEqual({ x: '1\n' });
  });
});

describe('patches that are refused', () => {
  it('name the file and the line of the first hunk that does not apply', async () => {
    const patch =
      '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n line 1\n-line 2\n+two\n@@ -7,2 +7,2 @@\n line 7\n-other\n+eight\n';
    expect(await refusal({ x: ten }, patch)).toBe('The patch does not apply to x at line 7.');
  });

  it('say when they are applied already', async () => {
    const patch = '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n line 1\n-2\n+line 2\n';
    expect(await refusal({ x: ten }, patch)).toContain('applied already');
    expect(await refusal({ x: '1\n' }, '--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+1\n')).toContain(
      'adds x, which is already there',
    );
  });

  it.each([
    ['hello', 'holds no change'],
    ['@@ -1 +1 @@\n-1\n+2\n', 'without a file name'],
    ['--- a/x\n+++ b/x\n@@ -1,9 +1 @@\n-1\n+2\n', "can't be read"],
    ['--- a/gone\n+++ b/gone\n@@ -1 +1 @@\n-1\n+2\n', 'changes gone, which is not in the head'],
    ['--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-1\n+2\n', 'not a path inside the repository'],
    ['--- /dev/null\n+++ b/.git/hooks/x\n@@ -0,0 +1 @@\n+2\n', 'not a path inside the repository'],
    ['--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n', 'removes x, but the file there has other lines'],
    ['diff --cc x\n--- a/x\n+++ b/x\n@@@ -1 -1 +1 @@@\n- 1\n', 'combined diff'],
  ])('%j', async (patch, words) => {
    expect(await refusal({ x: '1\nmore\n' }, patch)).toContain(words);
  });
});

describe('what git diff writes', () => {
  it('gives git’s own tree again: added, removed, renamed, copied names, modes, no newline, odd names', async () => {
    const base = {
      'a.ts': ten,
      'b/old.ts': ten.repeat(3),
      'gone.ts': 'x',
      'empty.ts': '',
      'no newline': 'a\nb',
      'é "q".ts': '1\n',
      'run.sh': 'x\n',
      'caf\u00e9.ts': 'ü\n',
      'new\nline': '1\n',
      pure: ten.repeat(2),
    };
    const made = materialise(base, base);
    undo.push(made.dispose);
    const put = (path: string, text: string): void => writeFileSync(join(made.root, path), text);
    put('a.ts', `first\n${ten.replace('line 5\n', '')}-- signature\n++ plus\n`);
    rmSync(join(made.root, 'gone.ts'));
    renameSync(join(made.root, 'b/old.ts'), join(made.root, 'b/new.ts'));
    put('b/new.ts', `${ten.repeat(3)}more`);
    renameSync(join(made.root, 'pure'), join(made.root, 'purely moved'));
    put('no newline', 'a\nc');
    put('é "q".ts', '2');
    put('caf\u00e9.ts', 'ö\r\n');
    put('new\nline', '2\n');
    put('added', 'x');
    put('added empty', '');
    chmodSync(join(made.root, 'run.sh'), 0o755);
    git(made.root, 'add', '-A');
    git(made.root, 'commit', '-q', '-m', 'patch');
    const wanted = await openComparison({ root: made.root, head: 'HEAD', base: 'main', compare: true, env: {} });
    wanted.close();
    for (const options of [
      ['-M'],
      ['--no-renames'],
      ['-U0'],
      ['-M', '--no-prefix'],
      ['-M', '--src-prefix=x/', '--dst-prefix=y/'],
    ]) {
      const patch = git(made.root, 'diff', ...options, 'main', 'HEAD');
      const opened = await openComparison({ root: made.root, head: 'main', patch, compare: true, env: {} });
      opened.close();
      expect(opened.head.entries).toEqual(wanted.head.entries);
      expect(opened.diffs).toEqual(wanted.diffs);
      expect(opened.base?.label).toBe(made.base);
    }
  });

  it('binary, link and submodule changes are facts without content', async () => {
    const made = materialise({ 'x.png': 'a\0b', 'a.ts': '1\n' }, { 'x.png': 'a\0c', 'y.png': '\0', 'a.ts': '2\n' });
    undo.push(made.dispose);
    for (const options of [['--binary'], []]) {
      const patch =
        git(made.root, 'diff', ...options, 'main', 'change') +
        'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+../out\n\\ No newline at end of file\n' +
        'diff --git a/m b/m\nnew file mode 160000\n--- /dev/null\n+++ b/m\n@@ -0,0 +1 @@\n+Subproject commit 1234567890123456789012345678901234567890\n';
      const opened = await openComparison({ root: made.root, head: 'main', patch, compare: true, env: {} });
      expect(
        opened.diffs
          .map(({ status, path, special }) => [status, path, special])
          .sort(([, left = ''], [, right = '']) => compareText(left, right)),
      ).toEqual([
        ['modified', 'a.ts', undefined],
        ['added', 'l', 'symlink'],
        ['added', 'm', 'submodule'],
        ['modified', 'x.png', 'binary'],
        ['added', 'y.png', 'binary'],
      ]);
      expect((await opened.head.read(['x.png', 'l', 'm', 'a.ts'])).size).toBe(1);
      expect(opened.diagnostics.filter(({ kind }) => kind === 'binary-file').map(({ file }) => file)).toEqual([
        'x.png',
        'y.png',
      ]);
      opened.close();
    }
  });
});
