/** Rules of routes in code: `route/…`. Descriptions of the same in OpenAPI files have their own (`openapi/…`). */
import { rulesOf, type RuleRow } from './rule.js';

const BOTH = 'Answer the old one too until its callers are gone: watch its requests.';

const ROUTES: readonly RuleRow[] = [
  ['removed', 'medium', 'breaking', 'Route removed', 'Code no longer answers a method and path.', 'Its callers get 404: in this repository, in other ones, in apps that are installed.', BOTH, 'oasdiff api-removed-without-deprecation'],
  ['renamed', 'medium', 'breaking', 'Route renamed', 'The same code answers under another path.', 'Callers of the old path get 404.', BOTH, 'oasdiff api-path-removed-without-deprecation'],
  ['method-changed', 'medium', 'breaking', 'Method of a route changed', 'The same path is answered for another method.', 'Callers with the old method get 404 or 405.', BOTH],
  ['parameters-changed', 'medium', 'breaking', 'Path parameters of a route changed', 'A path has more or fewer parameters than before.', 'Callers of the old form get 404, or another route.', BOTH, 'oasdiff new-request-path-parameter'],
  ['added', 'info', 'safe', 'Route added', 'Code answers a method and path that it did not.', 'It is one more way in.', 'See that it is guarded like its neighbours.', 'oasdiff endpoint-added'],
]; // prettier-ignore

/** See the file's head. */
export const ROUTE_RULES = rulesOf('route', 'contract', ROUTES);
