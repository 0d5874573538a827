/**
 * What a repository's plain files say, without starting git: its top, its common folder, where `HEAD` stands, how it got there.
 * In: a folder. Out: small records; what can't be read is absent. Not here: objects, trees, diffs (gather/git).
 * Source: gitrepository-layout(5).
 */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { GitState } from '../model/lint-index.js';

/** The folders of one working tree. */
export interface GitPlace {
  /** Holds `.git`; as spelled by who asked. */
  readonly top: string;
  /** The working tree's own folder: `HEAD` and its log are here. */
  readonly own: string;
  /** The folder that all working trees share, links resolved. */
  readonly common: string;
}

/** The working tree around a folder; `undefined` outside of any. */
export function findGit(folder: string): GitPlace | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return placeOf(at);
    if (dirname(at) === at) return undefined;
  }
}

function placeOf(top: string): GitPlace | undefined {
  const entry = join(top, '.git');
  const link = readText(entry);
  const own = link === undefined ? entry : resolve(top, /^gitdir: (.*)$/m.exec(link)?.[1] ?? '');
  const common = resolve(own, readText(join(own, 'commondir'))?.trim() ?? '.');
  try {
    return { top, own, common: realpathSync(common) };
  } catch {
    return undefined;
  }
}

/** Where `HEAD` stands; `undefined` where it can't be read. */
export function readGitState({ own, common }: GitPlace): GitState | undefined {
  const head = readText(join(own, 'HEAD'))?.trim();
  if (head === undefined) return undefined;
  const ref = /^ref: (.*)$/.exec(head)?.[1];
  if (ref === undefined) return { head, commit: head };
  const loose = readText(join(common, ref)) ?? readText(join(own, ref));
  return { head: ref, commit: loose?.trim() ?? packedCommit(common, ref) ?? '' };
}

function packedCommit(common: string, ref: string): string | undefined {
  const packed = readText(join(common, 'packed-refs')) ?? '';
  const line = packed.split('\n').find((one) => one.endsWith(` ${ref}`));
  return line?.slice(0, line.indexOf(' '));
}

/** A log's end, long enough for the work of a day. */
const LOG_BYTES = 1 << 16;

/** A plain commit, by what git writes about it; the first one and an amended one too. Its message may say anything. */
const COMMITTED = /^[^\t]*\tcommit(?: \((?:initial|amend)\))?: /;

/**
 * True where `HEAD` came from `before` to `now` by plain commits alone: then what they are compared with is still the same.
 * A pull, merge (also one that a commit ended), cherry-pick, checkout, reset or rebase may have moved it. False where no log tells.
 */
export function onlyCommittedSince({ own }: GitPlace, before: GitState, now: GitState): boolean {
  if (before.head !== now.head) return false;
  if (before.commit === now.commit) return true;
  const entries = (readEnd(join(own, 'logs', 'HEAD')) ?? '').split('\n').filter((line) => line.includes('\t'));
  const last = entries.findLastIndex((line) => line.split(' ', 2)[1] === before.commit);
  return last >= 0 && entries.slice(last + 1).every((line) => COMMITTED.test(line));
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readEnd(file: string): string | undefined {
  try {
    const handle = openSync(file, 'r');
    try {
      const { size } = fstatSync(handle);
      const bytes = Buffer.alloc(Math.min(size, LOG_BYTES));
      readSync(handle, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString('utf8');
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}
