/**
 * `pnpm-lock.yaml`, formats 5, 6 and 9 (importers, snapshots, patches), and Rush's copies of it.
 * In: the text. Out: a lock graph. Catalogs and overrides show in the versions that importers and snapshots get.
 * Source: pnpm's lockfile specifications (pnpm/spec).
 */
import { joinPath } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import { isObject, objectOf, textOf } from '../documents.js';
import type { RawObject } from '../documents.js';
import { buildLockGraph, DEPENDENCY_GROUPS, present, sourceOf, splitSpecifier } from './lock-graph.js';
import type { LockContext, LockGraph, LockGraphBuilder, LockNodeFields, UnreadableLock } from './lock-graph.js';
import { parseSyml } from './syml.js';

/** Reads one. */
export function readPnpmLock(text: string, context: LockContext): LockGraph | UnreadableLock {
  const lock = parseLock(text);
  if (lock === undefined) return { unreadable: 'it is not readable as YAML' };
  if (!('lockfileVersion' in lock)) return { unreadable: 'it has no lockfileVersion' };
  const packages = objectOf(lock['packages']);
  const snapshots = isObject(lock['snapshots']) ? lock['snapshots'] : packages;
  const patches = objectOf(lock['patchedDependencies']);
  const builder = buildLockGraph('pnpm');
  const ids = new Map<string, number>();
  for (const [key, snapshot] of Object.entries(snapshots)) {
    const entry = objectOf(packages[key] ?? packages[withoutPeers(key)]);
    ids.set(key, builder.add(nodeOf(key, { ...entry, ...objectOf(snapshot) }, patches)));
  }
  for (const [key, snapshot] of Object.entries(snapshots)) {
    const found = referencesOf(objectOf(snapshot)).flatMap(([name, ref]) => lookUp(name, ref, ids));
    builder.link(ids.get(key) as number, found);
  }
  addImporters(lock, ids, context, builder);
  return builder.build();
}

/** The lock's document: pnpm 11 may put one for its own tools before it. */
function parseLock(text: string): RawObject | undefined {
  try {
    const documents = text.split(/^---\s*$/m).filter((part) => part.trim() !== '');
    const parsed = documents.map((part) => parseSyml(part) as RawObject);
    return parsed.findLast((lock) => isObject(lock['importers']) || isObject(lock['packages'])) ?? parsed.at(-1);
  } catch {
    return undefined;
  }
}

/** `/a@1.0.0(react@18.2.0)` → `/a@1.0.0`. */
function withoutPeers(key: string): string {
  const paren = key.indexOf('(');
  return paren < 0 ? key : key.slice(0, paren);
}

function nodeOf(key: string, entry: RawObject, patches: RawObject): LockNodeFields {
  const [keyName, keyVersion] = splitKey(withoutPeers(key));
  const name = textOf(entry['name']) ?? keyName;
  const version = textOf(entry['version']) ?? keyVersion;
  const resolution = objectOf(entry['resolution']);
  const commit = textOf(resolution['commit']);
  const source =
    commit === undefined ? sourceOf(textOf(resolution['tarball'])) : `${textOf(resolution['repo']) ?? ''}#${commit}`;
  const patch = patches[`${name}@${version}`] ?? patches[name];
  return {
    key,
    name,
    version,
    ...present('integrity', textOf(resolution['integrity'])),
    ...present('source', source ?? textOf(resolution['directory'])),
    ...present('patch', isObject(patch) ? (textOf(patch['hash']) ?? textOf(patch['path'])) : textOf(patch)),
  };
}

/** `a@1.0.0`, `/a@1.0.0` and `/a/1.0.0_react@18.2.0` are `['a', '1.0.0']`. */
function splitKey(key: string): readonly [string, string] {
  const bare = key.startsWith('/') ? key.slice(1) : key;
  const old = /^((?:@[^/@]+\/)?[^/@]+)\/([^/_]+)(?:_.*)?$/.exec(bare);
  return key.startsWith('/') && old !== null ? [old[1] as string, old[2] as string] : splitSpecifier(bare);
}

/** `[name, reference]` of every dependency of an importer or snapshot. */
function referencesOf(holder: RawObject): [string, string][] {
  return DEPENDENCY_GROUPS.filter((group) => group !== 'peerDependencies').flatMap((group) =>
    Object.entries(objectOf(holder[group])).flatMap(([name, value]): [string, string][] => {
      const ref = textOf(isObject(value) ? value['version'] : value);
      return ref === undefined || ref.startsWith('link:') ? [] : [[name, ref]];
    }),
  );
}

/** A reference is a version with peers, or, for aliases and tarballs, the key itself. */
function lookUp(name: string, ref: string, ids: ReadonlyMap<string, number>): number[] {
  for (const key of [`${name}@${ref}`, `/${name}@${ref}`, `/${name}/${ref}`, ref]) {
    const id = ids.get(key);
    if (id !== undefined) return [id];
  }
  return [];
}

function addImporters(
  lock: RawObject,
  ids: ReadonlyMap<string, number>,
  context: LockContext,
  builder: LockGraphBuilder,
): void {
  const importers = isObject(lock['importers']) ? lock['importers'] : { '.': lock };
  const roots = new Set(context.workspace.packages.map(({ root }) => root));
  for (const [key, importer] of Object.entries(importers)) {
    const folder = importerFolder(key, context.folder, roots);
    builder.importer(folder);
    for (const [name, ref] of referencesOf(objectOf(importer))) builder.direct(folder, name, lookUp(name, ref, ids));
  }
}

/** Rush keeps the lock in `common/config/rush` though its paths are seen from `common/temp`. */
function importerFolder(key: string, folder: RepoPath, roots: ReadonlySet<RepoPath>): RepoPath {
  const place = joinPath(folder, key);
  const bare = key.replace(/^(?:\.\.\/)+/, '');
  return place !== undefined && (roots.has(place) || bare === key) ? place : bare;
}
