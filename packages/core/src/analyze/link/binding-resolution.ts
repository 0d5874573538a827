/**
 * From a binding of a file and a property path to graph nodes, in one revision.
 * Starts at the coarsest sound target and narrows only where binding proves it (the recall rule).
 * In: a file, a binding, a path. Out: node ids with their confidence rank. Not here: edges.
 */
import { confidenceRank } from '../../model/confidence.js';
import { SymbolFlag, type FileFacts, type RequestKind, type SymbolFacts } from '../../model/facts.js';
import { globalTargets, type AmbientIndex } from './ambient.js';
import { exportedNames, resolveExport } from './export-resolution.js';
import {
  exportsOf,
  requestTargets,
  symbolNamed,
  type ExportTarget,
  type LinkedFile,
  type ModuleTable,
  type SymbolTarget,
} from './module-table.js';
import { externalNode, type NodeTable } from './nodes.js';

/** What resolving needs; `fallback` is the base revision while the head is linked: names that are gone live there. */
export interface ResolutionScope {
  readonly table: ModuleTable;
  readonly ambient: AmbientIndex;
  readonly nodes: NodeTable;
  readonly fallback: ResolutionScope | undefined;
}

/** A node that a reference can mean. */
export interface ResolvedNode {
  readonly node: number;
  readonly rank: number;
}

/** What became of a binding. `missing` says that a module is known but not the name in it. */
export interface ResolvedBinding {
  readonly nodes: readonly ResolvedNode[];
  readonly missing?: string;
}

const PATTERN = confidenceRank('pattern');
const NAMED = confidenceRank('named');

/** Resolves `path` behind a binding. Never throws; nothing known gives no nodes. */
export function resolveBinding(
  scope: ResolutionScope,
  file: LinkedFile,
  binding: number,
  path: readonly string[],
): ResolvedBinding {
  const found = bindingTargets(scope, file, binding, path);
  const nodes = flatten(scope, found.targets);
  if (nodes.length > 0 || found.missing === undefined) return { nodes };
  const before = scope.fallback && baseTwin(scope.fallback, file, binding, path);
  if (before && before.length > 0) return { nodes: before, missing: found.missing };
  return {
    nodes: found.modules.map((module) => ({ node: module.nodes[0] as number, rank: NAMED })),
    missing: found.missing,
  };
}

/** The same import, as the base revision resolves it from the head's module: the dependents of what is gone. */
function baseTwin(base: ResolutionScope, file: LinkedFile, binding: number, path: readonly string[]): ResolvedNode[] {
  const bound = file.facts?.bindings[binding];
  if (bound?.kind !== 'import') return [];
  const entry = file.facts?.imports[bound.import];
  const resolution = entry && file.source.resolutions[entry.request];
  if (!entry || resolution?.kind !== 'file') return [];
  const module = base.table.byPath.get(resolution.path);
  return module ? flatten(base, namedTargets(base, module, entry.name, path, 0)) : [];
}

interface Found {
  readonly targets: readonly ExportTarget[];
  /** The modules that were asked. */
  readonly modules: readonly LinkedFile[];
  readonly missing?: string;
}

/** Where a binding leads, before members and namespaces are looked into. */
export function bindingTargets(
  scope: ResolutionScope,
  file: LinkedFile,
  binding: number,
  path: readonly string[],
): Found {
  const bound = file.facts?.bindings[binding];
  switch (bound?.kind) {
    case 'symbol':
      return { targets: [{ kind: 'symbol', file, symbol: bound.symbol, path, rank: 0 }], modules: [] };
    case 'import': {
      const entry = file.facts?.imports[bound.import];
      return entry ? fromModule(scope, file, entry.request, entry.name, path) : { targets: [], modules: [] };
    }
    case 'request':
      return namesFile(file, bound.request)
        ? fromFile(scope, file, bound.request)
        : fromModule(scope, file, bound.request, '*', path);
    case 'global':
      return { targets: fromGlobal(scope, file, bound.name, path), modules: [] };
    default:
      return { targets: [], modules: [] };
  }
}

