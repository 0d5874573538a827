/**
 * Reads single files below one folder, and nothing else: no link is followed as the last step, no folder on the way
 * may lead out of the root, and pipes and devices are never opened for reading.
 * Not here: lists of files, git.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { directoryOf, joinPath, type RepoPath } from '../../model/index.js';

/** Larger files are never loaded: 64 MiB is far past any source, and JavaScript strings end at 512 MiB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** What stands at a path on the disk. */
export type DiskFile =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly kind: 'link'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number; readonly modified: number; readonly executable: boolean };

const O_SAFE = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/**
 * Files between two turns of the event loop. Calls are synchronous: for small files the hops of the asynchronous ones
 * (stat, open, stat, read, close) cost five times what the disk does.
 */
const AT_ONCE = 100;

/** Reads below `root`, an absolute path with links resolved. */
export class DiskReader {
  private readonly insideFolders = new Map<RepoPath, boolean>();

  constructor(private readonly root: string) {}

  /** What is at `path`; `undefined` where there is nothing readable or the path leaves the root. Never throws. */
  inspect(path: RepoPath): DiskFile | undefined {
    if (path === '' || path.includes('\0') || joinPath('', path) !== path) return undefined;
    if (!this.isFolderInside(directoryOf(path))) return undefined;
    const absolute = join(this.root, path);
    try {
      const found = lstatSync(absolute);
      if (found.isSymbolicLink()) return { kind: 'link', bytes: readlinkSync(absolute, 'buffer') };
      return found.isFile() ? readRegular(absolute) : undefined;
    } catch {
      return undefined;
    }
  }

  /** `inspect` for many paths; the result has `paths`' order. */
  async inspectAll(paths: readonly RepoPath[]): Promise<(DiskFile | undefined)[]> {
    const found: (DiskFile | undefined)[] = [];
    for (const path of paths) {
      if (found.length % AT_ONCE === AT_ONCE - 1) await breathe();
      found.push(this.inspect(path));
    }
    return found;
  }

  private isFolderInside(folder: RepoPath): boolean {
    let known = this.insideFolders.get(folder);
    if (known === undefined) {
      known = isBelow(this.root, join(this.root, folder));
      this.insideFolders.set(folder, known);
    }
    return known;
  }
}

function isBelow(root: string, folder: string): boolean {
  try {
    const real = realpathSync(folder);
    return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
  } catch {
    return false;
  }
}

function readRegular(absolute: string): DiskFile | undefined {
  const handle = openSync(absolute, O_SAFE);
  try {
    const found = fstatSync(handle);
    if (!found.isFile()) return undefined;
    const executable = (found.mode & 0o100) !== 0;
    if (found.size > MAX_FILE_BYTES) {
      return { kind: 'too-large', size: found.size, modified: found.mtimeMs, executable };
    }
    return { kind: 'file', bytes: readFileSync(handle), executable };
  } finally {
    closeSync(handle);
  }
}
