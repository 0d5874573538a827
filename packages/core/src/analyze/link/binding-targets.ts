/**
 * Where a binding of a file leads: symbols with a path behind them, namespaces, external packages.
 * In: a file of one revision, a binding, a path. Out: targets, before members are looked into (member-resolution.ts).
 */
import { confidenceRank } from '../../model/confidence.js';
import type { FileFacts, RequestKind } from '../../model/facts.js';
import { globalTargets, type AmbientIndex } from './ambient.js';
import { exportedNames, resolveExport } from './export-resolution.js';
import { exportsOf, requestTargets, type ExportTarget, type LinkedFile, type ModuleTable } from './module-table.js';
import type { NodeTable } from './nodes.js';

/** What resolving needs; `fallback` is the base revision while the head is linked: names that are gone live there. */
export interface NameScope {
  readonly table: ModuleTable;
  readonly ambient: AmbientIndex;
  readonly fallback: NameScope | undefined;
}

/** … and what linking needs beside it. */
export interface ResolutionScope extends NameScope {
  readonly nodes: NodeTable;
  readonly fallback: ResolutionScope | undefined;
}

const PATTERN = confidenceRank('pattern');

/** Where a binding leads. */
export interface Found {
  readonly targets: readonly ExportTarget[];
  /** The modules that were asked. */
  readonly modules: readonly LinkedFile[];
  readonly missing?: string;
}

/** Where a binding leads, before members and namespaces are looked into. */
export function bindingTargets(scope: NameScope, file: LinkedFile, binding: number, path: readonly string[]): Found {
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

/** A worker is a program; a path may be handed to whoever imports it, a folder to whoever imports what is in it. */
function runsAlone(file: LinkedFile, request: number): boolean {
  return (file.facts as FileFacts).requests[request]?.kind === 'worker';
}

/** Folders with more files than this are walked by a tool, not read by the code that names them. */
export const FOLDER_LIMIT = 200;

function fromFile(scope: NameScope, file: LinkedFile, request: number): Found {
  const modules = requestTargets(scope.table, file, request).flatMap((target) =>
    target.kind === 'file' ? [target] : [],
  );
  if (modules.length > FOLDER_LIMIT) return { targets: [], modules: [] };
  const targets = modules.map((module): ExportTarget =>
    module.file.facts
      ? { kind: 'symbol', file: module.file, symbol: 0, path: [], rank: module.rank }
      : { kind: 'namespace', file: module.file, path: [], rank: module.rank },
  );
  if (runsAlone(file, request)) return { targets, modules: [] };
  for (const { file: named, rank } of modules)
    if (named.facts?.exports.length)
      targets.push({ kind: 'namespace', file: named, path: [], rank: Math.max(rank, PATTERN) });
  return { targets, modules: [] };
}

function fromModule(scope: NameScope, file: LinkedFile, request: number, name: string, path: readonly string[]): Found {
  const targets: ExportTarget[] = [];
  const modules: LinkedFile[] = [];
  for (const module of requestTargets(scope.table, file, request)) {
    if (module.kind === 'external') {
      const first = name === '*' || name === 'export=' ? (path[0] ?? '*') : name;
      const external = first === '()' || first === 'prototype' ? '*' : first;
      targets.push({ kind: 'external', package: module.package, subpath: module.subpath, name: external, rank: 0 });
      continue;
    }
    modules.push(module.file);
    targets.push(...namedTargets(scope, module.file, name, path, module.rank));
  }
  if (targets.length > 0 || modules.length === 0) return { targets, modules };
  const wanted = name === '*' ? path[0] : name;
  return { targets, modules, missing: `${wanted ?? '*'} of ${(modules[0] as LinkedFile).path}` };
}

/** Where a name of a module leads; `*` is its namespace. */
export function namedTargets(
  scope: NameScope,
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

/** `module.exports = fn; exports.x = …`: a member of the whole that is an export of its own. */
export function besideWhole(
  scope: NameScope,
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

function fromGlobal(scope: NameScope, file: LinkedFile, name: string, path: readonly string[]): ExportTarget[] {
  const { trace } = scope.table;
  const auto = scope.ambient.autoImports.get(file.path)?.get(name);
  const module = auto && scope.table.byPath.get(auto.to);
  if (module) trace?.files.add(module);
  if (auto && module) return namedTargets(scope, module, auto.exportName, path, PATTERN);
  const own: ExportTarget[] = globalTargets(scope.ambient, file, name, path);
  const [first, ...rest] = path;
  if (first !== undefined && GLOBAL_OBJECTS.has(name)) {
    own.push(...globalTargets(scope.ambient, file, first, rest), ...globalTargets(scope.ambient, file, 'Window', path));
  }
  for (const target of own) if (target.kind === 'symbol') trace?.files.add(target.file);
  return own;
}

/** A namespace object: one name where the path gives it, every name where it escapes. */
export function namespaceTargets(scope: NameScope, target: ExportTarget & { kind: 'namespace' }): ExportTarget[] {
  const { file, path, rank } = target;
  const [first, ...rest] = path;
  if (!file.facts) return [];
  if (first === '()' || first === 'prototype')
    return resolveExport(scope.table, file, 'export=').map((one) => behind(one, path, rank));
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