const FILE_REQUESTS: ReadonlySet<RequestKind> = new Set(['path', 'url', 'worker']);

/** The request names a file to read or to run as a program of its own: no path behind it leads to one of its exports. */
function namesFile(file: LinkedFile, request: number): boolean {
  return FILE_REQUESTS.has((file.facts as FileFacts).requests[request]?.kind as RequestKind);
}

/** A worker is a program; a path to one module may be handed to whoever imports it (`load(join(__dirname, 'plugin.ts'))`). */
function runsAlone(file: LinkedFile, request: number): boolean {
  return (file.facts as FileFacts).requests[request]?.kind === 'worker';
}

/** Folders with more files than this are walked by a tool, not read by the code that names them. */
export const FOLDER_LIMIT = 200;

function fromFile(scope: ResolutionScope, file: LinkedFile, request: number): Found {
  const modules = requestTargets(scope.table, file, request).flatMap((target) =>
    target.kind === 'file' ? [target] : [],
  );
  if (modules.length > FOLDER_LIMIT) return { targets: [], modules: [] };
  const targets = modules.map((module): ExportTarget =>
    module.file.facts
      ? { kind: 'symbol', file: module.file, symbol: 0, path: [], rank: module.rank }
      : { kind: 'namespace', file: module.file, path: [], rank: module.rank },
  );
  const [only, ...others] = modules;
  if (only?.file.facts?.exports.length && others.length === 0 && !runsAlone(file, request))
    targets.push({ kind: 'namespace', file: only.file, path: [], rank: Math.max(only.rank, PATTERN) });
  return { targets, modules: [] };
}

function fromModule(
  scope: ResolutionScope,
  file: LinkedFile,
  request: number,
  name: string,
  path: readonly string[],
): Found {
  const targets: ExportTarget[] = [];
  const modules: LinkedFile[] = [];
  for (const module of requestTargets(scope.table, file, request)) {
    if (module.kind === 'external') {
      const first = name === '*' || name === 'export=' ? (path[0] ?? '*') : name;
      targets.push({ kind: 'external', package: module.package, subpath: module.subpath, name: first, rank: 0 });
      continue;
    }
    modules.push(module.file);
    targets.push(...namedTargets(scope, module.file, name, path, module.rank));
  }
  if (targets.length > 0 || modules.length === 0) return { targets, modules };
  const wanted = name === '*' ? path[0] : name;
  return { targets, modules, missing: `${wanted ?? '*'} of ${(modules[0] as LinkedFile).path}` };
}

function namedTargets(
  scope: ResolutionScope,
  module: LinkedFile,
  name: string,
  path: readonly string[],
  rank: number,
): ExportTarget[] {
  if (name === '*' || (name === 'export=' && !module.facts?.traits.cjs))
    return [{ kind: 'namespace', file: module, path, rank }];
  const targets = resolveExport(scope.table, module, name).map((target) => behind(target, path, rank));
  return isWhole(module, name) ? [...targets, ...besideWhole(scope, module, path, rank)] : targets;
}

/** The name stands for `module.exports`. */
function isWhole(module: LinkedFile, name: string): boolean {
  return module.facts?.traits.cjs === true && (name === 'export=' || name === 'default');
}

function isWholeSymbol({ file, symbol, path }: SymbolTarget): boolean {
  if (path.length === 0 || file.facts?.traits.cjs !== true) return false;
  return (
    exportsOf(file)
      .get('export=')
      ?.some((entry) => entry.kind === 'local' && entry.symbol === symbol) === true
  );
}

