/**
 * A SQL script as the operations it performs, whatever the dialect and the parser.
 * In: statements. Out: one record per operation that the rules know; others are `other`.
 * Names are unquoted, schema-qualified where written, in the case written. Lines are 1-based.
 */
import type { RepoPath } from './path.js';

/** Dialects that are told apart. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'mssql' | 'generic';

/** What one operation does. */
export type SqlAction =
  | 'create-table'
  | 'drop-table'
  | 'rename-table'
  | 'truncate'
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  | 'alter-type'
  | 'set-not-null'
  | 'drop-not-null'
  | 'set-default'
  | 'drop-default'
  | 'add-constraint'
  | 'drop-constraint'
  | 'validate-constraint'
  | 'create-index'
  | 'drop-index'
  | 'create-enum'
  | 'add-enum-value'
  | 'rename-enum-value'
  | 'drop-type'
  | 'create-view'
  | 'drop-view'
  | 'create-function'
  | 'drop-function'
  | 'create-trigger'
  | 'drop-trigger'
  | 'enable-rls'
  | 'disable-rls'
  | 'create-policy'
  | 'alter-policy'
  | 'drop-policy'
  | 'grant'
  | 'revoke'
  | 'insert'
  | 'update'
  | 'delete'
  | 'set'
  | 'begin'
  | 'commit'
  | 'dynamic'
  | 'other';

/** One operation; fields that do not apply are absent. */
export interface SqlOperation {
  readonly action: SqlAction;
  readonly line: number;
  /** Index of its statement: operations of one `ALTER TABLE` share it. */
  readonly statement: number;
  readonly table?: string;
  /** Of the column, constraint, index, type, view, policy or setting. */
  readonly name?: string;
  /** New name, or new type. */
  readonly to?: string;
  /** Type as written, lower case: `varchar(20)`. */
  readonly type?: string;
  readonly columns?: readonly SqlColumn[];
  readonly constraint?: 'foreign-key' | 'check' | 'unique' | 'primary-key' | 'exclude' | 'not-null';
  readonly notNull?: boolean;
  readonly hasDefault?: boolean;
  /** The default (or generated expression) is computed anew for each row. */
  readonly volatileDefault?: boolean;
  readonly unique?: boolean;
  readonly concurrently?: boolean;
  readonly notValid?: boolean;
  readonly usingIndex?: boolean;
  /** The constraint stands on a column that the same statement adds. */
  readonly onNewColumn?: boolean;
  readonly cascade?: boolean;
  readonly hasWhere?: boolean;
  /** `CREATE … IF NOT EXISTS`, `DROP … IF EXISTS`. */
  readonly ifExists?: boolean;
}

/** A column of a created table. */
export interface SqlColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly unique: boolean;
  readonly primaryKey: boolean;
}

/** What a file is for; the rules differ. */
export type SqlPurpose = 'migration' | 'schema' | 'script';

/** One changed SQL file. */
export interface SqlChange {
  readonly file: RepoPath;
  /** Path in the base. */
  readonly basePath: RepoPath;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly purpose: SqlPurpose;
  readonly dialect: SqlDialect;
  /** Operations of each revision, in order; rollback sections left out. */
  readonly base: readonly SqlOperation[];
  readonly head: readonly SqlOperation[];
  /** Texts of the head's statements, by `SqlOperation.statement`. */
  readonly baseStatements: readonly string[];
  readonly headStatements: readonly string[];
  /** Lines of head statements that could not be read. */
  readonly unread: readonly number[];
}
