/**
 * Which links of an earlier run hold in a revision, and taking them over.
 * In: kept columns, a revision, the nodes of its files. Out: the same records as linking those files would give.
 * A file's links hold where it is the same object as then, nothing that was looked at differs, and no global name that it uses is
 * declared or assigned otherwise. Where a difference could mean more (modules augmented otherwise, auto-imports), none are taken over.
 */
import type { SymbolFacts } from '../../model/facts.js';
import { KeptMark, type KeptColumns, type KeptSurvey, type ListColumn } from '../../model/kept.js';
import type { RepoPath } from '../../model/path.js';
import type { KeptLinks, Revision, SourceFile } from '../../model/snapshot.js';
import type { EarlierSurvey } from '../contracts/survey-former.js';
import { ambientDifference } from './ambient.js';
import { reserveEdges } from './edges.js';
import type { FileLinks, SharedOutput } from './file-links.js';
import { createMemberUses, nameUse, shapeAt, type MemberUses, type Shape } from './member-uses.js';
import type { LinkedFile } from './module-table.js';
import { externalNode, type NodeTable } from './nodes.js';
import { usesAny } from './relink.js';
import { meetsAny, type Asked } from './trace.js';

/** Kept links that can be put into one graph. */
export interface KeptPlan {
  /** The file's links, put into `shared`; `undefined` where it has to be linked. */
  take(file: LinkedFile, shared: SharedOutput): FileLinks | undefined;
  /** What was found of contracts then. */
  readonly survey: EarlierSurvey;
}

/** Which links hold in `revision`; `undefined` where none do. */
export function planKept(
  kept: KeptLinks | undefined,
  revision: Revision,
  ids: ReadonlyMap<RepoPath, Int32Array>,
  nodes: NodeTable,
): KeptPlan | undefined {
  if (kept === undefined || revision.implicit.some(({ kind }) => kind === 'auto-import')) return undefined;
  const [before, after] = changedFiles(kept, revision);
  const { names, modules } = ambientDifference(before, after);
  return modules ? undefined : new Plan(kept, pathsOf([...before, ...after]), names, ids, nodes);
}

/**
 * The survey of one revision for the other one, which has the same nodes where it has the same files; `undefined` where a difference
 * could mean more than is noted.
 */
export function surveyBeside(one: Revision, other: Revision, columns: () => KeptSurvey): EarlierSurvey | undefined {
  if ([...one.implicit, ...other.implicit].some(({ kind }) => kind === 'auto-import')) return undefined;
  const [before, after] = changedFiles(one, other);
  const { names, modules } = ambientDifference(before, after);
  if (modules) return undefined;
  const uses = (index: number): boolean => {
    const { bindings = [] } = one.files[index]?.facts ?? {};
    return usesAny(
      { globals: () => bindings.flatMap((bound) => (bound.kind === 'global' ? [bound.name] : [])) },
      names,
    );
  };
  return {
    files: one.files,
    columns: columns(),
    changed: pathsOf([...before, ...after]),
    affected: names.size === 0 ? undefined : uses,
    node: (node) => node,
  };
}

/** Files of either side that the other does not have. */
function changedFiles(
  { files }: Pick<Revision, 'files'>,
  revision: Pick<Revision, 'files'>,
): [before: SourceFile[], after: SourceFile[]] {
  const before = new Set(files);
  const now = new Set(revision.files);
  return [files.filter((file) => !now.has(file)), revision.files.filter((file) => !before.has(file))];
}

function pathsOf(files: readonly SourceFile[]): Set<RepoPath> {
  return new Set(files.map(({ path }) => path));
}

class Plan implements KeptPlan {
  readonly #columns: KeptColumns;
  readonly #index: ReadonlyMap<SourceFile, number>;
  /** Node of the graph for each kept one; −1 where it has none, or not yet. */
  readonly #ids: Int32Array;
  readonly #marked = new Map<ReadonlySet<RepoPath>, Uint8Array>();

