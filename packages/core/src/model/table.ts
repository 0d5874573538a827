/**
 * Database tables as schemas declare them (Prisma, Drizzle, TypeORM, SQL), in one form.
 * In: declarations in either revision. Out: tables, columns, indexes, enums with lines. Not here: what differs (analyze/risk).
 */
import type { RepoPath } from './path.js';

/** What declares the tables. */
export type SchemaSource = 'prisma' | 'drizzle' | 'typeorm' | 'sql';

/** A column. Absent fields are not known, and then not compared. */
export interface ColumnDeclaration {
  /** In the database. */
  readonly name: string;
  /** In code, where it differs. */
  readonly property?: string;
  /** Lower case, with arguments: `varchar(20)`; `''` = not known. */
  readonly type: string;
  readonly nullable: boolean;
  readonly list?: boolean;
  /** As written; absent = none. */
  readonly default?: string;
  readonly generated?: boolean;
  readonly unique?: boolean;
  readonly primaryKey?: boolean;
  /** `users.id`, with actions: `users.id on delete cascade`. */
  readonly references?: string;
  readonly line: number;
}

/** An index or a uniqueness over columns. */
export interface IndexDeclaration {
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly name?: string;
  readonly line: number;
}

/** A table. */
export interface TableDeclaration {
  readonly name: string;
  /** Class, model or variable in code, where it differs. */
  readonly property?: string;
  readonly file: RepoPath;
  readonly line: number;
  readonly columns: readonly ColumnDeclaration[];
  readonly indexes: readonly IndexDeclaration[];
  /** Some columns could not be read (spreads, computed names): a missing one is not a dropped one. */
  readonly open: boolean;
}

/** An enumeration of the database. */
export interface EnumDeclaration {
  readonly name: string;
  readonly values: readonly string[];
  readonly file: RepoPath;
  readonly line: number;
}

/** What the changed files of one source declare. */
export interface SchemaDeclarations {
  readonly tables: readonly TableDeclaration[];
  readonly enums: readonly EnumDeclaration[];
}

/** One source's declarations in both revisions: only those of changed files, all of them together, since tables move. */
export interface SchemaChange {
  readonly source: SchemaSource;
  readonly base: SchemaDeclarations;
  readonly head: SchemaDeclarations;
}
