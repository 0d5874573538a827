/**
 * Links as columns, for the runs to come.
 * In: the head as it was linked. Out: `LinkColumns` over its files. Not here: taking them over (kept-plan.ts), writing them.
 * Node ids are made anew, so that they don't depend on the base that was compared with: nodes of the base alone have none, and
 * a file whose links lead to one keeps no links.
 */
import {
  KeptMark,
  type LinkColumns,
  type KeptMembers,
  type KeptShape,
  type KeptSurvey,
  type KeptUncertain,
} from '../../model/kept.js';
import type { SourceFile } from '../../model/snapshot.js';
import type { EdgeList } from './edges.js';
import type { FileLinks } from './file-links.js';
import type { MemberUses, Shape } from './member-uses.js';
import type { NodeTable } from './nodes.js';

/** The head, linked. */
export interface LinkedHead {
  readonly files: readonly SourceFile[];
  readonly links: readonly FileLinks[];
  readonly nodes: NodeTable;
  readonly edges: EdgeList;
  /** What a survey of its contracts found, with nodes as they are numbered for keeping. */
  survey(node: (node: number) => number): KeptSurvey;
}

/** Encodes. Linear in nodes and edges. */
export function keepLinks(head: LinkedHead): LinkColumns {
  const { files, links, nodes } = head;
  const starts = nodeStarts(files, nodes);
  const externalKeys: string[] = [];
  const newId = renumber(head, starts, externalKeys);
  const byPath = new Map(links.map((one) => [one.file.path, one]));
  const indexOf = new Map(files.map(({ path }, index) => [path, index]));
  const globalNames = new Map<string, number>();
  const lists = { edges: list(), targets: list(), externals: list(), asked: list(), globals: list() };
  const sparse: Pick<LinkColumns, 'missing' | 'folders' | 'uncertain' | 'members'> = { missing: {}, folders: {}, uncertain: {}, members: {} }; // prettier-ignore
  const marks = new Uint8Array(files.length);
  files.forEach((file, index) => {
    const one = byPath.get(file.path);
    marks[index] = marksOf(file);
    if (one !== undefined) {
      const whole = addLists(lists, one, { head, newId, indexOf, globalNames });
      if (whole && !one.asked.borrowed) marks[index]! |= KeptMark.links;
      addSparse(sparse as Sparse, index, one, newId);
    }
    for (const column of Object.values(lists)) column.starts.push(column.values.length);
  });
  return {
    nodes: starts,
    marks,
    ...nodeColumns(files, nodes, starts),
    externalKeys,
    edges: frozen(lists.edges),
    targets: frozen(lists.targets),
    externals: frozen(lists.externals),
    asked: frozen(lists.asked),
    globals: frozen(lists.globals),
    globalNames: [...globalNames.keys()],
    ...sparse,
    survey: head.survey((node) => newId[node] as number),
  };
}

interface GrowingList {
  readonly starts: number[];
  readonly values: number[];
}

function list(): GrowingList {
  return { starts: [0], values: [] };
}

function frozen({ starts, values }: GrowingList): LinkColumns['edges'] {
  return { starts: Uint32Array.from(starts), values: Int32Array.from(values) };
}

function nodeStarts(files: readonly SourceFile[], nodes: NodeTable): Uint32Array {
  const starts = new Uint32Array(files.length + 1);
  files.forEach(({ path }, index) => {
    starts[index + 1] = starts[index]! + (nodes.headNodes.get(path)?.length ?? 0);
  });
  return starts;
}

/** Kept id of each node of the graph; −1 for those of the base alone. */
function renumber({ files, nodes }: LinkedHead, starts: Uint32Array, externalKeys: string[]): Int32Array {
  const newId = new Int32Array(nodes.names.length).fill(-1);
  files.forEach(({ path }, index) => {
    nodes.headNodes.get(path)?.forEach((node, symbol) => {
      newId[node] = starts[index]! + symbol;
    });
  });
  for (const [key, node] of nodes.externals) newId[node] = starts[files.length]! + externalKeys.push(key) - 1;
  return newId;
}

/** What is known of a file's facts as a whole. */
export function marksOf(file: SourceFile): number {
  if (file.known !== undefined) return file.known.marks & ~KeptMark.links;
  const { facts } = file;
  if (facts === undefined) return 0;
  return (
    (facts.ambient.length > 0 ? KeptMark.ambient : 0) |
    (facts.traits.cjs ? KeptMark.cjs : 0) |
    (facts.problems.length > 0 ? KeptMark.problems : 0)
  );
}

