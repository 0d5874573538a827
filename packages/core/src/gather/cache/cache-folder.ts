/**
 * Where the engine keeps what it can make again: one folder per repository, below the user's cache folder.
 * In: the caller's wish, the environment, what names the repository. Out: a folder that can be written, or none and why.
 * Not here: what lies in the folder, and when it is made anew.
 *
 * The choice: `cacheDir`, else `BLAST_RADIUS_CACHE`, else `$XDG_CACHE_HOME`, `~/Library/Caches`, `%LOCALAPPDATA%` or `~/.cache`
 * with a folder per repository in it, named by a hash of git's common folder: worktrees and branches share one.
 */
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.js';

/** What the choice depends on. */
export interface CacheWish {
  /** A folder that is taken as it is; `false` switches the cache off. */
  readonly cacheDir?: string | false | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Real path of git's common folder, or of the analysed folder where there is no git. */
  readonly identity: string;
  /** Default: this machine's. */
  readonly platform?: NodeJS.Platform | undefined;
}

/** A folder that exists and can be written; without one, the run works as if nothing were remembered. */
export interface CacheFolder {
  readonly path?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Values of `BLAST_RADIUS_CACHE` that switch the cache off. */
const OFF: ReadonlySet<string> = new Set(['0', 'off', 'false', 'no']);

/** Makes the folder. Never throws: one that can't be made or written is no cache, with a note where it was asked for. */
export function openCacheFolder(wish: CacheWish): CacheFolder {
  const path = cachePath(wish);
  if (path === undefined) return { diagnostics: [] };
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK);
    return { path, diagnostics: [] };
  } catch {
    if (!wish.cacheDir && !wish.env['BLAST_RADIUS_CACHE']) return { diagnostics: [] };
    const message = `The cache folder ${path} can't be written; everything is read anew. Choose another with --cache-dir, or switch it off with --no-cache.`;
    return { diagnostics: [{ kind: 'cache-not-written', level: 'note', message }] };
  }
}

/** The folder's name, whether or not it exists; `undefined` where the cache is off. Absolute. */
export function cachePath({ cacheDir, env, identity, platform = process.platform }: CacheWish): string | undefined {
  const asked = env['BLAST_RADIUS_CACHE'] ?? '';
  if (cacheDir === false) return undefined;
  if (cacheDir !== undefined && cacheDir !== '') return resolve(cacheDir);
  if (OFF.has(asked.toLowerCase())) return undefined;
  if (asked !== '') return resolve(asked);
  const name = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  return join(userCacheFolder(env, platform), 'blast-radius', name);
}

function userCacheFolder(env: CacheWish['env'], platform: NodeJS.Platform): string {
  const home = env['HOME'] || homedir();
  if (env['XDG_CACHE_HOME']) return resolve(env['XDG_CACHE_HOME']);
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  return join(home, '.cache');
}
