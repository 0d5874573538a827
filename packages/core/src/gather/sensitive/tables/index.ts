/**
 * Changed files that declare tables (Prisma, Drizzle, TypeORM, declarative SQL), as one schema change for each source.
 * In: text pairs, read SQL files. Out: declarations of both revisions, and a diagnostic for what does not parse.
 */
import type { Diagnostic } from '../../../model/diagnostic.js';
import type { SqlChange, SqlOperation } from '../../../model/sql.js';
import type { SchemaChange, SchemaSource, TableDeclaration } from '../../../model/table.js';
import { brokenFile, type TextPair } from '../changed-texts.js';
import { NO_TABLES, type DeclaredTables } from './declared.js';
import { drizzleTables, mayBeDrizzle } from './drizzle.js';
import { prismaTables } from './prisma.js';
import { mayBeTypeorm, typeormTables } from './typeorm.js';

interface Reader {
  readonly source: SchemaSource;
  readonly words: string;
  readonly reads: (pair: TextPair) => boolean;
  readonly read: (file: string, text: string) => DeclaredTables | Promise<DeclaredTables>;
}

const CODE = /\.[mc]?[jt]s$/;
const either = (pair: TextPair, test: (text: string) => boolean): boolean =>
  CODE.test(pair.file) && [pair.base, pair.head].some((text) => text !== undefined && test(text));

const READERS: readonly Reader[] = [
  { source: 'prisma', words: 'a Prisma schema', reads: ({ file }) => file.endsWith('.prisma'), read: prismaTables },
  { source: 'drizzle', words: 'a Drizzle schema', reads: (pair) => either(pair, mayBeDrizzle), read: drizzleTables },
  { source: 'typeorm', words: 'TypeORM entities', reads: (pair) => either(pair, mayBeTypeorm), read: typeormTables },
];

/** Every source's changed declarations; sources without any are left out. */
export async function readSchemaChanges(pairs: readonly TextPair[], sql: readonly SqlChange[]) {
  const changes: SchemaChange[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const reader of READERS) {
    const [base, head] = [collector(), collector()];
    for (const pair of pairs.filter((one) => reader.reads(one))) {
      const before = pair.base === undefined ? NO_TABLES : await reader.read(pair.basePath, pair.base);
      const after = pair.head === undefined ? NO_TABLES : await reader.read(pair.file, pair.head);
      base.add(comparable(before, after));
      head.add(comparable(after, before));
      diagnostics.push(...after.broken.map((line) => brokenFile(pair.file, line, reader.words)));
    }
    if (base.size() + head.size() > 0) changes.push({ source: reader.source, base: base.all(), head: head.all() });
  }
  const declared = sql.filter(({ purpose }) => purpose === 'schema');
  if (declared.length > 0) changes.push(sqlSchema(declared));
  return { changes, diagnostics };
}

/** Where a part of either text is not readable, what only one of them declares says nothing. */
function comparable(one: DeclaredTables, other: DeclaredTables): DeclaredTables {
  if (one.broken.length + other.broken.length === 0) return one;
  const tables = new Set(other.tables.map(({ name }) => name));
  const enums = new Set(other.enums.map(({ name }) => name));
  return {
    tables: one.tables.filter(({ name }) => tables.has(name)),
    enums: one.enums.filter(({ name }) => enums.has(name)),
    broken: one.broken,
  };
}

function collector() {
  const all: DeclaredTables[] = [];
  return {
    add: (one: DeclaredTables) => all.push(one),
    size: () => all.reduce((sum, one) => sum + one.tables.length + one.enums.length, 0),
    all: () => ({ tables: all.flatMap((one) => one.tables), enums: all.flatMap((one) => one.enums) }),
  };
}

/** Declarative SQL: what its statements create. */
function sqlSchema(files: readonly SqlChange[]): SchemaChange {
  const side = (pick: 'base' | 'head') => ({
    tables: files.flatMap((one) => createdTables(one.file, one[pick])),
    enums: files.flatMap((one) =>
      one[pick].flatMap(({ action, name = '', columns = [], line }) =>
        action === 'create-enum' ? [{ name, values: columns.map((value) => value.name), file: one.file, line }] : [],
      ),
    ),
  });
  return { source: 'sql', base: side('base'), head: side('head') };
}

function createdTables(file: string, operations: readonly SqlOperation[]): TableDeclaration[] {
  return operations.flatMap(({ action, table = '', columns = [], line }) => {
    if (action !== 'create-table') return [];
    const indexes = operations.flatMap((one) =>
      one.action === 'create-index' && one.table === table && one.name !== undefined
        ? [{ columns: [one.name], unique: one.unique === true, name: one.name, line: one.line }]
        : [],
    );
    const declared = columns.map(({ name, type, notNull, hasDefault, unique, primaryKey }) => ({
      name,
      type,
      nullable: !notNull,
      generated: hasDefault,
      unique,
      primaryKey,
      line,
    }));
    return [{ name: table, file, line, columns: declared, indexes, open: columns.length === 0 }];
  });
}
