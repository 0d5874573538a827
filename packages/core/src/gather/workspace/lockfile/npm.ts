/**
 * `package-lock.json` and `npm-shrinkwrap.json`, formats 1 to 3.
 * In: the text. Out: a lock graph. Edges are found as Node finds packages: up the `node_modules` folders.
 * Source: npm's page on package-lock.json.
 */
import { directoryOf, joinPath } from '../../../model/path.js';
import { isObject, objectOf, parseJson, stringRecordOf, textOf } from '../documents.js';
import type { RawObject } from '../documents.js';
import { buildLockGraph, DEPENDENCY_GROUPS, present, sourceOf } from './lock-graph.js';
import type { LockContext, LockGraph, LockGraphBuilder, UnreadableLock } from './lock-graph.js';
import { manifestImporters } from './manifest-importers.js';

/** Entries by location: `node_modules/a/node_modules/b`; a workspace folder has its own. */
type Entries = ReadonlyMap<string, RawObject>;

/** Reads one. */
export function readNpmLock(text: string, context: LockContext): LockGraph | UnreadableLock {
  const { value, fault } = parseJson(text);
  if (fault !== undefined || !isObject(value)) return { unreadable: fault?.message ?? 'it holds no object' };
  const modern = isObject(value['packages']);
  if (!modern && !isObject(value['dependencies']) && value['lockfileVersion'] === undefined) {
    return { unreadable: 'it has neither packages nor dependencies' };
  }
  const entries = modern ? entriesOf(objectOf(value['packages'])) : flatten(value);
  const builder = buildLockGraph('npm');
  const ids = addNodes(entries, builder);
  for (const [location, entry] of entries) {
    const id = ids.get(location);
    if (id !== undefined && id >= 0)
      builder.link(
        id,
        targetsOf(location, entry, ids).map(([, node]) => node),
      );
    else if (modern && id === undefined) addImporter(location, entry, ids, context, builder);
  }
  if (!modern) addManifestImporters(ids, context, builder);
  return builder.build();
}

function entriesOf(packages: RawObject): Entries {
  return new Map(Object.entries(packages).filter((pair): pair is [string, RawObject] => isObject(pair[1])));
}

/** Format 1 nests packages; the same by location. Iterative: nesting is the input's. */
function flatten(lock: RawObject): Entries {
  const entries = new Map<string, RawObject>();
  const queue: [string, RawObject][] = [['', lock]];
  for (const [above, holder] of queue) {
    for (const [name, entry] of Object.entries(objectOf(holder['dependencies']))) {
      if (!isObject(entry)) continue;
      const location = `${above === '' ? '' : `${above}/`}node_modules/${name}`;
      entries.set(location, { ...entry, dependencies: entry['requires'] });
      queue.push([location, entry]);
    }
  }
  return entries;
}

/** Node id by location; −1 for links to workspace folders. Workspace folders themselves are absent. */
function addNodes(entries: Entries, builder: LockGraphBuilder): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const [location, entry] of entries) {
    const at = location.lastIndexOf('node_modules/');
    if (at < 0) continue;
    ids.set(location, entry['link'] === true ? -1 : builder.add(nodeOf(location, location.slice(at + 13), entry)));
  }
  return ids;
}

function nodeOf(location: string, installedAs: string, entry: RawObject) {
  const written = textOf(entry['version']) ?? '';
  const alias = /^npm:(.+)@([^@]+)$/.exec(written);
  const version = alias?.[2] ?? written;
  const resolved = textOf(entry['resolved']) ?? (/^[a-z+]+:/.test(version) ? version : undefined);
  return {
    key: location,
    name: textOf(entry['name']) ?? alias?.[1] ?? installedAs,
    version,
    ...present('integrity', textOf(entry['integrity'])),
    ...present('source', sourceOf(resolved)),
  };
}

/** What the entry at `location` names and gets: `[name, node id]`. */
function targetsOf(location: string, entry: RawObject, ids: ReadonlyMap<string, number>): [string, number][] {
  return DEPENDENCY_GROUPS.flatMap((group) => Object.keys(stringRecordOf(entry[group]))).flatMap((name) => {
    const id = lookUp(location, name, ids);
    return id === undefined || id < 0 ? [] : [[name, id] as [string, number]];
  });
}

function lookUp(location: string, name: string, ids: ReadonlyMap<string, number>): number | undefined {
  for (let folder = location; ; folder = directoryOf(folder)) {
    const id = ids.get(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
    if (id !== undefined || folder === '') return id;
  }
}

function addImporter(
  location: string,
  entry: RawObject,
  ids: ReadonlyMap<string, number>,
  { folder }: LockContext,
  builder: LockGraphBuilder,
): void {
  const importer = joinPath(folder, location);
  if (importer === undefined) return;
  builder.importer(importer);
  for (const [name, id] of targetsOf(location, entry, ids)) builder.direct(importer, name, [id]);
}

function addManifestImporters(ids: ReadonlyMap<string, number>, context: LockContext, builder: LockGraphBuilder): void {
  for (const { importer, ranges } of manifestImporters(context)) {
    builder.importer(importer);
    for (const [name] of ranges) {
      const id = lookUp('', name, ids);
      if (id !== undefined) builder.direct(importer, name, [id]);
    }
  }
}
