/**
 * What a published package lets others import, and the source behind each path.
 * In: a workspace, a resolver. Out: one record for each subpath. Private packages promise nothing. Linear in subpaths, patterns in files.
 * Not here: what an entry exports (analyze/surface), what the manifest says besides (requirements.ts).
 */
import { baseNameOf, compareText, type RepoPath } from '../../model/path.js';
import type { PublishedEntry } from '../../model/published.js';
import type { Revision } from '../../model/snapshot.js';
import type { Manifest, Workspace, WorkspacePackage } from '../../model/workspace.js';
import type { Resolver } from '../resolve/index.js';
import { isObject } from '../workspace/documents.js';
import { isSampleFolder } from '../workspace/places.js';

/** Entries of every published package, ordered by package, then subpath. */
export function publishedEntries(workspace: Workspace, files: Revision['files'], resolver: Resolver): PublishedEntry[] {
  const published = workspace.packages.filter(isPublished);
  return published.flatMap((owner) => {
    const paths = subpathsOf(owner.manifest!);
    const patterns = paths.filter((path) => path.includes('*'));
    const own =
      patterns.length === 0 ? [] : files.filter((file) => file.package === owner.id && file.facts !== undefined);
    const plain = paths.filter((path) => !path.includes('*')).map((path) => entryOf(owner, path, resolver));
    const expanded = patterns.flatMap((path) => own.flatMap((file) => expandedEntry(owner, path, file.path, resolver)));
    return [...plain, ...expanded].sort((left, right) => compareText(left.subpath, right.subpath));
  });
}

/** It has a name, nothing forbids publishing it, and it is no sample. */
function isPublished({ manifest, private: isPrivate, root, name, member }: WorkspacePackage): boolean {
  return manifest?.name === name && !isPrivate && (member || root === '') && !isSampleFolder(root);
}

function subpathsOf({ exports, main, module, types }: Manifest): string[] {
  if (exports === undefined) return main === undefined && module === undefined && types === undefined ? [] : ['.'];
  if (!isObject(exports) || !Object.keys(exports).some((key) => key.startsWith('.'))) return ['.'];
  return Object.keys(exports).filter((key) => exports[key] !== null && !key.endsWith('.json') && !key.endsWith('/'));
}

function entryOf({ name, root }: WorkspacePackage, subpath: string, resolver: Resolver): PublishedEntry {
  const specifier = name + subpath.slice(1);
  const from = root === '' ? 'package.json' : `${root}/package.json`;
  const found = resolver.resolve(from, { ...REQUEST, specifier });
  const file = found.kind === 'file' ? (found.types ?? found.path) : undefined;
  const isWithin = file !== undefined && (root === '' || file.startsWith(`${root}/`));
  return { package: name, root, subpath, ...(isWithin ? { file } : {}) };
}

const REQUEST = { kind: 'import', typeOnly: false, elidable: false, eager: true, pattern: false, line: 0 } as const;

/** `./*` for a file of the package: the subpath that leads to it, where one does. */
function expandedEntry(owner: WorkspacePackage, pattern: string, file: RepoPath, resolver: Resolver): PublishedEntry[] {
  const [before = '', after = ''] = pattern.split('*');
  const name = baseNameOf(file).replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
  const folders = file
    .slice(owner.root === '' ? 0 : owner.root.length + 1)
    .split('/')
    .slice(0, -1);
  const tails = folders.map((_, index) => [...folders.slice(index), name].join('/'));
  // The shortest first: a path into the folder may lead there too, for those who ignore `exports`.
  for (const tail of [name, ...tails.reverse()]) {
    const entry = entryOf(owner, before + tail + after, resolver);
    if (entry.file === file) return [entry];
  }
  return [];
}
