/**
 * Names of nodes that mean the same on every machine and in every revision.
 * In: package, path, the chain of enclosing symbols. Out: `npm @acme/ui packages/ui/src/button.ts/Button#render().`
 * Not here: looking symbols up (written-symbol.ts). Source: SCIP's symbol grammar (scip.proto, `Symbol`); no version, and
 * the path is the repository's.
 */
import { NODE_KINDS } from '../../model/index.js';
import type { NodeKind, SymbolGraph } from '../../model/index.js';

/** How a descriptor ends, by kind: SCIP's type, method, term and namespace suffixes. */
const SUFFIX = {
  module: '.',
  function: '().',
  class: '#',
  variable: '.',
  enum: '#',
  interface: '#',
  type: '#',
  namespace: '/',
  export: '.',
  constructor: '().',
  method: '().',
  accessor: '.',
  property: '.',
  'enum-member': '.',
  entry: '.',
  mutation: '.',
  external: '.',
  resource: '/',
  contract: '.',
} as const satisfies Record<NodeKind, string>;

/** One step of a qualified name: `render`, a method. */
export interface Descriptor {
  readonly name: string;
  readonly kind: NodeKind;
}

/**
 * The id of a symbol of a file.
 * @param packageName manifest name; `''` is written `.`.
 * @param file        path below the repository's root.
 * @param descriptors outermost first; empty for the file itself (a resource).
 */
export function symbolId(packageName: string, file: string, descriptors: readonly Descriptor[]): string {
  const names = descriptors.map(({ name, kind }) => escapeName(name) + SUFFIX[kind]).join('');
  return `npm ${packageName === '' ? '.' : packageName.replaceAll(' ', '  ')} ${escapePath(file)}/${names}`;
}

/** The id of one export of an external package: `npm react . useState.` */
export function externalId(packageName: string, name: string): string {
  return `npm ${packageName.replaceAll(' ', '  ')} . ${escapeName(name)}.`;
}

/** Ids of a graph's nodes, each made once, when first asked for. */
export function symbolIds(graph: SymbolGraph): (node: number) => string {
  const known: (string | undefined)[] = [];
  return (node) => (known[node] ??= idOf(graph, node));
}

function idOf(graph: SymbolGraph, node: number): string {
  const name = graph.names[node]!;
  const file = graph.files[graph.fileOf[node]!];
  if (kindOf(graph, node) === 'contract') return `contract . ${escapeName(name)}.`;
  if (file === undefined) {
    const hash = name.lastIndexOf('#');
    return hash < 0 ? externalId(name, '*') : externalId(name.slice(0, hash), name.slice(hash + 1));
  }
  return symbolId(file.packageName, file.path, descriptorsOf(graph, node));
}

/** The node's kind in words. */
export function kindOf(graph: SymbolGraph, node: number): NodeKind {
  return NODE_KINDS[graph.kinds[node]!]!;
}

function descriptorsOf(graph: SymbolGraph, node: number): Descriptor[] {
  if (kindOf(graph, node) === 'resource') return [];
  const descriptors: Descriptor[] = [];
  for (let at = node; at >= 0; at = graph.parents[at]!) {
    const parent = graph.parents[at]!;
    const name = graph.names[at]!;
    const prefix = parent < 0 ? '' : `${graph.names[parent]!}.`;
    descriptors.push({ name: name.startsWith(prefix) ? name.slice(prefix.length) : name, kind: kindOf(graph, at) });
  }
  return descriptors.reverse();
}

/** SCIP: a simple identifier stands as it is, anything else between backticks, a backtick doubled. */
function escapeName(name: string): string {
  return /^[\w+$-]+$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}

function escapePath(path: string): string {
  if (!/[\s`]/.test(path)) return path;
  return path
    .split('/')
    .map((segment) => (/[\s`]/.test(segment) ? `\`${segment.replaceAll('`', '``')}\`` : segment))
    .join('/');
}
