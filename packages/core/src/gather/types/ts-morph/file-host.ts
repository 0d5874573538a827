/**
 * What TypeScript sees of the disk: the sources in memory, installed packages, nothing else.
 * In: a program's input. Out: the file system that ts-morph asks, read-only. Not here: where specifiers lead (resolution.ts).
 */
import { readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import type { FileSystemHost } from 'ts-morph';
import type { RepoPath, TypeProgramInput } from '../../../model/index.js';
import { nodeTypesDependencies } from '../node-types.js';

/** Files that TypeScript cannot read by themselves: the program knows them by a longer name. */
const COMPONENT = /\.(?:vue|svelte|astro)$/;

/** The name under which the program knows a file: absolute, and ending in `.ts` for Vue, Svelte and Astro files. */
export function programName(root: string, path: RepoPath): string {
  return COMPONENT.test(path) ? `${root}/${path}.ts` : `${root}/${path}`;
}

/** The file behind a program's name; `undefined` for what lies outside the root or in `node_modules`. */
export function repoPathOf(root: string, name: string): RepoPath | undefined {
  if (!name.startsWith(`${root}/`)) return undefined;
  const path = name.slice(root.length + 1).replace(/(\.(?:vue|svelte|astro))\.ts$/, '$1');
  return path.startsWith('node_modules/') || path.includes('/node_modules/') ? undefined : path;
}

/** A file system whose input may be exchanged. */
export interface FileHost extends FileSystemHost {
  use(input: TypeProgramInput): void;
}

/** The read-only view of `input`. Everything that would write throws: nothing here ever writes. */
export function createFileHost(input: TypeProgramInput): FileHost {
  let current = input;
  let folders = foldersOf(input);
  let libraries = librariesOf(input);
  const stats = new Map<string, Stats | undefined>();

  /** What the disk has at `path`, where the disk may be asked. */
  function installed(path: string): Stats | undefined {
    if (!isReadable(path)) return undefined;
    if (!stats.has(path)) stats.set(path, statOf(path));
    return stats.get(path);
  }

  function isReadable(path: string): boolean {
    if (libraries.some((folder) => isBelow(path, folder))) return true;
    return current.installed && isBelow(path, current.root) && path.includes('/node_modules');
  }

  function statOf(path: string): Stats | undefined {
    try {
      const real = posix(realpathSync.native(path));
      const allowed = isBelow(real, current.root) || libraries.some((folder) => isBelow(real, folder));
      return allowed ? statSync(real) : undefined;
    } catch {
      return undefined;
    }
  }

  function read(path: string): string {
    const known = repoPathOf(current.root, path);
    const text = known === undefined ? undefined : current.texts.get(known);
    if (text !== undefined) return text;
    if (known === undefined && installed(path)?.isFile() === true) return readFileSync(path, 'utf8');
    throw Object.assign(new Error(`File not found: ${path}`), { code: 'ENOENT' });
  }

  function exists(path: string): boolean {
    const known = repoPathOf(current.root, path);
    return known === undefined ? installed(path)?.isFile() === true : current.texts.has(known);
  }

  function isFolder(path: string): boolean {
    return folders.has(path) || installed(path)?.isDirectory() === true;
  }

  return {
    use: (next) => {
      current = next;
      folders = foldersOf(next);
      libraries = librariesOf(next);
      stats.clear();
    },
    isCaseSensitive: () => true,
    getCurrentDirectory: () => current.root,
    readFileSync: read,
    readFile: async (path) => read(path),
    fileExistsSync: exists,
    fileExists: async (path) => exists(path),
    directoryExistsSync: isFolder,
    directoryExists: async (path) => isFolder(path),
    readDirSync: (folder) =>
      installed(folder)?.isDirectory() === true
        ? readdirSync(folder, { withFileTypes: true }).map((entry) => ({
            name: `${folder}/${entry.name}`,
            isFile: entry.isFile(),
            isDirectory: entry.isDirectory(),
            isSymlink: entry.isSymbolicLink(),
          }))
        : [],
    realpathSync: (path) => (installed(path) === undefined ? path : posix(realpathSync.native(path))),
    globSync: () => [],
    glob: async () => [],
    ...READ_ONLY,
  };
}

/** `/a/node_modules/.pnpm/x/node_modules/@types/node/index.d.ts` may be read with all in its innermost `node_modules`; our own with what it imports. */
function librariesOf({ ambient }: TypeProgramInput): readonly string[] {
  const ends = ambient.map((file) => file.lastIndexOf('/node_modules/') + '/node_modules'.length);
  const folders = ambient.map((file, index) => file.slice(0, ends[index]));
  return [...new Set([...folders, ...nodeTypesDependencies()])];
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function foldersOf({ root, texts }: TypeProgramInput): ReadonlySet<string> {
  const folders = new Set<string>([root]);
  for (const path of texts.keys()) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = `${root}/${path.slice(0, end)}`;
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function posix(path: string): string {
  return path.replaceAll('\\', '/');
}

function refuse(): never {
  throw new Error('The analysed repository is never written to.');
}

const READ_ONLY = {
  deleteSync: refuse,
  writeFileSync: refuse,
  mkdirSync: refuse,
  moveSync: refuse,
  copySync: refuse,
  delete: async () => refuse(),
  writeFile: async () => refuse(),
  mkdir: async () => refuse(),
  move: async () => refuse(),
  copy: async () => refuse(),
};
