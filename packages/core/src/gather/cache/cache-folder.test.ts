import { chmodSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { cachePath, openCacheFolder } from './index.js';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

function folder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  made.push(root);
  return root;
}

const identity = '/src/shop/.git';

it('is the folder that was asked for, as it is', () => {
  expect(cachePath({ cacheDir: '/ci/cache', env: { BLAST_RADIUS_CACHE: '/other' }, identity })).toBe('/ci/cache');
  expect(cachePath({ env: { BLAST_RADIUS_CACHE: '/other' }, identity })).toBe('/other');
});

it('is one per repository below the user’s own', () => {
  const at = (env: Record<string, string>, platform: NodeJS.Platform, id = identity): string | undefined =>
    cachePath({ env, identity: id, platform })?.replace(/[0-9a-f]{16}$/, '…');
  expect(at({ HOME: '/home/me' }, 'linux')).toBe('/home/me/.cache/blast-radius/…');
  expect(at({ HOME: '/home/me', XDG_CACHE_HOME: '/big' }, 'linux')).toBe('/big/blast-radius/…');
  expect(at({ HOME: '/Users/me' }, 'darwin')).toBe('/Users/me/Library/Caches/blast-radius/…');
  const env = { HOME: '/home/me' };
  expect(cachePath({ env, identity })).not.toBe(cachePath({ env, identity: '/src/other/.git' }));
});

it('can be switched off', () => {
  expect(cachePath({ cacheDir: false, env: { BLAST_RADIUS_CACHE: '/other' }, identity })).toBeUndefined();
  expect(cachePath({ env: { BLAST_RADIUS_CACHE: 'off' }, identity })).toBeUndefined();
  expect(openCacheFolder({ cacheDir: false, env: {}, identity })).toEqual({ diagnostics: [] });
});

it('is made for its owner alone', () => {
  const cacheDir = join(folder(), 'deep', 'cache');
  expect(openCacheFolder({ cacheDir, env: {}, identity })).toEqual({ path: cacheDir, diagnostics: [] });
  if (process.platform !== 'win32') expect(statSync(cacheDir).mode & 0o077).toBe(0);
});

it('is done without where it can’t be made', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const opened = openCacheFolder({ cacheDir: join(file, 'cache'), env: {}, identity });
  expect(opened.path).toBeUndefined();
  expect(opened.diagnostics.map(({ kind, level }) => [kind, level])).toEqual([['cache-not-written', 'note']]);
  expect(openCacheFolder({ env: { XDG_CACHE_HOME: join(file, 'cache') }, identity })).toEqual({ diagnostics: [] });
  if (process.getuid?.() === 0) return; // Root may write anywhere.
  const locked = folder();
  chmodSync(locked, 0o500);
  expect(openCacheFolder({ cacheDir: locked, env: {}, identity }).path).toBeUndefined();
});
