/**
 * The cache of a repository as its owner handles it: how much there is, throwing it away, taking it elsewhere.
 * In: the options that an analysis takes. Out: lists of files. Not here: what a run keeps and finds there (gather/cache).
 */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../model/diagnostic.js';
import type { AnalyzeOptions } from '../model/options.js';
import { cachePath, exportCache, importCache, listCache, pruneCache, type CacheFile } from './cache/index.js';
import { openRepository } from './git/index.js';

/** A repository's cache. */
export interface RepositoryCache {
  /** Absolute; it need not exist. */
  readonly path: string;
  /** Its files, by name. */
  files(): CacheFile[];
  /** Removes what this engine has no use for; with `everything`, all of it. Returns what went. */
  prune(everything?: boolean): CacheFile[];
  /** Writes what this engine can use into one file, whole or not at all; returns what is in it (nothing: no file). */
  export(archive: string): Promise<CacheFile[]>;
  /** Adds the files of an archive that this engine can use. Throws `UsageError` where it is none. */
  import(archive: string): CacheFile[];
}

/** Finds the cache that an analysis with these options uses. Throws `UsageError` where it is switched off. */
export async function openRepositoryCache({
  root = process.cwd(),
  cacheDir,
}: Pick<AnalyzeOptions, 'root' | 'cacheDir'> = {}): Promise<RepositoryCache> {
  const folder = realFolder(resolve(root));
  const found = await openRepository(folder);
  const identity = 'reason' in found ? folder : found.commonFolder;
  const path = cachePath({ cacheDir, env: process.env, identity });
  if (path === undefined)
    throw new UsageError('The cache is switched off (--no-cache or BLAST_RADIUS_CACHE); name one with --cache-dir.');
  return {
    path,
    files: () => listCache(path),
    prune: (everything = false) => pruneCache(path, everything),
    export: (archive) => exportCache(path, archive),
    import: (archive) => importCache(path, archive),
  };
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    throw new UsageError(`The folder ${folder} does not exist.`);
  }
}
