/**
 * The public graph objects: packages, files, symbols, and what a change reaches.
 * In: the symbol graph or a report. Out: graphology graphs whose edges go from a dependent to what it depends on.
 * Nodes have `label`, `package` (and `file`, `kind`, `changed`, `distance` where they fit); edges `kind` and `weight`.
 * Nodes and edges are added in id order, so that exports are the same bytes every time.
 */
import { DirectedGraph } from 'graphology';
import { EdgeBit, Presence, compareText, edgeKind } from '../../model/index.js';
import type { Report, SymbolGraph } from '../../model/index.js';
import { kindOf, symbolIds } from './symbol-id.js';

/** Attributes of nodes. */
export interface GraphNodeAttributes {
  label: string;
  /** Package name; `''` for external symbols. */
  package: string;
  file?: string;
  kind?: string;
  /** Impact graphs: it is a change itself. */
  changed?: boolean;
  /** Impact graphs: hops from the nearest change. */
  distance?: number;
}

/** Attributes of edges. */
export interface GraphEdgeAttributes {
  /** Symbol and impact graphs: an edge kind. Elsewhere `runtime`, or `types` where only the compiler sees it. */
  kind: string;
  /** Symbol dependencies that it stands for. */
  weight: number;
}

/** A graph as the library hands it out. */
export type PublicGraph = DirectedGraph<GraphNodeAttributes, GraphEdgeAttributes>;

/** Packages of the head and the dependencies that their symbols have, tests' included. Labels are package names (folders where names repeat), keys {@link graphKey} of them. */
export function packageGraph(graph: SymbolGraph): PublicGraph {
  const names = packageNames(graph);
  return groupGraph(
    graph,
    (file) => names[file]!,
    (label) => ({ label, package: label }),
  );
}

/** Files of the head and their dependencies; labels are paths, keys {@link graphKey} of them. */
export function fileGraph(graph: SymbolGraph): PublicGraph {
  const owners = new Map(graph.files.map((file) => [file.path, file.packageName]));
  return groupGraph(
    graph,
    (file) => graph.files[file]!.path,
    (path) => ({ label: path, package: owners.get(path) ?? '', file: path }),
  );
}

/** Every symbol of the head with its edges; keys are ids. Memory some 400 bytes an edge: meant for small repositories and export. */
export function symbolGraph(graph: SymbolGraph): PublicGraph {
  const result: PublicGraph = new DirectedGraph();
  const idOf = symbolIds(graph);
  for (let node = 0; node < graph.count; node++) {
    if (!inHead(graph, node)) continue;
    const file = graph.files[graph.fileOf[node]!];
    const attributes = { label: graph.names[node]!, package: file?.packageName ?? '', kind: kindOf(graph, node) };
    result.mergeNode(idOf(node), file === undefined ? attributes : { ...attributes, file: file.path });
  }
  const { offsets, dependents, words } = graph.reverse;
  for (let node = 0; node < graph.count; node++) {
    if (!inHead(graph, node)) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      if (inHead(graph, dependents[i]!)) addWeight(result, idOf(dependents[i]!), idOf(node), edgeKind(words[i]!), 1);
    }
  }
  return result;
}

/** What a report's changes reach, along its paths. Needs a report whose paths were asked for. */
export function impactGraph(report: Report): PublicGraph {
  const result: PublicGraph = new DirectedGraph();
  for (const { id, symbol, file, package: owner, symbolKind } of report.changes) {
    result.mergeNode(id, { label: symbol, package: owner, file, kind: symbolKind, changed: true, distance: 0 });
  }
  for (const { id, symbol, file, package: owner, symbolKind, distance } of report.impacts) {
    const known = result.hasNode(id) ? result.getNodeAttribute(id, 'distance') : undefined;
    const nearest = Math.min(known ?? distance, distance);
    result.mergeNode(id, { label: symbol, package: owner, file, kind: symbolKind, distance: nearest });
  }
  for (const { path, via } of report.impacts) {
    const last = path.length - 1;
    if (last < 1) continue;
    const [from, to] = [path[last]!, path[last - 1]!];
    if (result.hasNode(to) && !result.hasEdge(from, to)) result.addEdge(from, to, { kind: via[last - 1]!, weight: 1 });
  }
  return result;
}

function inHead(graph: SymbolGraph, node: number): boolean {
  return (graph.presence[node]! & Presence.head) !== 0;
}

/** The name of each file's package; the folder where another package has the same name, or it has none. */
export function packageNames(graph: SymbolGraph): string[] {
  const roots = new Map<string, Set<string>>();
  for (const { packageName, packageRoot } of graph.files) {
    const known = roots.get(packageName);
    if (known) known.add(packageRoot);
    else roots.set(packageName, new Set([packageRoot]));
  }
  return graph.files.map(({ packageName, packageRoot }) => {
    const unique = packageName !== '' && roots.get(packageName)!.size === 1;
    return unique ? packageName : packageRoot || packageName || '.';
  });
}

/** The library keeps neighbours in plain objects, which know some names by themselves: such a name is a key under another spelling. */
export function graphKey(name: string): string {
  return name in Object.prototype ? `./${name}` : name;
}

function groupGraph(
  graph: SymbolGraph,
  nameOf: (file: number) => string,
  attributesOf: (name: string) => GraphNodeAttributes,
): PublicGraph {
  const result: PublicGraph = new DirectedGraph();
  const present = graph.files.flatMap((file, index) => (inHead(graph, file.node) ? [nameOf(index)] : []));
  const names = [...new Set(present)].sort(compareText);
  for (const name of names) result.addNode(graphKey(name), attributesOf(name));
  for (const { from, to, kind, weight } of groupEdges(graph, names, nameOf)) result.addEdge(from, to, { kind, weight });
  return result;
}

/** Dependencies between groups, ordered by both keys. */
function groupEdges(graph: SymbolGraph, names: readonly string[], nameOf: (file: number) => string) {
  const keys = names.map(graphKey);
  const places = new Map(names.map((name, place) => [name, place]));
  const groupOf = graph.files.map((_, file) => places.get(nameOf(file)) ?? -1);
  const weights = new Map<number, number>();
  const running = new Set<number>();
  const { offsets, dependents, words } = graph.reverse;
  for (let node = 0; node < graph.count; node++) {
    const file = graph.fileOf[node]!;
    const to = file < 0 || !inHead(graph, node) ? -1 : groupOf[file]!;
    if (to < 0) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const dependent = dependents[i]!;
      const other = graph.fileOf[dependent]!;
      const from = other < 0 || other === file || !inHead(graph, dependent) ? -1 : groupOf[other]!;
      if (from < 0 || from === to) continue;
      const pair = from * keys.length + to;
      weights.set(pair, (weights.get(pair) ?? 0) + 1);
      if ((words[i]! & (EdgeBit.runtime | EdgeBit.system)) !== 0) running.add(pair);
    }
  }
  return [...weights]
    .map(([pair, weight]) => {
      const [from, to] = [keys[Math.floor(pair / keys.length)]!, keys[pair % keys.length]!];
      return { from, to, weight, kind: running.has(pair) ? 'runtime' : 'types' };
    })
    .sort((left, right) => compareText(`${left.from}\0${left.to}`, `${right.from}\0${right.to}`));
}

function addWeight(graph: PublicGraph, from: string, to: string, kind: string, weight: number): void {
  if (!graph.hasEdge(from, to)) graph.addEdge(from, to, { kind, weight });
  else graph.updateEdgeAttribute(from, to, 'weight', (known) => (known ?? 0) + weight);
}
