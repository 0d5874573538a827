/**
 * Counts of who depends on a symbol or takes an exported name, and a few of them by name for a message.
 * In: the graph and where nodes live. Out: one record per question. What lies behind direct dependents is computed once, for all nodes.
 */
import { NODE_KINDS, type SymbolGraph } from '../../model/graph.js';
import type { DependentCounts } from '../../model/lint-index.js';
import type { RepoPath } from '../../model/path.js';
import type { GraphPlaces } from '../impact/index.js';
import { closureCounts } from '../rank/index.js';
import { DirectDependents } from './direct-dependents.js';

/** Counts, and the dependents that a message names: at most {@link NAMED}, other packages first, tests only where nobody else is. */
export interface Used {
  readonly counts: DependentCounts;
  readonly named: readonly RepoPath[];
}

/** Answers for one graph. */
export interface DependentCounter {
  /** Who depends on the node. */
  ofNode(node: number): Used;
  /** Who takes a name from `path`, given the files that do. */
  ofFiles(path: RepoPath, takers: ReadonlySet<RepoPath>): Used;
}

/** A message has room for so many. */
const NAMED = 3;

const RESOURCE = NODE_KINDS.indexOf('resource');

/** See {@link DependentCounter}. Time of three closures. */
export function createDependentCounter(graph: SymbolGraph, places: GraphPlaces): DependentCounter {
  const behind = closures(graph, places);
  const direct = new DirectDependents(graph);
  const indexOf = new Map(graph.files.map((file, index) => [file.path, index]));
  const ofNode = (node: number): Used => {
    const own = graph.fileOf[node]!;
    const { counts, named } = describe(graph, places, own, direct.filesOf(node));
    // A node is in its own closure, tests in none.
    const self = places.testFiles[own] === 1 ? 0 : 1;
    const selfApp = self === 1 ? places.apps[places.packageOf[own]!]! : 0;
    const files = Math.max(counts.files, behind.files[node]! - self);
    const packages = Math.max(counts.packages, behind.packages[node]! - self);
    const apps = Math.max(counts.apps, behind.apps[node]! - selfApp);
    return { named, counts: { ...counts, files, packages, apps } };
  };
  return {
    ofNode,
    ofFiles: (path, takers) => {
      const files = [...takers].flatMap((one) => indexOf.get(one) ?? []);
      return describe(graph, places, indexOf.get(path) ?? -1, files);
    },
  };
}

interface Closures {
  readonly files: Uint32Array;
  readonly packages: Uint32Array;
  readonly apps: Uint32Array;
}

function closures(graph: SymbolGraph, places: GraphPlaces): Closures {
  const file = Int32Array.from(graph.fileOf, (one, node) =>
    one < 0 || graph.kinds[node] === RESOURCE || places.testFiles[one] === 1 ? -1 : one,
  );
  const owner = file.map((one) => (one < 0 ? -1 : places.packageOf[one]!));
  const app = owner.map((one) => (one < 0 || places.apps[one] !== 1 ? -1 : one));
  const packages = places.packages.length;
  return {
    files: closureCounts(graph, file, graph.files.length),
    packages: closureCounts(graph, owner, packages),
    apps: closureCounts(graph, app, packages),
  };
}

/** Nobody depends on it. */
export const NOBODY: Used = {
  counts: { directFiles: 0, directPackages: 0, directApps: 0, files: 0, packages: 0, apps: 0, tests: 0 },
  named: [],
};

/** Counts of distinct files as dependents of something in the file `own`, which is none of them. */
function describe(graph: SymbolGraph, places: GraphPlaces, own: number, files: readonly number[]): Used {
  if (files.length === 0) return NOBODY;
  const isTest = (file: number): boolean => places.testFiles[file] === 1;
  const home = own < 0 ? -1 : places.packageOf[own]!;
  const sources = files.filter((file) => !isTest(file));
  const packages = new Set(sources.map((file) => places.packageOf[file]!));
  packages.delete(home);
  const apps = [...packages].filter((one) => places.apps[one] === 1).length;
  const direct = { directFiles: sources.length, directPackages: packages.size, directApps: apps };
  const all = { files: sources.length, packages: packages.size, apps };
  return {
    counts: { ...direct, ...all, tests: files.length - sources.length },
    named: nearestNames(graph, places, home, sources.length > 0 ? sources : files),
  };
}

/** The graph's files are in the order of their paths. */
function nearestNames(graph: SymbolGraph, places: GraphPlaces, home: number, files: readonly number[]): RepoPath[] {
  const near = (file: number): number => (places.packageOf[file] === home ? 1 : 0);
  return files
    .toSorted((left, right) => near(left) - near(right) || left - right)
    .slice(0, NAMED)
    .map((file) => graph.files[file]!.path);
}
