/**
 * Where nodes live, as arrays: packages, apps, tests.
 * In: the snapshot's workspace and the graph's files. Out: what the size kernel and the counts read.
 */
import { compareText } from '../../model/index.js';
import type { GraphFile, SymbolGraph, Workspace } from '../../model/index.js';
import type { Places } from '../reach/index.js';

/** A package of base ∪ head, as the graph's files name it. */
export interface PlacedPackage {
  readonly name: string;
  readonly root: string;
  readonly app: boolean;
}

/** {@link Places} and the packages that its indexes mean, ordered by root, then name. */
export interface GraphPlaces extends Places {
  readonly packages: readonly PlacedPackage[];
}

/**
 * Places of every node.
 * @param workspaces the head's first, then the base's: the first that knows a package decides whether it is an app.
 */
export function placesOf(graph: SymbolGraph, workspaces: readonly Workspace[]): GraphPlaces {
  const apps = appRoots(workspaces);
  const keys = [...new Set(graph.files.map(keyOf))].sort(compareText);
  const indexes = new Map(keys.map((key, index) => [key, index]));
  const packages = keys.map((key): PlacedPackage => {
    const [root = '', name = ''] = key.split('\0');
    return { name, root, app: apps.get(key) ?? false };
  });
  return {
    packages,
    fileOf: graph.fileOf,
    packageOf: Int32Array.from(graph.files, (file) => indexes.get(keyOf(file))!),
    testFiles: Uint8Array.from(graph.files, (file) => (isTestRole(file) ? 1 : 0)),
    apps: Uint8Array.from(packages, ({ app }) => (app ? 1 : 0)),
  };
}

function keyOf(file: GraphFile): string {
  return `${file.packageRoot}\0${file.packageName}`;
}

function appRoots(workspaces: readonly Workspace[]): Map<string, boolean> {
  const apps = new Map<string, boolean>();
  for (const { packages } of workspaces) {
    for (const { root, name, app } of packages) {
      const key = `${root}\0${name}`;
      if (!apps.has(key)) apps.set(key, app);
    }
  }
  return apps;
}

/** Tests and what only they use: no dependents for the score, no code that wants cover. */
export function isTestRole(file: GraphFile): boolean {
  return file.role === 'test' || file.role === 'test-support';
}

/** 1 for nodes of files with the role `test`: where a runner starts. */
export function testNodes(graph: SymbolGraph): Uint8Array {
  return Uint8Array.from(graph.fileOf, (file) => (file >= 0 && graph.files[file]!.role === 'test' ? 1 : 0));
}
