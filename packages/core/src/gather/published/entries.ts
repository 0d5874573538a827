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
  for (const tail of tailsOf(owner, pattern, file)) {
    const entry = entryOf(owner, before + tail + after, resolver);
    if (entry.file === file) return [entry];
  }
  return [];
}

/**
 * What `*` can stand for where the file is meant, shortest first. The first folder of a target may be another than the source's
 * (`dist` for `src`); what stands between it and `*` is the same in both.
 */
function tailsOf({ root, manifest }: WorkspacePackage, pattern: string, file: RepoPath): string[] {
  const name = baseNameOf(file).replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
  const folders = file
    .slice(root === '' ? 0 : root.length + 1)
    .split('/')
    .slice(0, -1);
  const exports = manifest?.exports;
  const targets = isObject(exports) ? targetsOf(exports[pattern]) : [];
  const tails = targets.flatMap((target) => {
    const fixed = target
      .slice(0, target.indexOf('*'))
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    const inner = fixed.slice(1);
    return folders
      .flatMap((_, at) =>
        at >= fixed.length - 1 && inner.every((part, index) => folders[at - inner.length + index] === part)
          ? [[...folders.slice(at), name].join('/')]
          : [],
      )
      .concat(endsWith(folders, inner) ? [name] : []);
  });
  return [...new Set(tails)].sort((left, right) => left.length - right.length || compareText(left, right));
}

function endsWith(folders: readonly string[], inner: readonly string[]): boolean {
  return inner.every((part, index) => folders[folders.length - inner.length + index] === part);
}

/** The paths with `*` below any conditions. */
function targetsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('*') ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(targetsOf);
  return isObject(value) ? Object.values(value).flatMap(targetsOf) : [];
}
