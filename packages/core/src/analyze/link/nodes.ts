/**
 * The node table over base ∪ head: one node per symbol, whichever revisions it lives in.
 * In: both revisions and the matches between their changed files. Out: dense ids, contiguous per file.
 * A symbol that moved or was renamed is one node, the head's. External symbols are added while linking.
 */
import type { FileFacts, SymbolFacts } from '../../model/facts.js';
import { NODE_KINDS, Presence, type GraphFile, type NodeKind } from '../../model/graph.js';
import { baseNameOf, compareText, type RepoPath } from '../../model/path.js';
import { hasFacts, sameFacts, type KeptLinks, type Revision, type SourceFile } from '../../model/snapshot.js';
import type { SymbolMatch } from './identity.js';

/** The growing table; columns as in `SymbolGraph`, with room at their ends: there are as many nodes as `names`. */
export interface NodeTable {
  readonly names: string[];
  /** See {@link kindOf}. */
  kinds: Uint8Array;
  fileOf: Int32Array;
  parents: Int32Array;
  flags: Uint32Array;
  presence: Uint8Array;
  lines: Uint32Array;
  endLines: Uint32Array;
  readonly files: GraphFile[];
  readonly fileIndex: Map<RepoPath, number>;
  /** Node of each symbol of a file, per revision; resources have one element. */
  readonly headNodes: Map<RepoPath, Int32Array>;
  readonly baseNodes: Map<RepoPath, Int32Array>;
  readonly externals: Map<string, number>;
  /** Where external nodes that are asked for are noted, in order. */
  asked: Set<number> | undefined;
}

/** Gives every symbol of both revisions its node. Linear. */
export function createNodeTable(
  head: Revision,
  base: Revision | undefined,
  matches: readonly SymbolMatch[],
  kept?: KeptLinks,
): NodeTable {
  const rows = kept && keptRows(kept);
  const table = emptyTable(roomFor(head, base, rows));
  const baseByPath = new Map(base?.files.map((file) => [file.path, file]));
  const headByPath = new Map(head.files.map((file) => [file.path, file]));
  const paired = pairedSymbols(matches);
  for (const path of unionOfPaths(head, base)) {
    const headFile = headByPath.get(path);
    const baseFile = baseByPath.get(path);
    addFile(table, path, headFile, baseFile, headFile ? head : (base as Revision), paired, rows);
  }
  for (const match of matches) {
    const node = table.headNodes.get(match.head.path)?.[match.head.symbol];
    const nodes = table.baseNodes.get(match.base.path);
    if (node === undefined || !nodes) continue;
    nodes[match.base.symbol] = node;
    table.presence[node] = Presence.base | Presence.head;
  }
  return table;
}

/** The node of one export of an external package, made on first use; `name` `*` stands for the whole package entry. */
export function externalNode(table: NodeTable, packageName: string, subpath: string, name: string): number {
  const key = `${packageName}${subpath}#${name}`;
  const known = table.externals.get(key);
  const node = known ?? addNode(table, key, 'external', -1, -1, 0, Presence.base | Presence.head, 0, 0);
  if (known === undefined) table.externals.set(key, node);
  table.asked?.add(node);
  return node;
}

/** The node of a contract; names are unique. It is in both revisions: who consumes it may be in either. */
export function contractNode(table: NodeTable, name: string): number {
  return addNode(table, name, 'contract', -1, -1, 0, Presence.base | Presence.head, 0, 0);
}

/** Nodes that files give, about: whether a symbol is in both revisions is not known yet. External nodes come on top. */
function roomFor(head: Revision, base: Revision | undefined, rows: KeptRows | undefined): number {
  const known = new Set(head.files);
  const own = base === undefined ? head.files : [...head.files, ...base.files.filter((file) => !known.has(file))];
  return own.reduce((sum, file) => sum + (rows?.count(file) ?? file.facts?.symbols.length ?? 1), 1024);
}

function emptyTable(room: number): NodeTable {
  return {
    names: [],
    kinds: new Uint8Array(room),
    fileOf: new Int32Array(room),
    parents: new Int32Array(room),
    flags: new Uint32Array(room),
    presence: new Uint8Array(room),
    lines: new Uint32Array(room),
    endLines: new Uint32Array(room),
    files: [],
    fileIndex: new Map(),
    headNodes: new Map(),
    baseNodes: new Map(),
    externals: new Map(),
    asked: undefined,
  };
}

/** Both lists are in order, and so is the union. */
function unionOfPaths(head: Revision, base: Revision | undefined): RepoPath[] {
  const paths: RepoPath[] = [];
  const [left, right] = [head.files, base?.files ?? []];
  for (let at = 0, other = 0; at < left.length || other < right.length;) {
    const [one, two] = [left[at]?.path, right[other]?.path];
    const order = one === undefined ? 1 : two === undefined ? -1 : compareText(one, two);
    paths.push((order <= 0 ? one : two) as RepoPath);
    if (order <= 0) at++;
    if (order >= 0) other++;
  }
  return paths;
}

/** Base symbols that have a partner, as `path\0index`. */
function pairedSymbols(matches: readonly SymbolMatch[]): Set<string> {
  return new Set(matches.map((match) => `${match.base.path}\0${match.base.symbol}`));
}

