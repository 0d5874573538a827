/** Changed SQL files and migrations in code as operations. In: text pairs. Out: one record a file, and a diagnostic for each that has unread statements. */
import type { Diagnostic } from '../../../model/diagnostic.js';
import type { SqlChange, SqlPurpose } from '../../../model/sql.js';
import type { SensitiveRequest, TextPair } from '../changed-texts.js';
import { mayBeCodeMigration, readCodeMigration } from './code-migrations.js';
import { dialectHint, sqlPurpose } from './purpose.js';
import { readScript, type SqlScript } from './script.js';

/** Reads every changed file that migrates or declares; the parsers are loaded only then. */
export async function readSqlChanges(request: SensitiveRequest, pairs: readonly TextPair[]) {
  const changes: SqlChange[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const pair of pairs) {
    const change = await changeOf(request, pair);
    if (change === undefined) continue;
    changes.push(change);
    if (change.unread.length > 0) diagnostics.push(unreadNote(change));
  }
  return { changes, diagnostics };
}

async function changeOf(request: SensitiveRequest, pair: TextPair): Promise<SqlChange | undefined> {
  if (/\.[mc]?[jt]s$/.test(pair.file)) return codeChange(pair);
  const purpose = /\.sql$/i.test(pair.file) ? sqlPurpose(pair.file) : undefined;
  return purpose === undefined || purpose === 'script' ? undefined : readChange(request, pair, purpose);
}

/** A migration in code; `undefined` for other sources. */
async function codeChange({ file, basePath, status, base, head }: TextPair): Promise<SqlChange | undefined> {
  const read = async (path: string, text: string | undefined): Promise<SqlScript | undefined> =>
    text === undefined || !mayBeCodeMigration(path, text) ? undefined : readCodeMigration(path, text);
  const [before, after] = [await read(basePath, base), await read(file, head)];
  if (before === undefined && after === undefined) return undefined;
  return sqlChange({ file, basePath, status, purpose: 'migration' }, before ?? EMPTY, after ?? EMPTY);
}

const EMPTY: SqlScript = { dialect: 'generic', operations: [], statements: [], unread: [] };

async function readChange(request: SensitiveRequest, pair: TextPair, purpose: SqlPurpose): Promise<SqlChange> {
  const tree = pair.status === 'removed' ? request.base : request.head;
  const hint = await dialectHint(tree, pair.file);
  const base = pair.base === undefined ? EMPTY : await readScript(pair.base, hint);
  const head = pair.head === undefined ? EMPTY : await readScript(pair.head, hint);
  return sqlChange({ file: pair.file, basePath: pair.basePath, status: pair.status, purpose }, base, head);
}

function sqlChange(
  about: Pick<SqlChange, 'file' | 'basePath' | 'status' | 'purpose'>,
  base: SqlScript,
  head: SqlScript,
): SqlChange {
  return {
    ...about,
    dialect: about.status === 'removed' ? base.dialect : head.dialect,
    base: base.operations,
    head: head.operations,
    baseStatements: base.statements,
    headStatements: head.statements,
    unread: head.unread,
  };
}

function unreadNote({ file, unread }: SqlChange): Diagnostic {
  const many = unread.length === 1 ? 'A statement is' : `${unread.length} statements are`;
  return {
    kind: 'sql-not-read',
    level: 'warning',
    message: `${many} in no SQL dialect that is known here (PostgreSQL, MySQL, SQLite, SQL Server); the rest is read.`,
    file,
    line: unread[0]!,
    count: unread.length,
  };
}
