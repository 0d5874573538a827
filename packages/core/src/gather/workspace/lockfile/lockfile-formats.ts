/**
 * Which files are lockfiles, and who reads them.
 * In: a path and the file's content. Out: a lock graph, or why there is none. Never throws for what a file holds.
 */
import { baseNameOf } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import { readBunBinaryLock } from './bun-binary.js';
import { readBunLock } from './bun.js';
import type { LockContext, LockGraph, UnreadableLock } from './lock-graph.js';
import { readNpmLock } from './npm.js';
import { readPnpmLock } from './pnpm.js';
import { readYarnBerryLock } from './yarn-berry.js';
import { readYarnClassicLock } from './yarn-classic.js';

type Reader = (content: string | Uint8Array, context: LockContext) => LockGraph | UnreadableLock;

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['package-lock.json', onText(readNpmLock)],
  ['npm-shrinkwrap.json', onText(readNpmLock)],
  ['pnpm-lock.yaml', onText(readPnpmLock)],
  ['yarn.lock', onText(readYarnLock)],
  ['bun.lock', onText(readBunLock)],
  [
    'bun.lockb',
    (content, context) =>
      readBunBinaryLock(typeof content === 'string' ? new TextEncoder().encode(content) : content, context),
  ],
  ['deno.lock', () => ({ unreadable: "Deno's format is not read", unsupported: true })],
]);

/** The file names of lockfiles, the more common ones of a folder that has several first. */
export const LOCKFILE_NAMES: readonly string[] = [...READERS.keys()];

/** True for every file that a package manager locks versions in, whether it can be read or not. */
export function isLockfile(path: RepoPath): boolean {
  return READERS.has(baseNameOf(path));
}

/** The graph in a lockfile's content. */
export function readLockGraph(
  path: RepoPath,
  content: string | Uint8Array,
  context: LockContext,
): LockGraph | UnreadableLock {
  const reader = READERS.get(baseNameOf(path));
  if (reader === undefined) return { unreadable: 'it is no lockfile', unsupported: true };
  try {
    return reader(content, context);
  } catch {
    // The formats' parsers recurse; only a hostile file is nested so deep that they fail.
    return { unreadable: 'its structure is not that of its format' };
  }
}

/** True for a lockfile that could not be read. */
export function isUnreadable(lock: LockGraph | UnreadableLock): lock is UnreadableLock {
  return 'unreadable' in lock;
}

function onText(read: (text: string, context: LockContext) => LockGraph | UnreadableLock): Reader {
  return (content, context) => {
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
    if (text.trim() === '') return { unreadable: 'it is empty' };
    const conflict = /^<{7} /m.test(text);
    return conflict ? { unreadable: 'it has merge conflict markers' } : read(text, context);
  };
}

/** Yarn 2 and later write YAML with a `__metadata` block. */
function readYarnLock(text: string, context: LockContext): LockGraph | UnreadableLock {
  return /^__metadata:/m.test(text) ? readYarnBerryLock(text, context) : readYarnClassicLock(text, context);
}
