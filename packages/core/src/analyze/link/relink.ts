/**
 * Which files can link otherwise in the base than in the head.
 * In: both revisions' module tables. Out: paths. Whoever is not among them has the same edges in both, and is linked once.
 */
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import type { SourceFile } from '../../model/snapshot.js';
import { GLOBAL_OBJECTS } from './binding-targets.js';
import { requestTargets, starsOf, type LinkedFile, type ModuleTable } from './module-table.js';

/** Paths whose links may differ: changed, resolving elsewhere, or importing such a file by name or through re-exports. */
export function differentlyLinked(head: ModuleTable, base: ModuleTable): Set<RepoPath> {
  const different = new Set<RepoPath>();
  for (const file of head.files) {
    const before = base.byPath.get(file.path);
    if (!before || before.facts !== file.facts || !sameResolutions(before.source, file.source))
      different.add(file.path);
  }
  for (const file of base.files) if (!head.byPath.has(file.path)) different.add(file.path);
  const moved = new Set(different);
  for (const table of [head, base]) spreadThroughStars(table, moved);
  const globals = globalNames([head, base], different);
  for (const table of [head, base]) {
    for (const file of table.files)
      if (reachesAny(table, file, moved) || readsAny(file, globals)) different.add(file.path);
  }
  return different;
}

/** Global names that the given files declare or assign. */
function globalNames(tables: readonly ModuleTable[], paths: ReadonlySet<RepoPath>): Set<string> {
  const names = new Set<string>();
  for (const table of tables) {
    for (const path of paths)
      for (const { name, request } of table.byPath.get(path)?.facts?.ambient ?? []) if (request < 0) names.add(name);
  }
  return names;
}

/** Whether the file uses one of the names without declaring it, perhaps through the global object. */
function readsAny(file: LinkedFile, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  return (
    file.facts?.bindings.some(
      (binding) => binding.kind === 'global' && (names.has(binding.name) || GLOBAL_OBJECTS.has(binding.name)),
    ) === true
  );
}

function sameResolutions(left: SourceFile, right: SourceFile): boolean {
  if (left === right || left.resolutions === right.resolutions) return true;
  return (
    left.resolutions.length === right.resolutions.length &&
    left.resolutions.every((one, index) => sameResolution(one, right.resolutions[index] as Resolution))
  );
}

function sameResolution(left: Resolution, right: Resolution): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === 'file' && right.kind === 'file')
    return left.path === right.path && left.types === right.types && left.also?.join('\0') === right.also?.join('\0');
  if (left.kind === 'files' && right.kind === 'files') return left.paths.join('\0') === right.paths.join('\0');
  if (left.kind === 'external' && right.kind === 'external')
    return left.package === right.package && left.subpath === right.subpath;
  return true;
}

/** Adds every module that re-exports from a module in `moved`, to a fixpoint over the reverse re-export edges. */
function spreadThroughStars(table: ModuleTable, moved: Set<RepoPath>): void {
  const forwarders = new Map<RepoPath, RepoPath[]>();
  for (const file of table.files) {
    for (const path of forwardedPaths(table, file)) {
      const list = forwarders.get(path);
      if (list) list.push(file.path);
      else forwarders.set(path, [file.path]);
    }
  }
  const queue = [...moved];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const forwarder of forwarders.get(path) ?? []) {
      if (moved.has(forwarder)) continue;
      moved.add(forwarder);
      queue.push(forwarder);
    }
  }
}

function forwardedPaths(table: ModuleTable, file: LinkedFile): RepoPath[] {
  const requests = new Set<number>(file.facts ? starsOf(file) : []);
  for (const entry of file.facts?.exports ?? []) if (entry.kind === 'indirect') requests.add(entry.request);
  return [...requests].flatMap((request) => targetPaths(table, file, request));
}

function reachesAny(table: ModuleTable, file: LinkedFile, moved: ReadonlySet<RepoPath>): boolean {
  return (
    file.facts?.requests.some((_, index) => targetPaths(table, file, index).some((path) => moved.has(path))) === true
  );
}

function targetPaths(table: ModuleTable, file: LinkedFile, request: number): RepoPath[] {
  const resolution = file.source.resolutions[request];
  if (resolution?.kind !== 'file' && resolution?.kind !== 'files') return [];
  return requestTargets(table, file, request).flatMap((target) => (target.kind === 'file' ? [target.file.path] : []));
}
