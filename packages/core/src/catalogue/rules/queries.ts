/** Rules of queries in code: `q/…`. What a query's table loses is said by `db/…`. */
import { rulesOf, type RuleRow } from './rule.js';

const PLAN = 'Look at the plan and the number of rows with production-like data.';
const MEANT = 'See that it is meant, and that a test shows who must not see what.';

const QUERIES: readonly RuleRow[] = [
  ['where-removed', 'critical', 'risky', 'Update or delete without a filter', 'A statement that changes rows has lost its filter.', 'It changes every row of the table.', 'Put the filter back; where all rows are meant, say so in a comment and do it in batches.'],
  ['unbounded-result', 'medium', 'risky', 'Query without a filter', 'A query that found some rows finds all of them.', 'Memory and time grow with the table.', 'Filter, or read page by page.'],
  ['tenant-predicate-removed', 'high', 'risky', 'Query no longer limited to one tenant', 'A filter by tenant, organisation, workspace or account is gone.', 'One customer sees or changes the data of others.', MEANT],
  ['soft-delete-predicate-removed', 'medium', 'risky', 'Query finds deleted rows', 'A filter by `deletedAt` or the like is gone.', 'What users deleted is there again.', MEANT],
  ['filter-changed', 'low', 'risky', 'Query filters by something else', 'The columns that a query filters by differ.', 'It finds other rows, perhaps without an index.', PLAN],
  ['order-or-limit-removed', 'medium', 'risky', 'Query has no limit any more', 'The limit of a query is gone.', 'Memory and time grow with the table.', PLAN],
  ['n-plus-one-introduced', 'medium', 'risky', 'Query in a loop', 'A query that ran once runs for each turn of a loop.', 'As many round trips as rows: slow where there are many.', 'Fetch them in one query, or in batches.'],
  ['transaction-boundary-removed', 'high', 'risky', 'Query no longer in a transaction', 'A query that ran in a transaction runs by itself.', 'Half of the work stays when the other half fails.', 'Keep what belongs together in one transaction.'],
  ['lock-added', 'medium', 'risky', 'Query locks rows', 'A query locks what it finds.', 'Others wait, and two can wait for each other.', 'Lock in one order, as late as you can, and set a lock timeout.'],
  ['raw-sql-introduced', 'high', 'risky', 'SQL put together from values', 'The text of a statement holds values that nothing escapes.', 'Whoever chooses the value writes SQL.', 'Use parameters or a tagged template.'],
  ['join-changed', 'low', 'risky', 'Query reads other tables', 'The tables that a statement names differ.', 'It finds other rows, or finds them more slowly.', PLAN],
]; // prettier-ignore

/** See the file's head. */
export const QUERY_RULES = rulesOf('q', 'query', QUERIES);
