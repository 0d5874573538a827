/**
 * How the installed closures of a direct dependency differ between two lock graphs.
 * In: two graphs and what their nodes hold. Out: a function from (nodes before, nodes after) to differing packages.
 * Nodes that reach no difference are found first, by one backward pass per graph; pairs of those cost nothing.
 */
import type { ExternalPackageDelta } from '../../../model/lockfile.js';
import type { ContentIndex, PackageContent } from './contents.js';
import type { LockGraph, LockNode } from './lock-graph.js';

/** One package that one direct dependency gets differently. */
export interface PackageDifference {
  readonly name: string;
  readonly base: string[];
  readonly head: string[];
  readonly causes: ExternalPackageDelta['cause'][];
}

/** @returns differences in no particular order; empty where the closures hold the same. */
export type ClosureDiffer = (
  base: readonly number[],
  head: readonly number[],
  onesided: boolean,
) => readonly PackageDifference[];

/** Prepares the comparison of all closures of two graphs. */
export function createClosureDiffer(base: LockGraph, head: LockGraph, contents: ContentIndex): ClosureDiffer {
  const tainted = {
    base: taint(base, contents.base, head, contents.list),
    head: taint(head, contents.head, base, contents.list),
  };
  const closures = { base: createClosure(base, contents.base), head: createClosure(head, contents.head) };
  const memo = new Map<string, readonly PackageDifference[]>();
  const keysOf = (graph: LockGraph, nodes: readonly number[]): string =>
    nodes.map((id) => graph.nodes[id]?.key).join('\n');
  return (before, after, onesided) => {
    const clean = !before.some((id) => tainted.base[id] === 1) && !after.some((id) => tainted.head[id] === 1);
    if (clean && keysOf(base, before) === keysOf(head, after)) return [];
    const key = `${before.join()}/${after.join()}/${String(onesided)}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const [from, to] = [closures.base(before), closures.head(after)];
    // A dependency that was just added or dropped differs itself; what it brings differs only where the lock had it not.
    const whole = before.length > 0 && after.length > 0 && !onesided;
    const own = new Set([...before.map((id) => contents.base[id]), ...after.map((id) => contents.head[id])]);
    const found = collect(
      contents.list,
      from,
      to,
      (id, one) => whole || (!onesided && own.has(id)) || one.inBase !== one.inHead,
    );
    memo.set(key, found);
    return found;
  };
}

function collect(
  list: readonly PackageContent[],
  base: ReadonlySet<number>,
  head: ReadonlySet<number>,
  counts: (id: number, content: PackageContent) => boolean,
): readonly PackageDifference[] {
  const found = new Map<string, PackageDifference>();
  const add = (id: number, side: 'base' | 'head' | 'both'): void => {
    const content = list[id] as PackageContent;
    if (side === 'both' ? content.cause === undefined : !counts(id, content)) return;
    const entry = found.get(content.name) ?? { name: content.name, base: [], head: [], causes: [] };
    found.set(content.name, entry);
    if (side !== 'head') entry.base.push(content.version);
    if (side !== 'base') entry.head.push(content.version);
    if (side === 'both') entry.causes.push(content.cause as ExternalPackageDelta['cause']);
  };
  for (const id of base) add(id, head.has(id) ? 'both' : 'base');
  for (const id of head) if (!base.has(id)) add(id, 'head');
  addKeptVersions(list, base, head, found);
  return [...found.values()];
}

/** A package that gains one version beside another has changed, it was not added: versions on both sides are listed too. */
function addKeptVersions(
  list: readonly PackageContent[],
  base: ReadonlySet<number>,
  head: ReadonlySet<number>,
  found: ReadonlyMap<string, PackageDifference>,
): void {
  for (const id of found.size === 0 ? [] : base) {
    const { name, version, cause } = list[id] as PackageContent;
    const entry = head.has(id) && cause === undefined ? found.get(name) : undefined;
    entry?.base.push(version);
    entry?.head.push(version);
  }
}

/** The contents reachable from some nodes, theirs included. */
function createClosure(graph: LockGraph, contents: Int32Array): (nodes: readonly number[]) => ReadonlySet<number> {
  const stamps = new Uint32Array(graph.nodes.length);
  let stamp = 0;
  return (nodes) => {
    stamp++;
    const reached = new Set<number>();
    const stack = [...nodes];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (stamps[id] === stamp) continue;
      stamps[id] = stamp;
      reached.add(contents[id] as number);
      for (const next of (graph.nodes[id] as LockNode).dependencies) if (stamps[next] !== stamp) stack.push(next);
    }
    return reached;
  };
}

/** 1 for nodes that are not the same in the other graph, or that reach such a node. */
function taint(graph: LockGraph, ids: Int32Array, other: LockGraph, list: readonly PackageContent[]): Uint8Array {
  const byKey = new Map(other.nodes.map((node) => [node.key, node]));
  const dependents: number[][] = graph.nodes.map(() => []);
  const stack: number[] = [];
  graph.nodes.forEach((node, id) => {
    for (const to of node.dependencies) dependents[to]?.push(id);
    const twin = byKey.get(node.key);
    const differs = list[ids[id] as number]?.cause !== undefined;
    if (differs || twin === undefined || !sameNode(graph, node, other, twin)) stack.push(id);
  });
  const tainted = new Uint8Array(graph.nodes.length);
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (tainted[id] === 1) continue;
    tainted[id] = 1;
    for (const from of dependents[id] as number[]) stack.push(from);
  }
  return tainted;
}

function sameNode(graph: LockGraph, node: LockNode, other: LockGraph, twin: LockNode): boolean {
  if (node.name !== twin.name || node.version !== twin.version || node.dependencies.length !== twin.dependencies.length)
    return false;
  const keys = new Set(twin.dependencies.map((id) => other.nodes[id]?.key));
  return node.dependencies.every((id) => keys.has(graph.nodes[id]?.key));
}
