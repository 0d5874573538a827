/**
 * Composes the workspace record: configuration files → package folders → names, edges, apps, owners.
 * In: a tree. Out: the workspace of that revision, and what was broken in it. Never throws for what the tree holds.
 * Not here: how any one tool declares things (declarations.ts, nx.ts, turbo.ts, owners-file.ts).
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import { compareText } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import type { DeclaredDependency, Workspace, WorkspacePackage, WorkspaceTool } from '../../model/workspace.js';
import { readConfigFiles } from './config-files.js';
import type { ConfigFiles } from './config-files.js';
import { findDeclarations } from './declarations.js';
import type { WorkspaceDeclaration } from './declarations.js';
import { objectOf, textOf } from './documents.js';
import { findPackageFolders } from './members.js';
import type { PackageFolder } from './members.js';
import { readNx } from './nx.js';
import { readOwners } from './owners-file.js';
import { linkPackages } from './package-links.js';
import type { NamedFolder } from './package-links.js';
import { isFixtureFolder, isSampleFolder } from './places.js';
import { indexRunnableFiles, reasonsToRun } from './runnable.js';
import { readTurbo } from './turbo.js';

/** A workspace and the diagnostics about its manifests and CODEOWNERS. */
export interface ReadWorkspace {
  readonly workspace: Workspace;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the workspace of one revision.
 * @returns packages ordered by root (the first is always `''`), task-runner edges, global inputs, owners.
 * Time linear in the tree's entries plus manifests × globs; 50,000 packages are fine.
 */
export async function readWorkspace(tree: FileTree): Promise<ReadWorkspace> {
  const files = await readConfigFiles(tree);
  const declarations = findDeclarations(tree, files);
  const named = findPackageFolders(files, declarations).map((folder) => ({ folder, name: nameOf(folder) }));
  const runners = [readNx(files, named), readTurbo(files, named)];
  const declaredDependencies = runners.flatMap(({ dependencies }) => dependencies);
  const owners = await readOwners(tree);
  const workspace: Workspace = {
    tools: toolsOf(files, declarations),
    packages: toPackages(tree, named, declarations, declaredDependencies),
    declaredDependencies,
    globalInputs: runners.flatMap(({ inputs }) => inputs),
    owners: owners.rules,
  };
  return { workspace, diagnostics: [...files.diagnostics, ...duplicateNames(workspace), ...owners.diagnostics] };
}

/** Manifest name, Nx project name, folder: the first there is. */
function nameOf({ manifest, project, raw, root }: PackageFolder): string {
  return manifest?.name ?? textOf(project['name']) ?? textOf(objectOf(raw['nx'])['name']) ?? root;
}

const TOOL_ORDER: readonly WorkspaceTool[] = ['pnpm', 'npm', 'yarn', 'bun', 'lerna', 'nx', 'turborepo', 'rush', 'deno'];

function toolsOf(files: ConfigFiles, declarations: readonly WorkspaceDeclaration[]): readonly WorkspaceTool[] {
  const tools = new Set(declarations.filter(({ root }) => !isFixtureFolder(root)).map(({ tool }) => tool));
  const real = (path: string): boolean => !isFixtureFolder(path);
  if (files.named('nx.json').some(real)) tools.add('nx');
  if ([...files.named('turbo.json'), ...files.named('turbo.jsonc')].some(real)) tools.add('turborepo');
  return TOOL_ORDER.filter((tool) => tools.has(tool));
}

function toPackages(
  tree: FileTree,
  named: readonly NamedFolder[],
  declarations: readonly WorkspaceDeclaration[],
  declared: readonly DeclaredDependency[],
): readonly WorkspacePackage[] {
  const index = indexRunnableFiles(tree);
  const linksOf = linkPackages(named);
  const workspaceRoots = new Set(declarations.map(({ root }) => root));
  const packages = named.map((item, id) => {
    const { folder } = item;
    // A bare root above other packages has files for them, none of its own.
    const bare = folder.manifest === undefined && folder.root === '' && named.length > 1 && !folder.member;
    const orchestrates = bare || workspaceRoots.has(folder.root);
    return toPackage(item, id, linksOf(item), reasonsToRun(folder, tree, index, orchestrates));
  });
  const used = usedPackages(packages, declared, workspaceRoots);
  return packages.map((pkg) => ({ ...pkg, app: isApp(pkg, used) }));
}

function toPackage(
  { folder, name }: NamedFolder,
  id: number,
  workspaceDependencies: readonly string[],
  runnable: readonly string[],
): WorkspacePackage {
  const { manifest, root, member, raw } = folder;
  return {
    id,
    name,
    root,
    ...(manifest?.version === undefined ? {} : { version: manifest.version }),
    private: raw['private'] === true,
    member,
    ...(manifest === undefined ? {} : { manifest }),
    app: false,
    runnable,
    workspaceDependencies,
  };
}

/**
 * Names and ids of packages that a member depends on. Two kinds of dependents do not count: a workspace's root,
 * which only runs its members' tools, and end-to-end tests, which try the app that they depend on.
 */
function usedPackages(
  packages: readonly WorkspacePackage[],
  declared: readonly DeclaredDependency[],
  workspaceRoots: ReadonlySet<string>,
): { readonly names: ReadonlySet<string>; readonly ids: ReadonlySet<number> } {
  const counts = (pkg: WorkspacePackage | undefined): boolean =>
    pkg !== undefined && pkg.member && !workspaceRoots.has(pkg.root) && !isTestPackage(pkg);
  return {
    names: new Set(packages.filter(counts).flatMap((pkg) => pkg.workspaceDependencies)),
    ids: new Set(declared.filter(({ from }) => counts(packages[from])).map(({ to }) => to)),
  };
}

/** `web-e2e`, `e2e/`, `@acme/e2e-tests`. */
function isTestPackage({ name, root }: WorkspacePackage): boolean {
  return /(?:^|[-_/.])e2e(?:$|[-_/.])/.test(`${root}/${name}`);
}

function isApp(pkg: WorkspacePackage, used: ReturnType<typeof usedPackages>): boolean {
  if (pkg.runnable.length === 0 || isTestPackage(pkg)) return false;
  if (!pkg.member && isSampleFolder(pkg.root)) return false;
  return !used.names.has(pkg.name) && !used.ids.has(pkg.id);
}

function duplicateNames({ packages }: Workspace): readonly Diagnostic[] {
  const first = new Map<string, WorkspacePackage>();
  const diagnostics: Diagnostic[] = [];
  for (const pkg of packages) {
    if (!pkg.member || pkg.manifest?.name === undefined) continue;
    const other = first.get(pkg.name);
    if (other === undefined) first.set(pkg.name, pkg);
    else diagnostics.push(duplicateName(pkg, pkg.manifest.path, other));
  }
  return diagnostics.sort((left, right) => compareText(left.message, right.message));
}

function duplicateName(pkg: WorkspacePackage, file: string, other: WorkspacePackage): Diagnostic {
  return {
    kind: 'manifest-duplicate-name',
    level: 'warning',
    message: `${pkg.root || 'the root'} and ${other.root || 'the root'} are both named ${pkg.name}; imports of that name are taken to mean ${other.root || 'the root'}. Rename one of them.`,
    file,
  };
}
