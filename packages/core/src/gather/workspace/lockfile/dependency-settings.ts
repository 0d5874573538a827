/**
 * What manifests and workspace files say about external packages: ranges, overrides, catalogs, patches.
 * In: the text of a `package.json`, `pnpm-workspace.yaml` or `.yarnrc.yml`. Out: settings by a key that revisions share.
 * Not here: comparing them (compare-settings.ts).
 */
import { baseNameOf } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import { isObject, objectOf, parseJson, parseYaml, stringRecordOf } from '../documents.js';
import type { RawObject } from '../documents.js';
import { DEPENDENCY_GROUPS, splitSpecifier } from './lock-graph.js';

/** One setting of one external package. */
export interface DependencySetting {
  readonly kind: 'range' | 'override' | 'catalog' | 'patch';
  /** The package. */
  readonly name: string;
  /** A range, a replacement, the path of a patch. */
  readonly value: string;
  /** For `catalog`: the catalog's name, `default` for the unnamed one. */
  readonly catalog?: string;
}

/** True for files whose settings are read here. */
export function holdsSettings(path: RepoPath): boolean {
  return ['package.json', 'pnpm-workspace.yaml', '.yarnrc.yml'].includes(baseNameOf(path));
}

/** The settings in a text, by key; none where it is absent or broken. */
export function settingsOf(path: RepoPath, text: string | undefined): ReadonlyMap<string, DependencySetting> {
  if (text === undefined) return new Map();
  const raw = objectOf((path.endsWith('.json') ? parseJson(text) : parseYaml(text)).value);
  const pnpm = objectOf(raw['pnpm']);
  const settings: [string, DependencySetting][] = [
    ...overrides(raw['overrides']),
    ...resolutions(raw['resolutions']),
    ...overrides(pnpm['overrides']),
    ...patches(raw['patchedDependencies']),
    ...patches(pnpm['patchedDependencies']),
    ...catalogs(raw),
    ...catalogs(objectOf(raw['workspaces'])),
    ...(path.endsWith('.json') ? ranges(raw) : []),
  ];
  return new Map(settings);
}

function ranges(raw: RawObject): [string, DependencySetting][] {
  return DEPENDENCY_GROUPS.flatMap((group) =>
    Object.entries(stringRecordOf(raw[group])).map(([name, value]): [string, DependencySetting] => [
      `range ${name} ${group}`,
      { kind: 'range', name, value },
    ]),
  );
}

/** npm nests (`{"a": {"b": "1", ".": "2"}}`), pnpm writes `a>b`. Iterative: nesting is the input's. */
function overrides(raw: unknown): [string, DependencySetting][] {
  const settings: [string, DependencySetting][] = [];
  const queue: { readonly trail: string; readonly owner: string; readonly value: unknown }[] = [
    { trail: '', owner: '', value: raw },
  ];
  for (const { trail, owner, value } of queue) {
    if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const own = key === '.' ? owner : splitSpecifier(key.slice(key.lastIndexOf('>') + 1))[0];
        queue.push({ trail: `${trail}>${key}`, owner: own, value: inner });
      }
    } else if (typeof value === 'string' && owner !== '') {
      settings.push([`override ${trail}`, { kind: 'override', name: owner, value }]);
    }
  }
  return settings;
}

/** Yarn: the package is the last name of `a/@s/b@npm:^1`. */
function resolutions(raw: unknown): [string, DependencySetting][] {
  return Object.entries(stringRecordOf(raw)).flatMap(([key, value]): [string, DependencySetting][] => {
    const name = /(?:^|\/)((?:@[^/@]+\/)?[^/@*]+)(?:@.*)?$/.exec(key)?.[1];
    return name === undefined ? [] : [[`resolution ${key}`, { kind: 'override', name, value }]];
  });
}

function patches(raw: unknown): [string, DependencySetting][] {
  return Object.entries(stringRecordOf(raw)).map(([key, value]) => [
    `patch ${key}`,
    { kind: 'patch', name: splitSpecifier(key)[0], value },
  ]);
}

function catalogs(raw: RawObject): [string, DependencySetting][] {
  const named = { default: raw['catalog'], ...objectOf(raw['catalogs']) };
  return Object.entries(named).flatMap(([catalog, entries]) =>
    Object.entries(stringRecordOf(entries)).map(([name, value]): [string, DependencySetting] => [
      `catalog ${catalog} ${name}`,
      { kind: 'catalog', name, value, catalog },
    ]),
  );
}
