/**
 * The working tree as git sees it: the index, with what is changed, deleted or untracked on the disk.
 * In: a repository. Out: the tree and what is to be said about it. Clean files are read from the object store, so that
 * equal ids mean equal bytes whatever line ends the checkout has; the rest straight from the disk, never through a filter.
 */
import { createHash } from 'node:crypto';
import { type Diagnostic, type FileTree, type RepoPath, type TreeEntry, UsageError } from '../../model/index.js';
import { type ByteCache, DiskReader, entryOf, listIgnored, makeFileTree, readFromDisk } from '../disk/index.js';
import { readLinkTargets } from './commitTree.js';
import type { ObjectReader } from './objects.js';
import type { Repository } from './repository.js';
import { parseIndex, parseStatus, type WorkTreeStatus } from './status.js';

const STATUS = ['status', '--porcelain=v2', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=all'];

/** @throws UsageError where git can't read its index or status. */
export async function openWorkingTree(
  repository: Repository,
  objects: ObjectReader,
  cache: ByteCache,
): Promise<{ readonly tree: FileTree; readonly diagnostics: readonly Diagnostic[] }> {
  const [listing, status] = await Promise.all([
    output(repository, ['ls-files', '--stage', '-t', '-z']),
    output(repository, STATUS).then(parseStatus),
  ]);
  const { entries, skipped } = parseIndex(listing);
  const disk = new DiskReader(repository.top);
  const { untracked, vendored } = splitVendored(status.untracked);
  const dirty = await readDirty(repository, disk, cache, objects, entries, { ...status, untracked });
  return {
    tree: makeFileTree({
      label: 'working tree',
      entries: await readLinkTargets([...entries.values()], objects),
      readBytes: (paths, byPath) => readMixed(paths, byPath, { disk, objects, cache, dirty }),
      ignored: (folder, byPath) => listIgnored(repository.top, folder, byPath),
    }),
    diagnostics: describe(status.nested, vendored, skipped),
  };
}

async function output({ git }: Repository, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await git.run(args);
  if (code === 0) return stdout.toString('utf8');
  throw new UsageError(`git ${args[0]} failed in ${git.top}: ${stderr.split('\n')[0] ?? `exit code ${code}`}`);
}

/** Puts the disk's state into `entries`; returns the paths whose bytes are on the disk only. */
async function readDirty(
  { format }: Repository,
  disk: DiskReader,
  cache: ByteCache,
  objects: ObjectReader,
  entries: Map<RepoPath, TreeEntry>,
  { changed, deleted, untracked }: WorkTreeStatus,
): Promise<Set<RepoPath>> {
  const dirty = new Set<RepoPath>();
  for (const path of deleted) entries.delete(path);
  const paths = [...changed, ...untracked];
  const found = await disk.inspectAll(paths);
  const pointers = await objects.read(changed.flatMap((path) => entries.get(path)?.id ?? []));
  paths.forEach((path, at) => {
    const file = found[at];
    const indexed = entries.get(path);
    if (indexed?.kind === 'submodule') return;
    if (file === undefined) return void entries.delete(path);
    const bytes = file.kind === 'file' ? file.bytes : undefined;
    if (indexed !== undefined && bytes !== undefined && isPointerTo(pointers.get(indexed.id), bytes)) return;
    const entry = entryOf(path, file, format);
    entries.set(path, entry);
    dirty.add(path);
    if (bytes !== undefined) cache.set(entry.id, bytes);
  });
  return dirty;
}

/** True where `pointer` is a Git LFS pointer to `bytes`: the filter that would say so is never run. */
function isPointerTo(pointer: Uint8Array | undefined, bytes: Uint8Array): boolean {
  if (pointer === undefined || pointer.length > 1024) return false;
  const text = Buffer.from(pointer).toString('latin1');
  const [, oid] = /^version https:\/\/git-lfs[^\n]*\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\n/.exec(text) ?? [];
  return oid !== undefined && createHash('sha256').update(bytes).digest('hex') === oid;
}

interface Places {
  readonly disk: DiskReader;
  readonly objects: ObjectReader;
  readonly cache: ByteCache;
  readonly dirty: ReadonlySet<RepoPath>;
}

async function readMixed(
  paths: readonly RepoPath[],
  byPath: ReadonlyMap<RepoPath, TreeEntry>,
  { disk, objects, cache, dirty }: Places,
): Promise<Map<RepoPath, Uint8Array>> {
  const bytes = new Map<RepoPath, Uint8Array>();
  const clean: TreeEntry[] = [];
  const onDisk: RepoPath[] = [];
  for (const path of paths) {
    const entry = byPath.get(path);
    // The bytes that were hashed, where they are still known: the file may change while it is analysed.
    const cached = entry?.kind === 'file' ? cache.get(entry.id) : undefined;
    if (cached !== undefined) bytes.set(path, cached);
    else if (entry === undefined || dirty.has(path)) onDisk.push(path);
    else if (entry.kind === 'file') clean.push(entry);
  }
  const blobs = await objects.read(clean.map(({ id }) => id));
  for (const { path, id } of clean) {
    const blob = blobs.get(id);
    if (blob === undefined) onDisk.push(path);
    else bytes.set(path, blob);
  }
  for (const [path, content] of await readFromDisk(disk, onDisk)) bytes.set(path, content);
  return bytes;
}

/** Untracked packages in a repository that forgot to ignore them are nobody's sources. */
function splitVendored(untracked: readonly RepoPath[]): { untracked: RepoPath[]; vendored: RepoPath[] } {
  const isVendored = (path: RepoPath): boolean => /(?:^|\/)node_modules\//.test(path);
  return {
    untracked: untracked.filter((path) => !isVendored(path)),
    vendored: untracked.filter(isVendored),
  };
}

function describe(nested: readonly RepoPath[], vendored: readonly RepoPath[], skipped: number): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (skipped > 0) {
    const message = `${skipped} files are left out of this sparse checkout; they were read from git's object store.`;
    diagnostics.push({ kind: 'sparse-checkout', level: 'note', message, count: skipped });
  }
  for (const file of nested) {
    const message = 'A repository inside this repository is not read; analyse it by itself.';
    diagnostics.push({ kind: 'submodule-skipped', level: 'note', message, file });
  }
  if (vendored.length > 0) {
    const message = `${vendored.length} untracked files in node_modules are left out; add node_modules to .gitignore.`;
    diagnostics.push({ kind: 'vendored-files', level: 'note', message, count: vendored.length });
  }
  return diagnostics;
}
