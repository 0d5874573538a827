/**
 * Which workspace packages a package's manifest depends on.
 * In: the package folders with their names. Out: names, sorted.
 * Not here: edges that only a task runner declares (nx.ts, turbo.ts).
 * A name in common is enough, whatever the range says: the recall rule.
 */
import { compareText, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import { declaredRanges } from './manifest.js';
import type { PackageFolder } from './members.js';

/** A package folder with the name it goes by. */
export interface NamedFolder {
  readonly folder: PackageFolder;
  readonly name: string;
}

/** A function that lists the workspace packages a folder's manifest names. Builds its indexes once. */
export function linkPackages(packages: readonly NamedFolder[]): (of: NamedFolder) => readonly string[] {
  const byRoot = new Map<RepoPath, string>(packages.map(({ folder, name }) => [folder.root, name]));
  const members = new Set(packages.filter(({ folder }) => folder.member).map(({ name }) => name));
  // Fixture workspaces use common names (`pkg-a`, `react`): those are seen from within the same workspace only.
  const local = new Set(packages.flatMap(({ folder, name }) => localKey(folder.workspaceRoot, name) ?? []));
  return ({ folder, name: own }) => {
    const found = new Set<string>();
    for (const [name, range] of folder.manifest === undefined ? [] : declaredRanges(folder.manifest)) {
      const target = aliasedName(range) ?? name;
      const known = members.has(target) || local.has(localKey(folder.workspaceRoot, target) ?? '');
      const linked = pathTarget(folder, range, byRoot) ?? (known ? target : undefined);
      if (linked !== undefined && linked !== own && linked !== '') found.add(linked);
    }
    return [...found].sort(compareText);
  };
}

function localKey(workspaceRoot: RepoPath | undefined, name: string): string | undefined {
  return workspaceRoot === undefined ? undefined : `${workspaceRoot}\n${name}`;
}

/** The package at the path in `link:../ui`, `file:`, `portal:`, `workspace:../ui`, Yarn's `workspace:packages/ui`, `../ui`. */
function pathTarget(folder: PackageFolder, range: string, byRoot: ReadonlyMap<RepoPath, string>): string | undefined {
  const match = /^(?:(link|file|portal|workspace):)?(.*)$/s.exec(range);
  const path = match?.[2] ?? '';
  if (match?.[1] === undefined && !/^\.\.?\//.test(path)) return undefined;
  const roots = [joinPath(folder.root, path), joinPath(folder.workspaceRoot ?? '', path)];
  return roots.map((root) => (root === undefined ? undefined : byRoot.get(root))).find((name) => name !== undefined);
}

/** `workspace:@acme/ui@*` and `npm:@acme/ui@1` mean `@acme/ui`, whatever the dependency is called. */
function aliasedName(range: string): string | undefined {
  return /^(?:workspace|npm):((?:@[^/@]+\/)?[^/@]+)@/.exec(range)?.[1];
}
