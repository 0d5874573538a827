/**
 * What people write for a symbol, and which nodes they mean.
 * In: `file#Class.member`, `file:line`, a file, an id, `package#export`, a unique name. Out: nodes, or candidates and a sentence.
 * Never guesses: what fits several symbols is answered with the list of them.
 */
import { NODE_KINDS, Presence, compareText } from '../../model/index.js';
import type { RepoPath, SymbolGraph } from '../../model/index.js';
import { nearestNames } from './nearest-name.js';
import { symbolIds } from './symbol-id.js';

/** A written symbol, read without looking at any graph. */
export type WrittenSymbol =
  | { readonly kind: 'id'; readonly id: string }
  /** `file` may also be an external package: `react#useState`. */
  | { readonly kind: 'member'; readonly file: string; readonly name: string }
  /** `line` is 1-based. */
  | { readonly kind: 'line'; readonly file: string; readonly line: number }
  /** A qualified name, or a file. */
  | { readonly kind: 'name'; readonly name: string };

/** Which nodes were meant. */
export interface FoundSymbols {
  /** All nodes of a file, or one node; empty where nothing or too much fits. */
  readonly nodes: readonly number[];
  /** What fits where several do, what comes close where nothing does; written so that each finds one symbol. */
  readonly candidates: readonly string[];
  /** One sentence where `nodes` is empty. */
  readonly message?: string;
}

/** Lists of candidates end here. */
const CANDIDATES = 20;

/** Reads what was written. Never fails: what is no other form is a name. A leading `./` and `\` separators are taken as POSIX. */
export function parseWrittenSymbol(text: string): WrittenSymbol {
  const written = text.trim();
  if (written.startsWith('npm ')) return { kind: 'id', id: written };
  const hash = written.indexOf('#', 1);
  if (hash > 0 && hash < written.length - 1 && !isHiddenMember(written, hash)) {
    return { kind: 'member', file: posix(written.slice(0, hash)), name: written.slice(hash + 1) };
  }
  const line = /^(.+):(\d+)$/.exec(written);
  if (line) return { kind: 'line', file: posix(line[1]!), line: Number(line[2]) };
  return { kind: 'name', name: written };
}

/** `Class.#field` names a member; the `#` is part of the name. */
function isHiddenMember(written: string, hash: number): boolean {
  return written[hash - 1] === '.';
}

