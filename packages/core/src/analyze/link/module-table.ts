/**
 * One revision's modules as the linker walks them: nodes, request targets, exports by name.
 * In: a revision and its node ids. Out: lazily indexed records. Not here: following re-exports (export-resolution.ts).
 */
import type { ExportEntry, FileFacts } from '../../model/facts.js';
import { confidenceRank } from '../../model/confidence.js';
import { KeptMark } from '../../model/kept.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import type { Revision, SourceFile } from '../../model/snapshot.js';
import type { Trace } from './trace.js';

/** A file of one revision with its nodes. */
export interface LinkedFile {
  readonly path: RepoPath;
  readonly source: SourceFile;
  readonly facts: FileFacts | undefined;
  /** Node of each symbol; for a resource one element. */
  readonly nodes: Int32Array;
  /** Names added by `declare module` elsewhere: symbols of other files. */
  augmented?: Map<string, SymbolTarget[]>;
  exportsByName?: Map<string, ExportEntry[]>;
  stars?: number[];
  symbolsByName?: Map<string, number>;
  members?: Map<number, number[]>;
  /** Memo of export resolution, by name, with what was asked for it. */
  resolved?: Map<string, { readonly result: readonly ExportTarget[]; readonly trace: Trace }>;
}

/** A symbol of a file, and what of a property path is still behind it. */
export interface SymbolTarget {
  readonly kind: 'symbol';
  readonly file: LinkedFile;
  readonly symbol: number;
  readonly path: readonly string[];
  /** Confidence rank of the way there. */
  readonly rank: number;
}

/** Where a name of a module leads. */
export type ExportTarget =
  | SymbolTarget
  | { readonly kind: 'namespace'; readonly file: LinkedFile; readonly path: readonly string[]; readonly rank: number }
  | {
      readonly kind: 'external';
      readonly package: string;
      readonly subpath: string;
      readonly name: string;
      readonly rank: number;
    };

/** Where a request leads. */
export type ModuleTarget =
  | { readonly kind: 'file'; readonly file: LinkedFile; readonly rank: number }
  | { readonly kind: 'external'; readonly package: string; readonly subpath: string };

/** All files of one revision. */
export interface ModuleTable {
  readonly files: readonly LinkedFile[];
  readonly byPath: ReadonlyMap<RepoPath, LinkedFile>;
  /** Nodes that are `module.exports` of a file with exports beside it (`module.exports = fn; exports.x = …`). */
  readonly wholes: ReadonlyMap<number, LinkedFile>;
  /** Where what is asked while a file is linked is noted. */
  trace: Trace | undefined;
}

/** Joins a revision's files with their nodes. */
export function createModuleTable(revision: Revision, nodes: ReadonlyMap<RepoPath, Int32Array>): ModuleTable {
  const files = revision.files.map((source) => new TableFile(source, nodes.get(source.path) as Int32Array));
  return { files, byPath: new Map(files.map((file) => [file.path, file])), wholes: wholesOf(files), trace: undefined };
}

/** Its facts are asked of the source when they are wanted: those of an earlier run are decoded then. */
class TableFile implements LinkedFile {
  readonly path: RepoPath;
  augmented?: Map<string, SymbolTarget[]>;
  resolved?: Map<string, { readonly result: readonly ExportTarget[]; readonly trace: Trace }>;
  exportsByName?: Map<string, ExportEntry[]>;
  stars?: number[];
  symbolsByName?: Map<string, number>;
  members?: Map<number, number[]>;

  constructor(
    readonly source: SourceFile,
    readonly nodes: Int32Array,
  ) {
    this.path = source.path;
  }

  get facts(): FileFacts | undefined {
    return this.source.facts;
  }
}

function wholesOf(files: readonly LinkedFile[]): Map<number, LinkedFile> {
  const wholes = new Map<number, LinkedFile>();
  for (const file of files) {
    if (file.source.known && (file.source.known.marks & KeptMark.cjs) === 0) continue;
    if (file.facts?.traits.cjs !== true || !file.facts.exports.some(({ kind }) => kind !== 'star')) continue;
    const byName = exportsOf(file);
    if (byName.size < 2) continue;
    for (const entry of byName.get('export=') ?? [])
      if (entry.kind === 'local') wholes.set(file.nodes[entry.symbol] as number, file);
  }
  return wholes;
}

/** The targets of one request; empty for built-ins and what does not resolve. */
export function requestTargets(table: ModuleTable, file: LinkedFile, request: number): ModuleTarget[] {
  const resolution: Resolution | undefined = file.source.resolutions[request];
  if (!resolution) return [];
  switch (resolution.kind) {
    case 'file': {
      const rank = confidenceRank(resolution.confidence);
      const paths = [
        resolution.path,
        ...(resolution.types === undefined ? [] : [resolution.types]),
        ...(resolution.also ?? []),
      ];
      return fileTargets(table, [...new Set(paths)], rank);
    }
    case 'files':
      return fileTargets(table, resolution.paths, confidenceRank('pattern'));
    case 'external':
      return [{ kind: 'external', package: resolution.package, subpath: resolution.subpath }];
    default:
      return [];
  }
}

function fileTargets(table: ModuleTable, paths: readonly RepoPath[], rank: number): ModuleTarget[] {
  const targets: ModuleTarget[] = [];
  for (const path of paths) {
    const file = table.byPath.get(path);
    if (file) {
      targets.push({ kind: 'file', file, rank });
      table.trace?.files.add(file);
    } else table.trace?.missing.add(path);
  }
  return targets;
}

/** The file's local and indirect export entries by exported name. */
export function exportsOf(file: LinkedFile): Map<string, ExportEntry[]> {
  if (file.exportsByName) return file.exportsByName;
  const byName = new Map<string, ExportEntry[]>();
  const stars: number[] = [];
  for (const entry of file.facts?.exports ?? []) {
    if (entry.kind === 'star') stars.push(entry.request);
    else {
      const list = byName.get(entry.name);
      if (list) list.push(entry);
      else byName.set(entry.name, [entry]);
    }
  }
  file.stars = stars;
  return (file.exportsByName = byName);
}

/** Requests of the file's `export *` entries. */
export function starsOf(file: LinkedFile): readonly number[] {
  exportsOf(file);
  return file.stars as number[];
}

/** Index of the symbol with that qualified name; `undefined` where the file has none. */
export function symbolNamed(file: LinkedFile, name: string): number | undefined {
  file.symbolsByName ??= new Map(file.facts?.symbols.map((symbol, index) => [symbol.name, index]));
  return file.symbolsByName.get(name);
}

/** Indexes of the symbols directly inside `symbol`. */
export function membersOf(file: LinkedFile, symbol: number): readonly number[] {
  if (!file.members) {
    const members = new Map<number, number[]>();
    file.facts?.symbols.forEach(({ parent }, index) => {
      const list = members.get(parent);
      if (list) list.push(index);
      else members.set(parent, [index]);
    });
    file.members = members;
  }
  return file.members.get(symbol) ?? NO_MEMBERS;
}

const NO_MEMBERS: readonly number[] = [];
