/**
 * A config file (JSON, or JavaScript and TypeScript read statically) as a value with holes.
 * In: a tree and a path. Out: the value; the configs it imports are read too. Nothing is ever executed.
 * Not here: what the value means (runner-configs.ts).
 */
import { directoryOf, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import { parse } from '../facts/parser.js';
import type { Node } from '../facts/syntax.js';
import { isObject, parseJson } from '../workspace/documents.js';
import { applyFunction } from './static-calls.js';
import { newBudget } from './static-eval.js';
import { createExports } from './static-exports.js';
import type { StaticModule } from './static-exports.js';
import { StaticFunction, emptyObject } from './static-value.js';
import type { StaticValue } from './static-value.js';

/** Folder of each workspace package by name, for configs that import a shared one. */
export type PackageRoots = ReadonlyMap<string, RepoPath>;

/** A config as far as reading shows it. */
export interface StaticConfig {
  readonly path: RepoPath;
  /** A function is already applied to unknown arguments. A hole: nothing could be read. */
  readonly value: StaticValue;
}

/** How far imports between configs are followed, and how many files one config may bring in. */
const MAX_IMPORT_DEPTH = 4;
const MAX_MODULES = 24;
/** Characters; a config is smaller, and generated ones this large say nothing about resolution. */
const MAX_CONFIG_SIZE = 256 * 1024;
/** Packages that hold shared configuration by their name; a plugin's or a product's own code is not followed. */
const CONFIG_PACKAGE =
  /config|preset|tooling|(?:^|[-/])(?:rig|test|testing|build|dev|vite|vitest|jest|scripts?|internal)(?:$|[-/])/;

/** Reads the configs of one tree; files that several configs import are parsed once. */
export interface ConfigReader {
  /** The value of the config at `path`. Never throws; an unreadable file is a hole. */
  read(path: RepoPath): Promise<StaticConfig>;
}

/** A reader over a tree. */
export function createConfigReader(tree: FileTree, roots: PackageRoots): ConfigReader {
  const parsed = new Map<RepoPath, StaticModule>();
  return {
    async read(path) {
      const modules = await loadModules(tree, path, roots, parsed);
      const budget = newBudget();
      const exported = createExports(modules, budget)(path);
      const value = exported('default');
      const main = value === undefined ? exported('*') : value;
      return { path, value: main instanceof StaticFunction ? applyFunction(main, [], budget) : main };
    },
  };
}

async function loadModules(
  tree: FileTree,
  start: RepoPath,
  roots: PackageRoots,
  parsed: Map<RepoPath, StaticModule>,
): Promise<ReadonlyMap<RepoPath, StaticModule>> {
  const modules = new Map<RepoPath, StaticModule>();
  let wanted = [start];
  for (let depth = 0; depth <= MAX_IMPORT_DEPTH && wanted.length > 0; depth++) {
    const next = new Set<RepoPath>();
    for (const path of wanted) {
      if (modules.size >= MAX_MODULES) return modules;
      const module = parsed.get(path) ?? toModule(tree, path, (await tree.text(path)) ?? '', roots);
      parsed.set(path, module);
      modules.set(path, module);
      for (const target of module.targets.values()) if (!modules.has(target)) next.add(target);
    }
    wanted = [...next];
  }
  return modules;
}

function toModule(tree: FileTree, path: RepoPath, text: string, roots: PackageRoots): StaticModule {
  if (text.length > MAX_CONFIG_SIZE) return { path, body: [], targets: new Map() };
  if (/\.json[c5]?$|rc$/.test(path))
    return { path, body: [], json: toStatic(parseJson(text).value), targets: new Map() };
  const targets = new Map<string, RepoPath>();
  for (const match of text.matchAll(/(?:from|import|require(?:\.resolve)?)\s*\(?\s*(['"])([^'"\n]{1,300})\1/g)) {
    const specifier = match[2] ?? '';
    const target = locateConfig(tree, directoryOf(path), specifier, roots);
    if (target !== undefined) targets.set(specifier, target);
  }
  return { path, body: parseBody(path, text), targets };
}

/** Top-level statements; none where the file does not parse. */
function parseBody(path: RepoPath, text: string): readonly Node[] {
  const parsed = parse(text, /\.[cm]?ts$/.test(path) ? 'ts' : 'js', 'auto');
  return (parsed?.program['body'] as readonly Node[] | undefined) ?? [];
}

/** The file that a config's specifier leads to: relative, or in a workspace package. */
export function locateConfig(
  tree: FileTree,
  folder: RepoPath,
  specifier: string,
  roots: PackageRoots,
): RepoPath | undefined {
  const base = specifier.startsWith('.') ? joinPath(folder, specifier) : inPackage(specifier, roots);
  if (base === undefined) return undefined;
  const stem = base.replace(/\.[cm]?js$/, '');
  const spellings = [base, ...EXTENSIONS.flatMap((extension) => [`${stem}${extension}`, `${base}${extension}`])];
  for (const folderIndex of [`${base}/index`, `${base}/src/index`]) {
    spellings.push(...EXTENSIONS.map((extension) => `${folderIndex}${extension}`));
  }
  return spellings.find((spelling) => tree.byPath.get(spelling)?.kind === 'file');
}

const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '.tsx', '.jsx'];

function inPackage(specifier: string, roots: PackageRoots): RepoPath | undefined {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  const name = parts.slice(0, length).join('/');
  const root = CONFIG_PACKAGE.test(name) ? roots.get(name) : undefined;
  return root === undefined ? undefined : joinPath(root, parts.slice(length).join('/'));
}

/** JSON as a static value. Depth is bounded by the parser's own. */
export function toStatic(value: unknown): StaticValue {
  if (Array.isArray(value)) return value.map(toStatic);
  if (!isObject(value)) return value as StaticValue;
  const object = emptyObject();
  for (const [key, item] of Object.entries(value)) object[key] = toStatic(item);
  return object;
}
