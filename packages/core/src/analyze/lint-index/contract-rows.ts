/**
 * What each file of the base offers to other systems, and who takes it: for texts in hand that no longer offer it.
 * In: a linked comparison. Out: per file, rows that a survey of its text alone finds again (contracts/own-ends.ts), with their takers
 * in the head: who was mended since takes what is there now. A file of which others take nothing has no rows.
 */
import { CATALOGUE } from '../../catalogue/frameworks/index.js';
import type { CatalogueRow } from '../../model/catalogue-row.js';
import type { Endpoint, Endpoints } from '../../model/endpoint.js';
import type { SymbolGraph } from '../../model/graph.js';
import type { OfferingRole } from '../../model/lint-index.js';
import type { RepoPath } from '../../model/path.js';
import type { Revision, SourceFile } from '../../model/snapshot.js';
import type { Contract } from '../contracts/contract.js';
import { readImported, writeImported } from '../contracts/imported-origins.js';
import { joinEndpoints } from '../contracts/join.js';
import { placesIn } from '../contracts/places.js';
import { indexRows, type RowIndex } from '../contracts/match.js';
import { columnsOf, isOffering, ownEnds, type OwnEnd } from '../contracts/own-ends.js';
import { Resolver } from '../contracts/resolver.js';
import { plainName } from '../contracts/sql-text.js';
import { indexAmbient } from '../link/ambient.js';
import { createModuleTable, type ModuleTable } from '../link/module-table.js';

/** One thing that a file offers, and who takes it: nobody, if only others of its file's are taken. */
export interface ContractRow {
  readonly role: OfferingRole;
  /** As the text alone says it; `export GET` for a route that the file is. */
  readonly key: string;
  /** As others know it. */
  readonly name: string;
  readonly takers: ReadonlySet<RepoPath>;
}

/** All of one file. */
export interface FileContracts {
  /** See `writeImported`. */
  readonly imported: string;
  readonly rows: readonly ContractRow[];
}

/** What contracts are found in. */
export interface ContractSource {
  readonly revision: Revision;
  readonly nodes: ReadonlyMap<RepoPath, Int32Array>;
  readonly graph: SymbolGraph;
  /** Of `revision`, and of the head. */
  readonly offered: Endpoints;
  readonly head: Endpoints;
  /** The user's rows. */
  readonly catalogue: readonly CatalogueRow[];
}

const NOBODY: ReadonlySet<RepoPath> = new Set();
const NOTHING: FileContracts = { imported: '', rows: [] };

/** Which word contracts of a role begin with; see contracts/join.ts. */
const WORDS: Readonly<Record<OfferingRole, string>> = {
  'http.route': 'http',
  'trpc.procedure': 'trpc',
  'graphql.field': 'graphql',
  'mq.publish': 'topic',
  'event.emit': 'event',
  'orm.model': 'table',
};

/** Answers about one comparison. */
export class ContractRows {
  readonly #byFile = new Map<RepoPath, (Endpoint & { readonly role: OfferingRole })[]>();
  readonly #contracts = new Map<number, Contract[]>();
  readonly #rows: RowIndex;
  readonly #fileRows: ReadonlySet<string>;
  readonly #graph: SymbolGraph;
  readonly #table: ModuleTable;
  readonly #resolver: Resolver;

