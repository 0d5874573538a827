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

/** The growing table; columns as in `SymbolGraph`. */
export interface NodeTable {
  readonly names: string[];
  readonly kinds: NodeKind[];
  readonly fileOf: number[];
  readonly parents: number[];
  readonly flags: number[];
  readonly presence: number[];
  readonly lines: number[];
  readonly endLines: number[];
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
  const table = emptyTable();
  const rows = kept && keptRows(kept);
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

function emptyTable(): NodeTable {
  return {
    names: [],
    kinds: [],
    fileOf: [],
    parents: [],
    flags: [],
    presence: [],
    lines: [],
    endLines: [],
    files: [],
    fileIndex: new Map(),
    headNodes: new Map(),
    baseNodes: new Map(),
    externals: new Map(),
    asked: undefined,
  };
}

function unionOfPaths(head: Revision, base: Revision | undefined): RepoPath[] {
  const paths = new Set(head.files.map((file) => file.path));
  for (const file of base?.files ?? []) paths.add(file.path);
  return [...paths].sort(compareText);
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
  add(table: NodeTable, file: SourceFile, index: number, presence: number): Int32Array;
}

function keptRows({ files, columns }: KeptLinks): KeptRows {
  const indexes = new Map(files.map((file, at) => [file, at]));
  return {
    has: (file) => indexes.has(file) && hasFacts(file),
    add(table, file, index, presence) {
      const at = indexes.get(file) as number;
      const [start, end] = [columns.nodes[at] as number, columns.nodes[at + 1] as number];
      const first = table.names.length;
      for (let row = start; row < end; row++) {
        const parent = columns.parents[row] as number;
        addNode(
          table,
          columns.names[row] as string,
          NODE_KINDS[columns.kinds[row] as number] as NodeKind,
          index,
          parent < 0 ? -1 : first + parent,
          columns.flags[row] as number,
          presence,
          columns.lines[row] as number,
          columns.endLines[row] as number,
        );
      }
      return Int32Array.from({ length: end - start }, (_, symbol) => first + symbol);
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
  table.names.push(name);
  table.kinds.push(kind);
  table.fileOf.push(file);
  table.parents.push(parent);
  table.flags.push(flags);
  table.presence.push(presence);
  table.lines.push(line);
  table.endLines.push(endLine);
  return table.names.length - 1;
}

/** Index of a kind in `NODE_KINDS`, for the typed column. */
export function kindIndex(kind: NodeKind): number {
  return NODE_KINDS.indexOf(kind);
}
