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
import { applyFunction, declareFunction, declareVariables, lazily } from './static-calls.js';
import { evaluate, newBudget } from './static-eval.js';
import { HOLE, StaticExternal, StaticFunction, StaticNamespace, emptyObject, mergeValues } from './static-value.js';
import type { Budget, StaticScope, StaticValue } from './static-value.js';

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
const CONFIG_PACKAGE = /config|preset|tooling|(?:^|[-/])(?:rig|test|testing|build|dev|vite|vitest|jest|scripts?|internal)(?:$|[-/])/;

/** Reads the configs of one tree; files that several configs import are parsed once. */
export interface ConfigReader {
  /** The value of the config at `path`. Never throws; an unreadable file is a hole. */
  read(path: RepoPath): Promise<StaticConfig>;
}

/** A reader over a tree. */
export function createConfigReader(tree: FileTree, roots: PackageRoots): ConfigReader {
  const parsed = new Map<RepoPath, Module>();
  return {
    async read(path) {
      const modules = await loadModules(tree, path, roots, parsed);
      const budget = newBudget();
      const exported = createExports(modules, budget)(path);
      const value = exported('default');
      const main = value === undefined || value === HOLE ? exported('*') : value;
      return { path, value: main instanceof StaticFunction ? applyFunction(main, [], budget) : main };
    },
  };
}

/** One file: its statements, or its value where it is JSON, and the files its specifiers lead to. */
interface Module {
  readonly path: RepoPath;
  readonly body: readonly Node[];
  readonly json?: StaticValue;
  readonly targets: ReadonlyMap<string, RepoPath>;
}

