/**
 * Reads single files below one folder, and nothing else: no link is followed as the last step, no folder on the way
 * may lead out of the root, and pipes and devices are never opened for reading.
 * Not here: lists of files, git.
 */
import { constants } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { directoryOf, joinPath, type RepoPath } from '../../model/index.js';

/** Larger files are never loaded: 64 MiB is far past any source, and JavaScript strings end at 512 MiB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** What stands at a path on the disk. */
export type DiskFile =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly kind: 'link'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number; readonly modified: number; readonly executable: boolean };

const O_SAFE = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** Open files at once; the default limit of a process is 1024 on many machines. */
const PARALLEL = 32;

/** Reads below `root`, an absolute path with links resolved. */
export class DiskReader {
  private readonly insideFolders = new Map<RepoPath, Promise<boolean>>();

  constructor(private readonly root: string) {}

  /** What is at `path`; `undefined` where there is nothing readable or the path leaves the root. Never throws. */
  async inspect(path: RepoPath): Promise<DiskFile | undefined> {
    if (path === '' || path.includes('\0') || joinPath('', path) !== path) return undefined;
    if (!(await this.isFolderInside(directoryOf(path)))) return undefined;
    const absolute = join(this.root, path);
    try {
      const found = await lstat(absolute);
      if (found.isSymbolicLink()) return { kind: 'link', bytes: await readlink(absolute, 'buffer') };
      return found.isFile() ? await readRegular(absolute) : undefined;
    } catch {
      return undefined;
    }
  }

  /** `inspect` for many paths, a few at a time; the result has `paths`' order. */
  async inspectAll(paths: readonly RepoPath[]): Promise<(DiskFile | undefined)[]> {
    const found = Array.from<DiskFile | undefined>({ length: paths.length });
    let next = 0;
    const work = async (): Promise<void> => {
      for (let at = next++; at < paths.length; at = next++) found[at] = await this.inspect(paths[at] ?? '');
    };
    await Promise.all(Array.from({ length: Math.min(PARALLEL, paths.length) }, work));
    return found;
  }

  private isFolderInside(folder: RepoPath): Promise<boolean> {
    let known = this.insideFolders.get(folder);
    if (known === undefined) {
      known = realpath(join(this.root, folder)).then(
        (real) => real === this.root || real.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep),
        () => false,
      );
      this.insideFolders.set(folder, known);
    }
    return known;
  }
}

async function readRegular(absolute: string): Promise<DiskFile | undefined> {
  const handle = await open(absolute, O_SAFE);
  try {
    const { size, mode, mtimeMs } = await handle
      .stat()
      .then((s) => (s.isFile() ? s : { size: -1, mode: 0, mtimeMs: 0 }));
    if (size < 0) return undefined;
    const executable = (mode & 0o100) !== 0;
    if (size > MAX_FILE_BYTES) return { kind: 'too-large', size, modified: mtimeMs, executable };
    return { kind: 'file', bytes: await handle.readFile(), executable };
  } finally {
    await handle.close();
  }
}
