/**
 * Which tsconfig speaks for which file.
 * In: a tree, the workspace. Out: a lookup that needs no further reading, and the dependencies on the configs.
 * Not here: how specifiers resolve under a config (gather/resolve).
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import { baseNameOf, compareText, directoryOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { ImplicitDependency } from '../../model/snapshot.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';
import { readTsconfigSources } from './tsconfig-sources.js';
import { toTsconfigView } from './tsconfig-view.js';
import type { TsconfigView } from './tsconfig-view.js';

/** All configs of a tree, with the question they answer. */
export interface Tsconfigs {
  /**
   * The config that speaks for a file: the nearest upwards that covers it, itself or by a reference or a sibling
   * (`tsconfig.app.json`), else the nearest; `undefined` where no folder above has one. Constant time after the first call.
   */
  governing(path: RepoPath): TsconfigView | undefined;
  /**
   * The governing config first, then the others of its folder and of the folders above: where the first one's
   * `paths` have no answer, these are asked. The same array object for equal answers.
   */
  candidates(path: RepoPath): readonly TsconfigView[];
  /** Every config, ordered by path. */
  readonly all: readonly TsconfigView[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every tsconfig and jsconfig of the tree. Never throws: what is broken is in `diagnostics`. */
export async function readTsconfigs(tree: FileTree, workspace: Workspace): Promise<Tsconfigs> {
  const sources = await readTsconfigSources(tree, workspace);
  const diagnostics = [...sources.diagnostics];
  const all = [...sources.byPath.values()]
    .map((source) => toTsconfigView(source, sources.byPath, diagnostics))
    .sort((left, right) => compareText(left.path, right.path));
  return { ...createLookup(all), all, diagnostics };
}

/** What equal configs govern in another revision. */
export interface Governed {
  readonly files: ReadonlySet<RepoPath>;
  readonly dependencies: readonly ImplicitDependency[];
}

/**
 * From every file to each config that governs it: a change of one of them reaches the files below it (rule 12).
 * What is known of a file need not be asked again.
 */
export function tsconfigDependencies(
  tsconfigs: Tsconfigs,
  files: readonly RepoPath[],
  known: Governed = { files: new Set(), dependencies: [] },
): ImplicitDependency[] {
  const now = new Set(files);
  const dependents = new Map(known.dependencies.map(({ to, from }) => [to, from.filter((file) => now.has(file))]));
  for (const file of files) {
    if (known.files.has(file)) continue;
    for (const config of tsconfigs.governing(file)?.chain ?? []) {
      const known = dependents.get(config);
      if (known === undefined) dependents.set(config, [file]);
      else known.push(file);
    }
  }
  return [...dependents]
    .filter(([, from]) => from.length > 0)
    .sort(([left], [right]) => compareText(left, right))
    .map(([to, from]) => ({ kind: 'tsconfig', from: from.sort(compareText), to, source: `${to} governs these files` }));
}

function createLookup(all: readonly TsconfigView[]): Pick<Tsconfigs, 'governing' | 'candidates'> {
  const byPath = new Map(all.map((view) => [view.path, view]));
  const byFolder = groupByFolder(all);
  const levels = new Map<RepoPath, readonly (readonly TsconfigView[])[]>();
  const lists = new Map<string, readonly TsconfigView[]>();
  const answers = new Map<RepoPath, readonly TsconfigView[]>();

  function levelsOf(folder: RepoPath): readonly (readonly TsconfigView[])[] {
    const known = levels.get(folder);
    if (known !== undefined) return known;
    const above = folder === '' ? [] : levelsOf(directoryOf(folder));
    const own = byFolder.get(folder);
    const result = own === undefined ? above : [withReferences(own, byPath), ...above];
    levels.set(folder, result);
    return result;
  }

  function candidates(path: RepoPath): readonly TsconfigView[] {
    const known = answers.get(path);
    if (known !== undefined) return known;
    const found = orderFor(path, levelsOf(directoryOf(path)));
    const key = found.map((view) => view.path).join('\n');
    const shared = lists.get(key) ?? found;
    lists.set(key, shared);
    answers.set(path, shared);
    return shared;
  }

  return { candidates, governing: (path) => candidates(path)[0] };
}

/** The configs that lie in each folder, in their order. */
export function groupByFolder(all: readonly TsconfigView[]): ReadonlyMap<RepoPath, readonly TsconfigView[]> {
  const groups = new Map<RepoPath, TsconfigView[]>();
  for (const view of all) {
    const group = groups.get(view.folder);
    if (group === undefined) groups.set(view.folder, [view]);
    else group.push(view);
  }
  for (const group of groups.values()) group.sort((a, b) => rank(a) - rank(b) || compareText(a.path, b.path));
  return groups;
}

/** `tsconfig.json` speaks first, `jsconfig.json` next; build configs after those that editors read. */
function rank(view: TsconfigView): number {
  const name = baseNameOf(view.path);
  if (name === 'tsconfig.json') return 0;
  if (name === 'jsconfig.json') return 1;
  if (/^tsconfig\.(?:app|lib|src)\.json$/.test(name)) return 2;
  return /\.(?:base|build|prod|eslint|legacy)\./.test(name) ? 4 : 3;
}

/** The configs of one folder, what its `tsconfig.json` references right behind it, transitively. */
function withReferences(own: readonly TsconfigView[], byPath: ReadonlyMap<RepoPath, TsconfigView>): TsconfigView[] {
  const result = new Set<TsconfigView>(own.slice(0, 1));
  for (const view of result) {
    for (const reference of view.references) {
      const referenced = byPath.get(reference);
      if (referenced !== undefined) result.add(referenced);
    }
  }
  for (const view of own) result.add(view);
  return [...result];
}

function orderFor(path: RepoPath, levels: readonly (readonly TsconfigView[])[]): readonly TsconfigView[] {
  const covering = levels.map((level) => level.find((view) => !view.solution && view.covers(path)));
  const first = covering.find((view) => view !== undefined) ?? levels.find((level) => level.length > 0)?.[0];
  if (first === undefined) return [];
  const rest = levels.flatMap((level, index) => [covering[index] ?? level[0]]);
  const mapped = levels.slice(0, 1).flatMap((level) => level.filter((view) => view.paths.length > 0));
  return [...new Set([first, ...rest, ...mapped])].filter((view) => view !== undefined);
}
