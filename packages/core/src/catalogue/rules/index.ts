/** Every rule, by id. A classifier that names a rule which is not here does not compile its tests: see rules.test.ts. */
import { ACCESS_RULES } from './access.js';
import { DATABASE_RULES } from './database.js';
import { GRAPHQL_RULES } from './graphql.js';
import { INFRASTRUCTURE_RULES } from './infrastructure.js';
import { OPENAPI_RULES } from './openapi.js';
import { PROTOBUF_RULES } from './protobuf.js';
import { QUERY_RULES } from './queries.js';
import { RESOURCE_RULES } from './resources.js';
import { ROUTE_RULES } from './routes.js';
import { SHARED_LIBRARY_RULES } from './shared-library.js';
import { TYPESCRIPT_RULES } from './typescript.js';
import type { RiskRule } from './rule.js';

export type { RiskRule } from './rule.js';

/** In order of area, then as written. */
export const RULES: readonly RiskRule[] = [
  ...DATABASE_RULES,
  ...GRAPHQL_RULES,
  ...PROTOBUF_RULES,
  ...OPENAPI_RULES,
  ...RESOURCE_RULES,
  ...INFRASTRUCTURE_RULES,
  ...ROUTE_RULES,
  ...ACCESS_RULES,
  ...QUERY_RULES,
  ...TYPESCRIPT_RULES,
  ...SHARED_LIBRARY_RULES,
];

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with that id; a classifier that names none is a bug, and throws. */
export function ruleOf(id: string): RiskRule {
  const rule = BY_ID.get(id);
  if (rule === undefined) throw new Error(`no rule ${id} in the catalogue`);
  return rule;
}