  constructor({ revision, nodes, graph, offered, head, catalogue }: ContractSource) {
    this.#rows = indexRows([...CATALOGUE, ...catalogue]);
    this.#fileRows = new Set(this.#rows.files.map(({ id }) => id));
    this.#graph = graph;
    for (const one of offered) {
      if (!isOffering(one) || one.test || one.key === '') continue;
      const known = this.#byFile.get(one.file);
      if (known) known.push(one);
      else this.#byFile.set(one.file, [one]);
    }
    const roots = new Map(graph.files.map(({ path, packageRoot }) => [path, packageRoot]));
    const ends = [...offered.filter((one) => isOffering(one)), ...head.filter((one) => !isOffering(one))];
    const places = placesIn(revision.workspace, (file) => roots.get(file as RepoPath) ?? '');
    for (const contract of joinEndpoints(ends, places))
      for (const { node } of contract.providers)
        this.#contracts.set(node, [...(this.#contracts.get(node) ?? []), contract]);
    this.#table = createModuleTable(revision, nodes);
    const ambient = indexAmbient(this.#table, revision.implicit);
    this.#resolver = new Resolver({ table: this.#table, ambient, fallback: undefined });
  }

  /** The rows of one file, in a fixed order. */
  of({ path, facts }: SourceFile): FileContracts {
    const wanted = (this.#byFile.get(path) ?? []).flatMap((end) => this.#taken(end));
    const linked = this.#table.byPath.get(path);
    if (wanted.length === 0 || facts === undefined || linked === undefined) return NOTHING;
    const imported = writeImported(this.#resolver, linked);
    const own = ownEnds({ path, facts, imported: readImported(imported) }, this.#rows);
    const rows = wanted.flatMap(({ end, name, takers }): ContractRow[] => {
      const key = this.#fileRows.has(end.row) ? `export ${end.handlers?.[0]?.name ?? ''}` : localKey(end, name, own);
      return key === undefined ? [] : [{ role: end.role, key, name, takers }];
    });
    if (rows.length === 0) return NOTHING;
    const known = new Set(rows.map(({ role, key }) => `${role} ${key}`));
    const rest = own.filter(({ role, key }) => !known.has(`${role} ${key}`));
    return { imported, rows: [...rows, ...rest.map(({ role, key }) => ({ role, key, name: key, takers: NOBODY }))] };
  }

  /** The end, and each column of a table, as far as other files take it. */
  #taken(end: Endpoint & { readonly role: OfferingRole }) {
    const names = [end.key, ...columnsOf(end.values).map((column) => `${end.key}.${column}`)];
    return names.flatMap((name) => {
      const takers = this.#takersOf(end, name);
      return takers.size === 0 ? [] : [{ end, name, takers }];
    });
  }

  #takersOf({ node, role, file }: Endpoint & { readonly role: OfferingRole }, name: string): Set<RepoPath> {
    const { fileOf, files } = this.#graph;
    const takers = new Set<RepoPath>();
    for (const contract of this.#contracts.get(node) ?? []) {
      if (!isNamed(contract.name, role, name)) continue;
      for (const { node: consumer } of contract.consumers) {
        const path = files[fileOf[consumer] ?? -1]?.path;
        if (path !== undefined && path !== file) takers.add(path);
      }
    }
    return takers;
  }
}

/** Whether a contract is what an end calls `name`: brokers and packages may stand before it, tables are written in several ways. */
function isNamed(contract: string, role: OfferingRole, name: string): boolean {
  const word = role === 'orm.model' && name.includes('.') ? 'column' : WORDS[role];
  if (!contract.startsWith(`${word} `)) return false;
  const rest = contract.slice(word.length + 1);
  if (role === 'orm.model') return tableName(rest) === tableName(name);
  return rest === name || rest.endsWith(` ${name}`);
}

function tableName(name: string): string {
  return name.split('.').map(plainName).join('.');
}

/** What the text alone says where the whole says `name`; nothing where the text alone does not say it. */
function localKey({ role, row, line }: Endpoint, name: string, own: readonly OwnEnd[]): string | undefined {
  const here = own.filter((one) => one.role === role && one.row === row && one.line === line);
  const exact = here.find(({ key }) => key === name);
  if (exact !== undefined || role === 'orm.model') return exact?.key;
  const [method, path] = name.includes(' ') ? (name.split(' ', 2) as [string, string]) : ['', name];
  return here.find(({ key }) => {
    const [ownMethod, ownPath] = key.includes(' ') ? (key.split(' ', 2) as [string, string]) : ['', key];
    return ownMethod === method && (path.endsWith(ownPath) || ownPath === '/');
  })?.key;
}