async function loadModules(
  tree: FileTree,
  start: RepoPath,
  roots: PackageRoots,
  parsed: Map<RepoPath, Module>,
): Promise<ReadonlyMap<RepoPath, Module>> {
  const modules = new Map<RepoPath, Module>();
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

function toModule(tree: FileTree, path: RepoPath, text: string, roots: PackageRoots): Module {
  if (text.length > MAX_CONFIG_SIZE) return { path, body: [], targets: new Map() };
  if (/\.json[c5]?$|rc$/.test(path)) return { path, body: [], json: toStatic(parseJson(text).value), targets: new Map() };
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

type Exported = (name: string) => StaticValue;

/** Lazily evaluated exports per file; circles between files end in holes. */
function createExports(modules: ReadonlyMap<RepoPath, Module>, budget: Budget): (path: RepoPath) => Exported {
  const known = new Map<RepoPath, Exported>();
  const of = (path: RepoPath): Exported => {
    const made = known.get(path);
    if (made !== undefined) return made;
    const module = modules.get(path);
    if (module === undefined) return () => HOLE;
    const table = new Map<string, () => StaticValue>();
    const exported: Exported = (name) => (name === '*' ? allOf(table) : (table.get(name)?.() ?? undefined));
    known.set(path, exported);
    if ('json' in module) table.set('default', () => module.json);
    else fillExports(module, table, of, budget);
    return exported;
  };
  return of;
}

function allOf(table: ReadonlyMap<string, () => StaticValue>): StaticValue {
  const object = emptyObject();
  for (const [name, value] of table) object[name] = value();
  return table.size === 0 ? HOLE : object;
}

function fillExports(
  module: Module,
  table: Map<string, () => StaticValue>,
  exportsOf: (path: RepoPath) => Exported,
  budget: Budget,
): void {
  const scope: StaticScope = { file: module.path, names: new Map() };
  for (const [specifier, target] of module.targets) {
    scope.names.set(`require:${specifier}`, () => requiredValue(exportsOf(target)));
  }
  const context: ModuleContext = { module, scope, table, exportsOf, budget };
  for (const statement of module.body) declareStatement(context, statement);
  for (const statement of module.body) if (statement.type === 'ExpressionStatement') assignStatement(context, statement);
}

/** `require()` of a file: `module.exports`, or its names. */
function requiredValue(exported: Exported): StaticValue {
  const value = exported('default');
  return value === undefined || value === HOLE ? new StaticNamespace(exported) : value;
}

interface ModuleContext {
  readonly module: Module;
  readonly scope: StaticScope;
  readonly table: Map<string, () => StaticValue>;
  readonly exportsOf: (path: RepoPath) => Exported;
  readonly budget: Budget;
}

function declareStatement(context: ModuleContext, statement: Node): void {
  const { scope, table, budget } = context;
  switch (statement.type) {
    case 'ImportDeclaration':
      return declareImports(context, statement);
    case 'VariableDeclaration':
      return declareVariables(statement, scope, budget);
    case 'FunctionDeclaration':
      return declareFunction(statement, scope);
    case 'ExportDefaultDeclaration':
      table.set('default', lazily(() => evaluate(statement['declaration'] as Node, scope, budget)));
      return;
    case 'ExportNamedDeclaration':
      return declareExports(context, statement);
    case 'TSExportAssignment':
      table.set('default', lazily(() => evaluate(statement['expression'] as Node, scope, budget)));
      return;
    default:
  }
}

function declareImports({ module, scope, exportsOf }: ModuleContext, statement: Node): void {
  const source = String((statement['source'] as Node)['value']);
  const target = module.targets.get(source);
  for (const specifier of statement['specifiers'] as readonly Node[]) {
    const name = importedName(specifier);
    const value =
      target === undefined
        ? (): StaticValue => new StaticExternal(source, name === 'default' ? '*' : name)
        : lazily(() => (name === '*' ? new StaticNamespace(exportsOf(target)) : exportsOf(target)(name)));
    scope.names.set(String((specifier['local'] as Node)['name']), value);
  }
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return nameOf(specifier['imported'] as Node);
}

function nameOf(node: Node): string {
  return String(node['name'] ?? node['value']);
}

function declareExports({ module, scope, table, exportsOf, budget }: ModuleContext, statement: Node): void {
  const declaration = statement['declaration'] as Node | null;
  const before = new Set(scope.names.keys());
  if (declaration?.type === 'VariableDeclaration') declareVariables(declaration, scope, budget);
  if (declaration?.type === 'FunctionDeclaration') declareFunction(declaration, scope);
  for (const [name, value] of scope.names) if (!before.has(name)) table.set(name, value);
  const source = statement['source'] as Node | null;
  const target = source === null ? undefined : module.targets.get(String(source['value']));
  for (const specifier of statement['specifiers'] as readonly Node[]) {
    const local = nameOf(specifier['local'] as Node);
    const value = (): StaticValue => {
      if (target !== undefined) return exportsOf(target)(local);
      return source === null ? (scope.names.get(local)?.() ?? undefined) : HOLE;
    };
    table.set(nameOf(specifier['exported'] as Node), value);
  }
}

/** `module.exports = x`, `exports.x = y`, and `config.a.b = x` on a name of the file. */
function assignStatement({ scope, table, budget }: ModuleContext, statement: Node): void {
  const expression = statement['expression'] as Node;
  if (expression.type !== 'AssignmentExpression' || expression['operator'] !== '=') return;
  const path = memberPath(expression['left'] as Node);
  if (path === undefined || path.length < 2) return;
  const value = lazily(() => evaluate(expression['right'] as Node, scope, budget));
  const keys = path[0] === 'module' && path[1] === 'exports' ? path.slice(2) : path.slice(1);
  if (path[0] === 'module' || path[0] === 'exports') {
    const [name = 'default'] = keys;
    if (keys.length < 2) table.set(name, value);
    return;
  }
  const before = scope.names.get(path[0] ?? '');
  if (before !== undefined) scope.names.set(path[0] ?? '', lazily(() => mergeValues(before(), nest(keys, value()))));
}

/** `a.b.c` as `['a', 'b', 'c']`. */
function memberPath(node: Node): string[] | undefined {
  const path: string[] = [];
  let at = node;
  while (at.type === 'MemberExpression') {
    const property = at['property'] as Node;
    const isName = property.type === 'Identifier' && at['computed'] !== true;
    if (!isName && typeof property['value'] !== 'string') return undefined;
    path.unshift(nameOf(property));
    at = at['object'] as Node;
  }
  return at.type === 'Identifier' ? [String(at['name']), ...path] : undefined;
}

function nest(keys: readonly string[], value: StaticValue): StaticValue {
  let nested = value;
  for (const key of [...keys].reverse()) {
    const object = emptyObject();
    object[key] = nested;
    nested = object;
  }
  return nested;
}
