/**
 * The prepared index of a linked comparison: rows of the base's files, dependents in base ∪ head.
 * In: a snapshot and its graph. Out: columns, see model/lint-index.ts. Pure; time that of three closures over the graph.
 * Not here: bytes and files (lint/).
 */
import { NODE_KINDS, type SymbolGraph } from '../../model/graph.js';
import { FACTS_VERSION, type ExportEntry, type FileFacts, type ModuleRequest } from '../../model/facts.js';
import {
  EXPORT_ROWS,
  forwardedTarget,
  LINT_INDEX_VERSION,
  OFFERING_ROLES,
  UNSEEN_KINDS,
  type GitState,
  type LintTables,
  type UnseenKind,
} from '../../model/lint-index.js';
import type { Resolution } from '../../model/resolution.js';
import type { Snapshot, SourceFile } from '../../model/snapshot.js';
import type { GraphPlaces } from '../impact/index.js';
import type { Linked } from '../link/index.js';
import { ColumnWriter } from './column-writer.js';
import { ContractRows } from './contract-rows.js';
import { createDependentCounter, NOBODY, type DependentCounter, type Used } from './dependent-counter.js';
import { Importers } from './importers.js';
import { referenceDigests } from './reference-digests.js';
import { sensitiveMarks } from './sensitive-marks.js';

/** What the index is made from. */
export interface LintIndexSource {
  readonly snapshot: Snapshot;
  readonly linked: Pick<Linked, 'baseNodes' | 'headNodes' | 'endpoints'>;
  /** The graph that dependents are counted in. */
  readonly graph: SymbolGraph;
  readonly places: GraphPlaces;
  readonly key: string;
  readonly git?: GitState;
}

/** Makes the index. The same source gives the same columns. */
export function buildLintIndex(source: LintIndexSource): LintTables {
  const { snapshot, linked, graph, places } = source;
  const revision = snapshot.base ?? snapshot.head;
  const nodesOf = snapshot.base ? linked.baseNodes : linked.headNodes;
  const write = new ColumnWriter();
  // Who has found a name elsewhere since the base does not miss it.
  const offered = snapshot.base ? linked.endpoints.base : linked.endpoints.head;
  const tools = {
    write,
    counter: createDependentCounter(graph, places),
    importers: new Importers(snapshot.head),
    marks: sensitiveMarks(offered, graph),
    contracts: new ContractRows({
      revision,
      nodes: nodesOf,
      graph,
      offered,
      head: linked.endpoints.head,
      catalogue: snapshot.catalogue,
    }),
  };
  for (const file of revision.files) {
    const nodes = nodesOf.get(file.path);
    if (file.facts === undefined || file.language === 'json' || nodes === undefined) continue;
    writeFile(tools, file, file.facts);
    if (file.role !== 'test') {
      writeSymbols(tools, file.facts, nodes);
      writeExports(tools, file, file.facts);
    }
    writeUnseen(write, file, file.facts);
  }
  return write.close({
    version: LINT_INDEX_VERSION,
    facts: FACTS_VERSION,
    base: snapshot.base === undefined ? revision.label : snapshot.comparison.base,
    chosenBy: snapshot.comparison.chosenBy,
    key: source.key,
    ...(source.git === undefined ? {} : { git: source.git }),
    followsHead: source.git !== undefined && source.git.commit === snapshot.comparison.base,
    rows: snapshot.catalogue,
  });
}

function writeFile({ write, counter, contracts }: Tools, file: SourceFile, facts: FileFacts): void {
  const { path, id } = file;
  const hex = /^[0-9a-f]{32,}$/.test(id) ? id : '0'.repeat(32);
  for (let at = 0; at < 32; at += 8) write.u32('fileId', Number.parseInt(hex.slice(at, at + 8), 16));
  write.text('filePath', path);
  write.start('fileSymbols');
  write.start('fileExports');
  write.start('fileUnseen');
  write.start('fileContracts');
  write.u8('fileWhole', facts.problems.length === 0 ? 1 : 0);
  const { imported, rows } = contracts.of(file);
  write.text('fileImported', imported);
  for (const { role, key, name, takers } of rows) {
    write.text('contractKey', key);
    write.text('contractName', name);
    write.u8('contractRole', OFFERING_ROLES.indexOf(role));
    writeUsed(write, 'contract', counter.ofFiles(path, takers));
  }
}

