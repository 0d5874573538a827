/**
 * What a workspace package gives for a subpath: the source file behind `exports`, `main`, `types` or a deep path.
 * In: a package, a subpath (`''` or `/button`). Out: the file with rule and confidence, or why there is none.
 * Nothing is built and nothing installed: outputs are mapped to their sources.
 * Not here: which package a name means (package-index.ts).
 */
import type { Confidence } from '../../model/confidence.js';
import { joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { ResolutionRule, UnresolvedReason } from '../../model/resolution.js';
import type { Manifest, WorkspacePackage } from '../../model/workspace.js';
import { isObject, objectOf, stringsOf } from '../workspace/documents.js';
import type { BuiltToSource } from './built-to-source.js';
import { targetsOf } from './exports-map.js';
import type { Target } from './exports-map.js';
import type { Found, PathIndex } from './path-index.js';
import type { ProbeLog } from './probes.js';

/** A file, and by which rule how surely. */
export interface EntryFile extends Found {
  readonly rule: ResolutionRule;
  readonly confidence: Confidence;
}

/** Why a subpath leads nowhere. */
export interface EntryFailure {
  readonly reason: UnresolvedReason;
  readonly detail: string;
}

/** Either of both. */
export type EntryAnswer = EntryFile | EntryFailure;

/** True where a file was found. */
export function isEntryFile(answer: EntryAnswer): answer is EntryFile {
  return 'path' in answer;
}

/** What the entry of a package is found with. */
export interface EntryContext {
  readonly index: PathIndex;
  readonly built: BuiltToSource;
  /** The package whose root is this folder. */
  readonly packageAt: (folder: RepoPath) => WorkspacePackage | undefined;
  /** Answers so far. */
  readonly known: Map<string, { readonly result: EntryAnswer; readonly probes: ReadonlySet<number> }>;
  readonly probes: ProbeLog;
}

/** The file behind `name + subpath`. @param custom `customConditions` of the importer's tsconfig. Memoised. */
export function entryOf(
  context: EntryContext,
  owner: WorkspacePackage,
  subpath: string,
  custom: readonly string[],
): EntryAnswer {
  const key = `${owner.id}\n${subpath}\n${custom.join(' ')}`;
  const known = context.known.get(key);
  if (known !== undefined) {
    context.probes.again(known.probes);
    return known.result;
  }
  const answer = context.probes.traced(() => findEntry(context, owner, subpath, custom));
  context.known.set(key, answer);
  return answer.result;
}

function findEntry(
  context: EntryContext,
  owner: WorkspacePackage,
  subpath: string,
  custom: readonly string[],
): EntryAnswer {
  const search: Search = { ...context, root: owner.root, subpath };
  const manifest = owner.manifest;
  const listed = manifest === undefined ? [] : listedTargets(manifest, subpath, custom);
  const found = fromTargets(search, listed ?? []);
  if (found !== undefined) return found;
  const hidden = manifest?.exports !== undefined && listed === undefined;
  const physical =
    subpath === ''
      ? defaultEntry(search)
      : (nestedEntry(context, owner, subpath, custom) ?? deepPath(search, hidden, manifest));
  if (physical !== undefined) return physical;
  if (hidden) return { reason: 'not-exported', detail: `"exports" of ${owner.name} has no ".${subpath}"` };
  const targets = (listed ?? []).map((target) => target.path).join(', ');
  if (targets === '')
    return { reason: subpath === '' ? 'no-source-entry' : 'no-such-file', detail: `${owner.root}${subpath}` };
  return { reason: 'built-without-source', detail: `no source found for ${targets} of ${owner.name}` };
}

/** A folder of the package with a manifest of its own (`preact/hooks`). */
function nestedEntry(
  context: EntryContext,
  owner: WorkspacePackage,
  subpath: string,
  custom: readonly string[],
): EntryFile | undefined {
  const folder = joinPath(owner.root, subpath.slice(1));
  const nested = folder === undefined ? undefined : context.packageAt(folder);
  if (nested === undefined || nested === owner) return undefined;
  const answer = entryOf(context, nested, '', custom);
  return isEntryFile(answer) ? answer : undefined;
}

/** Paths that the manifest names for a subpath, existing or not: for outputs that are generated, not built. */
export function listedPaths(owner: WorkspacePackage, subpath: string, custom: readonly string[]): readonly RepoPath[] {
  const paths = [subpath.slice(1)];
  if (owner.manifest !== undefined) {
    paths.unshift(...(listedTargets(owner.manifest, subpath, custom) ?? []).map((target) => target.path));
  }
  return paths.flatMap((path) => joinPath(owner.root, path) ?? []);
}

interface Search {
  readonly index: PathIndex;
  readonly built: BuiltToSource;
  readonly root: RepoPath;
  readonly subpath: string;
}

/** Targets that the manifest names for a subpath; `undefined` where its `exports` rule the subpath out. */
function listedTargets(manifest: Manifest, subpath: string, custom: readonly string[]): readonly Target[] | undefined {
  const published = publishedTargets(manifest, subpath, custom);
  if (manifest.exports !== undefined && manifest.exports !== null) {
    const targets = targetsOf(manifest.exports, `.${subpath}`, custom);
    const source = subpath === '' ? fieldTarget(manifest.source, 1) : [];
    return targets === undefined
      ? published.length > 0
        ? published
        : undefined
      : [...source, ...targets, ...published];
  }
  if (subpath !== '') return [...typesVersionsTargets(manifest, subpath), ...published];
  return [
    ...fieldTarget(manifest.source, 1),
    ...fieldTarget(manifest.module, 11),
    ...fieldTarget(manifest.main, 12),
    ...fieldTarget(typeof manifest.browser === 'string' ? manifest.browser : undefined, 16),
    ...fieldTarget(manifest.types, 50).map((target) => ({ ...target, types: true })),
    ...published,
  ];
}

function fieldTarget(value: string | undefined, rank: number): Target[] {
  return value === undefined ? [] : [{ path: value, rank, types: false }];
}

/** `publishConfig` overwrites entry fields when the package is published: asked last. */
function publishedTargets(manifest: Manifest, subpath: string, custom: readonly string[]): readonly Target[] {
  const published = manifest.publishConfig;
  if (published === undefined) return [];
  const mapped =
    published['exports'] === undefined ? [] : (targetsOf(published['exports'], `.${subpath}`, custom) ?? []);
  const fields = subpath === '' ? ['module', 'main', 'types'].flatMap((name) => stringsOf(published[name])) : [];
  const folder = published['directory'];
  const inFolder = typeof folder === 'string' && subpath !== '' ? [`${folder}${subpath}`] : [];
  return [...mapped, ...[...fields, ...inFolder].map((path) => ({ path, rank: 60, types: false }))];
}

function typesVersionsTargets(manifest: Manifest, subpath: string): Target[] {
  return Object.values(objectOf(manifest.typesVersions)).flatMap((raw) => {
    const map: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(objectOf(raw))) map[`./${key}`] = value;
    const targets = isObject(raw) ? (targetsOf(map, `.${subpath}`, []) ?? []) : [];
    return targets.map((target) => ({ path: target.path, rank: 50, types: true }));
  });
}

