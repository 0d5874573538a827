/**
 * What one text offers to other systems, as far as that text alone tells: routes, procedures, topics, tables and their columns.
 * In: a file's facts, what its imports are, rows. Out: ends with the part of their key that is written here; what other files mount
 * them under is left out. So two texts of one file are compared like with like. Not here: who consumes them, routes that files are.
 */
import type { Endpoint } from '../../model/endpoint.js';
import type { FileFacts } from '../../model/facts.js';
import { OFFERING_ROLES, type OfferingRole } from '../../model/lint-index.js';
import type { RepoPath } from '../../model/path.js';
import type { NameScope } from '../link/binding-targets.js';
import type { LinkedFile, ModuleTable } from '../link/module-table.js';
import { namedCalls } from './calls-out.js';
import { httpRoutes } from './http-routes.js';
import type { ImportedOrigins } from './imported-origins.js';
import type { RowIndex } from './match.js';
import { graphqlEndpoints, trpcEndpoints } from './procedures.js';
import { queryEndpoints } from './queries.js';
import { SurveyRun } from './survey-run.js';

/** One thing that a text offers. */
export interface OwnEnd {
  readonly role: OfferingRole;
  /** `GET /{}`, `list`, `users`, `users.name` for a column. */
  readonly key: string;
  /** 1-based. */
  readonly line: number;
  /** Id of the row. */
  readonly row: string;
}

/** True where somebody else may rely on the end. */
export function isOffering<End extends Pick<Endpoint, 'role'>>(end: End): end is End & { readonly role: OfferingRole } {
  return OFFERING_ROLES.some((role) => role === end.role);
}

/** A text by itself. */
export interface OwnText {
  readonly path: RepoPath;
  readonly facts: FileFacts;
  readonly imported: ImportedOrigins;
}

/** What a text offers, in the order of roles and calls. About linear in its calls. */
export function ownEnds(text: OwnText, rows: RowIndex): OwnEnd[] {
  const found: Endpoint[] = [];
  const run = new SurveyRun({ scope: aloneScope(text), rows, ownRows: '', packages: '', imported: text.imported });
  run.ends((survey) => {
    found.push(...httpRoutes(survey), ...trpcEndpoints(survey), ...graphqlEndpoints(survey), ...namedCalls(survey));
    found.push(...survey.found('orm.model'), ...queryEndpoints(survey));
  });
  return found
    .filter((one) => isOffering(one))
    .flatMap(({ role, key, line, row, values }): OwnEnd[] => [
      { role, key, line, row },
      ...columnsOf(values).map((column) => ({ role, key: `${key}.${column}`, line, row })),
    ]);
}

/** Columns that a model names. */
export function columnsOf(values: Endpoint['values']): string[] {
  return String(values['columns'] ?? '')
    .split(',')
    .filter((name) => name !== '');
}

/** A revision of one file, in which no specifier leads to another. */
function aloneScope({ path, facts }: OwnText): NameScope {
  const file: LinkedFile = {
    path,
    source: { path, package: 0, role: 'source', id: '', facts, resolutions: [], verbatim: false },
    facts,
    nodes: Int32Array.from(facts.symbols.keys()),
    augmented: new Map(),
    resolved: new Map(),
  };
  const table: ModuleTable = { files: [file], byPath: new Map([[path, file]]), wholes: new Map(), trace: undefined };
  const ambient = { globals: new Map(), external: new Map(), autoImports: new Map() };
  return { table, ambient, fallback: undefined };
}
