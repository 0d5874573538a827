/**
 * All bundler, framework and test-runner configs of a tree: their aliases, entries, and what they make tests depend on.
 * In: a tree, the workspace, the test files. Out: plain records for the resolver and for the snapshot.
 * Not here: reading one config (static-config.ts), mocks folders and snapshots (test-companions.ts), Nuxt (nuxt-imports.ts).
 */
import picomatch from 'picomatch';
import type { Diagnostic } from '../../model/diagnostic.js';
import { compareText, directoryOf, isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { ImplicitDependency } from '../../model/snapshot.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';
import { parseYaml } from '../workspace/documents.js';
import type { AliasTable } from './alias-table.js';
import { bundleEntries } from './bundle-entries.js';
import type { ConfiguredEntry } from './bundle-entries.js';
import { bundlerTable, jestTable } from './config-aliases.js';
import { configToolOf } from './config-files.js';
import type { ConfigTool } from './config-files.js';
import { createConfigReader, toStatic } from './static-config.js';
import type { PackageRoots } from './static-config.js';
import {
  HOLE,
  emptyObject,
  entriesOf,
  isStaticObject,
  itemsOf,
  mergeValues,
  textsOf,
  toRepoPath,
  valueAt,
} from './static-value.js';
import type { StaticObject, StaticValue } from './static-value.js';
import { mockFolderDependencies, snapshotDependencies } from './test-companions.js';
import { setupFilesOf } from './test-setup.js';

/** What the configs say. */
export interface RunnerConfigs {
  readonly aliases: readonly AliasTable[];
  /** Bundler entries by package root. */
  readonly entries: ReadonlyMap<RepoPath, readonly ConfiguredEntry[]>;
  /** Setup files, the configs themselves, `__mocks__` folders and snapshots, as dependencies of test files. */
  readonly implicit: readonly ImplicitDependency[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads every config of the tree. Never throws and executes nothing.
 * @param tests paths of the test files of the tree, any order.
 */
export async function readRunnerConfigs(
  tree: FileTree,
  workspace: Workspace,
  tests: readonly RepoPath[],
): Promise<RunnerConfigs> {
  const roots: PackageRoots = new Map(
    workspace.packages.filter((one) => one.member).map((one) => [one.name, one.root]),
  );
  const configs = (await readConfigs(tree, workspace, roots)).flatMap(splitProjects);
  const sorted = [...tests].sort(compareText);
  return {
    aliases: configs.flatMap((config) => tableOf(config, tree) ?? []),
    entries: entriesByRoot(configs, workspace, tree),
    implicit: [
      ...setupDependencies(configs, tree, roots, sorted),
      ...mockFolderDependencies(tree, workspace, sorted),
      ...snapshotDependencies(tree, sorted),
    ],
    diagnostics: configs.flatMap(unreadNote),
  };
}

/** One config, or one project of it. */
interface Config {
  readonly tool: ConfigTool;
  readonly source: RepoPath;
  /** What the tool's paths are relative to; tests below it are its own. */
  readonly root: RepoPath;
  readonly value: StaticValue;
  /** It lists projects: it also speaks for folders that have a config of their own. */
  readonly projects: boolean;
}

async function readConfigs(tree: FileTree, workspace: Workspace, roots: PackageRoots): Promise<Config[]> {
  const configs: Config[] = [];
  const reader = createConfigReader(tree, roots);
  for (const { path, kind } of tree.entries) {
    const tool = kind === 'file' ? configToolOf(path) : undefined;
    if (tool === undefined) continue;
    const value = /\.ya?ml$/.test(path)
      ? toStatic(parseYaml((await tree.text(path)) ?? '').value)
      : (await reader.read(path)).value;
    configs.push(toConfig(tool, path, value));
  }
  for (const { manifest } of workspace.packages) {
    if (manifest?.jest !== undefined) configs.push(toConfig('jest', manifest.path, toStatic(manifest.jest)));
  }
  return configs;
}

function toConfig(tool: ConfigTool, source: RepoPath, value: StaticValue): Config {
  const folder = directoryOf(source);
  const written = ROOT_OPTIONS.map((option) => valueAt(value, ...option.split('.'))).find(
    (item) => typeof item === 'string',
  );
  const root =
    typeof written === 'string' ? (toRepoPath(written, folder) ?? joinPath(folder, written) ?? folder) : folder;
  const projects =
    tool === 'vitest-workspace' ||
    valueAt(value, 'projects') !== undefined ||
    valueAt(value, 'test', 'projects') !== undefined ||
    valueAt(value, 'test', 'workspace') !== undefined;
  return { tool, source, root, value, projects };
}

const ROOT_OPTIONS = ['rootDir', 'test.root', 'root', 'testDir'];

/** A config and its inline projects, each with what it inherits. */
function splitProjects(config: Config): readonly Config[] {
  const lists: readonly StaticValue[] = [
    valueAt(config.value, 'test', 'projects'),
    valueAt(config.value, 'projects'),
    config.tool === 'vitest-workspace' ? config.value : undefined,
  ];
  const inline: readonly StaticObject[] = lists.flatMap((list) => itemsOf(list).filter(isStaticObject));
  if (config.tool === 'playwright') return [config];
  const projects = inline.map((value): Config => {
    const project = toConfig(config.tool, config.source, value);
    const merged =
      value['extends'] === true || config.tool === 'jest' ? mergeValues(withoutLists(config.value), value) : value;
    return {
      ...project,
      value: merged,
      root: project.root === directoryOf(config.source) ? config.root : project.root,
    };
  });
  return [config, ...projects];
}

/** What a project inherits: everything but the list that it stands in. */
function withoutLists(value: StaticValue): StaticValue {
  const rest = emptyObject();
  for (const [key, item] of entriesOf(value)) if (key !== 'projects') rest[key] = item;
  return rest;
}

const RUNNERS = new Set<ConfigTool>([
  'vitest',
  'vitest-workspace',
  'jest',
  'mocha',
  'playwright',
  'cypress',
  'ava',
  'wtr',
]);

function tableOf(config: Config, tree: FileTree): AliasTable | undefined {
  const place = { source: config.source, root: config.root };
  if (config.tool === 'jest') return jestTable(config.value, place, tree);
  return RUNNERS.has(config.tool) && !config.tool.startsWith('vitest')
    ? undefined
    : bundlerTable(config.value, place, tree);
}

const BUNDLERS = new Set<ConfigTool>(['vite', 'rollup', 'webpack', 'bundler']);

function entriesByRoot(
  configs: readonly Config[],
  workspace: Workspace,
  tree: FileTree,
): ReadonlyMap<RepoPath, readonly ConfiguredEntry[]> {
  const packageRoots = new Set(workspace.packages.map((one) => one.root));
  const byRoot = new Map<RepoPath, ConfiguredEntry[]>();
  for (const config of configs) {
    if (!BUNDLERS.has(config.tool) || !packageRoots.has(config.root)) continue;
    const entries = bundleEntries(config.value, config.root, tree);
    if (entries.length > 0) byRoot.set(config.root, [...(byRoot.get(config.root) ?? []), ...entries]);
  }
  return byRoot;
}

/** From the tests that a runner's config speaks for to its setup files and to the config itself. */
function setupDependencies(
  configs: readonly Config[],
  tree: FileTree,
  roots: PackageRoots,
  tests: readonly RepoPath[],
): ImplicitDependency[] {
  const found = new Map<string, ImplicitDependency>();
  const add = (dependency: ImplicitDependency): void => {
    const key = `${dependency.kind}\n${dependency.to}\n${dependency.source}`;
    const from = [...new Set([...(found.get(key)?.from ?? []), ...dependency.from])].sort(compareText);
    if (from.length > 0) found.set(key, { ...dependency, from });
  };
  const runners = configs.filter((config) => isRunner(config, configs));
  for (const config of runners) {
    const from = testsOf(config, runners, tests);
    add({ kind: 'test-setup', from, to: config.source, source: `${config.source} configures these tests` });
    // Playwright's `testDir` says where tests are; its paths are relative to the config all the same.
    const root = config.tool === 'playwright' ? directoryOf(config.source) : config.root;
    for (const { path, option, global } of setupFilesOf(config.tool, config.value, { tree, root, roots })) {
      if (path === config.source) continue;
      add({ kind: global ? 'global-setup' : 'test-setup', from, to: path, source: `${config.source} ${option}` });
    }
  }
  return [...found.values()].sort(
    (a, b) => compareText(a.to, b.to) || compareText(a.kind, b.kind) || compareText(a.source, b.source),
  );
}

/** A Vite config is a runner's where it has a `test` part and no Vitest config stands beside it. */
function isRunner(config: Config, configs: readonly Config[]): boolean {
  if (RUNNERS.has(config.tool)) return true;
  if (config.tool !== 'vite' || !isStaticObject(config.value) || !('test' in config.value)) return false;
  return !configs.some((other) => other.tool === 'vitest' && directoryOf(other.source) === directoryOf(config.source));
}

function familyOf(tool: ConfigTool): string {
  return tool.startsWith('vite') ? 'vitest' : tool;
}

/**
 * The tests below a config's root that its `include` takes, where it has one that can be read. A nearer config of
 * the same runner speaks for its own folder, unless this one lists projects.
 */
function testsOf(config: Config, runners: readonly Config[], tests: readonly RepoPath[]): readonly RepoPath[] {
  const family = familyOf(config.tool);
  const nearer = config.projects
    ? []
    : runners
        .filter(
          (other) => familyOf(other.tool) === family && other.root !== config.root && isInside(other.root, config.root),
        )
        .map((other) => other.root);
  const takes = includeTest(config);
  return tests.filter(
    (test) =>
      isInside(test, config.root) &&
      takes(
        test,
        nearer.some((root) => isInside(test, root)),
      ),
  );
}

/** `covered`: a nearer config speaks for the test; then only an explicit pattern takes it too. */
function includeTest(config: Config): (test: RepoPath, covered: boolean) => boolean {
  const family = familyOf(config.tool);
  const option =
    family === 'vitest'
      ? valueAt(config.value, 'test', 'include')
      : family === 'jest'
        ? valueAt(config.value, 'testMatch')
        : undefined;
  const patterns = textsOf(option).filter((pattern) => pattern.length < 300);
  const complete = patterns.length > 0 && patterns.length === itemsOf(option).length;
  if (!complete) return (_, covered) => !covered;
  const globs = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) => globOf(pattern, config.root));
  const matches = picomatch(globs, { dot: true });
  const isBroad = patterns.every((pattern) => /^(?:<rootDir>\/)?\*\*\//.test(pattern));
  return (test, covered) => matches(test) && !(covered && isBroad);
}

function globOf(pattern: string, root: RepoPath): string[] {
  const path = toRepoPath(pattern, root) ?? joinPath(root, pattern);
  return path === undefined ? [] : [path];
}

function unreadNote(config: Config): Diagnostic[] {
  if (config.value !== HOLE) return [];
  const message = `${config.source} computes its configuration: its aliases and setup files are not known.`;
  return [{ kind: 'config-not-static', level: 'note', message, file: config.source }];
}
