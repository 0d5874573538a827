/**
 * The symbols, files and packages that most depends on.
 * In: the graph of a head. Out: rows, largest first. Tests are no dependents here.
 * Not here: what a change of one would do (a report says that); a rank counts everything that passes on.
 */
import { EdgeBit, NODE_KINDS, type NodeKind, type SymbolGraph } from '../../model/graph.js';
import { isInside, type RepoPath } from '../../model/path.js';
import type { ReachGraph } from '../reach/index.js';
import { isTestRole, symbolIds, type GraphPlaces } from '../impact/index.js';
import { closureCountsBy, type CountMethod } from './closure-counts.js';

/** What to rank. */
export interface RankOptions {
  readonly by: 'symbols' | 'files' | 'packages';
  /** At most this many rows. */
  readonly limit: number;
  /** Only what lies in this folder. */
  readonly within?: RepoPath;
  /** How all dependents are counted; default `auto`: exact, but for graphs so large that it would take long. */
  readonly method?: CountMethod;
}

/** One ranked thing. Dependents are of its own kind: symbols of a symbol, files of a file, packages of a package. */
export interface RankRow {
  /** A symbol's stable id, a file's path, a package's name. */
  readonly id: string;
  readonly name: string;
  /** `''` for packages. */
  readonly file: RepoPath;
  readonly package: string;
  /** All dependents, direct or not; see {@link Ranking.medianError}. */
  readonly dependents: number;
  /** Always exact. */
  readonly directDependents: number;
}

/** Rows, largest first, and how sure their counts are. */
export interface Ranking {
  readonly rows: readonly RankRow[];
  /** Median relative error of `dependents`; 0 where they are exact. */
  readonly medianError: number;
}

/** See {@link RankOptions}. Time: that of the counts; see closure-bits.ts. */
export function rankGraph(graph: SymbolGraph, places: GraphPlaces, options: RankOptions): Ranking {
  const things = thingsOf(graph, places, options.by);
  const direct = directCounts(graph, things);
  const { all, medianError } = allCounts(graph, things, options);
  const seen = new Set<number>();
  const ranked: Ranked[] = [];
  for (const node of things.nodes) {
    const thing = things.thingOf[node]!;
    if (seen.has(thing) || !isInside(fileOf(graph, node), options.within ?? '')) continue;
    seen.add(thing);
    ranked.push({ thing, node, all: all[thing]!, direct: direct[thing]! });
  }
  const sorted = ranked
    .sort((left, right) => right.all - left.all || right.direct - left.direct || left.thing - right.thing)
    .slice(0, options.limit);
  const idOf = symbolIds(graph);
  return {
    rows: sorted.map((one) => rowOf(graph, places, options.by, one, idOf)),
    medianError: Math.round(1e4 * medianError) / 1e4,
  };
}

interface Things {
  /** The thing each node belongs to; −1 = not ranked. */
  readonly thingOf: Int32Array;
  /** The same where the node counts as a dependent; −1 for tests. */
  readonly columnOf: Int32Array;
  readonly count: number;
  /** Ranked nodes, those of one thing together. */
  readonly nodes: Int32Array;
}

/** Initialisers and mutations are dependents, but nothing that one can name and change by itself. */
const UNRANKED: ReadonlySet<NodeKind> = new Set(['module', 'mutation']);

function thingsOf(graph: SymbolGraph, places: GraphPlaces, by: RankOptions['by']): Things {
  const thingOf = new Int32Array(graph.count).fill(-1);
  const columnOf = new Int32Array(graph.count).fill(-1);
  for (let node = 0; node < graph.count; node++) {
    const file = graph.fileOf[node]!;
    if (file < 0 || NODE_KINDS[graph.kinds[node]!] === 'resource') continue;
    const nameless = by === 'symbols' && UNRANKED.has(NODE_KINDS[graph.kinds[node]!]!);
    thingOf[node] = nameless ? -1 : by === 'symbols' ? node : by === 'files' ? file : places.packageOf[file]!;
    if (!isTestRole(graph.files[file]!)) columnOf[node] = by === 'symbols' ? node : thingOf[node]!;
  }
  const count = by === 'symbols' ? graph.count : by === 'files' ? graph.files.length : places.packages.length;
  return { thingOf, columnOf, count, nodes: nodesByThing(thingOf) };
}

