/** What one file declares of a database. */
import type { EnumDeclaration, TableDeclaration } from '../../../model/table.js';

/** Tables and enums of one text, and the lines of what could not be read. */
export interface DeclaredTables {
  readonly tables: readonly TableDeclaration[];
  readonly enums: readonly EnumDeclaration[];
  readonly broken: readonly number[];
}

/** Nothing declared. */
export const NO_TABLES: DeclaredTables = { tables: [], enums: [], broken: [] };
