/**
 * The folders that are packages, and which of them are members of a workspace.
 * In: parsed configuration and the declarations. Out: one candidate per package folder, the root among them.
 * Not here: names, apps, edges (packages.ts).
 */
import { compareText, directoryOf, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Manifest } from '../../model/workspace.js';
import type { ConfigFiles } from './config-files.js';
import type { WorkspaceDeclaration } from './declarations.js';
import { isObject, objectOf, textOf } from './documents.js';
import type { RawObject } from './documents.js';
import { denoManifest, makesPackage, toManifest } from './manifest.js';
import { inFolder, isFixtureFolder, isSampleFolder } from './places.js';

/** A folder that is a package. */
export interface PackageFolder {
  readonly root: RepoPath;
  readonly member: boolean;
  /** Root of the innermost workspace it belongs to; `undefined` outside all of them. */
  readonly workspaceRoot: RepoPath | undefined;
  /** Its `package.json` (or `deno.json`) as written; empty without one. */
  readonly raw: RawObject;
  readonly manifest?: Manifest;
  /** Its Nx project configuration, as written; empty without one. */
  readonly project: RawObject;
}

/** Every package folder, ordered by root; the first is always `''`. Time linear in manifests × globs of the workspaces above. */
export function findPackageFolders(
  files: ConfigFiles,
  declarations: readonly WorkspaceDeclaration[],
): readonly PackageFolder[] {
  const projects = nxProjects(files);
  const membership = workspaceLookup(declarations);
  const roots = new Set<RepoPath>(['', ...projects.keys()]);
  for (const name of ['package.json', 'deno.json', 'deno.jsonc'] as const) {
    for (const path of files.named(name)) roots.add(directoryOf(path));
  }
  const alone = declarations.length === 0 && files.object('package.json') === undefined && projects.size === 0;
  const folders: PackageFolder[] = [];
  for (const root of [...roots].sort(compareText)) {
    const project = projects.get(root);
    const workspaceRoot = membership(root);
    const declared = workspaceRoot !== undefined && (workspaceRoot === '' || !isFixtureFolder(workspaceRoot));
    const read = readManifest(files, root);
    // A bare root only collects what no package holds. Where nothing is declared, folders side by side are the workspace.
    const own = read.manifest !== undefined || project !== undefined;
    const member = root === '' ? own : declared || project !== undefined || (alone && !isSampleFolder(root));
    if (root !== '' && !member && !makesPackage(read.raw)) continue;
    folders.push({ root, member, workspaceRoot, ...read, project: project ?? {} });
  }
  return folders.length === 1 ? folders.map((only) => ({ ...only, member: true })) : folders;
}

function readManifest(files: ConfigFiles, root: RepoPath): { readonly raw: RawObject; readonly manifest?: Manifest } {
  const path = inFolder(root, 'package.json');
  const raw = files.object(path);
  if (raw !== undefined) return { raw, manifest: toManifest(path, raw) };
  for (const name of ['deno.json', 'deno.jsonc']) {
    const denoPath = inFolder(root, name);
    const deno = files.object(denoPath);
    if (deno !== undefined) return { raw: deno, manifest: denoManifest(denoPath, deno) };
  }
  return { raw: {} };
}

/** A function that names the root of the innermost workspace which takes a folder in. */
function workspaceLookup(declarations: readonly WorkspaceDeclaration[]): (folder: RepoPath) => RepoPath | undefined {
  const byRoot = new Map<RepoPath, WorkspaceDeclaration[]>();
  const listed = new Map<RepoPath, RepoPath>();
  for (const declaration of declarations) {
    byRoot.set(declaration.root, [...(byRoot.get(declaration.root) ?? []), declaration]);
    for (const folder of declaration.listed) listed.set(folder, declaration.root);
  }
  return (folder) => {
    if (byRoot.has(folder)) return folder;
    for (let at = folder; at !== '';) {
      at = directoryOf(at);
      if (byRoot.get(at)?.some((declaration) => declaration.includes(folder)) === true) return at;
    }
    return listed.get(folder);
  };
}

/** Nx projects by folder: `project.json` files, and the `projects` of older `workspace.json` and `angular.json`. */
function nxProjects(files: ConfigFiles): ReadonlyMap<RepoPath, RawObject> {
  const projects = new Map<RepoPath, RawObject>();
  const nxRoots = files.named('nx.json').map(directoryOf);
  for (const path of files.named('project.json')) {
    const raw = files.object(path);
    const below = nxRoots.some((root) => root === '' || path.startsWith(`${root}/`));
    if (raw !== undefined && below && isNxProject(raw)) projects.set(directoryOf(path), raw);
  }
  for (const path of [...files.named('workspace.json'), ...files.named('angular.json')]) {
    for (const [name, entry] of Object.entries(objectOf(files.object(path)?.['projects']))) {
      const root = joinPath(directoryOf(path), textOf(isObject(entry) ? entry['root'] : entry) ?? '');
      if (root === undefined || projects.has(root)) continue;
      const raw = objectOf(entry);
      projects.set(root, { name, ...raw, targets: raw['targets'] ?? raw['architect'] });
    }
  }
  return projects;
}

/** `project.json` is a common name: it is Nx's where it has one of Nx's keys. */
function isNxProject(raw: RawObject): boolean {
  return ['targets', 'projectType', 'sourceRoot', 'implicitDependencies', 'tags', 'name'].some((key) => key in raw);
}
