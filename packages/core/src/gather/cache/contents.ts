/**
 * What lies in a repository's cache, counted, and thrown away.
 * In: where the cache is. Out: numbers. Only files that the engine itself wrote are counted or removed: the folder may be one
 * that the caller named by mistake. Not here: what the files hold, moving them (archive.ts).
 */
import { closeSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FACTS_VERSION } from '../../model/facts.js';
import { LINT_INDEX_VERSION } from '../../model/lint-index.js';
import { engineStamp } from './engine-stamp.js';

/** One file of a cache. */
export interface CacheFile {
  /** Below the cache folder, with `/`: `f4-0.1.0/facts/….facts`, `lint-….index`. */
  readonly name: string;
  readonly bytes: number;
  /** Written by the engine that asks; others' files are of no use to it. */
  readonly current: boolean;
}

/** `<engine>/<kind>/<name>.<kind>`; nothing else is the engine's. */
const OWN_FILE = /^(f\d+[\w.-]*)\/(facts|trees)\/[\w-]+\.\2(\.draft)?$/;

/** What lint rules look up, one a worktree, and what a writer that was ended left of it; see lint/index-file.ts. */
const LINT_INDEX = /^lint-[0-9a-f]{16}\.index(\.[0-9a-f]+\.tmp)?$/;

/** True for a name that a file of a cache can have, on any machine: indexes of lint rules are of one worktree. */
export function isCacheFile(name: string): boolean {
  return OWN_FILE.test(name);
}

/** The cache's files, by name. Empty where there is no cache. */
export function listCache(path: string): CacheFile[] {
  const stamp = engineStamp();
  const files: CacheFile[] = [];
  for (const engine of namesIn(path)) {
    for (const kind of /^f\d/.test(engine) ? namesIn(join(path, engine)) : []) {
      for (const file of namesIn(join(path, engine, kind))) {
        const name = `${engine}/${kind}/${file}`;
        const bytes = statSync(join(path, name), { throwIfNoEntry: false })?.size;
        if (isCacheFile(name) && bytes !== undefined) files.push({ name, bytes, current: engine === stamp });
      }
    }
  }
  return [...files, ...lintIndexes(path)].sort((left, right) => (left.name < right.name ? -1 : 1));
}

function lintIndexes(path: string): CacheFile[] {
  return namesIn(path).flatMap((name) => {
    const bytes = LINT_INDEX.test(name) ? statSync(join(path, name), { throwIfNoEntry: false })?.size : undefined;
    return bytes === undefined ? [] : [{ name, bytes, current: name.endsWith('.index') && isReadable(join(path, name)) }]; // prettier-ignore
  });
}

/** Made by an engine whose indexes this one reads: the header's beginning says so. */
function isReadable(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(256);
    const head = bytes.toString('latin1', 0, readSync(handle, bytes, 0, bytes.length, 0));
    return head.includes(`"version":${LINT_INDEX_VERSION},"facts":${FACTS_VERSION},`);
  } finally {
    closeSync(handle);
  }
}

/** Removes what no run of this engine uses, or everything. Returns what went. */
export function pruneCache(path: string, everything: boolean): CacheFile[] {
  const useless = listCache(path).filter(({ name, current }) => everything || !current || name.endsWith('.draft'));
  for (const { name } of useless) rmSync(join(path, name), { force: true });
  return useless;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
