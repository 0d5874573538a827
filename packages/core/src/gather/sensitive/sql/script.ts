/**
 * A SQL text as operations: the dialect is tried, hinted first; each statement that none reads is named.
 * In: text and hints. Out: operations with lines. Not here: what the file is for (purpose.ts), what an operation breaks.
 */
import type { SqlDialect, SqlOperation } from '../../../model/sql.js';
import { dialectReader } from './dialects.js';
import { postgresReader, type StatementReader } from './postgres.js';
import { splitStatements, type SqlStatement } from './statements.js';

/** A read script. */
export interface SqlScript {
  readonly dialect: SqlDialect;
  readonly operations: readonly SqlOperation[];
  readonly statements: readonly string[];
  /** Lines of statements that no dialect reads. */
  readonly unread: readonly number[];
}

/** Longer scripts are data. */
const MAX_STATEMENTS = 5000;

const readers = new Map<SqlDialect, Promise<StatementReader>>();

function readerOf(dialect: SqlDialect): Promise<StatementReader> {
  const known = readers.get(dialect) ?? (dialect === 'postgresql' ? postgresReader() : dialectReader(dialect));
  readers.set(dialect, known);
  return known;
}

/** Reads a text; `hint` is what configuration beside it says. Never throws. */
export async function readScript(text: string, hint?: SqlDialect): Promise<SqlScript> {
  const statements = splitStatements(text).slice(0, MAX_STATEMENTS);
  const order = dialectsOf(text, hint);
  let dialect = order[0]!;
  const operations: SqlOperation[] = [];
  const unread: number[] = [];
  for (const [index, statement] of statements.entries()) {
    const found = await readStatement(statement, dialect, order);
    if (found === undefined) {
      unread.push(statement.line);
      continue;
    }
    if (operations.length === 0) dialect = found.dialect;
    operations.push(...found.operations.map((one) => ({ ...one, line: statement.line, statement: index })));
  }
  return { dialect, operations, statements: statements.map((one) => one.text), unread };
}

async function readStatement(statement: SqlStatement, first: SqlDialect, order: readonly SqlDialect[]) {
  for (const dialect of [first, ...order.filter((one) => one !== first)]) {
    const read = await readerOf(dialect);
    const operations = read(statement);
    if (operations !== undefined) return { dialect, operations };
  }
  return undefined;
}

const ALL: readonly SqlDialect[] = ['postgresql', 'mysql', 'sqlite', 'mssql', 'generic'];

/** The dialects to try, likeliest first. */
function dialectsOf(text: string, hint: SqlDialect | undefined): SqlDialect[] {
  const first = hint ?? guessed(text);
  return [first, ...ALL.filter((one) => one !== first)];
}

function guessed(text: string): SqlDialect {
  if (/\bauto_increment\b|\bengine\s*=|\bunsigned\b/i.test(text)) return 'mysql';
  if (/\bpragma\b|\bautoincrement\b|\bwithout\s+rowid\b/i.test(text)) return 'sqlite';
  if (/^\s*go\s*$|\[dbo\]|\bnvarchar\b|\bsp_rename\b/im.test(text)) return 'mssql';
  return /`\w+`/.test(text) ? 'mysql' : 'postgresql';
}
