/**
 * What a SQL file is for, by its place: migrations run once and in order, schemas declare, scripts are run by somebody.
 * In: a path. Out: the purpose; where files beside a migration say which dialect is spoken.
 */
import { baseNameOf, directoryOf, joinPath, type RepoPath } from '../../../model/path.js';
import type { SqlDialect, SqlPurpose } from '../../../model/sql.js';
import type { FileTree } from '../../../model/tree.js';

const MIGRATION_FOLDER =
  /(?:^|\/)(?:[\w.-]*migrations?[\w.-]*|migrate|changelogs?|changesets?|versions|drizzle|evolutions|updates)\//i;
const MIGRATION_NAME = /^(?:[VUR]\d[\w.]*__|\d{3,}[-_.])/;
const DOWN = /(?:^|[._-])(?:down|undo|rollback|revert)(?:\.sql|[._-]|$)|^U\d/i;
const SCHEMA = /(?:^|[._/-])(?:schemas?|structure|tables|ddl|init(?:ialize)?|create[-_]tables?)(?:[._/-]|$)/i;
const SEED = /(?:^|[._/-])(?:seeds?|fixtures?|samples?|mock|dump|data)(?:[._/-]|$)/i;

/** `undefined` for files that undo. */
export function sqlPurpose(path: RepoPath): SqlPurpose | undefined {
  const name = baseNameOf(path);
  if (DOWN.test(name)) return undefined;
  if (SEED.test(path)) return 'script';
  if (MIGRATION_FOLDER.test(path) || MIGRATION_NAME.test(name)) return 'migration';
  return SCHEMA.test(path) ? 'schema' : 'script';
}

/** The dialect that Prisma's lock file or Drizzle's journal names. */
export async function dialectHint(tree: FileTree, path: RepoPath): Promise<SqlDialect | undefined> {
  const folder = directoryOf(path);
  const lock = joinPath(folder, '../migration_lock.toml') ?? '';
  const journal = joinPath(folder, 'meta/_journal.json') ?? '';
  const text = `${(await textOf(tree, lock)) ?? ''}\n${(await textOf(tree, journal)) ?? ''}`;
  return DIALECTS.find(([pattern]) => pattern.test(text))?.[1];
}

const DIALECTS: readonly (readonly [RegExp, SqlDialect])[] = [
  [/(?:provider|"dialect")\s*[=:]\s*"(?:postgres(?:ql)?|cockroachdb)"/, 'postgresql'],
  [/(?:provider|"dialect")\s*[=:]\s*"mysql"/, 'mysql'],
  [/(?:provider|"dialect")\s*[=:]\s*"(?:sqlite|turso)"/, 'sqlite'],
  [/provider\s*=\s*"sqlserver"/, 'mssql'],
];

function textOf(tree: FileTree, path: RepoPath): Promise<string | undefined> {
  return tree.byPath.get(path)?.kind === 'file' ? tree.text(path) : Promise.resolve(undefined);
}
