/**
 * One row of the catalogue: how a library says something that two systems agree on. Data, also in a user's configuration.
 * In: rows under catalogue/frameworks and of `blast-radius.config.*`. Out: what analyze/contracts matches calls against.
 * Access paths are texts of tokens joined by `.`: `M[a,b]` a member (`M[*]` any, `M[#verbs]` a named set), `R` what a call gives,
 * `I` an instance, `E` an element, `P[n]` a callback's n-th parameter, `**` any members (their names are `$path`).
 */
import type { Confidence } from './confidence.js';

/** What a matched call does. */
export const ENDPOINT_ROLES = [
  'http.route',
  'http.mount',
  'http.prefix',
  'http.middleware',
  'http.client',
  'graphql.field',
  'graphql.operation',
  'trpc.router',
  'trpc.procedure',
  'trpc.call',
  'mq.publish',
  'mq.subscribe',
  'event.emit',
  'event.on',
  'orm.model',
  'orm.query',
  'sql.query',
  'env.read',
  'env.write',
  'schema.change',
  'auth.guard',
  'auth.config',
  'auth.token',
  'auth.hash',
  'res.value',
  'cache.key',
] as const;

/** See {@link ENDPOINT_ROLES}. */
export type EndpointRole = (typeof ENDPOINT_ROLES)[number];

/** What a row's `confidence` may be, and the edges' that it maps to. */
export const ROW_CONFIDENCES = { high: 'bound', medium: 'pattern', low: 'named' } as const satisfies Record<
  string,
  Confidence
>;

/** How files become URLs, by framework. */
export const FILE_ROUTE_STYLES = ['next-app', 'next-pages', 'remix', 'sveltekit', 'nitro', 'astro'] as const;

/** One row. */
export interface CatalogueRow {
  /** Unique; stands in an edge's evidence. */
  readonly id: string;
  readonly role: EndpointRole;
  /** npm names, or `global:name`. For file rows: what the package must depend on; empty = nothing. */
  readonly pkg: readonly string[];
  /** `call` (the default), `decorator`, or `file`. */
  readonly kind?: 'call' | 'decorator' | 'file';
  /** Access paths from the package to the receiver; absent = the package itself. */
  readonly recv?: readonly string[];
  /** Steps that give the receiver again. */
  readonly fluent?: readonly string[];
  /** The called member; `''` = the receiver itself, `new` = constructing it, `tpl` = tagging a template with it. */
  readonly call?: string;
  readonly when?: {
    readonly minArgs?: number;
    readonly maxArgs?: number;
    /** This selector must give a text. */
    readonly text?: string;
    /** This selector must give a text that looks like a route: it begins with `/`, `*` or a hole, or is empty. */
    readonly route?: string;
  };
  /**
   * Names of values to selectors, alternatives joined by `|`: `A0` an argument, `A0.url` of an object in it, `A1..` from there on,
   * `recv.A0` of the earlier call that gave the receiver, `$member`, `$path`, `$symbol` (the name of the symbol around), `T0` a type argument, `const:GET`.
   */
  readonly bind?: Readonly<Record<string, string>>;
  /** Default: `high`. */
  readonly confidence?: keyof typeof ROW_CONFIDENCES;
  /** File rows: the URL's style, the files (a regular expression on the path) and the exports that answer. */
  readonly style?: (typeof FILE_ROUTE_STYLES)[number];
  readonly files?: string;
  readonly exports?: readonly string[];
  /** Option rows (`res.value`, `auth.*`): options to their units; `count` where there is none. */
  readonly options?: Readonly<Record<string, OptionUnit>>;
  /** Which object holds the options; default `A0`. */
  readonly optionsIn?: string;
  /** What of queries the called member does. */
  readonly operation?: string;
}

/** The unit of an option's bare number; `text` and `flag` are compared as they are. */
export type OptionUnit = 'count' | 'milliseconds' | 'seconds' | 'bytes' | 'megabytes' | 'text' | 'flag';
