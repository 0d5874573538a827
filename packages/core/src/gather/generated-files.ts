/**
 * Generated code that git ignores and sources import: read as it is on the disk.
 * In: resolved files, the ignored paths. Out: the generated files, resolved, and one note that names the first of them.
 * Not here: which paths are ignored (the tree), ignored files that nothing imports.
 */
import type { Diagnostic } from '../model/diagnostic.js';
import type { RepoPath } from '../model/path.js';
import { compareText } from '../model/path.js';
import type { SourceFile } from '../model/snapshot.js';
import type { TreeEntry } from '../model/tree.js';
import type { Resolver } from './resolve/index.js';
import { isSource, type Reading, sourceFile, wantedFile } from './source-file.js';
import { classifyFiles, type ClassifiedFile, locatePackages } from './workspace/index.js';

/** What was read, and what is to be said about it. */
export interface GeneratedFiles {
  /** In order of discovery. */
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the ignored files that `files` lead to, then those that these lead to, until nothing new is named. */
export async function readGenerated(
  reading: Reading,
  resolver: Resolver,
  files: readonly SourceFile[],
  ignored: ReadonlySet<RepoPath>,
): Promise<GeneratedFiles> {
  const packageOf = locatePackages(reading.workspace.packages);
  const read = new Map<RepoPath, SourceFile>();
  const lost: RepoPath[] = [];
  let frontier = ignoredTargets(files, ignored);
  while (frontier.length > 0) {
    const classified = classifyIgnored(reading, frontier, packageOf);
    const wanted = classified.filter(isSource).map((file) => wantedFile(reading.tree, file));
    lost.push(...(await reading.store.load(reading.tree, wanted)));
    const found = classified.map((file) => sourceFile(reading, resolver, file));
    for (const file of found) read.set(file.path, file);
    frontier = ignoredTargets(found, ignored).filter((path) => !read.has(path));
  }
  const named = [...read.values()];
  return { files: named, diagnostics: [...(named.length > 0 ? [readNote(named)] : []), ...lost.map(lostNote)] };
}

/** Ignored files that the requests of `files` lead to, sorted. */
export function ignoredTargets(files: readonly SourceFile[], ignored: ReadonlySet<RepoPath>): RepoPath[] {
  const paths = new Set<RepoPath>();
  for (const { resolutions } of files) {
    for (const one of resolutions) {
      const targets = one.kind === 'file' ? [one.path, one.types, ...(one.also ?? [])] : [];
      for (const path of targets) if (path !== undefined && ignored.has(path)) paths.add(path);
    }
  }
  return [...paths].sort(compareText);
}

/** Generated, whatever else they look like; minified and vendored ones are named, not read. */
function classifyIgnored(
  { tree, workspace }: Reading,
  paths: readonly RepoPath[],
  packageOf: (path: RepoPath) => number,
): ClassifiedFile[] {
  const entries = paths.map((path): TreeEntry => ({ path, id: '', kind: 'file', executable: false }));
  const known = new Map(classifyFiles({ ...tree, entries }, workspace).files.map((file) => [file.path, file]));
  return paths.map((path) => ({ ...(known.get(path) ?? { path, package: packageOf(path) }), role: 'generated' }));
}

/** Names given in the note. */
const NAMED = 3;

function readNote(files: readonly SourceFile[]): Diagnostic {
  const named = files.slice(0, NAMED).map((file) => file.path);
  return {
    kind: 'generated-read',
    level: 'note',
    message: `Sources import files that git ignores; they were read as they are on this disk: ${named.join(', ')}${files.length > NAMED ? ' …' : ''}`,
    count: files.length,
  };
}

function lostNote(file: RepoPath): Diagnostic {
  const message = 'Sources import this ignored file, which could not be read; what depends on it is not known.';
  return { kind: 'unreadable-file', level: 'warning', message, file };
}
