/**
 * One end of a contract: a call (or declaration, or line of a resource) that a catalogue row has recognised.
 * In: what analyze/contracts matched, per revision. Out: the plain input of classifiers and of the join into edges.
 */
import type { EndpointRole } from './catalogue-row.js';
import type { Confidence } from './confidence.js';
import type { RepoPath } from './path.js';

/** A text's part that is not known. */
export const HOLE = '${}';

/** Code that a route runs, or that guards it. */
export interface Handler {
  /** As written: `requireUser`, `passport.authenticate`, `AuthGuard`; `(inline)` for a function in place. */
  readonly name: string;
  /** Node of the symbol that it is; −1 where it is none of the repository. For a function in place: whose code it stands in. */
  readonly node: number;
  /** What a call that makes it is given, as far as that is text: `jwt` of `passport.authenticate('jwt')`. */
  readonly given: readonly string[];
}

/** What a query says beside its tables. */
export interface QueryShape {
  /** `select`, `insert`, `update`, `delete`, `upsert`, `count`, `raw`; `''` = not known. */
  readonly operation: string;
  readonly tables: readonly string[];
  /** Columns that are named; empty where all or none are. */
  readonly columns: readonly string[];
  /** Columns that it filters by. */
  readonly where: readonly string[];
  /** It has a filter, a limit, an order, a lock; the method names of the chain behind it. */
  readonly steps: readonly string[];
  /** Raw text, holes as `${}`. */
  readonly sql?: string;
  readonly inLoop: boolean;
  readonly inTransaction: boolean;
}

/** See the file's head. */
export interface Endpoint {
  readonly role: EndpointRole;
  /** Normal form by which ends are joined: `GET /orders/{}`, `orders`, `orders.created`, `Query.user`, `DATABASE_URL`. `''` = it joins nothing. */
  readonly key: string;
  /** Node of the symbol whose code it is; of the file for resources. */
  readonly node: number;
  readonly file: RepoPath;
  /** 1-based. */
  readonly line: number;
  /** Id of the row. */
  readonly row: string;
  readonly confidence: Confidence;
  /** Bound values: texts with holes as `${}`, numbers and booleans as written. Options by their names. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** Option rows: units of `values`. */
  readonly units?: Readonly<Record<string, string>>;
  /** Routes: what answers, last one first being the handler itself. */
  readonly handlers?: readonly Handler[];
  /** Routes: what runs before it, outermost first: of the mounts, the router, the class, the method, the call. */
  readonly guards?: readonly Handler[];
  readonly query?: QueryShape;
  /** It stands in a test file. */
  readonly test: boolean;
}

/** The ends of one revision, ordered by file, line, role and key. */
export type Endpoints = readonly Endpoint[];
