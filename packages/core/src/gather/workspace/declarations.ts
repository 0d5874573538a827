/**
 * Who declares a workspace, and which folders it takes in: pnpm, npm, yarn, bun, Lerna, Rush, Deno, Nx.
 * In: parsed configuration. Out: declarations, each with its root and a test on folders.
 * Not here: Nx projects without globs (members.ts), edges between packages (nx.ts, turbo.ts).
 */
import picomatch from 'picomatch';
import { directoryOf, isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import type { WorkspaceTool } from '../../model/workspace.js';
import type { ConfigFiles } from './config-files.js';
import { isObject, objectOf, stringsOf, textOf } from './documents.js';
import { inFolder, relativeTo } from './places.js';

/** One workspace: a root folder and what belongs to it. */
export interface WorkspaceDeclaration {
  readonly tool: WorkspaceTool;
  readonly root: RepoPath;
  /** True for a folder inside `root` that the globs or the list take in. */
  readonly includes: (folder: RepoPath) => boolean;
  /** Folders listed without a glob, repo-relative; they may lie outside `root` (`../shared`). */
  readonly listed: ReadonlySet<RepoPath>;
}

/** Every workspace declared in the tree, nested ones too, in path order per tool. */
export function findDeclarations(tree: FileTree, files: ConfigFiles): readonly WorkspaceDeclaration[] {
  return [
    ...pnpmDeclarations(files),
    ...packageJsonDeclarations(tree, files),
    ...lernaDeclarations(files),
    ...rushDeclarations(files),
    ...denoDeclarations(files),
  ];
}

function pnpmDeclarations(files: ConfigFiles): WorkspaceDeclaration[] {
  return files.named('pnpm-workspace.yaml').flatMap((path) => {
    const patterns = stringsOf(files.object(path)?.['packages']);
    return patterns.length === 0 ? [] : [declare('pnpm', directoryOf(path), patterns, 'anywhere')];
  });
}

function packageJsonDeclarations(tree: FileTree, files: ConfigFiles): WorkspaceDeclaration[] {
  return files.named('package.json').flatMap((path) => {
    const raw = files.object(path)?.['workspaces'];
    const patterns = stringsOf(isObject(raw) ? raw['packages'] : raw);
    if (patterns.length === 0) return [];
    const root = directoryOf(path);
    const tool = packageManagerOf(tree, files, root);
    return [declare(tool, root, patterns, tool === 'npm' ? 'in order' : 'anywhere')];
  });
}

/** Lock and settings files that tell which package manager a `workspaces` field is for. */
const MANAGER_FILES: readonly (readonly [string, WorkspaceTool])[] = [
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['bunfig.toml', 'bun'],
  ['yarn.lock', 'yarn'],
  ['.yarnrc.yml', 'yarn'],
  ['.yarnrc', 'yarn'],
  ['pnpm-lock.yaml', 'pnpm'],
];

/** Which manager installs at `root`: by its `packageManager` field, else by what lies there; npm where nothing tells. */
function packageManagerOf(tree: FileTree, files: ConfigFiles, root: RepoPath): WorkspaceTool {
  const named = textOf(files.object(inFolder(root, 'package.json'))?.['packageManager']);
  const manager = /^(npm|yarn|pnpm|bun)@/.exec(named ?? '')?.[1];
  if (manager !== undefined) return manager as WorkspaceTool;
  return MANAGER_FILES.find(([name]) => tree.byPath.has(inFolder(root, name)))?.[1] ?? 'npm';
}

/** Lerna follows the package manager's workspaces unless it has globs of its own; its default is `packages/*`. */
function lernaDeclarations(files: ConfigFiles): WorkspaceDeclaration[] {
  return files.named('lerna.json').flatMap((path) => {
    const root = directoryOf(path);
    const own = stringsOf(files.object(path)?.['packages']);
    if (own.length > 0) return [declare('lerna', root, own, 'anywhere')];
    const managed =
      files.object(inFolder(root, 'package.json'))?.['workspaces'] !== undefined ||
      files.object(inFolder(root, 'pnpm-workspace.yaml')) !== undefined;
    return [declare('lerna', root, managed ? [] : ['packages/*'], 'anywhere')];
  });
}

function rushDeclarations(files: ConfigFiles): WorkspaceDeclaration[] {
  return files.named('rush.json').flatMap((path) => {
    const projects = files.object(path)?.['projects'];
    if (!Array.isArray(projects)) return [];
    const folders = projects.flatMap((project) => stringsOf(objectOf(project)['projectFolder']));
    return [declareFolders('rush', directoryOf(path), folders)];
  });
}

function denoDeclarations(files: ConfigFiles): WorkspaceDeclaration[] {
  return [...files.named('deno.json'), ...files.named('deno.jsonc')].flatMap((path) => {
    const raw = files.object(path)?.['workspace'];
    const patterns = stringsOf(isObject(raw) ? raw['members'] : raw);
    return patterns.length === 0 ? [] : [declare('deno', directoryOf(path), patterns, 'anywhere')];
  });
}

function declareFolders(tool: WorkspaceTool, root: RepoPath, folders: readonly string[]): WorkspaceDeclaration {
  const listed = new Set(folders.flatMap((folder) => joinPath(root, folder) ?? []));
  return { tool, root, includes: (folder) => listed.has(folder), listed };
}

/**
 * A declaration by globs. As the package managers do it, a glob is matched with `/package.json` behind it, so that
 * `packages/**` takes in `packages` itself too.
 * @param exclusions npm lets a later glob take in again what an earlier `!` left out; elsewhere `!` always wins.
 */
function declare(
  tool: WorkspaceTool,
  root: RepoPath,
  patterns: readonly string[],
  exclusions: 'anywhere' | 'in order',
): WorkspaceDeclaration {
  const listed = new Set<RepoPath>();
  const globs: { readonly negative: boolean; readonly matches: (path: string) => boolean }[] = [];
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    const clean = (negative ? pattern.slice(1) : pattern).replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
    const literal = /[*?[\]{}()!+@]/.test(clean.replace(/(?:^|\/)@/g, '')) ? undefined : joinPath(root, clean);
    if (literal !== undefined && !negative) listed.add(literal);
    else globs.push({ negative, matches: picomatch(`${clean}/package.json`.replace(/^\.?\//, '')) });
  }
  const globMatch = exclusions === 'anywhere' ? anyWithoutNegative : lastMatch;
  const includes = (folder: RepoPath): boolean => {
    return (
      isInside(folder, root) && globMatch(globs, inFolder(relativeTo(root, folder), 'package.json'), listed.has(folder))
    );
  };
  return { tool, root, includes, listed };
}

type Globs = readonly { readonly negative: boolean; readonly matches: (path: string) => boolean }[];

function anyWithoutNegative(globs: Globs, path: string, listed: boolean): boolean {
  const positive = listed || globs.some((glob) => !glob.negative && glob.matches(path));
  return positive && !globs.some((glob) => glob.negative && glob.matches(path));
}

function lastMatch(globs: Globs, path: string, listed: boolean): boolean {
  const last = globs.findLast((glob) => glob.matches(path));
  return last === undefined ? listed : !last.negative;
}
