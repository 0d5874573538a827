/** Changed SQL files as operations. In: text pairs. Out: one record a file, and a diagnostic for each that has unread statements. */
import type { Diagnostic } from '../../../model/diagnostic.js';
import type { SqlChange, SqlPurpose } from '../../../model/sql.js';
import type { SensitiveRequest, TextPair } from '../changed-texts.js';
import { dialectHint, sqlPurpose } from './purpose.js';
import { readScript, type SqlScript } from './script.js';

/** Reads every changed `.sql` file that does or declares something; the parsers are loaded only then. */
export async function readSqlChanges(request: SensitiveRequest, pairs: readonly TextPair[]) {
  const changes: SqlChange[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const pair of pairs) {
    const purpose = /\.sql$/i.test(pair.file) ? sqlPurpose(pair.file) : undefined;
    if (purpose === undefined || purpose === 'script') continue;
    const change = await readChange(request, pair, purpose);
    changes.push(change);
    if (change.unread.length > 0) diagnostics.push(unreadNote(change));
  }
  return { changes, diagnostics };
}

const EMPTY: SqlScript = { dialect: 'generic', operations: [], statements: [], unread: [] };

async function readChange(request: SensitiveRequest, pair: TextPair, purpose: SqlPurpose): Promise<SqlChange> {
  const tree = pair.status === 'removed' ? request.base : request.head;
  const hint = await dialectHint(tree, pair.file);
  const base = pair.base === undefined ? EMPTY : await readScript(pair.base, hint);
  const head = pair.head === undefined ? EMPTY : await readScript(pair.head, hint);
  return {
    file: pair.file,
    status: pair.status,
    purpose,
    dialect: pair.head === undefined ? base.dialect : head.dialect,
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
