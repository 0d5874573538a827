/**
 * What Nx declares between projects and for all of them.
 * In: the package folders with their project configuration, every `nx.json`. Out: declared dependencies, global inputs.
 * Not here: which folders are projects (members.ts). Source: Nx's reference of `nx.json` and `project.json`.
 */
import picomatch from 'picomatch';
import { baseNameOf, directoryOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { DeclaredDependency, GlobalInput } from '../../model/workspace.js';
import type { ConfigFiles } from './config-files.js';
import { isObject, objectOf, stringsOf, textOf } from './documents.js';
import type { RawObject } from './documents.js';
import type { NamedFolder } from './package-links.js';
import { inFolder } from './places.js';

/** What a task runner adds to the workspace. */
export interface TaskRunnerFacts {
  readonly dependencies: readonly DeclaredDependency[];
  readonly inputs: readonly GlobalInput[];
}

/** One Nx project: `id` is its package's. */
interface NxProject {
  readonly id: number;
  readonly names: readonly string[];
  readonly tags: readonly string[];
  /** `project.json` over the `nx` key of `package.json`. */
  readonly config: RawObject;
  readonly source: RepoPath;
}

/** Reads them all. `packages` stand in the order of their ids. */
export function readNx(files: ConfigFiles, packages: readonly NamedFolder[]): TaskRunnerFacts {
  const roots = files.named('nx.json');
  if (roots.length === 0) return { dependencies: [], inputs: [] };
  const projects = packages.map(toProject).filter(({ id }) => isProject(packages[id]));
  const idsByName = indexNames(projects);
  const dependencies = projects.flatMap((project) => projectDependencies(project, projects, idsByName));
  const inputs = [
    ...roots.flatMap((path) => workspaceInputs(path, objectOf(files.object(path)), idsByName)),
    ...projects.flatMap(projectInputs),
  ];
  return { dependencies, inputs };
}

/** A bare root and manifests outside the workspace are no projects. */
function isProject(item: NamedFolder | undefined): boolean {
  return (
    item !== undefined &&
    item.folder.member &&
    (item.folder.manifest !== undefined || Object.keys(item.folder.project).length > 0)
  );
}

function toProject({ folder, name }: NamedFolder, id: number): NxProject {
  const { project, raw, root } = folder;
  const config = { ...objectOf(raw['nx']), ...project };
  const own = textOf(config['name']);
  return {
    id,
    names: [own, name, baseNameOf(root)].filter((item): item is string => item !== undefined && item !== ''),
    tags: stringsOf(config['tags']),
    config,
    source: inFolder(root, Object.keys(project).length > 0 ? 'project.json' : 'package.json'),
  };
}

/** Project names first, package names next, folder names last: the first to claim a name has it. */
function indexNames(projects: readonly NxProject[]): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (let rank = 0; rank < 3; rank++) {
    for (const { id, names } of projects) {
      const name = names[rank];
      if (name !== undefined && !ids.has(name)) ids.set(name, id);
    }
  }
  return ids;
}

function projectDependencies(
  project: NxProject,
  projects: readonly NxProject[],
  idsByName: ReadonlyMap<string, number>,
): DeclaredDependency[] {
  const implicit = selectProjects(stringsOf(project.config['implicitDependencies']), projects, idsByName);
  const ordered = taskOrder(project, projects, idsByName);
  const declare = (ids: Iterable<number>, field: string): DeclaredDependency[] =>
    [...ids]
      .filter((to) => to !== project.id)
      .map((to) => ({ from: project.id, to, source: `${project.source} ${field}` }));
  return [...declare(implicit, 'implicitDependencies'), ...declare(ordered, 'dependsOn')];
}

/** Ids that a list of names, globs, `tag:x` and `!` negations means. */
function selectProjects(
  patterns: readonly string[],
  projects: readonly NxProject[],
  idsByName: ReadonlyMap<string, number>,
): ReadonlySet<number> {
  const chosen = new Set<number>();
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    const ids = matchProjects(negative ? pattern.slice(1) : pattern, projects, idsByName);
    for (const id of ids) {
      if (negative) chosen.delete(id);
      else chosen.add(id);
    }
  }
  return chosen;
}

