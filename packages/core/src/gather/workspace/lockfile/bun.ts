/**
 * `bun.lock`: Bun's text lockfile, JSON with trailing commas.
 * In: the text. Out: a lock graph. A key is a path of package names (`a/@s/b`: the `@s/b` that `a` gets).
 * Source: Bun's page on its lockfile; `packages` is `{ key: ["name@version", …, { dependencies }, "sha512-…"] }`.
 */
import { joinPath } from '../../../model/path.js';
import { isObject, objectOf, parseJson, stringRecordOf, textOf } from '../documents.js';
import type { RawObject } from '../documents.js';
import { buildLockGraph, DEPENDENCY_GROUPS, present, splitSpecifier } from './lock-graph.js';
import type { LockContext, LockGraph, LockNodeFields, UnreadableLock } from './lock-graph.js';

/** Reads one. */
export function readBunLock(text: string, { folder }: LockContext): LockGraph | UnreadableLock {
  const { value, fault } = parseJson(text);
  if (fault !== undefined || !isObject(value)) return { unreadable: fault?.message ?? 'it holds no object' };
  if (!isObject(value['workspaces'])) return { unreadable: 'it lists no workspaces' };
  const patches = stringRecordOf(value['patchedDependencies']);
  const entries = Object.entries(objectOf(value['packages'])).filter((pair): pair is [string, unknown[]] =>
    Array.isArray(pair[1]),
  );
  const builder = buildLockGraph('bun');
  const ids = new Map<string, number>();
  for (const [key, entry] of entries) {
    const node = nodeOf(key, entry, patches);
    ids.set(key, node === undefined ? -1 : builder.add(node));
  }
  for (const [key, entry] of entries) {
    const id = ids.get(key) as number;
    if (id >= 0)
      builder.link(
        id,
        namesOf(objectOf(entry.find(isObject))).flatMap((name) => lookUp(key, name, ids)),
      );
  }
  for (const [path, manifest] of Object.entries(value['workspaces'])) {
    const importer = joinPath(folder, path);
    if (importer === undefined) continue;
    builder.importer(importer);
    const own = textOf(objectOf(manifest)['name']) ?? '';
    for (const name of namesOf(objectOf(manifest))) builder.direct(importer, name, lookUp(own, name, ids));
  }
  return builder.build();
}

function nodeOf(
  key: string,
  entry: readonly unknown[],
  patches: Readonly<Record<string, string>>,
): LockNodeFields | undefined {
  const identity = textOf(entry[0]) ?? key;
  const [name, version] = splitSpecifier(identity);
  if (/^(?:workspace|link|root):/.test(version)) return undefined;
  const integrity = entry.findLast((item) => typeof item === 'string' && /^sha\d+-/.test(item));
  return {
    key,
    name,
    version,
    ...present('integrity', textOf(integrity)),
    ...present('source', version.includes(':') ? version : undefined),
    ...present('patch', patches[identity]),
  };
}

function namesOf(holder: RawObject): readonly string[] {
  return DEPENDENCY_GROUPS.flatMap((group) => Object.keys(stringRecordOf(holder[group])));
}

/** The nearest package of that name: below the asking key, else below each key above it, else at the top. */
function lookUp(from: string, name: string, ids: ReadonlyMap<string, number>): number[] {
  const names = from.match(/@[^/]+\/[^/]+|[^/]+/g) ?? [];
  for (let depth = names.length; depth >= 0; depth--) {
    const id = ids.get([...names.slice(0, depth), name].join('/'));
    if (id !== undefined) return id < 0 ? [] : [id];
  }
  return [];
}
