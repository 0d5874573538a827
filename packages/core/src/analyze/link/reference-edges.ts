/**
 * The edges that one file's own text makes: references, containment, mutation, requests, re-exports.
 * In: a file of one revision. Out: edges in the list, link targets per symbol where asked for, and what could not be followed.
 */
import { confidenceRank } from '../../model/confidence.js';
import { ReferenceFlag, SymbolFlag, type ModuleRequest, type Reference, type SymbolFacts } from '../../model/facts.js';
import { EdgeBit, edgeWord, type EdgeKind, type NodeKind } from '../../model/graph.js';
import { besideNodes, resolveBinding, type ResolvedBinding, type ResolvedNode } from './binding-resolution.js';
import { FOLDER_LIMIT, type ResolutionScope } from './binding-targets.js';
import { addEdge } from './edges.js';
import { exportedNames, resolveExport } from './export-resolution.js';
import { isKept } from './kept-values.js';
import type { LinkOutput, ResolvePath } from './link-output.js';
import { noteHanded, noteMemberUses } from './member-uses.js';
import { linkMutation } from './mutation-edges.js';
import { membersOf, requestTargets, type LinkedFile } from './module-table.js';
import { externalNode, kindOf } from './nodes.js';

const BOTH = EdgeBit.runtime | EdgeBit.compile | EdgeBit.surface;
const PATTERN = confidenceRank('pattern');

/** Links one file. `keepTargets` records what each symbol's references lead to. */
export function linkFile(scope: ResolutionScope, file: LinkedFile, output: LinkOutput, keepTargets: boolean): void {
  if (!file.facts) return;
  const memo = new Map<string, ResolvedBinding>();
  const resolve = (binding: number, path: readonly string[]): ResolvedBinding => {
    const key = path.length === 0 ? String(binding) : `${binding}\0${path.join('\0')}`;
    const known = memo.get(key);
    if (known) return known;
    const resolved = resolveBinding(scope, file, binding, path);
    memo.set(key, resolved);
    return resolved;
  };
  file.facts.symbols.forEach((symbol, index) => linkSymbol(scope, file, symbol, index, resolve, output, keepTargets));
  linkContainment(file, output);
  linkRequests(scope, file, output);
  linkForwarding(scope, file, resolve, output);
}

function linkSymbol(
  scope: ResolutionScope,
  file: LinkedFile,
  symbol: SymbolFacts,
  index: number,
  resolve: ResolvePath,
  output: LinkOutput,
  keepTargets: boolean,
): void {
  const from = file.nodes[index] as number;
  const targets: number[] = [];
  const references =
    symbol.kind === 'mutation' && !linkMutation(scope, file, symbol, from, resolve, output) ? [] : symbol.references;
  for (const reference of references) {
    const resolved = resolve(reference.binding, reference.path);
    const bits = referenceBits(symbol, reference, () => isKept(scope, file, reference, resolved.nodes));
    const escapes = (reference.flags & ReferenceFlag.escapes) !== 0 && scope.table.wholes.size > 0;
    const nodes = escapes ? [...resolved.nodes, ...besideNodes(scope, resolved.nodes)] : resolved.nodes;
    for (const { node, rank } of nodes) {
      if (reference.kind === 'write' && isUnread(kindOf(scope.nodes, node), reference)) continue;
      addEdge(output.edges, from, node, edgeWord(reference.kind, rank, bits));
    }
    noteMemberUses(scope.nodes, output.members, from, reference, { ...resolved, nodes });
    if (resolved.missing !== undefined) {
      output.uncertain.push({
        node: from,
        file: file.path,
        line: reference.line,
        what: `no export ${resolved.missing}`,
        candidates: [],
      });
    }
    if (keepTargets) appendTargets(targets, resolved);
  }
  noteHanded(scope, file, output.members, from, symbol);
  if (symbol.references.length > 0) linkAnnotation(file, symbol, index, resolve, output);
  if (keepTargets) output.targets.set(from, targets);
}

/**
 * Who writes into a global does not observe what other statements put there; who writes into an instance, by whatever name,
 * does not run its class anew.
 */
function isUnread(kind: NodeKind, { path, flags }: Reference): boolean {
  if (kind === 'class') return (flags & ReferenceFlag.escapes) !== 0 && path.at(-1) === 'prototype';
  return kind === 'mutation' || kind === 'module';
}