function matchProjects(
  pattern: string,
  projects: readonly NxProject[],
  idsByName: ReadonlyMap<string, number>,
): readonly number[] {
  const exact = idsByName.get(pattern);
  if (exact !== undefined) return [exact];
  if (pattern.startsWith('tag:'))
    return projects.filter(({ tags }) => tags.includes(pattern.slice(4))).map(({ id }) => id);
  if (pattern === '*') return projects.map(({ id }) => id);
  if (!pattern.includes('*')) return [];
  const matches = picomatch(pattern);
  return projects.filter(({ names }) => names.some((name) => matches(name))).map(({ id }) => id);
}

/** Projects whose tasks a project's targets name: `{"projects": ["api"]}`, `"api:build"`. */
function taskOrder(
  project: NxProject,
  projects: readonly NxProject[],
  idsByName: ReadonlyMap<string, number>,
): ReadonlySet<number> {
  const patterns: string[] = [];
  for (const target of Object.values(objectOf(project.config['targets']))) {
    const dependsOn = objectOf(target)['dependsOn'];
    for (const item of Array.isArray(dependsOn) ? dependsOn : []) {
      if (isObject(item))
        patterns.push(...stringsOf(item['projects']).filter((name) => name !== 'self' && name !== 'dependencies'));
      else if (typeof item === 'string' && item.includes(':')) patterns.push(item.slice(0, item.indexOf(':')));
    }
  }
  return selectProjects(patterns, projects, idsByName);
}

/** Targets whose inputs decide how code is checked, not what it does. */
const LINTING = /lint|format|prettier/i;

function workspaceInputs(path: RepoPath, nx: RawObject, idsByName: ReadonlyMap<string, number>): GlobalInput[] {
  const root = directoryOf(path);
  const named = objectOf(nx['namedInputs']);
  const starts = ['default', 'sharedGlobals', 'production'].map(
    (name) => [`${path} namedInputs`, named[name]] as const,
  );
  const targets = Object.entries(objectOf(nx['targetDefaults'])).filter(([name]) => !LINTING.test(name));
  const lists = [
    ...starts,
    ...targets.map(([, target]) => [`${path} targetDefaults`, objectOf(target)['inputs']] as const),
  ];
  const seen = new Set<string>();
  const inputs = lists.flatMap(([source, list]) =>
    workspaceGlobs(list, named, root)
      .filter((glob) => !seen.has(glob) && seen.add(glob))
      .map((glob) => ({ glob, packages: [], source })),
  );
  return [...inputs, ...legacyInputs(path, nx, idsByName)];
}

/** Before Nx 16: `"implicitDependencies": {"babel.config.js": "*", "styles.css": ["web"]}`. */
function legacyInputs(path: RepoPath, nx: RawObject, idsByName: ReadonlyMap<string, number>): GlobalInput[] {
  return Object.entries(objectOf(nx['implicitDependencies'])).flatMap(([file, names]) => {
    const glob = inFolder(directoryOf(path), file);
    const source = `${path} implicitDependencies`;
    if (names === '*') return [{ glob, packages: [], source }];
    const packages = Array.isArray(names) ? stringsOf(names).flatMap((name) => idsByName.get(name) ?? []) : [];
    return packages.length === 0 ? [] : [{ glob, packages, source }];
  });
}

function projectInputs({ id, config, source }: NxProject): GlobalInput[] {
  const named = objectOf(config['namedInputs']);
  const targets = Object.entries(objectOf(config['targets'])).filter(([name]) => !LINTING.test(name));
  const lists = [...Object.values(named), ...targets.map(([, target]) => objectOf(target)['inputs'])];
  const globs = new Set(lists.flatMap((list) => workspaceGlobs(list, named, '')));
  return [...globs].map((glob) => ({ glob, packages: [id], source: `${source} inputs` }));
}

/** The `{workspaceRoot}/…` globs in a list of inputs, named inputs followed. */
function workspaceGlobs(list: unknown, named: RawObject, root: RepoPath): readonly string[] {
  const globs: string[] = [];
  const seen = new Set<string>();
  const queue: unknown[] = Array.isArray(list) ? [...list] : [];
  for (const item of queue) {
    const text = isObject(item) ? textOf(item['fileset']) : textOf(item);
    if (text === undefined || text.startsWith('^') || text.startsWith('!')) continue;
    if (text.startsWith('{workspaceRoot}/')) globs.push(inFolder(root, text.slice('{workspaceRoot}/'.length)));
    const inner = named[text];
    if (!Array.isArray(inner) || seen.has(text)) continue;
    seen.add(text);
    queue.push(...(inner as unknown[]));
  }
  return globs;
}
