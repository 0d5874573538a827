/**
 * Reads what `git ls-files -s -t -z` and `git status --porcelain=v2 -z` write.
 * In: their output. Out: the index's entries, and which paths differ from it on the disk. Not here: running git.
 */
import type { RepoPath, TreeEntry } from '../../model/index.js';
import { makeEntry } from './commitTree.js';

/** The index, as far as it is a list of files. */
export interface Index {
  readonly entries: Map<RepoPath, TreeEntry>;
  /** Left out of the work tree by a sparse checkout. */
  readonly skipped: number;
}

/** `<tag> <mode> <id> <stage>\t<path>\0`. Of an unmerged path any stage is kept: the disk decides on it later. */
export function parseIndex(listing: string): Index {
  const entries = new Map<RepoPath, TreeEntry>();
  let skipped = 0;
  for (let start = 0; start < listing.length;) {
    const end = listing.indexOf('\0', start);
    const tab = listing.indexOf('\t', start);
    if (end < 0 || tab < 0) break;
    const path = listing.slice(tab + 1, end);
    if ('Ss'.includes(listing[start] ?? ' ')) skipped++;
    entries.set(path, makeEntry(path, listing.slice(start + 2, start + 8), listing.slice(start + 9, tab - 2)));
    start = end + 1;
  }
  return { entries, skipped };
}

/** Paths whose state on the disk is not what the index says. */
export interface WorkTreeStatus {
  /** Changed or unmerged: what is on the disk counts. */
  readonly changed: readonly RepoPath[];
  readonly deleted: readonly RepoPath[];
  readonly untracked: readonly RepoPath[];
  /** Untracked repositories inside this one: git lists their folder only. */
  readonly nested: readonly RepoPath[];
}

/** Fields before the path in each kind of line. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 };

/** Reads the records of porcelain format 2 without renames. */
export function parseStatus(output: string): WorkTreeStatus {
  const status = {
    changed: [] as RepoPath[],
    deleted: [] as RepoPath[],
    untracked: [] as RepoPath[],
    nested: [] as RepoPath[],
  };
  for (const record of output.split('\0')) {
    const kind = record[0] ?? '';
    const path = afterFields(record, FIELDS_BEFORE_PATH[kind] ?? 0);
    if (path === undefined) continue;
    if (kind === '?') (path.endsWith('/') ? status.nested : status.untracked).push(path.replace(/\/$/, ''));
    else if (kind === 'u') status.changed.push(path);
    else if (record[3] === 'D') status.deleted.push(path);
    else if (record[3] !== '.') status.changed.push(path);
  }
  return status;
}

function afterFields(record: string, fields: number): string | undefined {
  if (fields === 0) return undefined;
  let at = -1;
  for (let field = 0; field < fields; field++) {
    at = record.indexOf(' ', at + 1);
    if (at < 0) return undefined;
  }
  return record.slice(at + 1);
}
