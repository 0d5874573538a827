import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { git, materialise } from '@blast-radius/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type ComparisonRequest, type OpenedComparison, openComparison } from './index.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

type Files = Readonly<Record<string, string>>;

function repository(base: Files, head: Files = base): string {
  const made = materialise(base, head);
  undo.push(made.dispose);
  return made.root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function open(root: string, request: Partial<ComparisonRequest> = {}): Promise<OpenedComparison> {
  const opened = await openComparison({ root, compare: true, env: {}, ...request });
  undo.push(() => opened.close());
  return opened;
}

const lines = ({ diffs }: OpenedComparison): string[] =>
  diffs.map(({ status, path, basePath, special }) => [status, basePath, path, special].filter(Boolean).join(' '));
const kinds = ({ diagnostics }: OpenedComparison): string[] => diagnostics.map(({ kind }) => kind);

describe('the working tree', () => {
  it('holds staged, unstaged and untracked changes, not ignored files', async () => {
    const root = repository({ 'a.ts': 'a\n', 'b.ts': 'b\n', 'c.ts': 'c\n', 'd.ts': 'd\n', '.gitignore': 'dist\n' });
    write(root, 'a.ts', 'staged\n');
    git(root, 'add', 'a.ts');
    write(root, 'b.ts', 'unstaged\n');
    rmSync(join(root, 'c.ts'));
    write(root, 'new/e.ts', 'e\n');
    write(root, 'dist/out.js', 'out\n');
    write(root, 'dist/node_modules/x/index.js', 'x\n');
    const opened = await open(root);
    expect(lines(opened)).toEqual(['modified a.ts', 'modified b.ts', 'removed c.ts', 'added new/e.ts']);
    expect(await opened.head.text('a.ts')).toBe('staged\n');
    expect(await opened.head.text('b.ts')).toBe('unstaged\n');
    expect(await opened.base?.text('b.ts')).toBe('b\n');
    expect(opened.head.folders).toEqual(new Set(['', 'new']));
    expect(await opened.head.ignored('')).toEqual(['dist/out.js']);
    expect(await opened.base?.ignored('')).toEqual([]);
    expect(await opened.head.text('dist/out.js')).toBe('out\n');
  });

  it('names a dirty file by the id that git would give it', async () => {
    const root = repository({ 'a.ts': 'a\n' });
    write(root, 'a.ts', 'changed\n');
    const { head } = await open(root);
    expect(head.byPath.get('a.ts')?.id).toBe(git(root, 'hash-object', 'a.ts').trim());
  });

  it('does not take a touched file for a changed one', async () => {
    const root = repository({ 'a.ts': 'a\n' });
    rmSync(join(root, 'a.ts'));
    write(root, 'a.ts', 'a\n');
    expect(lines(await open(root))).toEqual([]);
  });

  it('reads the conflicted file from the disk', async () => {
    const root = repository({ 'a.ts': 'base\n' }, { 'a.ts': 'theirs\n' });
    git(root, 'checkout', '-q', '-b', 'ours', 'main');
    write(root, 'a.ts', 'ours\n');
    git(root, 'commit', '-q', '-am', 'ours');
    expect(() => git(root, 'merge', 'change')).toThrow();
    const { head } = await open(root);
    expect(await head.text('a.ts')).toContain('<<<<<<<');
  });

  it('gives the top and the asked folder below it', async () => {
    const root = repository({ 'packages/ui/a.ts': 'a\n' });
    const opened = await open(join(root, 'packages/ui'));
    expect([opened.root, opened.scope]).toEqual([root, 'packages/ui']);
    expect(opened.head.byPath.has('packages/ui/a.ts')).toBe(true);
  });

  it('reads what a sparse checkout leaves out', async () => {
    const root = repository({ 'a/x.ts': 'x\n', 'b/y.ts': 'y\n' });
    git(root, 'sparse-checkout', 'set', '--cone', 'a');
    const opened = await open(root);
    expect(lines(opened)).toEqual([]);
    expect(await opened.head.text('b/y.ts')).toBe('y\n');
    expect(kinds(opened)).toContain('sparse-checkout');
  });
});

describe('two commits', () => {
  it('are compared without a checkout', async () => {
    const root = repository({ 'a.ts': '1\n' }, { 'a.ts': '2\n' });
    write(root, 'a.ts', '3\n');
    const opened = await open(root, { base: 'main', head: 'change' });
    expect(lines(opened)).toEqual(['modified a.ts']);
    expect(await opened.head.text('a.ts')).toBe('2\n');
    expect(opened.comparison.chosenBy).toBe('--base main');
  });

  it('pair renames: equal content, similar content, case only, .js turned into .ts', async () => {
    const body = Array.from({ length: 20 }, (_, at) => `export const name${at} = ${at};`).join('\n');
    const root = repository(
      {
        'old.ts': body,
        'Button.ts': `${body}// button`,
        'x.js': `${body}\nmodule.exports = 1;`,
        'gone.ts': 'unlike\n',
      },
      {
        'new.ts': `${body}\n// more`,
        'button.ts': `${body}// button`,
        'x.ts': `${body}\nexport default 1;`,
        'come.ts': 'other\n',
      },
    );
    expect(lines(await open(root, { base: 'main', head: 'change' }))).toEqual(
      [
        'renamed Button.ts button.ts',
        'added come.ts',
        'removed gone.ts',
        'renamed old.ts new.ts',
        'renamed x.js x.ts',
      ].sort((left, right) => ((left.split(' ').at(-1) ?? '') < (right.split(' ').at(-1) ?? '') ? -1 : 1)),
    );
  });

  it('tell mode changes, binary files and symbolic links apart', async () => {
    const root = repository({ 'run.sh': 'echo\n', 'a.ts': 'text\n', link: 'a.ts' });
    chmodSync(join(root, 'run.sh'), 0o755);
    write(root, 'a.ts', 'bin\0ary');
    rmSync(join(root, 'link'));
    symlinkSync('a.ts', join(root, 'link'));
    expect(lines(await open(root))).toEqual(['modified a.ts binary', 'modified link symlink', 'mode run.sh']);
  });

  it('keep odd names', async () => {
    const odd = [
      'new\nline.ts',
      'a "quote".ts',
      'sp ace/(x)[y]{z}.ts',
      'é.ts',
      'e\u0301.ts',
      '-dash.ts',
      ':(top)x.ts',
      'tab\t.ts',
      'back\\slash.ts',
    ];
    const texts = Object.fromEntries(odd.map((name) => [name, `${name}\n`]));
    const root = repository({ 'a.ts': '' }, { 'a.ts': '', ...texts });
    for (const head of ['change', undefined]) {
      const opened = await open(root, { base: 'main', head });
      expect(opened.diffs.map(({ path }) => path)).toEqual([...odd].sort());
      for (const name of odd) expect(await opened.head.text(name)).toBe(`${name}\n`);
    }
    for (const name of odd) write(root, name, 'dirty\n');
    const dirty = await open(root);
    for (const name of odd) expect(await dirty.head.text(name)).toBe('dirty\n');
  });
});

describe('unusual repositories', () => {
  it('an unborn HEAD is compared with the empty tree', async () => {
    const root = temporary();
    git(root, 'init', '-q', '-b', 'main');
    write(root, 'a.ts', 'a\n');
    const opened = await open(root);
    expect(lines(opened)).toEqual(['added a.ts']);
    expect(opened.comparison).toMatchObject({ base: 'empty tree', head: 'working tree' });
    expect(kinds(opened)).toContain('unborn-head');
  });

  it('a detached HEAD is said and harmless', async () => {
    const root = repository({ 'a.ts': '1\n' }, { 'a.ts': '2\n' });
    git(root, 'checkout', '-q', '--detach');
    const opened = await open(root, { base: 'main' });
    expect(lines(opened)).toEqual(['modified a.ts']);
    expect(kinds(opened)).toEqual(['detached-head']);
  });

  it('a submodule is an entry without content', async () => {
    const inner = repository({ 'x.ts': 'x\n' });
    const root = repository({ 'a.ts': 'a\n' });
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'vendor/inner');
    write(root, 'vendor/inner/x.ts', 'dirty\n');
    const opened = await open(root);
    expect(lines(opened)).toEqual(['added .gitmodules', 'added vendor/inner submodule']);
    expect(opened.head.byPath.get('vendor/inner')?.kind).toBe('submodule');
    expect(opened.diagnostics.filter(({ kind }) => kind === 'submodule-skipped')).toMatchObject([
      { file: 'vendor/inner', count: 1 },
    ]);
    expect((await opened.head.read(['vendor/inner'])).size).toBe(0);
    expect(await opened.head.ignored('')).toEqual([]);
  });

  it('a repository inside the repository is left out and named', async () => {
    const root = repository({ 'a.ts': 'a\n' });
    git(root, 'init', '-q', 'inner');
    write(root, 'inner/x.ts', 'x\n');
    const opened = await open(root);
    expect(lines(opened)).toEqual([]);
    expect(opened.diagnostics).toContainEqual(expect.objectContaining({ kind: 'submodule-skipped', file: 'inner' }));
  });

  it('links are never followed: loops, out of the root, in place of a folder', async () => {
    const outside = temporary();
    write(outside, 'secret.ts', 'secret\n');
    const root = repository({ 'a.ts': 'a\n', 'folder/secret.ts': 'mine\n' });
    symlinkSync('.', join(root, 'loop'));
    symlinkSync(join(outside, 'secret.ts'), join(root, 'out.ts'));
    rmSync(join(root, 'folder'), { recursive: true });
    symlinkSync(outside, join(root, 'folder'));
    const opened = await open(root);
    expect(lines(opened)).toEqual([
      'added folder symlink',
      'removed folder/secret.ts',
      'added loop symlink',
      'added out.ts symlink',
    ]);
    const wanted = ['out.ts', 'folder/secret.ts', 'loop/a.ts', 'folder', '../secret.ts', join(outside, 'secret.ts')];
    const read = await opened.head.read(wanted);
    expect([...read].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([['loop/a.ts', 'a\n']]);
    expect(await opened.head.ignored('folder')).toEqual([]);
    expect(opened.diagnostics).toContainEqual(expect.objectContaining({ kind: 'symlink-skipped', count: 3 }));
  });

  it('names that differ in case only are said', async () => {
    const root = repository({ 'src/A.ts': '1\n', 'src/a.ts': '2\n', 'Src/b.ts': '3\n' });
    const { diagnostics } = await open(root);
    const conflicts = diagnostics.filter(({ kind }) => kind === 'path-case-conflict');
    expect(conflicts.map(({ file }) => file)).toEqual(['src', 'src/a.ts']);
  });

  it('a blob that is gone is unreadable, the rest is there', async () => {
    const root = repository({ 'a.ts': '1\n', 'b.ts': '1\n\n' }, { 'a.ts': '2\n', 'b.ts': '2\n\n' });
    const id = git(root, 'rev-parse', 'main:a.ts').trim();
    rmSync(join(root, '.git/objects', id.slice(0, 2), id.slice(2)));
    const opened = await open(root, { base: 'main' });
    expect(lines(opened)).toEqual(['modified a.ts', 'modified b.ts']);
    expect(await opened.base?.text('a.ts')).toBeUndefined();
    expect(await opened.base?.text('b.ts')).toBe('1\n\n');
    expect(opened.diagnostics).toMatchObject([{ kind: 'unreadable-file', file: 'a.ts', count: 1 }]);
  });

  it('a partial clone is read without fetching', async () => {
    const source = repository({ 'a.ts': '1\n' }, { 'a.ts': '2\n' });
    git(source, 'config', 'uploadpack.allowFilter', 'true');
    const root = join(temporary(), 'clone');
    git(source, 'clone', '-q', '--filter=blob:none', `file://${source}`, root);
    const opened = await open(root, { base: 'origin/main' });
    expect(lines(opened)).toEqual(['modified a.ts']);
    expect(await opened.head.text('a.ts')).toBe('2\n');
    expect(await opened.base?.text('a.ts')).toBeUndefined();
    expect(kinds(opened)).toContain('unreadable-file');
  });

  it('a repository with the sha256 format names files by sha256', async () => {
    const root = temporary();
    git(root, 'init', '-q', '-b', 'main', '--object-format=sha256');
    write(root, 'a.ts', 'a\n');
    const { head } = await open(root);
    expect(head.byPath.get('a.ts')?.id).toBe(git(root, 'hash-object', 'a.ts').trim());
  });
});

describe('without a second state', () => {
  it('compare: false, files and symbols open the head only', async () => {
    const root = repository({ 'a.ts': 'a\n' }, { 'a.ts': 'b\n' });
    for (const request of [{ compare: false }, { files: ['a.ts'] }, { symbols: ['a.ts#x'] }]) {
      const opened = await open(root, { ...request, env: { GITHUB_BASE_REF: 'gone' } });
      expect([opened.base, opened.diffs]).toEqual([undefined, []]);
    }
  });

  it('a folder without git is the head; a base is refused', async () => {
    const root = temporary();
    write(root, 'a.ts', 'a\n');
    const opened = await open(root);
    expect(opened.head.entries.map(({ path }) => path)).toEqual(['a.ts']);
    expect(opened.diagnostics).toMatchObject([{ kind: 'not-a-repository', level: 'note' }]);
    await expect(open(root, { base: 'main' })).rejects.toThrow(/--base needs git, but .* is not in a git repository/);
    await expect(open(join(root, 'gone'))).rejects.toThrow(/does not exist/);
    await expect(open(join(root, 'a.ts'))).rejects.toThrow(/is not a folder/);
  });

  it('a bare repository is refused, from the folders in it too', async () => {
    const root = temporary();
    git(root, 'init', '-q', '--bare', 'bare.git');
    for (const folder of ['bare.git', 'bare.git/refs']) {
      await expect(open(join(root, folder))).rejects.toThrow(/is a bare repository, .* git worktree add$/);
    }
  });

  it('a broken .git is a folder without git, in git’s words', async () => {
    const root = repository({ 'a.ts': 'a\n' });
    renameSync(join(root, '.git/HEAD'), join(root, '.git/TAIL'));
    const { diagnostics, head } = await open(root);
    expect(head.byPath.has('a.ts')).toBe(true);
    expect(diagnostics[0]).toMatchObject({
      kind: 'not-a-repository',
      message: expect.stringContaining('not a git repository'),
    });
  });
});

function temporary(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  undo.push(() => rmSync(root, { recursive: true, force: true }));
  return root;
}
