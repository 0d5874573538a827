/**
 * Revisions that earlier runs read and linked, one file of columns each, by a digest of what they consist of.
 * In: entries, columns. Out: the columns of the revision that was asked for, or of the latest. Not here: what the columns hold.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeEntry } from '../../model/tree.js';
import { CacheFault } from './cache-fault.js';
import { readColumns, writeColumns, type ColumnsReader } from './columns-file.js';

/** A kept revision. */
export interface TreeFile {
  readonly digest: string;
  readonly columns: ColumnsReader;
  /** What is thrown where it can't be used after all; it will not be found again. */
  fault(what: string): CacheFault;
}

/** The revisions kept for one repository. */
export interface TreeFiles {
  /** The first of `digests` that is kept, else the one that was used last; `undefined` where none is whole. */
  find(digests: readonly string[]): TreeFile | undefined;
  /** Keeps a revision; past {@link KEPT_TREES} those leave that were not used for longest. Never throws. */
  save(digest: string, columns: Readonly<Record<string, unknown>>): void;
}

/** The default branch, a release branch, and what two people work on. */
const KEPT_TREES = 4;

/** Names a revision: equal entries, equal digest. */
export function treeDigest(entries: readonly TreeEntry[]): string {
  const hash = createHash('sha1');
  for (const { path, id, kind, executable } of entries) hash.update(`${kind}${executable ? '+' : ' '}${id}\0${path}\0`);
  return hash.digest('hex');
}

/** Opens the revisions below `folder`. Never throws. */
export function openTreeFiles(folder: string): TreeFiles {
  const place = join(folder, 'trees');
  return {
    find(digests) {
      const digest = digests.find((one) => exists(join(place, `${one}.trees`))) ?? latest(place)[0];
      const path = join(place, `${digest}.trees`);
      const fault = (what: string): CacheFault => {
        drop(path);
        return new CacheFault(what);
      };
      const columns = digest === undefined ? undefined : readColumns(path, fault);
      if (digest === undefined || columns === undefined) return drop(path);
      attempt(() => utimesSync(path, new Date(), new Date()));
      return { digest, columns, fault };
    },
    save(digest, columns) {
      attempt(() => {
        mkdirSync(place, { recursive: true, mode: 0o700 });
        const own = join(place, `${randomBytes(6).toString('hex')}.trees`);
        writeColumns(own, columns);
        renameSync(own, join(place, `${digest}.trees`));
        for (const old of latest(place).slice(KEPT_TREES)) drop(join(place, `${old}.trees`));
      });
    },
  };
}

/** Digests, last used first. */
function latest(place: string): string[] {
  try {
    return readdirSync(place)
      .filter((name) => name.endsWith('.trees'))
      .map((name) => ({ name, time: statSync(join(place, name)).mtimeMs }))
      .sort((left, right) => right.time - left.time || (left.name < right.name ? -1 : 1))
      .map(({ name }) => name.slice(0, -'.trees'.length));
  } catch {
    return [];
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function drop(path: string): undefined {
  attempt(() => rmSync(path, { force: true }));
}

/** What can't be written is not kept. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The run goes on without.
  }
}