/** Distinct other things with an edge to any node of the thing, or to a whole that it is part of (that costs no hop). */
function directCounts(graph: SymbolGraph, { thingOf, columnOf, count, nodes }: Things): Uint32Array {
  const { offsets, dependents, words } = graph.reverse;
  const countedBy = new Int32Array(count).fill(-1);
  const metBy = new Int32Array(graph.count).fill(-1);
  const direct = new Uint32Array(count);
  for (const node of nodes) {
    const thing = thingOf[node]!;
    const wholes = [node];
    for (let next = 0; next < wholes.length; next++) {
      for (let edge = offsets[wholes[next]!]!; edge < offsets[wholes[next]! + 1]!; edge++) {
        const dependent = dependents[edge]!;
        const word = words[edge]!;
        if ((word & EdgeBit.gone) !== 0 || ((word & EdgeBit.free) !== 0 && metBy[dependent] === node)) continue;
        if ((word & EdgeBit.free) !== 0) {
          metBy[dependent] = node;
          wholes.push(dependent);
          continue;
        }
        const other = columnOf[dependent]!;
        if (other < 0 || other === thing || countedBy[other] === thing) continue;
        countedBy[other] = thing;
        direct[thing]!++;
      }
    }
  }
  return direct;
}

function nodesByThing(thingOf: Int32Array): Int32Array {
  const nodes = Int32Array.from(thingOf.keys()).filter((node) => thingOf[node]! >= 0);
  return nodes.sort((left, right) => thingOf[left]! - thingOf[right]! || left - right);
}

/** Distinct other things that depend on any node of each thing, directly or not. */
function allCounts(
  graph: SymbolGraph,
  things: Things,
  { by, method = 'auto' }: RankOptions,
): { readonly all: Uint32Array; readonly medianError: number } {
  const whole: ReachGraph = by === 'symbols' ? graph : withThings(graph, things);
  const columnOf = new Int32Array(whole.count).fill(-1);
  columnOf.set(things.columnOf);
  const { counts, medianError } = closureCountsBy(method, whole, columnOf, things.count);
  const all = counts.slice(whole.count - things.count);
  const counted = new Uint8Array(things.count);
  for (const node of things.nodes) if (things.columnOf[node]! >= 0) counted[things.thingOf[node]!] = 1;
  return { all: all.map((count, thing) => Math.max(0, count - counted[thing]!)), medianError };
}

/** The graph, and after its nodes one for each thing, on which the same depend as on the thing's nodes together. */
function withThings({ count, reverse }: SymbolGraph, things: Things): ReachGraph {
  const edges = reverse.dependents.length;
  const offsets = new Uint32Array(count + things.count + 1);
  const dependents = new Uint32Array(edges + things.nodes.length);
  const words = new Uint32Array(edges + things.nodes.length).fill(EdgeBit.runtime, edges);
  offsets.set(reverse.offsets);
  dependents.set(reverse.dependents);
  dependents.set(things.nodes, edges);
  words.set(reverse.words);
  const ends = offsets.subarray(count + 1);
  for (const node of things.nodes) ends[things.thingOf[node]!]!++;
  for (let thing = 0; thing < things.count; thing++) ends[thing]! += offsets[count + thing]!;
  return { count: count + things.count, reverse: { offsets, dependents, words } };
}

function fileOf(graph: SymbolGraph, node: number): RepoPath {
  return graph.files[graph.fileOf[node]!]?.path ?? '';
}

interface Ranked {
  readonly thing: number;
  readonly node: number;
  readonly all: number;
  readonly direct: number;
}

function rowOf(
  graph: SymbolGraph,
  places: GraphPlaces,
  by: RankOptions['by'],
  one: Ranked,
  idOf: (node: number) => string,
): RankRow {
  const counts = { dependents: Math.max(one.all, one.direct), directDependents: one.direct };
  const path = fileOf(graph, one.node);
  const owner = graph.files[graph.fileOf[one.node]!]?.packageName ?? '';
  if (by === 'symbols')
    return { id: idOf(one.node), name: graph.names[one.node]!, file: path, package: owner, ...counts };
  if (by === 'files') return { id: path, name: path, file: path, package: owner, ...counts };
  const name = places.packages[one.thing]?.name ?? '';
  return { id: name, name, file: '', package: name, ...counts };
}
