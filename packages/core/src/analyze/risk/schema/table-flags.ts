/**
 * What changed declarations of tables (Prisma, Drizzle, TypeORM, declarative SQL) break, by the rules `db/…`.
 * In: declarations of both revisions. Out: flags. Pure. Columns are judged in column-flags.ts.
 */
import type {
  EnumDeclaration,
  IndexDeclaration,
  RiskFlag,
  SchemaChange,
  TableDeclaration,
} from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { columnFlags } from './column-flags.js';
import { matchTables, type TablePair } from './table-pairs.js';

/** The flags of every source. */
export function tableFlags(changes: readonly SchemaChange[]): RiskFlag[] {
  return changes.flatMap(({ base, head }) => {
    const { pairs, gone, added } = matchTables(base.tables, head.tables);
    return [
      ...gone.map((table) => droppedTable(table, head.tables)),
      ...added.map(addedTable),
      ...pairs.flatMap(pairFlags),
      ...enumFlags(base.enums, head.enums),
    ];
  });
}

/** A file that is still there shows the place; a removed one is named itself. */
function droppedTable(table: TableDeclaration, head: readonly TableDeclaration[]): RiskFlag {
  const { name, file, line } = table;
  const stays = head.some((one) => one.file === file);
  return flagOf('db/table-dropped', {
    file,
    line: stays ? 1 : line,
    subject: name,
    message: `Table ${name} is no longer declared.`,
    evidence: [
      {
        file,
        line,
        side: 'base',
        text: `${name}: ${table.columns.map((column) => column.name).join(', ')}`.slice(0, 200),
      },
    ],
  });
}

function addedTable({ name, file, line }: TableDeclaration): RiskFlag {
  return flagOf('db/table-added', { file, line, subject: name, message: `Table ${name} is added.` });
}

function pairFlags(pair: TablePair): RiskFlag[] {
  return [...renamedTable(pair), ...columnFlags(pair), ...keyFlags(pair), ...indexFlags(pair)];
}

function renamedTable({ before, after }: TablePair): RiskFlag[] {
  if (before.name === after.name) return [];
  const message = `Table ${before.name} is renamed to ${after.name}.`;
  const { file, line } = after;
  return [
    flagOf('db/table-renamed', { file, line, subject: before.name, before: before.name, after: after.name, message }),
  ];
}

function keyFlags({ before, after }: TablePair): RiskFlag[] {
  if (before.open || after.open) return [];
  const [old, now] = [keyOf(before), keyOf(after)];
  if (old === now || old === '') return [];
  const { file, line, name } = after;
  const message = `The primary key of ${name} is (${now}), was (${old}).`;
  return [flagOf('db/pk-changed', { file, line, subject: name, before: old, after: now, message })];
}

/** Renamed columns are told apart by their name in code. */
function keyOf({ columns }: TableDeclaration): string {
  return columns
    .filter(({ primaryKey }) => primaryKey === true)
    .map(({ name, property }) => property ?? name)
    .sort()
    .join(', ');
}

function indexFlags({ before, after }: TablePair): RiskFlag[] {
  const gone = before.indexes.filter((one) => !after.indexes.some((other) => sameIndex(one, other)));
  const added = after.indexes.filter((one) => !before.indexes.some((other) => sameIndex(one, other)));
  return [
    ...gone.map((one) =>
      indexFlag(after, one, after.line, one.unique ? 'db/unique-dropped' : 'db/index-dropped', 'dropped'),
    ),
    ...added.filter(({ unique }) => unique).map((one) => indexFlag(after, one, one.line, 'db/unique-added', 'added')),
  ];
}

function sameIndex(left: IndexDeclaration, right: IndexDeclaration): boolean {
  return left.unique === right.unique && left.columns.join() === right.columns.join();
}

function indexFlag(
  table: TableDeclaration,
  index: IndexDeclaration,
  line: number,
  rule: string,
  how: string,
): RiskFlag {
  const what = `${index.unique ? 'Uniqueness' : 'Index'} over (${index.columns.join(', ')}) of ${table.name}`;
  const subject = `${table.name}.${index.columns.join('+')}`;
  return flagOf(rule, { file: table.file, line, subject, message: `${what} is ${how}.` });
}

function enumFlags(base: readonly EnumDeclaration[], head: readonly EnumDeclaration[]): RiskFlag[] {
  return base.flatMap((before) => {
    const after = head.find(({ name, file }) => name === before.name && file === before.file) ?? head.find(({ name }) => name === before.name); // prettier-ignore
    if (after === undefined) return [goneEnum(before)];
    const { file, line, name } = after;
    const gone = before.values.filter((value) => !after.values.includes(value));
    const added = after.values.filter((value) => !before.values.includes(value));
    const kept = (values: readonly string[], other: readonly string[]): string =>
      values.filter((one) => other.includes(one)).join();
    const moved = kept(before.values, after.values) !== kept(after.values, before.values);
    return [
      ...gone.map((value) => flagOf('db/enum-value-removed', { file, line, subject: `${name}.${value}`, message: `Enum ${name} loses the value '${value}'.` })), // prettier-ignore
      ...added.map((value) => flagOf('db/enum-value-added', { file, line, subject: `${name}.${value}`, message: `Enum ${name} takes the value '${value}'.` })), // prettier-ignore
      ...(moved ? [flagOf('db/enum-reordered', { file, line, subject: name, message: `The values of enum ${name} stand in another order.` })] : []), // prettier-ignore
    ];
  });
}

function goneEnum({ name, file, line }: EnumDeclaration): RiskFlag {
  return flagOf('db/type-dropped', { file, line, subject: name, message: `Enum ${name} is no longer declared.` });
}
