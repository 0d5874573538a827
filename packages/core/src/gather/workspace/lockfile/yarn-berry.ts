/**
 * `yarn.lock` of Yarn 2 and later.
 * In: the text. Out: a lock graph; workspaces are entries of the file, so importers are known.
 * Source: Yarn's page on lockfiles; entries are `descriptor, descriptor: { version, resolution, dependencies, checksum }`.
 */
import { joinPath } from '../../../model/path.js';
import { isObject, objectOf, stringRecordOf, textOf } from '../documents.js';
import type { RawObject } from '../documents.js';
import { buildLockGraph, present, splitSpecifier } from './lock-graph.js';
import type { LockContext, LockGraph, LockNodeFields, UnreadableLock } from './lock-graph.js';
import { parseSyml } from './syml.js';

/** Reads one. */
export function readYarnBerryLock(text: string, { folder }: LockContext): LockGraph | UnreadableLock {
  const entries = parseEntries(text);
  if (entries === undefined) return { unreadable: 'it is not readable as YAML' };
  const builder = buildLockGraph('yarn-berry');
  const index = createIndex();
  const edges: (readonly [RawObject, (targets: readonly [string, readonly number[]][]) => void])[] = [];
  for (const [key, entry] of entries) {
    const [name, reference] = splitSpecifier(textOf(entry['resolution']) ?? key);
    if (reference.startsWith('workspace:')) {
      const importer = joinPath(folder, reference.slice('workspace:'.length));
      if (importer === undefined) continue;
      builder.importer(importer);
      edges.push([
        entry,
        (targets) => targets.forEach(([dependency, ids]) => builder.direct(importer, dependency, ids)),
      ]);
      continue;
    }
    const id = builder.add(nodeOf(name, reference, entry));
    for (const descriptor of key.split(/,\s*/)) index.add(descriptor, id);
    edges.push([
      entry,
      (targets) =>
        builder.link(
          id,
          targets.flatMap(([, ids]) => ids),
        ),
    ]);
  }
  for (const [entry, connect] of edges) connect(targetsOf(entry, index));
  return builder.build();
}

function parseEntries(text: string): readonly [string, RawObject][] | undefined {
  try {
    const entries = Object.entries(parseSyml(text) as RawObject);
    return entries.filter((pair): pair is [string, RawObject] => isObject(pair[1]) && pair[0] !== '__metadata');
  } catch {
    return undefined;
  }
}

function nodeOf(name: string, reference: string, entry: RawObject): LockNodeFields {
  const alias = /^npm:((?:@[^/@]+\/)?[^/@]+)@/.exec(reference)?.[1];
  const patched = reference.startsWith('patch:');
  return {
    key: `${name}@${reference}`,
    name: alias ?? name,
    version: textOf(entry['version']) ?? '',
    ...present('integrity', textOf(entry['checksum'])),
    ...present('source', patched || reference.startsWith('npm:') ? undefined : reference),
    ...present('patch', patched ? reference.slice(reference.indexOf('#') + 1) : undefined),
  };
}

/** Nodes by descriptor, by name, and the patched ones by name. */
interface DescriptorIndex {
  readonly add: (descriptor: string, id: number) => void;
  readonly find: (name: string, range: string) => readonly number[];
  readonly named: (name: string) => readonly number[];
}

function createIndex(): DescriptorIndex {
  const byDescriptor = new Map<string, number>();
  const byName = new Map<string, number[]>();
  const patched = new Map<string, number[]>();
  const push = (map: Map<string, number[]>, name: string, id: number): void => {
    const list = map.get(name);
    if (list === undefined) map.set(name, [id]);
    else if (!list.includes(id)) list.push(id);
  };
  return {
    add(descriptor, id) {
      const [name, range] = splitSpecifier(descriptor.trim());
      byDescriptor.set(`${name}@${range}`, id);
      push(byName, name, id);
      if (range.startsWith('patch:')) push(patched, name, id);
    },
    find(name, range) {
      const exact = byDescriptor.get(`${name}@${range}`) ?? byDescriptor.get(`${name}@npm:${range}`);
      // Yarn lays its own patches over some packages (`typescript`): who asks for the plain one gets the patched one.
      if (exact !== undefined) return [exact, ...(patched.get(name) ?? [])];
      return /^(?:workspace|link|portal):/.test(range) ? [] : (byName.get(name) ?? []);
    },
    named: (name) => byName.get(name) ?? [],
  };
}

/** What an entry names and may get. Peers are not locked: any version of theirs may be meant. */
function targetsOf(entry: RawObject, index: DescriptorIndex): readonly [string, readonly number[]][] {
  const plain = { ...stringRecordOf(entry['dependencies']), ...stringRecordOf(entry['optionalDependencies']) };
  const peers = Object.keys(objectOf(entry['peerDependencies'])).filter((name) => !(name in plain));
  return [
    ...Object.entries(plain).map(([name, range]) => [name, index.find(name, range)] as [string, readonly number[]]),
    ...peers.map((name) => [name, index.named(name)] as [string, readonly number[]]),
  ];
}
