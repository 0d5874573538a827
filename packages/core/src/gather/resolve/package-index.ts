/**
 * The workspace's packages, by name and by folder, and what an importer's manifest says of a name.
 * In: the workspace. Out: constant-time lookups. Not here: entries and subpaths (package-entry.ts).
 */
import { directoryOf, isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Workspace, WorkspacePackage } from '../../model/workspace.js';
import { rangeExcludes } from './version-range.js';

/** What a bare name means to one importer. */
export type NamedPackage =
  | { readonly kind: 'workspace'; readonly package: WorkspacePackage; readonly self: boolean }
  /** A folder of the repository that is no package (`file:../vendor`). */
  | { readonly kind: 'folder'; readonly path: RepoPath }
  | { readonly kind: 'external'; readonly name: string }
  /** Not in the workspace, not declared by the importer or above it. */
  | { readonly kind: 'unknown' };

/** Lookups over the workspace. */
export interface PackageIndex {
  /** The package with the longest root above `folder`. */
  owner(folder: RepoPath): WorkspacePackage;
  /** The package at exactly this folder. */
  at(folder: RepoPath): WorkspacePackage | undefined;
  named(name: string, folder: RepoPath): NamedPackage;
  /** Some manifest of the repository depends on this name. */
  declaredAnywhere(name: string): boolean;
}

/** Builds the lookups. */
export function createPackageIndex(workspace: Workspace): PackageIndex {
  const byRoot = new Map(workspace.packages.map((one) => [one.root, one]));
  const byName = groupByName(workspace.packages);
  const declared = new Set(workspace.packages.flatMap((one) => [...rangesOf(one).keys()]));
  const fallback = byRoot.get('') ?? (workspace.packages[0] as WorkspacePackage);
  const owners = new Map<RepoPath, WorkspacePackage>();
  const ranges = new Map<WorkspacePackage, ReadonlyMap<string, string>>();

  const owner = (folder: RepoPath): WorkspacePackage => {
    const known = owners.get(folder);
    if (known !== undefined) return known;
    let at = folder;
    while (!byRoot.has(at) && at !== '') at = directoryOf(at);
    const found = byRoot.get(at) ?? fallback;
    owners.set(folder, found);
    return found;
  };

  const rangeFor = (name: string, importer: WorkspacePackage): DeclaredRange | undefined => {
    for (let at: WorkspacePackage | undefined = importer; at !== undefined; at = above(at, owner)) {
      let own = ranges.get(at);
      if (own === undefined) ranges.set(at, (own = rangesOf(at)));
      const range = own.get(name);
      if (range !== undefined) return { range, by: at };
    }
    return undefined;
  };

  const named = (name: string, folder: RepoPath): NamedPackage => {
    const importer = owner(folder);
    const self = selfOf(importer, name, owner);
    if (self !== undefined) return { kind: 'workspace', package: self, self: true };
    const declaration = rangeFor(name, importer);
    const redirected = declaration === undefined ? undefined : redirect(declaration, byName, byRoot);
    if (redirected !== undefined) return redirected;
    const target = choose(byName.get(name) ?? [], importer, declaration);
    if (target !== undefined) return { kind: 'workspace', package: target, self: false };
    return declaration === undefined ? { kind: 'unknown' } : { kind: 'external', name };
  };

  return { owner, at: (folder) => byRoot.get(folder), named, declaredAnywhere: (name) => declared.has(name) };
}

interface DeclaredRange {
  readonly range: string;
  readonly by: WorkspacePackage;
}

function groupByName(packages: readonly WorkspacePackage[]): ReadonlyMap<string, readonly WorkspacePackage[]> {
  const groups = new Map<string, WorkspacePackage[]>();
  for (const one of packages) {
    if (one.manifest?.name === undefined) continue;
    const group = groups.get(one.manifest.name);
    if (group === undefined) groups.set(one.manifest.name, [one]);
    else group.push(one);
  }
  return groups;
}

function rangesOf(one: WorkspacePackage): ReadonlyMap<string, string> {
  const manifest = one.manifest;
  if (manifest === undefined) return new Map();
  return new Map([
    ...Object.entries(manifest.peerDependencies),
    ...Object.entries(manifest.optionalDependencies),
    ...Object.entries(manifest.devDependencies),
    ...Object.entries(manifest.dependencies),
  ]);
}

/** The package around a package. */
function above(one: WorkspacePackage, owner: (folder: RepoPath) => WorkspacePackage): WorkspacePackage | undefined {
  if (one.root === '') return undefined;
  const outer = owner(directoryOf(one.root));
  return outer === one ? undefined : outer;
}

/** A package that imports itself by name, also from a nested manifest (`{"type": "module"}`). */
function selfOf(
  importer: WorkspacePackage,
  name: string,
  owner: (folder: RepoPath) => WorkspacePackage,
): WorkspacePackage | undefined {
  if (importer.manifest?.name === name) return importer;
  if (importer.manifest?.name !== undefined) return undefined;
  const outer = above(importer, owner);
  return outer?.manifest?.name === name ? outer : undefined;
}

/** `npm:`, `file:`, `link:`, `portal:` and `workspace:name@` mean another place than the name says. */
function redirect(
  { range, by }: DeclaredRange,
  byName: ReadonlyMap<string, readonly WorkspacePackage[]>,
  byRoot: ReadonlyMap<RepoPath, WorkspacePackage>,
): NamedPackage | undefined {
  const alias = /^(npm|workspace):((?:@[^/@]+\/)?[^@/^~*.\d][^@/]*)(?:@.*)?$/.exec(range);
  if (alias?.[1] === 'npm') return { kind: 'external', name: alias[2] ?? '' };
  if (alias?.[1] === 'workspace') {
    const target = byName.get(alias[2] ?? '')?.find((one) => one.member);
    if (target !== undefined) return { kind: 'workspace', package: target, self: false };
  }
  const local = /^(?:file|link|portal|workspace):(?=\.)(.+)$/.exec(range)?.[1];
  if (local === undefined || /\.(?:tgz|tar\.gz)$/.test(local)) return undefined;
  const path = joinPath(by.root, local);
  if (path === undefined) return undefined;
  const target = byRoot.get(path);
  return target === undefined ? { kind: 'folder', path } : { kind: 'workspace', package: target, self: false };
}

/**
 * The workspace package that a name means. A nested manifest (a fixture) is only meant by nested code near it that
 * declares it. A range that the workspace's version can't satisfy means the published package.
 */
function choose(
  candidates: readonly WorkspacePackage[],
  importer: WorkspacePackage,
  declaration: DeclaredRange | undefined,
): WorkspacePackage | undefined {
  const nested = !importer.member && declaration !== undefined;
  const near = nested ? candidates.find((one) => !one.member && isNear(one.root, importer)) : undefined;
  const target = near ?? candidates.find((one) => one.member);
  if (target === undefined) return undefined;
  return declaration !== undefined && rangeExcludes(declaration.range, target.version) ? undefined : target;
}

/** Both lie below one folder that is not the repository's root, at most two levels above the importer, or one holds the other. */
function isNear(root: RepoPath, importer: WorkspacePackage): boolean {
  if (isInside(importer.root, root) || isInside(root, importer.root)) return true;
  const outer = directoryOf(importer.root);
  return (outer !== '' && isInside(root, outer)) || (directoryOf(outer) !== '' && isInside(root, directoryOf(outer)));
}
