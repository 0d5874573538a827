/**
 * Lists what is on the disk below a folder: files and links, never through a link.
 * In: an absolute root, a start folder, and what to skip. Out: paths, sorted. Not here: what git knows.
 * (fast-glob loses names that hold a newline and can't skip folders that a `.gitignore` found on the way excludes.)
 */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText, type RepoPath } from '../../model/index.js';

/** A file or link on the disk. */
export interface Found {
  readonly path: RepoPath;
  readonly kind: 'file' | 'link';
}

/** What a walk leaves out, and what it wants to look into before it goes on. */
export interface WalkOptions {
  /** True for a folder that is not entered. */
  readonly skipFolder: (path: RepoPath, name: string) => boolean;
  /** Called with a folder's names before anything of it is judged. */
  readonly onFolder?: (path: RepoPath, names: ReadonlySet<string>) => Promise<void>;
  readonly skipFile?: (path: RepoPath) => boolean;
}

/** Every file and link below `folder`, ordered by path. Folders that can't be listed are passed over. */
export async function walk(root: string, folder: RepoPath, options: WalkOptions): Promise<Found[]> {
  const found: Found[] = [];
  let level: RepoPath[] = [folder];
  while (level.length > 0) {
    const next: RepoPath[] = [];
    await Promise.all(level.map(async (path) => next.push(...(await visit(root, path, options, found)))));
    level = next.sort(compareText);
  }
  return found.sort((left, right) => compareText(left.path, right.path));
}

async function visit(root: string, folder: RepoPath, options: WalkOptions, found: Found[]): Promise<RepoPath[]> {
  const dirents = await list(join(root, folder));
  await options.onFolder?.(folder, new Set(dirents.map((dirent) => dirent.name)));
  const folders: RepoPath[] = [];
  for (const dirent of dirents) {
    const path = folder === '' ? dirent.name : `${folder}/${dirent.name}`;
    if (dirent.isDirectory()) {
      if (!options.skipFolder(path, dirent.name)) folders.push(path);
    } else if (dirent.isFile() || dirent.isSymbolicLink()) {
      if (options.skipFile?.(path) !== true) found.push({ path, kind: dirent.isFile() ? 'file' : 'link' });
    }
  }
  return folders;
}

async function list(absolute: string): Promise<Dirent[]> {
  try {
    return await readdir(absolute, { withFileTypes: true });
  } catch {
    return [];
  }
}