  constructor(
    private readonly kept: KeptLinks,
    private readonly changed: ReadonlySet<RepoPath>,
    private readonly names: ReadonlySet<string>,
    ids: ReadonlyMap<RepoPath, Int32Array>,
    private readonly nodes: NodeTable,
  ) {
    const { columns, files } = kept;
    this.#columns = columns;
    this.#index = new Map(files.map((file, index) => [file, index]));
    this.#ids = new Int32Array(columns.nodes[files.length]! + columns.externalKeys.length).fill(-1);
    files.forEach(({ path }, index) => {
      if (!changed.has(path)) ids.get(path)?.forEach((node, at) => (this.#ids[columns.nodes[index]! + at] = node));
    });
  }

  get survey(): EarlierSurvey {
    const { kept, changed, names } = this;
    return {
      files: kept.files,
      columns: kept.columns.survey,
      changed,
      affected: names.size === 0 ? undefined : (index) => usesAny(this.#asked(index), names),
      node: (node) => this.#ids[node] ?? -1,
    };
  }

  take(file: LinkedFile, shared: SharedOutput): FileLinks | undefined {
    const index = this.#index.get(file.source);
    if (index === undefined || (this.#columns.marks[index]! & KeptMark.links) === 0) return undefined;
    const asked = this.#asked(index);
    if (asked.meets(this.changed) || usesAny(asked, this.names)) return undefined;
    const externals = this.#externals(index);
    const start = shared.edges.count;
    this.#addEdges(index, shared);
    this.#addMembers(index, shared.members);
    const uncertain = (this.#columns.uncertain[index] ?? []).map(([node, line, what, candidates]) => {
      return { node: this.#id(node), file: file.path, line, what, candidates: candidates.map((one) => this.#id(one)) };
    });
    const targets = once(() => this.#targets(index));
    const alone = once(() => this.#addMembers(index, createMemberUses()));
    const end = shared.edges.count;
    return {
      file,
      start,
      end,
      get members() {
        return alone();
      },
      uncertain,
      get targets() {
        return targets();
      },
      externals,
      asked,
    };
  }

  /** @throws where links lead to a file that differs: what they were made from was not noted, which is a bug. */
  #id(node: number): number {
    const id = this.#ids[node] as number;
    if (id < 0) throw new Error('kept links lead to a file that is not what it was');
    return id;
  }

  #externals(index: number): number[] {
    const first = this.#columns.nodes[this.kept.files.length]!;
    return Array.from(valuesOf(this.#columns.externals, index), (kept) => {
      if (this.#ids[kept]! < 0)
        this.#ids[kept] = externalNode(this.nodes, ...splitKey(this.#columns.externalKeys[kept - first] as string));
      return this.#ids[kept]!;
    });
  }

  #addEdges(index: number, { edges }: SharedOutput): void {
    const { starts, values } = this.#columns.edges;
    const [start, end] = [starts[index]!, starts[index + 1]!];
    reserveEdges(edges, (end - start) / 3);
    const { from, to, words } = edges;
    let { count } = edges;
    for (let at = start; at < end; at += 3, count++) {
      from[count] = this.#id(values[at]!);
      to[count] = this.#id(values[at + 1]!);
      words[count] = values[at + 2]!;
    }
    edges.count = count;
  }

  #targets(index: number): Int32Array {
    const values = valuesOf(this.#columns.targets, index).slice();
    for (let at = 0; at < values.length;) {
      const end = at + 2 + values[at + 1]!;
      values[at] = this.#id(values[at]!);
      for (at += 2; at < end; at++) if (values[at]! >= 0) values[at] = this.#id(values[at]!);
    }
    return values;
  }

  /** Adds what the file says of members to `uses`; see `addMemberUses`. */
  #addMembers(index: number, uses: MemberUses): MemberUses {
    const kept = this.#columns.members[index];
    if (kept === undefined) return uses;
    for (const [node, kind, foreign, bases, members] of kept.shapes ?? []) {
      const shape = shapeAt(uses, this.#id(node), kind as Shape['kind']);
      if (foreign) shape.foreign = true;
      for (const [name, member, its, flags] of members)
        shape.members.set(name, { node: this.#id(member), kind: its as SymbolFacts['kind'], flags });
      for (const base of bases) shape.bases.add(this.#id(base));
    }
    for (const [node, names] of kept.names ?? []) for (const name of names) nameUse(uses, this.#id(node), name);
    for (const kind of ['typed', 'whole', 'written'] as const)
      for (const [from, to, rank] of kept[kind] ?? [])
        uses[kind].push({ from: this.#id(from), to: this.#id(to), rank });
    for (const node of kept.readsAny ?? []) uses.readsAny.add(this.#id(node));
    for (const node of kept.callsAny ?? []) uses.callsAny.add(this.#id(node));
    return uses;
  }

  #asked(index: number): Asked {
    const { asked, globals, globalNames: names, missing, folders } = this.#columns;
    const { files } = this.kept;
    return {
      borrowed: false,
      *paths() {
        for (const at of valuesOf(asked, index)) yield files[at]!.path;
      },
      missing: () => missing[index] ?? [],
      folders: () => folders[index] ?? [],
      *globals() {
        for (const at of valuesOf(globals, index)) yield names[at]!;
      },
      meets: (paths) => {
        const marked = this.#mark(paths);
        for (const at of valuesOf(asked, index)) if (marked[at] === 1) return true;
        return meetsAny(paths, missing[index] ?? [], folders[index] ?? []);
      },
    };
  }

  /** 1 for kept files whose path is among `paths`. */
  #mark(paths: ReadonlySet<RepoPath>): Uint8Array {
    let marked = this.#marked.get(paths);
    if (marked === undefined) {
      marked = Uint8Array.from(this.kept.files, ({ path }) => (paths.has(path) ? 1 : 0));
      this.#marked.set(paths, marked);
    }
    return marked;
  }
}

function valuesOf({ starts, values }: ListColumn, index: number): Int32Array {
  return values.subarray(starts[index], starts[index + 1]);
}

/** The first answer again and again: kept links are seldom asked what they said of members. */
function once<Value>(ask: () => Value): () => Value {
  let answer: Value | undefined;
  return () => (answer ??= ask());
}

/** The parts of an external node's key that `externalNode` joins. */
function splitKey(key: string): [packageName: string, subpath: string, name: string] {
  const at = key.lastIndexOf('#');
  return [key.slice(0, at), '', key.slice(at + 1)];
}
