/**
 * Tables and columns, and the code that queries them.
 * In: ends of both revisions. Out: a contract for each table that is declared here and queried here, for each column that some
 * query names, and `table t.*` for queries that take all columns.
 */
import type { Endpoint, Endpoints } from '../../model/endpoint.js';
import { sideOf, type Contract, type Side } from './contract.js';
import { plainName } from './sql-text.js';

interface Declared {
  /** As the first declaration writes it. */
  readonly written: string;
  readonly table: Side[];
  readonly columns: Map<string, Side[]>;
  /** Columns as the first declaration writes them. */
  readonly names: Map<string, string>;
  readonly mapped: Set<string>;
}

/** Contracts of tables. */
export function joinTables(all: Endpoints): Contract[] {
  const declared = declaredTables(all);
  const queries = new Map<string, Endpoint[]>();
  for (const one of all) {
    if (one.query === undefined) continue;
    const key = declared.has(one.key)
      ? one.key
      : [`${one.key}s`, one.key.replace(/s$/, '')].find((name) => declared.has(name));
    if (key !== undefined) queries.set(key, [...(queries.get(key) ?? []), one]);
  }
  const named = [...queries];
  for (const [key, list] of named)
    for (const mapped of declared.get(key)?.mapped ?? [])
      if (!queries.has(mapped) && declared.has(mapped)) queries.set(mapped, list);
  return [...queries].flatMap(([key, list]) => contractsOf(key, declared.get(key)!, list, declared));
}

function declaredTables(all: Endpoints): Map<string, Declared> {
  const tables = new Map<string, Declared>();
  for (const one of all) {
    if (one.role !== 'orm.model' || one.test) continue;
    const written = String(one.values['table'] ?? one.key);
    const known = tables.get(one.key) ?? {
      written,
      names: new Map<string, string>(),
      table: [],
      columns: new Map<string, Side[]>(),
      mapped: new Set<string>(),
    };
    tables.set(one.key, known);
    const column = one.values['column'];
    if (typeof column === 'string') addColumn(known, column, one);
    else known.table.push(sideOf(one));
    for (const name of String(one.values['columns'] ?? '').split(',')) if (name !== '') addColumn(known, name, one);
    if (typeof one.values['mapped'] === 'string') known.mapped.add(plainName(one.values['mapped']));
  }
  return tables;
}

function addColumn({ columns, names }: Declared, name: string, one: Endpoint): void {
  const key = plainName(name);
  if (!names.has(key)) names.set(key, name);
  columns.set(key, [...(columns.get(key) ?? []), sideOf(one)]);
}

function contractsOf(
  key: string,
  declared: Declared,
  queries: readonly Endpoint[],
  all: ReadonlyMap<string, Declared>,
): Contract[] {
  const users: Side[] = [];
  const takers: Side[] = [];
  const columns = new Map<string, Side[]>();
  for (const one of queries) {
    users.push(sideOf(one));
    const named = [...new Set([...(one.query?.columns ?? []), ...(one.query?.where ?? [])].map(plainName))].filter(
      (name) => declared.columns.has(name),
    );
    if (one.query?.columns.length === 0) takers.push(sideOf(one, 'structural'));
    for (const name of named) columns.set(name, [...(columns.get(name) ?? []), sideOf(one, 'pattern')]);
  }
  const mapped = [...declared.mapped]
    .filter((name) => name !== key)
    .flatMap((name) => (all.has(name) ? [`table ${all.get(name)!.written}`] : []));
  const { written } = declared;
  const columnName = (name: string): string => `column ${written}.${declared.names.get(name) ?? name}`;
  const table: Contract = { name: `table ${written}`, providers: declared.table, consumers: users, parts: mapped };
  const each = takers.length > 0 ? [...declared.columns.keys()] : [...columns.keys()];
  const single = each.map((name): Contract => ({
    name: columnName(name),
    providers: declared.columns.get(name) ?? [],
    consumers: columns.get(name) ?? [],
    parts: [],
  }));
  if (takers.length === 0) return [table, ...single];
  return [
    table,
    { name: `table ${written}.*`, providers: [], consumers: takers, parts: each.map(columnName) },
    ...single,
  ];
}