/** What is exported beside the wholes among `nodes`: whoever gets hold of `module.exports` may use it. */
export function besideNodes(scope: ResolutionScope, nodes: readonly ResolvedNode[]): ResolvedNode[] {
  return nodes.flatMap(({ node }) => {
    const file = scope.table.wholes.get(node);
    if (file === undefined) return [];
    const names = [...exportsOf(file).keys()].filter((name) => name !== 'export=');
    return flatten(
      scope,
      names.flatMap((name) => resolveExport(scope.table, file, name)),
    );
  });
}

/** `module.exports = fn; exports.x = …`: a member of the whole that is an export of its own. */
function besideWhole(
  scope: ResolutionScope,
  module: LinkedFile,
  path: readonly string[],
  rank: number,
): ExportTarget[] {
  const [first, ...rest] = path;
  if (first === undefined || !exportsOf(module).has('export=') || !exportsOf(module).has(first)) return [];
  return resolveExport(scope.table, module, first).map((target) => behind(target, rest, rank));
}

function behind(target: ExportTarget, path: readonly string[], rank: number): ExportTarget {
  const weakest = Math.max(target.rank, rank);
  if (target.kind === 'external') return { ...target, rank: weakest };
  return { ...target, path: path.length === 0 ? target.path : [...target.path, ...path], rank: weakest };
}

/** Names of the global object. */
export const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global']);

function fromGlobal(scope: ResolutionScope, file: LinkedFile, name: string, path: readonly string[]): ExportTarget[] {
  const auto = scope.ambient.autoImports.get(file.path)?.get(name);
  const module = auto && scope.table.byPath.get(auto.to);
  if (auto && module) return namedTargets(scope, module, auto.exportName, path, PATTERN);
  const own: ExportTarget[] = globalTargets(scope.ambient, file, name, path);
  const [first, ...rest] = path;
  if (first !== undefined && GLOBAL_OBJECTS.has(name)) {
    own.push(...globalTargets(scope.ambient, file, first, rest), ...globalTargets(scope.ambient, file, 'Window', path));
  }
  return own;
}