function nodeColumns(
  files: readonly SourceFile[],
  nodes: NodeTable,
  starts: Uint32Array,
): Pick<LinkColumns, 'names' | 'kinds' | 'parents' | 'flags' | 'lines' | 'endLines'> {
  const count = starts[files.length]!;
  const names: string[] = [];
  const kinds = new Uint8Array(count);
  const parents = new Int32Array(count);
  const [flags, lines, endLines] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  for (const { path } of files) {
    const own = nodes.headNodes.get(path) as Int32Array;
    const first = own[0] as number;
    for (const node of own) {
      const at = names.push(nodes.names[node] as string) - 1;
      const parent = nodes.parents[node] as number;
      kinds[at] = nodes.kinds[node]!;
      parents[at] = parent < 0 ? -1 : parent - first;
      flags[at] = nodes.flags[node] as number;
      lines[at] = nodes.lines[node] as number;
      endLines[at] = nodes.endLines[node] as number;
    }
  }
  return { names, kinds, parents, flags, lines, endLines };
}

interface Encoding {
  readonly head: LinkedHead;
  readonly newId: Int32Array;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly globalNames: Map<string, number>;
}

type Lists = Readonly<Record<'edges' | 'targets' | 'externals' | 'asked' | 'globals', GrowingList>>;

/** False where some of it leads to a node of the base alone. */
function addLists(lists: Lists, one: FileLinks, { head, newId, indexOf, globalNames }: Encoding): boolean {
  const { from, to, words } = head.edges;
  let whole = true;
  const id = (node: number): number => {
    const kept = newId[node] as number;
    if (kept < 0) whole = false;
    return kept;
  };
  for (let at = one.start; at < one.end; at++) lists.edges.values.push(id(from[at]!), id(to[at]!), words[at]!);
  for (let at = 0; at < one.targets.length;) {
    const end = at + 2 + one.targets[at + 1]!;
    lists.targets.values.push(id(one.targets[at]!), one.targets[at + 1]!);
    for (at += 2; at < end; at++)
      lists.targets.values.push(one.targets[at]! < 0 ? one.targets[at]! : id(one.targets[at]!));
  }
  for (const node of one.externals) lists.externals.values.push(id(node));
  for (const path of one.asked.paths()) lists.asked.values.push(indexOf.get(path) ?? -1);
  for (const name of one.asked.globals()) {
    const known = globalNames.get(name) ?? globalNames.size;
    globalNames.set(name, known);
    lists.globals.values.push(known);
  }
  return whole;
}

type Sparse = {
  -readonly [Key in 'missing' | 'folders' | 'uncertain' | 'members']: Record<number, LinkColumns[Key][number]>;
};

function addSparse(into: Sparse, index: number, { asked, uncertain, members }: FileLinks, newId: Int32Array): void {
  const id = (node: number): number => newId[node] as number;
  const missing = [...asked.missing()];
  const folders = [...asked.folders()];
  if (missing.length > 0) into.missing[index] = missing;
  if (folders.length > 0) into.folders[index] = folders;
  if (uncertain.length > 0)
    into.uncertain[index] = uncertain.map(({ node, line, what, candidates }): KeptUncertain => [id(node), line, what, candidates.map(id)]); // prettier-ignore
  const kept = keptMembers(members, id);
  if (Object.keys(kept).length > 0) into.members[index] = kept;
}

function keptMembers(uses: MemberUses, id: (node: number) => number): KeptMembers {
  const { shapes, names, typed, whole, written, readsAny, callsAny } = uses;
  const triple = ({ from, to, rank }: MemberUses['typed'][number]) => [id(from), id(to), rank] as const;
  return {
    ...(shapes.size > 0 && { shapes: [...shapes.values()].map((shape) => keptShape(shape, id)) }),
    ...(names.size > 0 && { names: [...names].map(([node, list]) => [id(node), [...list]] as const) }),
    ...(typed.length > 0 && { typed: typed.map(triple) }),
    ...(whole.length > 0 && { whole: whole.map(triple) }),
    ...(written.length > 0 && { written: written.map(triple) }),
    ...(readsAny.size > 0 && { readsAny: [...readsAny].map(id) }),
    ...(callsAny.size > 0 && { callsAny: [...callsAny].map(id) }),
  };
}

function keptShape(shape: Shape, id: (node: number) => number): KeptShape {
  const members = [...shape.members].map(([name, one]) => [name, id(one.node), one.kind, one.flags] as const);
  return [id(shape.node), shape.kind, shape.foreign, [...shape.bases].map(id), members];
}
