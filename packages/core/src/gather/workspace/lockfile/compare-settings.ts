/**
 * What a change of ranges, overrides, catalogs or patches does where the lockfile does not tell: there is none, or it
 * was not brought up to date, or the tool (patch-package) keeps nothing in it.
 * In: two texts of a settings file, or a patch's path; the lock graph where there is one. Out: package deltas.
 */
import type { ExternalPackageDelta } from '../../../model/lockfile.js';
import { baseNameOf, compareText, directoryOf, isInside } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import { declaredRanges } from '../manifest.js';
import { settingsOf } from './dependency-settings.js';
import type { DependencySetting } from './dependency-settings.js';
import type { LockContext, LockGraph } from './lock-graph.js';
import { workspaceNames } from './manifest-importers.js';

type Through = ExternalPackageDelta['through'];

/**
 * Packages whose settings differ, sorted by name. `base` and `head` hold what is written (`^1.2.0`), which may be a range.
 * @param graph the lock that governs the file, if one does and can be read.
 */
export function compareSettings(
  path: RepoPath,
  base: string | undefined,
  head: string | undefined,
  graph: LockGraph | undefined,
  context: LockContext,
): readonly ExternalPackageDelta[] {
  const [before, after] = [settingsOf(path, base), settingsOf(path, head)];
  const own = workspaceNames(context);
  const deltas = new Map<string, ExternalPackageDelta>();
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort(compareText)) {
    const [from, to] = [before.get(key), after.get(key)];
    const setting = (to ?? from) as DependencySetting;
    if (from?.value === to?.value || own.has(setting.name)) continue;
    const delta = toDelta(setting, from?.value, to?.value, throughOf(path, setting, graph, context));
    deltas.set(setting.name, merge(deltas.get(setting.name), delta));
  }
  return [...deltas.values()].sort((left, right) => compareText(left.name, right.name));
}

function toDelta(
  { name, kind }: DependencySetting,
  from: string | undefined,
  to: string | undefined,
  through: Through,
): ExternalPackageDelta {
  const range = kind === 'range' || kind === 'catalog';
  const cause = !range
    ? (kind as 'patch' | 'override')
    : from === undefined
      ? 'added'
      : to === undefined
        ? 'removed'
        : 'version';
  return { name, base: from === undefined ? [] : [from], head: to === undefined ? [] : [to], cause, through };
}

/** Two settings of one package: the cause that is sure to matter wins over `added` and `removed`. */
function merge(known: ExternalPackageDelta | undefined, delta: ExternalPackageDelta): ExternalPackageDelta {
  if (known === undefined) return delta;
  const importers = new Map<string, Set<RepoPath>>();
  for (const { dependency, importers: folders } of [...known.through, ...delta.through]) {
    importers.set(dependency, new Set([...(importers.get(dependency) ?? []), ...folders]));
  }
  const cause =
    known.cause === delta.cause
      ? known.cause
      : ([known.cause, delta.cause].find((each) => each === 'patch' || each === 'override') ?? 'version');
  const union = (left: readonly string[], right: readonly string[]): string[] =>
    [...new Set([...left, ...right])].sort(compareText);
  return {
    name: known.name,
    base: union(known.base, delta.base),
    head: union(known.head, delta.head),
    cause,
    through: sorted(importers),
  };
}

function sorted(importers: ReadonlyMap<string, ReadonlySet<RepoPath>>): Through {
  const list = [...importers].sort(([left], [right]) => compareText(left, right));
  return list.map(([dependency, folders]) => ({ dependency, importers: [...folders].sort(compareText) }));
}

function throughOf(
  path: RepoPath,
  setting: DependencySetting,
  graph: LockGraph | undefined,
  context: LockContext,
): Through {
  const { kind, name, catalog } = setting;
  if (kind === 'range') return [{ dependency: name, importers: [directoryOf(path)] }];
  if (kind !== 'catalog') return reachedThrough(name, graph, context);
  const wanted = catalog === 'default' ? ['catalog:', 'catalog:default'] : [`catalog:${catalog as string}`];
  return declaredThrough(name, context, (range) => wanted.includes(range));
}

/** Direct dependencies that reach any version of a package; without a lock, the package itself for who declares it. */
export function reachedThrough(name: string, graph: LockGraph | undefined, context: LockContext): Through {
  if (graph === undefined) return declaredThrough(name, context, () => true);
  const dependents: number[][] = graph.nodes.map(() => []);
  graph.nodes.forEach(({ dependencies }, id) => dependencies.forEach((to) => dependents[to]?.push(id)));
  const reached = new Uint8Array(graph.nodes.length);
  const stack = graph.nodes.flatMap((node, id) => (node.name === name ? [id] : []));
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (reached[id] === 1) continue;
    reached[id] = 1;
    for (const from of dependents[id] as number[]) stack.push(from);
  }
  const importers = new Map<string, Set<RepoPath>>();
  for (const [folder, direct] of graph.importers) {
    for (const { name: dependency, nodes } of direct) {
      if (nodes.some((id) => reached[id] === 1))
        importers.set(dependency, (importers.get(dependency) ?? new Set()).add(folder));
    }
  }
  return sorted(importers);
}

function declaredThrough(
  name: string,
  { folder, workspace }: LockContext,
  matches: (range: string) => boolean,
): Through {
  const declaring = workspace.packages.filter(({ root, manifest }) => {
    if (manifest === undefined || !isInside(root, folder)) return false;
    return declaredRanges(manifest).some(([declared, range]) => declared === name && matches(range));
  });
  return declaring.length === 0 ? [] : [{ dependency: name, importers: declaring.map(({ root }) => root) }];
}

/** True for the places where patch-package, pnpm and Yarn keep patches. */
export function isPatch(path: RepoPath): boolean {
  return /(?:^|\/)(?:patches|\.yarn\/patches)\/[^/]+(?:\/[^/]+)?\.patch$/.test(path);
}

/**
 * The package a patch file is for, by its name: `a+1.0.0.patch` and `b++@s+a+1.0.0.patch` (patch-package),
 * `@s__a@1.0.0.patch` (pnpm), `@s-a-npm-1.0.0-0123.patch` (Yarn). `undefined` where no known package fits.
 */
export function patchedPackage(path: RepoPath, graph: LockGraph | undefined, context: LockContext): string | undefined {
  const file =
    path.includes('/patches/@') && !baseNameOf(path).startsWith('@')
      ? path.slice(path.lastIndexOf('/@') + 1)
      : baseNameOf(path);
  const last = file.split('++').at(-1) as string;
  const declared = context.workspace.packages.flatMap(({ manifest }) =>
    manifest === undefined ? [] : declaredRanges(manifest),
  );
  const names = new Set([...(graph?.nodes.map(({ name }) => name) ?? []), ...declared.map(([name]) => name)]);
  const fits = [...names].filter((name) =>
    [
      `${name.replace('/', '+')}+`,
      `${name.replace('/', '__')}@`,
      `${name}@`,
      `${name.replace('/', '-')}-npm-`,
      `${name.replace('/', '__')}.patch`,
    ].some((start) => last.startsWith(start)),
  );
  return fits.sort((left, right) => right.length - left.length || compareText(left, right))[0];
}