/** A target that is there as source; else the source of one that is not; else declarations alone. */
function fromTargets(search: Search, targets: readonly Target[]): EntryFile | undefined {
  const there = targets.flatMap((target) => presentTarget(search, target));
  const sources = there.filter((one) => !isDeclaration(one.found.path));
  const declared = there.find((one) => isDeclaration(one.found.path))?.found.path;
  const [first] = sources;
  if (first !== undefined) return withAlternates(first.found, sources, declared);
  const mapped = mappedSource(search, targets);
  if (mapped !== undefined) return mapped;
  const named = targets.length > 0 ? conventionalEntry(search) : undefined;
  if (named !== undefined) return named;
  return declared === undefined ? undefined : { path: declared, rule: 'workspace', confidence: 'bound' };
}

/** The first target's source that a tsconfig proves, else the first that convention gives. */
function mappedSource({ root, built }: Search, targets: readonly Target[]): EntryFile | undefined {
  let guess: EntryFile | undefined;
  for (const target of targets) {
    const output = joinPath(root, target.path);
    const source = output === undefined || !isOutputPath(target.path) ? undefined : built.find(output, root);
    if (source?.confidence === 'bound') return { ...source, rule: 'built-to-source' };
    if (source !== undefined) guess ??= { ...source, rule: 'built-to-source' };
  }
  return guess;
}

