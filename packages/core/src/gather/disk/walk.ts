/**
 * Lists what is on the disk below a folder: files and links, never through a link. fast-glob walks; the caller judges.
 * In: an absolute root, a start folder, and what to leave out. Out: paths, sorted. Not here: what git knows.
 *
 * A glob can't say what a `.gitignore` that is met on the way excludes, so folders are judged where fast-glob reads them,
 * in its file-system adapter: what is dropped there is never entered.
 */
import { type Dirent, readdir } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareText, type RepoPath } from '../../model/index.js';

/** A file or link on the disk. */
export interface Found {
  readonly path: RepoPath;
  readonly kind: 'file' | 'link';
}

/** What a walk leaves out. */
export interface WalkOptions {
  /** Called with a folder's names before anything in it is judged; `false` leaves the whole folder out. */
  readonly enter: (path: RepoPath, names: ReadonlySet<string>) => boolean;
  /** True for what is left out: a folder with all that is in it, a file, a link. */
  readonly skip: (path: RepoPath, name: string, isFolder: boolean) => boolean;
}

/** Every name: `*` alone and `**` before it match no line break, which names may hold. */
const EVERYTHING = '**/*([\\s\\S])';

/** Every file and link below `folder`, ordered by path. Folders that can't be listed are passed over. */
export async function walk(root: string, folder: RepoPath, options: WalkOptions): Promise<Found[]> {
  // Most trees are listed by git.
  const { default: glob } = await import('fast-glob');
  const entries = await glob(EVERYTHING, {
    cwd: join(root, folder),
    dot: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    objectMode: true,
    suppressErrors: true,
    unique: false,
    fs: { readdir: judgedListing(root, options) as typeof readdir },
  });
  const prefix = folder === '' ? '' : `${folder}/`;
  const found = entries.flatMap(({ path, dirent }): Found[] => {
    if (dirent.isFile()) return [{ path: prefix + path, kind: 'file' }];
    return dirent.isSymbolicLink() ? [{ path: prefix + path, kind: 'link' }] : [];
  });
  return found.sort((left, right) => compareText(left.path, right.path));
}

type Listed = (error: NodeJS.ErrnoException | null, dirents: Dirent[]) => void;

/** `fs.readdir`, less what the options leave out. */
function judgedListing(root: string, { enter, skip }: WalkOptions) {
  return (absolute: string, options: { withFileTypes: true }, done: Listed): void =>
    readdir(absolute, options, (error, dirents) => {
      if (error !== null) return done(error, []);
      const folder = relative(root, absolute).split(sep).join('/');
      if (!enter(folder, new Set(dirents.map(({ name }) => name)))) return done(null, []);
      const prefix = folder === '' ? '' : `${folder}/`;
      done(null, dirents.filter((dirent) => !skip(prefix + dirent.name, dirent.name, dirent.isDirectory()))); // prettier-ignore
    });
}
