/**
 * A lockfile of any package manager as one kind of graph: installed packages, their edges, and who asks for them.
 * In: what the readers of this folder find. Out: a graph with dense node ids.
 * Not here: parsing (npm.ts, pnpm.ts, yarn-*.ts, bun*.ts), comparing (compare-graphs.ts).
 */
import type { RepoPath } from '../../../model/path.js';
import type { Workspace } from '../../../model/workspace.js';

/** One installed package. */
export interface LockNode {
  /** Names the node within its lockfile, as alike as possible over revisions. */
  readonly key: string;
  /** The package's real name, whatever alias it is installed under. */
  readonly name: string;
  readonly version: string;
  /** `sha512-…`, Yarn's `10c0/…`; comparable only where the part up to the first `-` or `/` is equal. */
  readonly integrity?: string;
  /** Where it comes from, if not from a registry: a URL, a commit, a folder. */
  readonly source?: string;
  /** What patches it: a hash or a path. */
  readonly patch?: string;
  /** Node ids. */
  readonly dependencies: readonly number[];
}

/** A dependency that a workspace package declares: the name it imports by, and the nodes it may get. */
export interface DirectDependency {
  readonly name: string;
  readonly nodes: readonly number[];
}

/** One lockfile. */
export interface LockGraph {
  /** Graphs of different formats are compared by versions alone: their integrity and sources are written differently. */
  readonly format: string;
  readonly nodes: readonly LockNode[];
  /** By folder of the workspace package. */
  readonly importers: ReadonlyMap<RepoPath, readonly DirectDependency[]>;
}

/** What a reader gets beside the text. */
export interface LockContext {
  /** Folder of the lockfile. */
  readonly folder: RepoPath;
  readonly workspace: Workspace;
}

/** What a reader gives for a text that it can't read. */
export interface UnreadableLock {
  readonly unreadable: string;
  /** The format is known not to be supported, rather than broken. */
  readonly unsupported?: boolean;
}

/** An empty graph: no lockfile. */
export function emptyGraph(format: string): LockGraph {
  return { format, nodes: [], importers: new Map() };
}

/** Everything about a node but its edges. */
export type LockNodeFields = Omit<LockNode, 'dependencies'>;

/** Collects nodes first, edges after. */
export interface LockGraphBuilder {
  /** Adds a node; a key that is taken gets a mark, so that keys stay unique. Returns its id. */
  readonly add: (fields: LockNodeFields) => number;
  readonly link: (from: number, to: Iterable<number>) => void;
  /** Says that a workspace package is there, whatever it depends on. */
  readonly importer: (folder: RepoPath) => void;
  /** Adds a dependency of a workspace package; one without nodes (a workspace package, a link) is left out. */
  readonly direct: (importer: RepoPath, name: string, nodes: readonly number[]) => void;
  readonly build: () => LockGraph;
}

/** A builder for one graph. */
export function buildLockGraph(format: string): LockGraphBuilder {
  const nodes: LockNodeFields[] = [];
  const edges: Set<number>[] = [];
  const keys = new Set<string>();
  const importers = new Map<RepoPath, Map<string, readonly number[]>>();
  const importer = (folder: RepoPath): Map<string, readonly number[]> => {
    const list = importers.get(folder) ?? new Map<string, readonly number[]>();
    importers.set(folder, list);
    return list;
  };
  return {
    importer,
    add(fields) {
      let { key } = fields;
      while (keys.has(key)) key += "'";
      keys.add(key);
      edges.push(new Set());
      return nodes.push({ ...fields, key }) - 1;
    },
    link(from, to) {
      for (const id of to) edges[from]?.add(id);
    },
    direct(folder, name, found) {
      const list = importer(folder);
      if (found.length > 0) list.set(name, [...new Set([...(list.get(name) ?? []), ...found])]);
    },
    build: () => ({
      format,
      nodes: nodes.map((fields, id) => ({ ...fields, dependencies: [...(edges[id] as Set<number>)] })),
      importers: new Map([...importers].map(([folder, list]) => [folder, toDirect(list)])),
    }),
  };
}

function toDirect(list: ReadonlyMap<string, readonly number[]>): readonly DirectDependency[] {
  return [...list].map(([name, nodes]) => ({ name, nodes }));
}

/** `@s/name@1.0.0` → `['@s/name', '1.0.0']`; without a version the second is empty. */
export function splitSpecifier(text: string): readonly [string, string] {
  const at = text.indexOf('@', 1);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The groups of a manifest or lock entry that name dependencies. */
export const DEPENDENCY_GROUPS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const;

/** Where a package comes from, if not from a registry. A registry's own address does not matter: mirrors hold the same. */
export function sourceOf(resolved: string | undefined): string | undefined {
  if (resolved === undefined || /^https?:\/\/.+\/-\/[^/]+\.tgz(?:#.*)?$/.test(resolved)) return undefined;
  return resolved;
}

/** Spreads into a record only what is there. */
export function present<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [K in Key]?: string };
}
