/**
 * What Turborepo declares between packages and for all of them.
 * In: every `turbo.json`, at a root or in a package. Out: declared dependencies, global inputs.
 * Not here: environment variables (`globalEnv`), which are no files. Source: Turborepo's configuration reference.
 */
import { directoryOf, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { DeclaredDependency, GlobalInput } from '../../model/workspace.js';
import type { ConfigFiles } from './config-files.js';
import { objectOf, stringsOf } from './documents.js';
import type { RawObject } from './documents.js';
import type { TaskRunnerFacts } from './nx.js';
import type { NamedFolder } from './package-links.js';

/** One task of one `turbo.json`; `owner` is the package it is for, if it is for one. */
interface TurboTask {
  readonly path: RepoPath;
  readonly owner: number | undefined;
  readonly dependsOn: readonly string[];
  readonly inputs: readonly string[];
}

const ROOT_PREFIX = '$TURBO_ROOT$/';

/** Reads them all. `packages` stand in the order of their ids. */
export function readTurbo(files: ConfigFiles, packages: readonly NamedFolder[]): TaskRunnerFacts {
  const paths = [...files.named('turbo.json'), ...files.named('turbo.jsonc')];
  const ids = new Map(packages.flatMap(({ folder, name }, id) => (folder.member ? [[name, id] as const] : [])));
  const idByRoot = new Map(packages.map(({ folder }, id) => [folder.root, id]));
  const tasks = paths.flatMap((path) => tasksOf(path, objectOf(files.object(path)), ids, idByRoot));
  return {
    dependencies: tasks.flatMap((task) => taskDependencies(task, ids)),
    inputs: [
      ...paths.flatMap((path) => globalFiles(path, objectOf(files.object(path)))),
      ...tasks.flatMap((task) => taskInputs(task, paths)),
    ],
  };
}

function tasksOf(
  path: RepoPath,
  turbo: RawObject,
  ids: ReadonlyMap<string, number>,
  idByRoot: ReadonlyMap<RepoPath, number>,
): TurboTask[] {
  const local = extendsRoot(turbo) ? idByRoot.get(directoryOf(path)) : undefined;
  return Object.entries(objectOf(turbo['tasks'] ?? turbo['pipeline'])).map(([key, value]) => ({
    path,
    owner: key.includes('#') ? ids.get(key.slice(0, key.indexOf('#'))) : local,
    dependsOn: stringsOf(objectOf(value)['dependsOn']),
    inputs: stringsOf(objectOf(value)['inputs']),
  }));
}

/** A package's `turbo.json` says `"extends": ["//"]`. */
function extendsRoot(turbo: RawObject): boolean {
  return stringsOf(turbo['extends']).length > 0;
}

/** `"web#build": {"dependsOn": ["api#build"]}`. */
function taskDependencies(
  { path, owner, dependsOn }: TurboTask,
  ids: ReadonlyMap<string, number>,
): DeclaredDependency[] {
  if (owner === undefined) return [];
  const names = dependsOn.filter((task) => task.includes('#')).map((task) => task.slice(0, task.indexOf('#')));
  const targets = new Set(names.flatMap((name) => ids.get(name) ?? []));
  targets.delete(owner);
  return [...targets].map((to) => ({ from: owner, to, source: `${path} dependsOn` }));
}

function globalFiles(path: RepoPath, turbo: RawObject): GlobalInput[] {
  // What a negation takes out again is kept: a needless dependent costs less than a missed one.
  const globs = stringsOf(turbo['globalDependencies']).filter((glob) => !glob.startsWith('!'));
  return globs.flatMap((glob) => {
    const place = joinPath(directoryOf(path), glob.replace(ROOT_PREFIX, ''));
    return place === undefined ? [] : [{ glob: place, packages: [], source: `${path} globalDependencies` }];
  });
}

/** Inputs outside the package: `$TURBO_ROOT$/x`, and `../../x` in a package's own file. */
function taskInputs({ path, owner, inputs }: TurboTask, paths: readonly RepoPath[]): GlobalInput[] {
  const folder = directoryOf(path);
  const root = rootOf(folder, paths);
  return inputs.flatMap((input) => {
    const place = input.startsWith(ROOT_PREFIX)
      ? joinPath(root, input.slice(ROOT_PREFIX.length))
      : input.startsWith('../') && owner !== undefined
        ? joinPath(folder, input)
        : undefined;
    return place === undefined
      ? []
      : [{ glob: place, packages: owner === undefined ? [] : [owner], source: `${path} inputs` }];
  });
}

/** The outermost folder above with a `turbo.json`. */
function rootOf(folder: RepoPath, paths: readonly RepoPath[]): RepoPath {
  const roots = paths
    .map(directoryOf)
    .filter((root) => root === '' || folder === root || folder.startsWith(`${root}/`));
  return roots.sort((left, right) => left.length - right.length)[0] ?? folder;
}
