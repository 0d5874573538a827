/**
 * From a binding of a file and a property path to graph nodes, in one revision.
 * Starts at the coarsest sound target and narrows only where binding proves it (the recall rule).
 * In: a file, a binding, a path. Out: node ids with their confidence rank. Not here: edges.
 */
import { confidenceRank } from '../../model/confidence.js';
import {
  besideWhole,
  bindingTargets,
  GLOBAL_OBJECTS,
  namedTargets,
  namespaceTargets,
  type ResolutionScope,
} from './binding-targets.js';
import { memberNames, memberTargets, namesBehindCall } from './member-resolution.js';
import { resolveExport } from './export-resolution.js';
import { exportsOf, type ExportTarget, type LinkedFile, type SymbolTarget } from './module-table.js';
import { externalNode } from './nodes.js';

/** A node that a reference can mean. */
export interface ResolvedNode {
  readonly node: number;
  readonly rank: number;
}

/** What became of a binding. */
export interface ResolvedBinding {
  readonly nodes: readonly ResolvedNode[];
  /** A module is known but not the name in it. */
  readonly missing?: string;
  /** Names at the end of the path that no declaration proves: members of something unknown. */
  readonly names: readonly string[];
  /** Nodes among `nodes` that were reached through the type or the origin of a value. */
  readonly typed: readonly number[];
}

const NAMED = confidenceRank('named');

/** Resolves `path` behind a binding. Never throws; nothing known gives no nodes. */
export function resolveBinding(
  scope: ResolutionScope,
  file: LinkedFile,
  binding: number,
  path: readonly string[],
): ResolvedBinding {
  const found = bindingTargets(scope, file, binding, path);
  const flat = flatten(scope, found.targets);
  const names = namesBehind(file, binding, path, found.targets, flat.names);
  if (flat.nodes.length > 0 || found.missing === undefined) return { ...flat, names };
  if (scope.table.trace) scope.table.trace.borrowed = true;
  const before = scope.fallback && baseTwin(scope.fallback, file, binding, path);
  if (before && before.length > 0) return { nodes: before, missing: found.missing, names: path, typed: [] };
  return {
    nodes: found.modules.map((module) => ({ node: module.nodes[0] as number, rank: NAMED })),
    missing: found.missing,
    names: path,
    typed: [],
  };
}

/** Where a statement assigns the global, its value is unknown, and so are its members. */
function namesBehind(
  file: LinkedFile,
  binding: number,
  path: readonly string[],
  targets: readonly ExportTarget[],
  unproven: readonly string[],
): readonly string[] {
  if (targets.length === 0) return unboundNames(file, binding, path);
  if (path.length === 0 || file.facts?.bindings[binding]?.kind !== 'global') return unproven;
  const dropped = targets.some((target) => target.kind === 'symbol' && target.path.length < path.length);
  return dropped ? [...unproven, ...memberNames(path)] : unproven;
}

/** Members of what has no declaration here: a global object may hold anything, other globals only what calls of them give. */
function unboundNames(file: LinkedFile, binding: number, path: readonly string[]): readonly string[] {
  if (path.length === 0) return path;
  const bound = file.facts?.bindings[binding];
  if (bound?.kind === 'global' && GLOBAL_OBJECTS.has(bound.name)) return path.slice(1);
  return namesBehindCall(path);
}

/** The same import, as the base revision resolves it from the head's module: the dependents of what is gone. */
function baseTwin(
  base: ResolutionScope,
  file: LinkedFile,
  binding: number,
  path: readonly string[],
): readonly ResolvedNode[] {
  const bound = file.facts?.bindings[binding];
  if (bound?.kind !== 'import') return [];
  const entry = file.facts?.imports[bound.import];
  const resolution = entry && file.source.resolutions[entry.request];
  if (!entry || resolution?.kind !== 'file') return [];
  const module = base.table.byPath.get(resolution.path);
  return module ? flatten(base, namedTargets(base, module, entry.name, path, 0)).nodes : [];
}

/** Namespaces into their names, symbols into members: node ids without repeats, in the order found. */
function flatten(scope: ResolutionScope, targets: readonly ExportTarget[]): Omit<ResolvedBinding, 'missing'> {
  const ranks = new Map<number, number>();
  const names = new Set<string>();
  const typed = new Set<number>();
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
      for (const member of memberTargets(scope, target)) {
        const node = member.file.nodes[member.symbol] as number;
        add(node, target.rank);
        for (const name of member.names) names.add(name);
        if (member.typed) typed.add(node);
      }
    } else {
      const key = `${target.file.path}\0${target.path.join('\0')}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const next = namespaceTargets(scope, target);
      if (next.length === 0) for (const name of namesBehindCall(target.path)) names.add(name);
      for (const one of next) stack.push(one);
      if (!target.file.facts) add(target.file.nodes[0] as number, target.rank);
    }
  }
  return { nodes: [...ranks].map(([node, rank]) => ({ node, rank })), names: [...names], typed: [...typed] };
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
export function besideNodes(scope: ResolutionScope, nodes: readonly ResolvedNode[]): readonly ResolvedNode[] {
  return nodes.flatMap(({ node }) => {
    const file = scope.table.wholes.get(node);
    if (file === undefined) return [];
    const names = [...exportsOf(file).keys()].filter((name) => name !== 'export=');
    return flatten(
      scope,
      names.flatMap((name) => resolveExport(scope.table, file, name)),
    ).nodes;
  });
}

function addExternal(
  scope: ResolutionScope,
  target: ExportTarget & { kind: 'external' },
  add: (node: number, rank: number) => void,
): void {
  add(externalNode(scope.nodes, target.package, target.subpath, target.name), target.rank);
  for (const one of scope.ambient.external.get(`${target.package}${target.subpath}#${target.name}`) ?? []) {
    scope.table.trace?.files.add(one.file);
    add(one.file.nodes[one.symbol] as number, target.rank);
  }
}
