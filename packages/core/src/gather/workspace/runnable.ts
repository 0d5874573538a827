/**
 * Why a package is run or deployed, if it is.
 * In: its manifest, its Nx project and the files around its root. Out: reasons in words, in a fixed order.
 * Not here: whether it is an app, for which the other packages count too (packages.ts).
 */
import { baseNameOf, directoryOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import { objectOf } from './documents.js';
import { declaredRanges } from './manifest.js';
import type { PackageFolder } from './members.js';
import { inFolder, relativeTo } from './places.js';
import { RUNNABLE_DEPENDENCIES, RUNNABLE_FILES, RUNNABLE_SCRIPTS, RUNNABLE_TARGETS } from './runnable-files.js';
import type { RunnableFile } from './runnable-files.js';

/** Candidate configuration files by the folder of the package that they speak for. */
export type RunnableIndex = ReadonlyMap<RepoPath, readonly { readonly row: RunnableFile; readonly path: RepoPath }[]>;

/** Finds every runnable file of the tree in one pass over it. */
export function indexRunnableFiles(tree: FileTree): RunnableIndex {
  const index = new Map<RepoPath, { row: RunnableFile; path: RepoPath }[]>();
  for (const { path, kind } of tree.entries) {
    if (kind !== 'file') continue;
    const folder = packageFolderOf(path);
    const relative = relativeTo(folder, path);
    const row = RUNNABLE_FILES.find((file) => file.pattern.test(relative));
    if (row === undefined) continue;
    const list = index.get(folder);
    if (list === undefined) index.set(folder, [{ row, path }]);
    else list.push({ row, path });
  }
  return index;
}

/** The folder that a configuration file speaks for: its own, save where a tool keeps it in one of its own. */
function packageFolderOf(path: RepoPath): RepoPath {
  const folder = directoryOf(path);
  return baseNameOf(folder) === '.vitepress' ? directoryOf(folder) : folder;
}

/**
 * The reasons, in this order: `bin`, `script start`, configuration files, `project.json targets.serve`, dependencies.
 * @param orchestrates the package is a workspace's root, whose scripts and host files serve its members:
 * only commands, framework files and actions count for it.
 */
export function reasonsToRun(
  folder: PackageFolder,
  tree: FileTree,
  index: RunnableIndex,
  orchestrates: boolean,
): readonly string[] {
  const { manifest } = folder;
  const files = runnableFilesOf(folder, tree, index);
  const counted = orchestrates ? files.filter(({ row }) => row.kind !== 'host') : files;
  const reasons: string[] = Object.keys(manifest?.bin ?? {}).length > 0 ? ['bin'] : [];
  if (!orchestrates) {
    const scripts = counted.some(({ row }) => row.kind === 'framework')
      ? [...RUNNABLE_SCRIPTS, 'dev']
      : RUNNABLE_SCRIPTS;
    reasons.push(...scripts.filter((name) => manifest?.scripts[name] !== undefined).map((name) => `script ${name}`));
  }
  reasons.push(...counted.map(({ path }) => relativeTo(folder.root, path)));
  reasons.push(...projectReasons(folder));
  if (!orchestrates) {
    const has = (name: string): boolean => name in { ...manifest?.dependencies, ...manifest?.devDependencies };
    reasons.push(...RUNNABLE_DEPENDENCIES.filter(has));
  }
  return reasons;
}

function runnableFilesOf(folder: PackageFolder, tree: FileTree, index: RunnableIndex) {
  const names = new Set(folder.manifest === undefined ? [] : declaredRanges(folder.manifest).map(([name]) => name));
  return (index.get(folder.root) ?? []).filter(({ row }) => {
    if (row.dependency !== undefined && !row.dependency.some((name) => names.has(name))) return false;
    return row.beside === undefined || row.beside.some((place) => isThere(tree, inFolder(folder.root, place)));
  });
}

function isThere(tree: FileTree, place: string): boolean {
  return place.endsWith('/') ? tree.folders.has(place.slice(0, -1)) : tree.byPath.has(place);
}

function projectReasons({ project, raw }: PackageFolder): string[] {
  const nx = objectOf(raw['nx']);
  const targets = { ...objectOf(nx['targets']), ...objectOf(project['targets']) };
  if ('e2e' in targets && !('build' in targets)) return [];
  const reasons = RUNNABLE_TARGETS.filter((name) => name in targets).map((name) => `target ${name}`);
  const type = project['projectType'] ?? nx['projectType'];
  return type === 'application' ? ['projectType application', ...reasons] : reasons;
}
