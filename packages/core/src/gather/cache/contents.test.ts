import { gzipSync, gunzipSync } from 'node:zlib';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
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