function addFile(
  table: NodeTable,
  path: RepoPath,
  head: SourceFile | undefined,
  base: SourceFile | undefined,
  revision: Revision,
  paired: ReadonlySet<string>,
  rows: KeptRows | undefined,
): void {
  const file = (head ?? base) as SourceFile;
  const owner = revision.workspace.packages[file.package];
  const index = table.files.length;
  table.files.push({
    path,
    packageName: owner?.name ?? '',
    packageRoot: owner?.root ?? '',
    role: file.role,
    node: table.names.length,
  });
  table.fileIndex.set(path, index);
  const same = head && base && sameFacts(head, base);
  if (head && rows?.has(head)) table.headNodes.set(path, rows.add(table, head, index, same ? 3 : Presence.head));
  else if (head) table.headNodes.set(path, addSymbols(table, path, index, head.facts, same ? 3 : Presence.head));
  if (!base) return;
  if (same) table.baseNodes.set(path, table.headNodes.get(path) as Int32Array);
  else
    table.baseNodes.set(
      path,
      addSymbols(table, path, index, base.facts, Presence.base, (symbol) => paired.has(`${path}\0${symbol}`)),
    );
}

/** Nodes that an earlier run made of files that are the same. */
interface KeptRows {
  has(file: SourceFile): boolean;
  /** `undefined` where the earlier run did not have the file. */
  count(file: SourceFile): number | undefined;
  add(table: NodeTable, file: SourceFile, index: number, presence: number): Int32Array;
}

function keptRows({ files, columns }: KeptLinks): KeptRows {
  const indexes = new Map(files.map((file, at) => [file, at]));
  const { nodes, names, kinds, parents, flags, lines, endLines } = columns;
  return {
    has: (file) => indexes.has(file) && hasFacts(file),
    count(file) {
      const at = indexes.get(file);
      return at === undefined ? undefined : nodes[at + 1]! - nodes[at]!;
    },
    add(table, file, index, presence) {
      const at = indexes.get(file) as number;
      const [start, end] = [nodes[at]!, nodes[at + 1]!];
      const first = table.names.length;
      const own = new Int32Array(end - start);
      for (let row = start, node = first; row < end; row++, node++) {
        const parent = parents[row]!;
        table.names.push(names[row]!);
        table.parents[node] = parent < 0 ? -1 : first + parent;
        own[row - start] = node;
      }
      table.kinds.set(kinds.subarray(start, end), first);
      table.flags.set(flags.subarray(start, end), first);
      table.lines.set(lines.subarray(start, end), first);
      table.endLines.set(endLines.subarray(start, end), first);
      table.fileOf.fill(index, first, table.names.length);
      table.presence.fill(presence, first, table.names.length);
      return own;
    },
  };
}

/** Adds a file's symbols, or its resource node; skipped symbols get −1, to be filled in by a match. */
function addSymbols(
  table: NodeTable,
  path: RepoPath,
  file: number,
  facts: FileFacts | undefined,
  presence: number,
  skip: (symbol: number) => boolean = () => false,
): Int32Array {
  if (!facts) return Int32Array.of(addNode(table, baseNameOf(path), 'resource', file, -1, 0, presence, 0, 0));
  const nodes = new Int32Array(facts.symbols.length).fill(-1);
  facts.symbols.forEach((symbol: SymbolFacts, index: number) => {
    if (skip(index)) return;
    const parent = symbol.parent >= 0 ? (nodes[symbol.parent] as number) : -1;
    nodes[index] = addNode(
      table,
      symbol.name,
      symbol.kind,
      file,
      parent,
      symbol.flags,
      presence,
      symbol.line,
      symbol.endLine,
    );
  });
  return nodes;
}

function addNode(
  table: NodeTable,
  name: string,
  kind: NodeKind,
  file: number,
  parent: number,
  flags: number,
  presence: number,
  line: number,
  endLine: number,
): number {
  const node = table.names.push(name) - 1;
  if (node === table.kinds.length) grow(table);
  table.kinds[node] = kindIndex(kind);
  table.fileOf[node] = file;
  table.parents[node] = parent;
  table.flags[node] = flags;
  table.presence[node] = presence;
  table.lines[node] = line;
  table.endLines[node] = endLine;
  return node;
}

function grow(table: NodeTable): void {
  const size = table.kinds.length * 2;
  table.kinds = wider(table.kinds, new Uint8Array(size));
  table.fileOf = wider(table.fileOf, new Int32Array(size));
  table.parents = wider(table.parents, new Int32Array(size));
  table.flags = wider(table.flags, new Uint32Array(size));
  table.presence = wider(table.presence, new Uint8Array(size));
  table.lines = wider(table.lines, new Uint32Array(size));
  table.endLines = wider(table.endLines, new Uint32Array(size));
}

function wider<Column extends Uint8Array | Int32Array | Uint32Array>(column: Column, copy: Column): Column {
  copy.set(column);
  return copy;
}

/** A node's kind. */
export function kindOf({ kinds }: NodeTable, node: number): NodeKind {
  return NODE_KINDS[kinds[node]!]!;
}

/** Index of a kind in `NODE_KINDS`, for the typed column. */
function kindIndex(kind: NodeKind): number {
  return NODE_KINDS.indexOf(kind);
}
