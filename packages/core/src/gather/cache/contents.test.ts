import { gzipSync, gunzipSync } from 'node:zlib';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { materialise } from '@blast-radius/testkit';
import { afterEach, expect, it } from 'vitest';
import { prepareIndex } from '../../pipeline.js';
import { extractFacts } from '../facts/index.js';
import { exportCache, importCache, listCache, openCache, pruneCache } from './index.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  made.push(root);
  return root;
}

const ID = 'a'.repeat(40);

/** A cache folder with facts of one text, things of an older engine and a file of somebody else's. */
function filled(): string {
  const root = folder();
  const { cache } = openCache({ cacheDir: root }, 'unused');
  cache?.facts.add(ID, 'ts', extractFacts({ text: 'export const a = 1;', language: 'ts' }));
  cache?.facts.save();
  cache?.close();
  mkdirSync(join(root, 'f1-0.0.1', 'facts'), { recursive: true });
  writeFileSync(join(root, 'f1-0.0.1', 'facts', 'old.facts'), 'old');
  writeFileSync(join(root, 'f1-0.0.1', 'facts', 'thesis.doc'), 'mine');
  writeFileSync(join(root, 'thesis.doc'), 'mine');
  return root;
}

function finds(root: string): boolean {
  const { cache } = openCache({ cacheDir: root }, 'unused');
  try {
    return cache?.facts.get(ID, 'ts')?.symbols.some(({ name }) => name === 'a') === true;
  } finally {
    cache?.close();
  }
}

it('counts and removes its own files only', () => {
  const root = filled();
  expect(listCache(root).map(({ current }) => current).sort()).toEqual([false, true]); // prettier-ignore
  expect(pruneCache(root, false).map(({ name }) => name)).toEqual(['f1-0.0.1/facts/old.facts']);
  expect(finds(root)).toBe(true);
  expect(pruneCache(root, true)).toHaveLength(1);
  expect(finds(root)).toBe(false);
  for (const kept of ['thesis.doc', 'f1-0.0.1/facts/thesis.doc']) expect(existsSync(join(root, kept))).toBe(true);
});

it('counts and removes what lint rules look up, and takes it nowhere', async () => {
  const { root, dispose } = materialise({ 'a.ts': 'export const a = 1;\n' }, { 'a.ts': 'export const a = 1;\n' });
  made.push(root);
  const cacheDir = filled();
  const { file } = await prepareIndex({ root, cacheDir, threads: 0 });
  const index = basename(file);
  const names = (): string[] => listCache(cacheDir).map(({ name }) => name).filter((name) => name.startsWith('lint-')); // prettier-ignore
  const [left, old] = [`${index}.0123456789ab.tmp`, `lint-${'0'.repeat(16)}.index`];
  writeFileSync(join(cacheDir, left), 'half');
  writeFileSync(
    join(cacheDir, old),
    readFileSync(file)
      .toString('latin1')
      .replace(/"facts":\d+/, '"facts":0'),
    'latin1',
  );
  writeFileSync(join(cacheDir, 'lint-mine.index'), 'mine');
  expect(names()).toEqual([index, left, old].sort());
  expect(statSync(file).mode & 0o077).toBe(0);
  const removed = pruneCache(cacheDir, false).map(({ name }) => name);
  expect(removed).toEqual(expect.arrayContaining([left, old]));
  expect(names()).toEqual([index]);
  const archive = join(folder(), 'cache.gz');
  expect((await exportCache(cacheDir, archive)).filter(({ name }) => name.startsWith('lint-'))).toEqual([]);
  pruneCache(cacheDir, true);
  expect(names()).toEqual([]);
  expect(existsSync(join(cacheDir, 'lint-mine.index'))).toBe(true);
  dispose();
});

it('moves what this engine can use', async () => {
  const [root, other] = [filled(), folder()];
  const archive = join(other, 'cache.gz');
  const files = await exportCache(root, archive);
  expect(files).toHaveLength(1);
  expect(importCache(join(other, 'new'), archive)).toEqual(files);
  expect(finds(join(other, 'new'))).toBe(true);
  expect(await exportCache(join(other, 'nowhere'), join(other, 'none.gz'))).toEqual([]);
  expect(existsSync(join(other, 'none.gz'))).toBe(false);
});

it('writes nothing of an archive that is damaged or leads elsewhere', async () => {
  const [root, other] = [filled(), folder()];
  const archive = join(other, 'cache.gz');
  await exportCache(root, archive);
  const whole = gunzipSync(readFileSync(archive));
  const damaged = Buffer.from(whole);
  damaged[whole.length - 3]! ^= 1;
  const elsewhere = Buffer.from(whole.toString('latin1').replace(/f\d[^"]*\/facts/, '../../facts'), 'latin1');
  for (const bytes of [gzipSync(damaged), gzipSync(elsewhere), gzipSync(whole.subarray(0, 90)), whole]) {
    writeFileSync(archive, bytes);
    expect(() => importCache(join(other, 'new'), archive)).toThrow(/no whole cache archive/);
  }
  expect(existsSync(join(other, 'new'))).toBe(false);
});
