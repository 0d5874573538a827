/**
 * The prepared index on the disk: where it lies, how it is written and opened.
 * In: a folder's repository. Out: columns, or why there are none. Written whole or not at all, through a temporary file.
 * A reader looks at the file's time and size each time it is asked, and reads it again where they differ.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cachePath, type CacheWish } from '../gather/cache/cache-folder.js';
import { FACTS_VERSION } from '../model/facts.js';
import type { LintTables } from '../model/lint-index.js';
import { decodeLintIndex, encodeLintIndex, type LintColumns } from './format.js';
import { findGit, type GitPlace } from './git-files.js';

/** Where the index of a repository belongs. */
export interface IndexPlace {
  /** The repository's top, or the folder itself without git. */
  readonly root: string;
  readonly git?: GitPlace;
  /** Absolute; `undefined` where the cache is switched off. */
  readonly file?: string;
}

/**
 * @param folder absolute.
 * @param wish   the cache folder that is asked for; its worktrees share it, each with an index of its own.
 */
export function indexPlace(folder: string, wish: Pick<CacheWish, 'cacheDir' | 'env'>): IndexPlace {
  const git = findGit(folder);
  const root = git?.top ?? folder;
  const real = realpathSync(root);
  const cache = cachePath({ ...wish, identity: git?.common ?? real });
  const name = createHash('sha256').update(real).digest('hex').slice(0, 16);
  return {
    root,
    ...(git === undefined ? {} : { git }),
    ...(cache === undefined ? {} : { file: join(cache, `lint-${name}.index`) }),
  };
}

/** Writes an index. @throws what the file system throws; a half-written file is never seen under the name. No folder is made. */
export function writeIndexFile(file: string, tables: LintTables): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, encodeLintIndex(tables), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The first bytes hold the header's beginning, and in it the key. */
const HEAD_BYTES = 2048;

/** True where the file holds an index of that key: making it again would tell nothing new. Reads its first bytes only. */
export function hasIndexOf(file: string, key: string): boolean {
  try {
    const handle = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(HEAD_BYTES);
      const length = readSync(handle, bytes, 0, HEAD_BYTES, 0);
      return bytes.toString('utf8', 0, length).includes(`"key":${JSON.stringify(key)}`);
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}

/** An index in memory, or why there is none. */
export type OpenedIndex = { readonly columns: LintColumns } | { readonly problem: 'missing' | 'other-version' };

interface Held {
  readonly stamp: string;
  readonly opened: OpenedIndex;
}

const held = new Map<string, Held>();

/** Opens the index, or gives the one that this process holds, where the file is the same. Never throws. */
export function openIndexFile(file: string): OpenedIndex {
  const stamp = stampOf(file);
  const known = held.get(file);
  if (known?.stamp === stamp) return known.opened;
  const opened = stamp === '' ? ({ problem: 'missing' } as const) : read(file);
  held.set(file, { stamp, opened });
  return opened;
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.mtimeNs} ${found.size} ${found.ino}`;
}

function read(file: string): OpenedIndex {
  try {
    const columns = decodeLintIndex(readFileSync(file));
    return columns === undefined || columns.meta.facts !== FACTS_VERSION ? { problem: 'other-version' } : { columns };
  } catch {
    return { problem: 'missing' };
  }
}
