/**
 * A `package.json` (or, in Deno packages, a `deno.json`) as a Manifest record.
 * In: the parsed object. Out: only values of the right type; the rest counts as absent.
 * Not here: which folders are packages.
 */
import type { RepoPath } from '../../model/path.js';
import type { Manifest } from '../../model/workspace.js';
import { isObject, objectOf, stringRecordOf, stringsOf, textOf } from './documents.js';
import type { RawObject } from './documents.js';

/** The manifest in `raw`, read from `path`. Never throws; a field of the wrong type is absent. */
export function toManifest(path: RepoPath, raw: RawObject): Manifest {
  return {
    path,
    ...entryFields(raw),
    bin: binOf(raw),
    scripts: stringRecordOf(raw['scripts']),
    dependencies: stringRecordOf(raw['dependencies']),
    devDependencies: stringRecordOf(raw['devDependencies']),
    peerDependencies: stringRecordOf(raw['peerDependencies']),
    optionalDependencies: stringRecordOf(raw['optionalDependencies']),
  };
}

/** A Deno package: its `imports` of `npm:` and `jsr:` packages are its dependencies. */
export function denoManifest(path: RepoPath, raw: RawObject): Manifest {
  const dependencies = Object.values(stringRecordOf(raw['imports'])).flatMap(denoDependency);
  const { name, version, exports } = raw;
  return toManifest(path, {
    name,
    version,
    type: 'module',
    dependencies: Object.fromEntries(dependencies),
    ...(typeof exports === 'string' || isObject(exports) ? { exports } : {}),
  });
}

/** `jsr:@std/path@^1.0/posix` → `['@std/path', '^1.0']`. */
function denoDependency(specifier: string): [string, string][] {
  const match = /^(?:npm|jsr):\/?(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]*))?/.exec(specifier);
  return match === null ? [] : [[match[1] as string, match[2] ?? '*']];
}

type MutableManifest = { -readonly [Key in keyof Manifest]?: Manifest[Key] };

function entryFields(raw: RawObject): Partial<Manifest> {
  const fields: MutableManifest = {};
  for (const key of ['name', 'version', 'main', 'module', 'source'] as const) {
    const value = textOf(raw[key]);
    if (value !== undefined) fields[key] = value;
  }
  const types = textOf(raw['types']) ?? textOf(raw['typings']);
  if (types !== undefined) fields.types = types;
  if (raw['type'] === 'module' || raw['type'] === 'commonjs') fields.type = raw['type'];
  for (const key of ['exports', 'imports', 'typesVersions', 'jest', 'nx'] as const) {
    if (raw[key] !== undefined && raw[key] !== null) fields[key] = raw[key];
  }
  return Object.assign(fields, shapedFields(raw));
}

function shapedFields(raw: RawObject): Partial<Manifest> {
  const fields: MutableManifest = {};
  if (isObject(raw['publishConfig'])) fields.publishConfig = raw['publishConfig'];
  if (Array.isArray(raw['files'])) fields.files = stringsOf(raw['files']);
  if (typeof raw['sideEffects'] === 'boolean') fields.sideEffects = raw['sideEffects'];
  if (Array.isArray(raw['sideEffects'])) fields.sideEffects = stringsOf(raw['sideEffects']);
  if (typeof raw['browser'] === 'string') fields.browser = raw['browser'];
  if (isObject(raw['browser'])) fields.browser = browserMap(raw['browser']);
  return fields;
}

function browserMap(raw: RawObject): Readonly<Record<string, string | false>> {
  const pairs = Object.entries(raw).filter(
    (pair): pair is [string, string | false] => typeof pair[1] === 'string' || pair[1] === false,
  );
  return Object.fromEntries(pairs);
}

/** `bin` as a map; a lone string is the command named after the package, without its scope. */
function binOf(raw: RawObject): Readonly<Record<string, string>> {
  const { bin } = raw;
  if (typeof bin !== 'string') return stringRecordOf(bin);
  const name = textOf(raw['name']) ?? 'bin';
  return { [name.slice(name.indexOf('/') + 1)]: bin };
}

/** Every dependency a manifest declares, one `[name, range]` pair per group it stands in. */
export function declaredRanges(manifest: Manifest): readonly (readonly [string, string])[] {
  return [
    ...Object.entries(manifest.dependencies),
    ...Object.entries(manifest.devDependencies),
    ...Object.entries(manifest.peerDependencies),
    ...Object.entries(manifest.optionalDependencies),
  ];
}

/**
 * True where a manifest makes its folder a package: it has a name or dependencies. A manifest that only says
 * `type`, or a stub that forwards a subpath (`{"main": "../dist/x.js"}`, `"name": "pkg/sub"`), does not.
 */
export function makesPackage(raw: RawObject): boolean {
  const name = textOf(raw['name']);
  if (name !== undefined) return /^(@[^/]+\/)?[^/]+$/.test(name);
  return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'workspaces'].some(
    (key) => Object.keys(objectOf(raw[key])).length > 0 || Array.isArray(raw[key]),
  );
}
