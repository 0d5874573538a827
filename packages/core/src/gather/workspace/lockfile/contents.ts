/**
 * What the nodes of two lock graphs hold, as shared ids: `name@version`, and whether equal versions still differ.
 * In: two graphs. Out: an id per node, and one record per id.
 */
import type { ExternalPackageDelta } from '../../../model/lockfile.js';
import type { LockGraph, LockNode } from './lock-graph.js';

/** One version of one package, in either graph. */
export interface PackageContent {
  readonly name: string;
  readonly version: string;
  readonly inBase: boolean;
  readonly inHead: boolean;
  /** Why it is not the same in both, where it is in both and not the same. */
  readonly cause?: ExternalPackageDelta['cause'];
}

/** See the file's header. */
export interface ContentIndex {
  readonly list: readonly PackageContent[];
  /** Content id by node id. */
  readonly base: Int32Array;
  readonly head: Int32Array;
}

interface Sides {
  readonly base: LockNode[];
  readonly head: LockNode[];
}

/** Gives ids in the order base nodes, then head nodes. */
export function indexContents(base: LockGraph, head: LockGraph): ContentIndex {
  const ids = new Map<string, number>();
  const sides: Sides[] = [];
  const assign = (graph: LockGraph, side: keyof Sides): Int32Array =>
    Int32Array.from(graph.nodes, (node) => {
      const key = `${node.name}@${node.version}`;
      let id = ids.get(key);
      if (id === undefined) {
        id = sides.push({ base: [], head: [] }) - 1;
        ids.set(key, id);
      }
      sides[id]?.[side].push(node);
      return id;
    });
  const [baseIds, headIds] = [assign(base, 'base'), assign(head, 'head')];
  const comparable = base.format === head.format;
  return { list: sides.map((each) => toContent(each, comparable)), base: baseIds, head: headIds };
}

function toContent({ base, head }: Sides, comparable: boolean): PackageContent {
  const { name, version } = (base[0] ?? head[0]) as LockNode;
  const cause = comparable && base.length > 0 && head.length > 0 ? causeOf(base, head) : undefined;
  return { name, version, inBase: base.length > 0, inHead: head.length > 0, ...(cause === undefined ? {} : { cause }) };
}

function causeOf(base: readonly LockNode[], head: readonly LockNode[]): ExternalPackageDelta['cause'] | undefined {
  if (textsOf(base, 'patch') !== textsOf(head, 'patch')) return 'patch';
  if (hashesDiffer(base, head)) return 'integrity';
  return textsOf(base, 'source') === textsOf(head, 'source') || sameHash(base, head) ? undefined : 'source';
}

function textsOf(nodes: readonly LockNode[], field: 'patch' | 'source'): string {
  return [...new Set(nodes.map((node) => node[field] ?? ''))].sort().join('\n');
}

/** Hashes by algorithm; only algorithms that both sides have are compared. */
function hashesDiffer(base: readonly LockNode[], head: readonly LockNode[]): boolean {
  const before = hashesOf(base);
  return [...hashesOf(head)].some(([algorithm, hashes]) => {
    const other = before.get(algorithm);
    return other !== undefined && [...hashes].sort().join() !== [...other].sort().join();
  });
}

function sameHash(base: readonly LockNode[], head: readonly LockNode[]): boolean {
  const before = hashesOf(base);
  return !hashesDiffer(base, head) && [...hashesOf(head).keys()].some((algorithm) => before.has(algorithm));
}

/** `sha512-x` and Yarn's `10c0/x`; a field may hold several, separated by spaces. */
function hashesOf(nodes: readonly LockNode[]): ReadonlyMap<string, Set<string>> {
  const hashes = new Map<string, Set<string>>();
  for (const word of nodes.flatMap(({ integrity }) => integrity?.split(/\s+/) ?? [])) {
    const algorithm = /^[^-/]*[-/]/.exec(word)?.[0] ?? '';
    const set = hashes.get(algorithm) ?? new Set<string>();
    hashes.set(algorithm, set.add(word));
  }
  return hashes;
}
