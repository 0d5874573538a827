/**
 * A folder without git as a tree.
 * In: an absolute folder with links resolved. Out: its files, less `node_modules`, folders that begin with a dot
 * (caches and editors' settings, but for `.github` and `.storybook`, which projects write) and what `.gitignore` files exclude.
 */
import type { FileTree, RepoPath, TreeEntry } from '../../model/index.js';
import { blobId } from './blobId.js';
import { ByteCache } from './byteCache.js';
import { listIgnored, NEVER_ENTERED, readFromDisk } from './diskSource.js';
import { makeFileTree } from './fileTree.js';
import { IgnoreRules } from './gitignore.js';
import { withTarget } from './linkTarget.js';
import { type DiskFile, DiskReader } from './safeRead.js';
import { type Found, walk } from './walk.js';

const DOT_FOLDERS_READ: ReadonlySet<string> = new Set(['.github', '.storybook']);

/** Reads the folder once to name every file by its bytes. Never throws for what can't be read. */
export async function openFolder(root: string): Promise<FileTree> {
  const disk = new DiskReader(root);
  const cache = new ByteCache();
  const found = await listFolder(root, disk);
  const files = await disk.inspectAll(found.map(({ path }) => path));
  const entries = found.map(({ path }, at) => entryOf(path, files[at]));
  found.forEach((_, at) => {
    const file = files[at];
    if (file?.kind === 'file') cache.set(entries[at]?.id ?? '', file.bytes);
  });
  return makeFileTree({
    label: 'working tree',
    entries,
    readBytes: async (paths, byPath) => {
      const bytes = new Map<RepoPath, Uint8Array>();
      for (const path of paths) {
        const cached = cache.get(byPath.get(path)?.id ?? '');
        if (cached !== undefined) bytes.set(path, cached);
      }
      const rest = paths.filter((path) => !bytes.has(path) && byPath.get(path)?.kind !== 'link');
      for (const [path, content] of await readFromDisk(disk, rest)) bytes.set(path, content);
      return bytes;
    },
    ignored: (folder, byPath) => listIgnored(root, folder, byPath),
  });
}

async function listFolder(root: string, disk: DiskReader): Promise<Found[]> {
  const rules = new IgnoreRules();
  return walk(root, '', {
    enter: (folder, names) => {
      if (!names.has('.gitignore')) return true;
      const file = disk.inspect(folder === '' ? '.gitignore' : `${folder}/.gitignore`);
      if (file?.kind === 'file') rules.add(folder, Buffer.from(file.bytes).toString('utf8'));
      return true;
    },
    skip: (path, name, isFolder) => (isFolder && isNeverRead(name)) || rules.ignores(path, isFolder),
  });
}

function isNeverRead(folder: string): boolean {
  return NEVER_ENTERED.has(folder) || (folder.startsWith('.') && !DOT_FOLDERS_READ.has(folder));
}

/** The entry of a file on the disk; one that can't be read keeps an id of its own, equal to no other. */
export function entryOf(path: RepoPath, file: DiskFile | undefined, format: 'sha1' | 'sha256' = 'sha1'): TreeEntry {
  switch (file?.kind) {
    case 'file':
      return { path, id: blobId(file.bytes, format), kind: 'file', executable: file.executable };
    case 'link':
      return withTarget({ path, id: blobId(file.bytes, format), kind: 'link', executable: false }, file.bytes);
    case 'too-large':
      return { path, id: `disk:${file.size}:${file.modified}:${path}`, kind: 'file', executable: file.executable };
    default:
      return { path, id: `unreadable:${path}`, kind: 'file', executable: false };
  }
}