/** A name that is gone counts as another target than the base's own, so that its users are seen to be retargeted. */
function appendTargets(targets: number[], resolved: ResolvedBinding): void {
  if (resolved.missing !== undefined) targets.push(-2);
  else for (const { node } of resolved.nodes) targets.push(node);
  targets.push(-1);
}

/**
 * Evaluating `extends Shape` needs the class, which its module's initialiser makes; it runs none of its members. Nor does it
 * run what is only kept for later.
 */
function referenceBits(symbol: SymbolFacts, reference: Reference, kept: () => boolean): number {
  const idle =
    symbol.kind === 'module' && (reference.kind === 'extends' || (reference.deferred !== undefined && kept()));
  const flags = idle ? reference.flags & ~ReferenceFlag.runtime : reference.flags;
  return (
    EdgeBit.compile |
    (flags & ReferenceFlag.runtime ? EdgeBit.runtime : 0) |
    (flags & ReferenceFlag.surface ? EdgeBit.surface : 0)
  );
}

/** A whole depends on its parts; members of an annotated value depend on the annotation. */
function linkContainment(file: LinkedFile, output: LinkOutput): void {
  const { symbols } = file.facts as { symbols: readonly SymbolFacts[] };
  symbols.forEach((symbol, index) => {
    if (symbol.parent < 0) return;
    const hidden = (symbol.flags & SymbolFlag.hidden) !== 0;
    const bits = EdgeBit.free | EdgeBit.runtime | EdgeBit.compile | (hidden ? 0 : EdgeBit.surface);
    addEdge(
      output.edges,
      file.nodes[symbol.parent] as number,
      file.nodes[index] as number,
      edgeWord('contains', 0, bits),
    );
  });
}

/** `const table: Row[] = …`: an entry's type is the annotation's, which the whole holds. */
function linkAnnotation(
  file: LinkedFile,
  symbol: SymbolFacts,
  index: number,
  resolve: ResolvePath,
  output: LinkOutput,
): void {
  if (symbol.kind !== 'variable' && symbol.kind !== 'entry') return;
  const members = membersOf(file, index).map((member) => file.nodes[member] as number);
  if (members.length === 0) return;
  for (const reference of symbol.references) {
    if ((reference.flags & ReferenceFlag.surface) === 0) continue;
    for (const { node, rank } of resolve(reference.binding, reference.path).nodes) {
      for (const member of members)
        addEdge(output.edges, member, node, edgeWord(reference.kind, rank, EdgeBit.compile | EdgeBit.surface));
    }
  }
}

function linkRequests(scope: ResolutionScope, file: LinkedFile, output: LinkOutput): void {
  const facts = file.facts;
  if (!facts) return;
  const referenced = referencedRequests(file);
  facts.requests.forEach((request, index) => {
    const resolution = file.source.resolutions[index];
    if (
      resolution?.kind === 'unresolved' &&
      !request.typeOnly &&
      resolution.reason !== 'virtual' &&
      request.kind !== 'path' &&
      request.kind !== 'url'
    ) {
      const what = `unresolved ${request.kind} ${request.specifier} (${resolution.reason})`;
      output.uncertain.push({
        node: file.nodes[0] as number,
        file: file.path,
        line: request.line,
        what,
        candidates: [],
      });
    }
    const targets = requestTargets(scope.table, file, index);
    if (targets.length > FOLDER_LIMIT && request.kind === 'path') return;
    for (const target of targets) {
      const from = file.nodes[0] as number;
      if (target.kind === 'external') {
        if (loads(file, request)) {
          const whole = externalNode(scope.nodes, target.package, target.subpath, '*');
          addEdge(output.edges, from, whole, edgeWord('initialises', 0, EdgeBit.runtime));
        }
      } else linkRequest(scope, file, request, target.file, target.rank, referenced.has(index), output);
    }
  });
}

