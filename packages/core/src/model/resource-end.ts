/**
 * What a resource file says to other systems: tables of migrations and schemas, root fields of GraphQL, environment keys.
 * In: texts that gather/resources reads by their words. Out: plain rows that analyze/contracts joins with code.
 */
import type { EndpointRole } from './catalogue-row.js';
import type { RepoPath } from './path.js';

/** One line of a resource that two systems agree on. */
export interface ResourceEnd {
  readonly file: RepoPath;
  /** 1-based. */
  readonly line: number;
  readonly role: Extract<EndpointRole, 'orm.model' | 'graphql.field' | 'graphql.operation' | 'env.write' | 'env.read'>;
  /** A table, `Query.user`, a variable's name. */
  readonly name: string;
  /** Tables: the column that the line is about; absent = the table itself. */
  readonly column?: string;
  /** Tables: the name that the database has for it, where that is another. */
  readonly mapped?: string;
  /** What it says, normalised: the same text in both revisions means that nothing differs. */
  readonly says: string;
}

/** Per revision; ordered by file and line. */
export interface ResourceEnds {
  readonly base: readonly ResourceEnd[];
  readonly head: readonly ResourceEnd[];
}