/** Namespaces into their names, symbols into members: node ids without repeats, in the order found. */
function flatten(scope: ResolutionScope, targets: readonly ExportTarget[]): ResolvedNode[] {
  const ranks = new Map<number, number>();
  const add = (node: number, rank: number): void => {
    const known = ranks.get(node);
    if (node >= 0 && (known === undefined || rank < known)) ranks.set(node, rank);
  };
  const seen = new Set<string>();
  const stack = [...targets].reverse();
  for (let target = stack.pop(); target; target = stack.pop()) {
    if (target.kind === 'external') addExternal(scope, target, add);
    else if (target.kind === 'symbol') {
      if (isWholeSymbol(target)) stack.push(...besideWhole(scope, target.file, target.path, target.rank));
      for (const member of memberTargets(scope, target)) add(member.file.nodes[member.symbol] as number, target.rank);
    } else {
      const key = `${target.file.path}\0${target.path.join('\0')}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const next of namespaceTargets(scope, target)) stack.push(next);
      if (!target.file.facts) add(target.file.nodes[0] as number, target.rank);
    }
  }
  return [...ranks].map(([node, rank]) => ({ node, rank }));
}

function addExternal(
  scope: ResolutionScope,
  target: ExportTarget & { kind: 'external' },
  add: (node: number, rank: number) => void,
): void {
  add(externalNode(scope.nodes, target.package, target.subpath, target.name), target.rank);
  for (const one of scope.ambient.external.get(`${target.package}${target.subpath}#${target.name}`) ?? [])
    add(one.file.nodes[one.symbol] as number, target.rank);
}

/** A namespace object: one name where the path gives it, every name where it escapes. */
function namespaceTargets(scope: ResolutionScope, target: ExportTarget & { kind: 'namespace' }): ExportTarget[] {
  const { file, path, rank } = target;
  const [first, ...rest] = path;
  if (!file.facts) return [];
  if (first !== undefined) {
    const whole = namedTargets(scope, file, first, rest, rank);
    if (whole.length > 0) return whole;
    if (!file.facts.traits.cjs && file.facts.problems.length === 0) return [];
    return allOf(file, PATTERN);
  }
  const targets: ExportTarget[] = [];
  for (const name of exportedNames(scope.table, file)) {
    for (const one of resolveExport(scope.table, file, name)) targets.push(behind(one, [], rank));
  }
  return targets.length === 0 && file.facts.exports.length === 0 ? allOf(file, rank) : targets;
}

/** Every top-level symbol of a module whose exports can't be read off. */
function allOf(file: LinkedFile, rank: number): ExportTarget[] {
  const targets: ExportTarget[] = [];
  file.facts?.symbols.forEach((symbol, index) => {
    if (symbol.parent < 0) targets.push({ kind: 'symbol', file, symbol: index, path: [], rank });
  });
  return targets;
}

/**
 * The member at the end of a path, as far as declarations prove it; the symbol itself where they don't.
 * Looks into bases and interfaces. Iterative.
 */
export function memberTargets(scope: ResolutionScope, target: SymbolTarget): SymbolTarget[] {
  const found: SymbolTarget[] = [];
  const seen = new Set<string>();
  const stack: SymbolTarget[] = [target];
  for (let current = stack.pop(); current; current = stack.pop()) {
    const key = `${current.file.path}\0${current.symbol}\0${current.path.join('\0')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const step = narrow(current);
    if (step.path.length === 0) found.push(step);
    else {
      const bases = baseTargets(scope, step);
      if (bases.length === 0) found.push({ ...step, path: [] });
      else stack.push(...bases);
    }
  }
  return found;
}

/** Walks down declared members as long as each step is proven. */
function narrow(target: SymbolTarget): SymbolTarget {
  let { symbol } = target;
  let taken = 0;
  for (const name of target.path) {
    const facts = target.file.facts?.symbols[symbol] as SymbolFacts;
    if (name === 'prototype') {
      taken++;
      continue;
    }
    const child = closed(facts) ? symbolNamed(target.file, `${facts.name}.${name}`) : undefined;
    if (child === undefined) break;
    symbol = child;
    taken++;
  }
  const isClass = hasHeritage(target.file.facts?.symbols[symbol] as SymbolFacts);
  return { ...target, symbol, path: isClass ? target.path.slice(taken).filter((name) => name !== 'prototype') : [] };
}

/** Its entries can be told apart: no statement writes into it, no spread hides one. */
function closed(symbol: SymbolFacts): boolean {
  if (symbol.kind !== 'variable' && symbol.kind !== 'entry' && symbol.kind !== 'export') return true;
  return (symbol.flags & (SymbolFlag.mutable | SymbolFlag.open)) === 0;
}

function hasHeritage(symbol: SymbolFacts): boolean {
  return (symbol.heritage?.length ?? 0) > 0;
}

function baseTargets(scope: ResolutionScope, target: SymbolTarget): SymbolTarget[] {
  const facts = target.file.facts?.symbols[target.symbol] as SymbolFacts;
  const bases: SymbolTarget[] = [];
  for (const clause of facts.heritage ?? []) {
    if (clause.kind === 'implements') continue;
    for (const base of heritageTargets(scope, target.file, clause.binding, clause.path))
      bases.push({ ...base, path: target.path });
  }
  return bases;
}

/** The in-repository symbols that a heritage clause names. */
export function heritageTargets(
  scope: ResolutionScope,
  file: LinkedFile,
  binding: number,
  path: readonly string[],
): SymbolTarget[] {
  const symbols: SymbolTarget[] = [];
  const stack = [...bindingTargets(scope, file, binding, path).targets];
  for (let steps = 0; stack.length > 0 && steps < 64; steps++) {
    const target = stack.pop() as ExportTarget;
    if (target.kind === 'symbol') symbols.push(narrow(target));
    else if (target.kind === 'namespace' && target.path.length > 0) stack.push(...namespaceTargets(scope, target));
  }
  return symbols;
}
