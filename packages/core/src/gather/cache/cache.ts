/**
 * What one run keeps for the next ones, in the folder of this engine below the repository's cache folder.
 * In: the caller's options and what names the repository. Out: the stores, or none. Not here: what they hold.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { AnalyzeOptions } from '../../model/options.js';
import { openCacheFolder } from './cache-folder.js';
import { engineStamp } from './engine-stamp.js';
import { openTreeFiles, type TreeFiles } from './tree-files.js';
import { openStoredFacts, type StoredFactsFolder } from './stored-facts.js';

/** The stores of one repository. */
export interface Cache {
  /** Absolute; another engine has another one beside it. */
  readonly folder: string;
  readonly facts: StoredFactsFolder;
  readonly trees: TreeFiles;
  close(): void;
}

/** Engines whose stores are kept beside each other: two branches of the engine's own, an editor's and a CI's. */
const KEPT_ENGINES = 3;

/**
 * Opens or makes the cache that the options and the process's environment ask for.
 * The reference parser has none: it is there to be compared with.
 */
export function openCache(
  { cacheDir, parser }: Pick<AnalyzeOptions, 'cacheDir' | 'parser'>,
  identity: string,
): { readonly cache?: Cache; readonly diagnostics: readonly Diagnostic[] } {
  if (parser === 'typescript-estree') return { diagnostics: [] };
  const { path, diagnostics } = openCacheFolder({ cacheDir, env: process.env, identity });
  if (path === undefined) return { diagnostics };
  const folder = join(path, engineStamp());
  makeRoomFor(path, folder);
  const facts = openStoredFacts(folder);
  return { cache: { folder, facts, trees: openTreeFiles(folder), close: () => facts.close() }, diagnostics };
}

/** Makes the engine's folder; where it is new, those of engines that were not used for longest leave. */
function makeRoomFor(path: string, folder: string): void {
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) === undefined) return;
    const others = readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^f\d+-/.test(entry.name))
      .map(({ name }) => ({ name, time: statSync(join(path, name)).mtimeMs }))
      .sort((left, right) => right.time - left.time);
    for (const { name } of others.slice(KEPT_ENGINES)) rmSync(join(path, name), { recursive: true, force: true });
  } catch {
    // Another process tidies too, or the folder is not ours to write: the stores do without.
  }
}