function linkRequest(
  scope: ResolutionScope,
  file: LinkedFile,
  request: ModuleRequest,
  target: LinkedFile,
  rank: number,
  referenced: boolean,
  output: LinkOutput,
): void {
  const from = file.nodes[0] as number;
  const initialiser = target.nodes[0] as number;
  const edge = (node: number, kind: EdgeKind, bits: number, weakest = rank): void =>
    addEdge(output.edges, from, node, edgeWord(kind, weakest, bits));
  if (!target.facts) return edge(initialiser, 'loads', BOTH);
  switch (request.kind) {
    case 'import':
    case 'export':
      if (loads(file, request)) edge(initialiser, 'initialises', EdgeBit.runtime);
      return;
    case 'require':
    case 'dynamic-import':
      if (request.eager || !referenced || request.pattern) edge(initialiser, 'initialises', EdgeBit.runtime);
      if (request.pattern && !referenced) linkAll(scope, target, (node) => edge(node, 'loads', BOTH, PATTERN));
      return;
    case 'jsx':
      return edge(initialiser, 'initialises', EdgeBit.runtime);
    case 'glob':
    case 'mock':
      edge(initialiser, 'initialises', EdgeBit.runtime);
      linkAll(scope, target, (node) =>
        edge(node, request.kind === 'mock' ? 'mocks' : 'loads', EdgeBit.runtime | EdgeBit.compile),
      );
      return;
    case 'worker':
    case 'url':
    case 'path':
    case 'require-resolve':
      edge(initialiser, 'loads', EdgeBit.runtime);
      return;
    case 'reference-path':
    case 'reference-types':
      edge(initialiser, 'type', EdgeBit.compile);
      return;
    default:
  }
}

/** It runs the other module when this one is loaded: not erased, not dropped by the compiler. */
function loads(file: LinkedFile, request: ModuleRequest): boolean {
  if (request.typeOnly && !(request.elidable && file.source.verbatim)) return false;
  return !request.elidable || file.source.verbatim;
}

function linkAll(scope: ResolutionScope, target: LinkedFile, edge: (node: number) => void): void {
  for (const name of exportedNames(scope.table, target)) {
    for (const one of resolveExport(scope.table, target, name))
      if (one.kind === 'symbol') edge(one.file.nodes[one.symbol] as number);
  }
}

function referencedRequests(file: LinkedFile): Set<number> {
  const requests = new Set<number>();
  for (const binding of file.facts?.bindings ?? []) if (binding.kind === 'request') requests.add(binding.request);
  return requests;
}

/** Imports and re-exports of a name break where the name is gone, and only there. A lazy load runs the initialiser. */
function linkForwarding(scope: ResolutionScope, file: LinkedFile, resolve: ResolvePath, output: LinkOutput): void {
  const from = file.nodes[0] as number;
  const gone = (nodes: readonly ResolvedNode[], kind: EdgeKind): void => {
    for (const { node, rank } of nodes) addEdge(output.edges, from, node, edgeWord(kind, rank, EdgeBit.gone));
  };
  file.facts?.bindings.forEach((binding, index) => {
    if (binding.kind === 'import' && file.facts?.imports[binding.import]?.name !== '*')
      gone(resolve(index, []).nodes, 'imports');
  });
  for (const entry of file.facts?.exports ?? []) {
    if (entry.kind !== 'indirect' || entry.importName === '*') continue;
    const targets = resolveExport(scope.table, file, entry.name);
    gone(
      targets.flatMap((one) =>
        one.kind === 'symbol' ? [{ node: one.file.nodes[one.symbol] as number, rank: one.rank }] : [],
      ),
      're-exports',
    );
  }
  linkLazyLoads(scope, file, output);
}

/** `import('./x')` inside a function: the function runs the initialiser of `./x`. */
function linkLazyLoads(scope: ResolutionScope, file: LinkedFile, output: LinkOutput): void {
  file.facts?.symbols.forEach((symbol, index) => {
    for (const reference of symbol.references) {
      const binding = file.facts?.bindings[reference.binding];
      if (binding?.kind !== 'request' || (reference.flags & ReferenceFlag.runtime) === 0) continue;
      if (reference.deferred !== undefined && isKept(scope, file, reference, [])) continue;
      for (const target of requestTargets(scope.table, file, binding.request)) {
        if (target.kind !== 'file') continue;
        addEdge(
          output.edges,
          file.nodes[index] as number,
          target.file.nodes[0] as number,
          edgeWord('initialises', target.rank, EdgeBit.runtime),
        );
      }
    }
  });
}