interface PresentTarget {
  readonly target: Target;
  readonly found: Found;
}

function presentTarget({ index, root }: Search, target: Target): PresentTarget[] {
  const path = joinPath(root, target.path);
  if (path === undefined) return [];
  const found = index.file(path) ?? index.folderIndex(path);
  return found === undefined ? [] : [{ target, found }];
}

function withAlternates(found: Found, sources: readonly PresentTarget[], declared: RepoPath | undefined): EntryFile {
  const others = sources.filter((one) => !one.target.types).map((one) => one.found.path);
  const typed = sources.find((one) => one.target.types)?.found.path;
  const types = found.types ?? (typed !== undefined && typed !== found.path ? typed : declared);
  const also = [...new Set([...(found.also ?? []), ...others])].filter((path) => path !== found.path && path !== types);
  return {
    path: found.path,
    rule: 'workspace',
    confidence: 'bound',
    ...(types === undefined ? {} : { types }),
    ...(also.length === 0 ? {} : { also }),
  };
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}

function isOutputPath(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|css)$/.test(path) || !/\.[a-z0-9]+$/i.test(path);
}

/** Names that a package's entry has by custom. */
const ENTRY_NAMES = ['index', 'main', 'public-api', 'public_api', 'mod', 'lib/index', 'module'];
const ENTRY_FOLDERS = ['src', '', 'lib', 'source'];

/** The source of a subpath whose listed output has no counterpart by name. */
function conventionalEntry({ index, root, subpath }: Search): EntryFile | undefined {
  const names = subpath === '' ? ENTRY_NAMES : namesOfSubpath(subpath);
  for (const name of names) {
    for (const folder of subpath === '' ? ENTRY_FOLDERS : [...ENTRY_FOLDERS, 'src/entries', 'src/exports', 'src/lib']) {
      const path = joinPath(root, folder === '' ? name : `${folder}/${name}`);
      const found = path === undefined ? undefined : (index.file(path) ?? index.folderIndex(path));
      if (found !== undefined) return { ...found, rule: 'built-to-source', confidence: 'pattern' };
    }
  }
  return undefined;
}

function namesOfSubpath(subpath: string): readonly string[] {
  const plain = subpath.slice(1);
  return [plain, plain.replace(/\.[cm]?js$/, '')];
}

/** A package without entry fields: Node's `index`, else what is customary. */
function defaultEntry(search: Search): EntryFile | undefined {
  const found = search.index.folderIndex(search.root);
  if (found !== undefined) return { ...found, rule: 'workspace', confidence: 'bound' };
  return conventionalEntry(search);
}

/** A path inside the package, as written or as its source. `hidden`: `exports` does not list it, so it is a guess. */
function deepPath(search: Search, hidden: boolean, manifest: Manifest | undefined): EntryFile | undefined {
  const path = joinPath(search.root, search.subpath.slice(1));
  if (path === undefined) return undefined;
  const found = search.index.file(path) ?? search.index.folderIndex(path);
  if (found !== undefined) return { ...found, rule: 'workspace', confidence: hidden ? 'pattern' : 'bound' };
  if (!isOutputPath(search.subpath) && manifest?.exports === undefined) return undefined;
  const source = search.built.find(path, search.root);
  if (source !== undefined)
    return { ...source, rule: 'built-to-source', confidence: hidden ? 'pattern' : source.confidence };
  return conventionalEntry(search);
}