function posix(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

/** The nodes that `written` means. Time O(nodes) for names, O(files + nodes of the file) for the rest. */
export function findSymbols(graph: SymbolGraph, written: string): FoundSymbols {
  const parsed = parseWrittenSymbol(written);
  if (parsed.kind === 'id') return findId(graph, parsed.id);
  if (parsed.kind === 'member') return findMember(graph, parsed.file, parsed.name, written.trim());
  if (parsed.kind === 'line') return findLine(graph, parsed.file, parsed.line);
  const whole = fileIndexes(graph, posix(parsed.name));
  if (whole.length === 1) return { nodes: nodesOfFile(graph, whole[0]!), candidates: [] };
  return findName(graph, parsed.name);
}

function findId(graph: SymbolGraph, id: string): FoundSymbols {
  const idOf = symbolIds(graph);
  for (let node = 0; node < graph.count; node++) {
    if (mayHaveId(graph, node, id) && idOf(node) === id) return { nodes: [node], candidates: [] };
  }
  return unknown(`There is no symbol with the id \`${id}\`.`, []);
}

/** Cheap refusal: an id ends with the node's own name and a suffix. */
function mayHaveId(graph: SymbolGraph, node: number, id: string): boolean {
  const name = graph.names[node]!;
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
  return NODE_KINDS[graph.kinds[node]!] === 'resource' || last.includes('`') || id.includes(last);
}

function findMember(graph: SymbolGraph, file: string, name: string, whole: string): FoundSymbols {
  const external = graph.names.findIndex((known, node) => graph.fileOf[node]! < 0 && known === `${file}#${name}`);
  const files = fileIndexes(graph, file);
  if (files.length === 0 && external >= 0) return { nodes: [external], candidates: [] };
  if (files.length === 0) return findInOddPath(graph, file, whole);
  const hits = files.flatMap((index) => namedIn(graph, nodesOfFile(graph, index), name));
  if (hits.length === 1) return { nodes: hits, candidates: [] };
  if (hits.length > 1) return ambiguous(graph, `${file}#${name}`, hits);
  const names = files.flatMap((index) => nodesOfFile(graph, index)).map((node) => graph.names[node]!);
  const near = nearestNames(name, names).map((close) => `${graph.files[files[0]!]!.path}#${close}`);
  return unknown(`${graph.files[files[0]!]!.path} has no symbol \`${name}\`.`, near);
}

/** A path that holds a `#` itself: the longest file that fits, with or without a name behind it. */
function findInOddPath(graph: SymbolGraph, file: string, whole: string): FoundSymbols {
  const odd = fileIndexes(graph, posix(whole));
  if (odd.length === 1) return { nodes: nodesOfFile(graph, odd[0]!), candidates: [] };
  for (let hash = whole.lastIndexOf('#'); hash > file.length; hash = whole.lastIndexOf('#', hash - 1)) {
    const path = posix(whole.slice(0, hash));
    if (fileIndexes(graph, path).length > 0) return findMember(graph, path, whole.slice(hash + 1), whole);
  }
  return noFile(graph, file);
}

/** An exact name, else the end of a qualified one (`render` of `Button.render`). */
function namedIn(graph: SymbolGraph, nodes: readonly number[], name: string): number[] {
  const exact = nodes.filter((node) => graph.names[node] === name);
  const found = exact.length > 0 ? exact : nodes.filter((node) => graph.names[node]!.endsWith(`.${name}`));
  const inHead = found.filter((node) => (graph.presence[node]! & Presence.head) !== 0);
  return inHead.length > 0 ? inHead : found;
}

function findLine(graph: SymbolGraph, file: string, line: number): FoundSymbols {
  const files = fileIndexes(graph, file);
  if (files.length === 0) return noFile(graph, file);
  if (files.length > 1) return ambiguousFile(graph, file, files);
  let best = graph.files[files[0]!]!.node;
  let size = Infinity;
  for (const node of nodesOfFile(graph, files[0]!)) {
    if ((graph.presence[node]! & Presence.head) === 0) continue;
    const length = graph.endLines[node]! - graph.lines[node]!;
    const inside = graph.lines[node]! <= line && line <= graph.endLines[node]!;
    if (!inside || NODE_KINDS[graph.kinds[node]!] === 'module' || length > size) continue;
    best = node;
    size = length;
  }
  return { nodes: [best], candidates: [] };
}

function findName(graph: SymbolGraph, name: string): FoundSymbols {
  const all = Array.from({ length: graph.count }, (_, node) => node);
  const hits = namedIn(graph, all, name);
  if (hits.length === 1) return { nodes: hits, candidates: [] };
  if (hits.length > 1) return ambiguous(graph, name, hits);
  const files = fileIndexes(graph, posix(name));
  if (files.length > 1) return ambiguousFile(graph, name, files);
  return unknown(`There is no symbol \`${name}\`.`, nearestNames(name, graph.names));
}

/** The file of that path, else every file whose path ends with it. */
function fileIndexes(graph: SymbolGraph, path: RepoPath): number[] {
  const exact = graph.files.findIndex((file) => file.path === path);
  if (exact >= 0) return [exact];
  if (path === '') return [];
  return graph.files.flatMap((file, index) => (file.path.endsWith(`/${path}`) ? [index] : []));
}

/** Nodes of one file are contiguous. */
function nodesOfFile(graph: SymbolGraph, file: number): number[] {
  const nodes: number[] = [];
  for (let node = graph.files[file]!.node; node < graph.count && graph.fileOf[node] === file; node++) nodes.push(node);
  return nodes;
}

function ambiguous(graph: SymbolGraph, written: string, nodes: readonly number[]): FoundSymbols {
  const candidates = nodes.map((node) => writtenFor(graph, node)).sort(compareText);
  return {
    nodes: [],
    candidates: candidates.slice(0, CANDIDATES),
    message: `\`${written}\` fits ${nodes.length} symbols; name the file too.`,
  };
}

function ambiguousFile(graph: SymbolGraph, written: string, files: readonly number[]): FoundSymbols {
  const candidates = files.map((file) => graph.files[file]!.path).slice(0, CANDIDATES);
  return { nodes: [], candidates, message: `\`${written}\` fits ${files.length} files; write more of the path.` };
}

function noFile(graph: SymbolGraph, file: string): FoundSymbols {
  return unknown(
    `There is no file \`${file}\`.`,
    nearestNames(
      file,
      graph.files.map(({ path }) => path),
    ),
  );
}

function unknown(message: string, candidates: readonly string[]): FoundSymbols {
  return { nodes: [], candidates, message };
}

/** The written form that finds `node` again. */
export function writtenFor(graph: SymbolGraph, node: number): string {
  const file = graph.files[graph.fileOf[node]!];
  return file === undefined ? graph.names[node]! : `${file.path}#${graph.names[node]!}`;
}
