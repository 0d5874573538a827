import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ByteCache, DiskReader, openFolder } from './index.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

function folder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

it('leaves out packages, caches and what nested .gitignore files exclude', async () => {
  const root = folder({
    '.gitignore': 'dist\n*.log\n/only-here.ts\n',
    'packages/a/.gitignore': '!keep.log\ngen/*\n!gen/kept.ts\n',
    'packages/a/keep.log': '',
    'packages/a/lost.log': '',
    'packages/a/gen/x.ts': '',
    'packages/a/gen/kept.ts': '',
    'packages/a/dist/out.js': '',
    'packages/a/only-here.ts': '',
    'only-here.ts': '',
    'node_modules/x/index.js': '',
    '.cache/x.ts': '',
    '.github/workflows/ci.yml': '',
    '.env': '',
    'new\nline.ts': '',
    'fol\nder/x/..odd(!)[y]{z,w}.ts': '',
    'fol\nder/node_modules/x.ts': '',
  });
  const tree = await openFolder(root);
  expect(tree.entries.map(({ path }) => path)).toEqual([
    '.env',
    '.github/workflows/ci.yml',
    '.gitignore',
    'fol\nder/x/..odd(!)[y]{z,w}.ts',
    'new\nline.ts',
    'packages/a/.gitignore',
    'packages/a/gen/kept.ts',
    'packages/a/keep.log',
    'packages/a/only-here.ts',
  ]);
  expect(await tree.ignored('packages/a')).toEqual([
    'packages/a/dist/out.js',
    'packages/a/gen/x.ts',
    'packages/a/lost.log',
  ]);
  expect(await tree.ignored('node_modules/x')).toEqual([]);
});

it('takes off the byte order mark of texts, not of bytes', async () => {
  const tree = await openFolder(folder({ 'a.ts': '\ufeffa' }));
  expect(await tree.text('a.ts')).toBe('a');
  expect((await tree.read(['a.ts'])).get('a.ts')).toHaveLength(4);
  expect(await tree.text('gone.ts')).toBeUndefined();
});

it('does not follow links and does not open pipes', async () => {
  const root = folder({ 'real/a.ts': 'a' });
  symlinkSync('.', join(root, 'loop'));
  symlinkSync('real/a.ts', join(root, 'link.ts'));
  execFileSync('mkfifo', [join(root, 'pipe.ts')]);
  const tree = await openFolder(root);
  expect(tree.entries.map(({ path, kind }) => [path, kind])).toEqual([
    ['link.ts', 'link'],
    ['loop', 'link'],
    ['real/a.ts', 'file'],
  ]);
  expect((await tree.read(['link.ts', 'pipe.ts', 'loop', '', '/etc/hostname', '..'])).size).toBe(0);
  expect(new DiskReader(root).inspect('pipe.ts')).toBeUndefined();
});

it('the cache stays within its budget and drops the oldest', () => {
  const cache = new ByteCache(80);
  for (let at = 0; at < 20; at++) cache.set(String(at), new Uint8Array(10));
  expect([cache.get('0'), cache.get('11'), cache.get('12')?.length, cache.get('19')?.length]).toEqual([
    undefined,
    undefined,
    10,
    10,
  ]);
  cache.set('large', new Uint8Array(11));
  expect(cache.get('large')).toBeUndefined();
});