interface Tools {
  readonly write: ColumnWriter;
  readonly counter: DependentCounter;
  readonly importers: Importers;
  readonly marks: Uint8Array;
  readonly contracts: ContractRows;
}

function writeSymbols({ write, counter, marks }: Tools, facts: FileFacts, nodes: Int32Array): void {
  const digests = referenceDigests(facts);
  facts.symbols.forEach((symbol, index) => {
    write.text('symbolName', symbol.name);
    write.u8('symbolKind', NODE_KINDS.indexOf(symbol.kind));
    write.u32('symbolFlags', symbol.flags);
    write.u32('symbolParent', symbol.parent + 1);
    write.hash('symbolContent', symbol.content);
    write.hash('symbolShape', symbol.shape);
    write.u32('symbolUses', digests.uses[index] as number);
    write.u32('symbolSurface', digests.surface[index] as number);
    write.optionalText('symbolParameters', symbol.parameters);
    write.u8('symbolSensitive', marks[nodes[index] as number]!);
    writeUsed(write, 'symbol', counter.ofNode(nodes[index] as number));
  });
}

function writeUsed(write: ColumnWriter, table: 'symbol' | 'export' | 'contract', { counts, named }: Used): void {
  const { directFiles, directPackages, directApps, files, packages, apps, tests } = counts;
  for (const count of [directFiles, directPackages, directApps, files, packages, apps, tests])
    write.u32(`${table}Reach`, count);
  write.start(`${table}Named`);
  for (const path of named) write.text(`${table}Users`, path);
}

function writeExports(tools: Tools, { path }: SourceFile, facts: FileFacts): void {
  const { write, counter, importers } = tools;
  const usedOf = (name: string): Used => counter.ofFiles(path, importers.of(path, name));
  const explicit = new Set<string>();
  for (const entry of facts.exports) {
    if (entry.kind === 'star') continue;
    const { kind, name } = entry;
    explicit.add(name);
    const target =
      entry.kind === 'local' ? { symbol: entry.symbol } : { symbol: -1, target: forwardedTarget(facts, entry) };
    writeExport(write, { kind, name, ...target, used: usedOf(name) });
  }
  const stars = facts.exports.filter((entry) => entry.kind === 'star');
  if (stars.length === 0) return;
  for (const star of stars)
    writeExport(write, { kind: 'star', name: specifierOf(facts, star), symbol: -1, used: NOBODY });
  for (const name of importers.namesOf(path)) {
    if (!explicit.has(name)) writeExport(write, { kind: 'through-star', name, symbol: -1, used: usedOf(name) });
  }
}

function specifierOf(facts: FileFacts, entry: Extract<ExportEntry, { kind: 'star' }>): string {
  return facts.requests[entry.request]?.specifier ?? '';
}

interface ExportRow {
  readonly kind: (typeof EXPORT_ROWS)[number];
  readonly name: string;
  readonly symbol: number;
  /** Of a forwarded name. */
  readonly target?: string;
  readonly used: Used;
}

function writeExport(write: ColumnWriter, { kind, name, symbol, target, used }: ExportRow): void {
  write.text('exportName', name);
  write.u32('exportSymbol', symbol + 1);
  write.optionalText('exportTarget', target);
  write.u8('exportKind', EXPORT_ROWS.indexOf(kind));
  writeUsed(write, 'export', used);
}

function writeUnseen(write: ColumnWriter, file: SourceFile, facts: FileFacts): void {
  const row = (kind: UnseenKind, line: number, what: string): void => {
    write.u8('unseenKind', UNSEEN_KINDS.indexOf(kind));
    write.u32('unseenLine', line);
    write.text('unseenWhat', what);
  };
  for (const { kind, line } of facts.dynamic) {
    const unseen = UNSEEN_KINDS.find((one) => one === kind);
    if (unseen !== undefined) row(unseen, line, '');
  }
  facts.requests.forEach((request, index) => {
    if (leadsNowhere(request, file.resolutions[index])) row('unresolved', request.line, request.specifier);
  });
}

/** As in linking: types, virtual modules and texts that only look like a path make nothing uncertain. */
function leadsNowhere(request: ModuleRequest, resolution: Resolution | undefined): boolean {
  return (
    resolution?.kind === 'unresolved' &&
    resolution.reason !== 'virtual' &&
    !request.typeOnly &&
    request.kind !== 'path' &&
    request.kind !== 'url'
  );
}
