/**
 * Differences of GraphQL schemas as flags, under graphql-inspector's own change types.
 * In: differences. Out: flags. Pure. Descriptions and deprecations are none; a directive that guards is a matter of access.
 */
import type { GraphqlDifference, RiskFlag } from '../../../model/index.js';
import { RULES } from '../../../catalogue/rules/index.js';
import { flagOf, type Finding } from '../classifier.js';

const KNOWN = new Set(RULES.map(({ id }) => id));

/** The flags of all differences, in their order. */
export function graphqlFlags(differences: readonly GraphqlDifference[]): RiskFlag[] {
  return differences.flatMap((one) => directiveFlag(one) ?? schemaFlag(one));
}

/** Change types that one rule stands for. */
const TOGETHER: readonly (readonly [RegExp, string])[] = [
  [/^SCHEMA_(?:QUERY|MUTATION|SUBSCRIPTION)_TYPE_CHANGED$/, 'SCHEMA_ROOT_CHANGED'],
  [/^DIRECTIVE_(?:ARGUMENT_(?:ADDED|REMOVED|TYPE_CHANGED)|LOCATION_REMOVED|REPEATABLE_REMOVED)$/, 'DIRECTIVE_CHANGED'],
];

function schemaFlag(difference: GraphqlDifference): RiskFlag[] {
  const type = TOGETHER.find(([pattern]) => pattern.test(difference.type))?.[1] ?? difference.type;
  if (!KNOWN.has(`graphql/${type}`)) return [];
  return [flagOf(`graphql/${type}`, { ...findingOf(difference), ...gravity(difference) })];
}

/** The library looks closer than the row: an optional argument breaks nobody. */
function gravity({ criticality }: GraphqlDifference): Partial<Finding> {
  if (criticality === 'non-breaking') return { severity: 'info', verdict: 'safe' };
  return criticality === 'breaking' ? { verdict: 'breaking' } : { verdict: 'risky' };
}

function findingOf({ file, line, message, path, side }: GraphqlDifference): Finding {
  return { file, line, message: `${message}.`, subject: path, evidence: [{ file, line, side, text: path }] };
}

const GUARD =
  /^(?:auth\w*|has(?:role|scope|permission)s?|is(?:authenticated|admin|owner)\w*|requires?\w*(?:scopes?|auth\w*|roles?|permissions?)|authenticated|policy|roles?|permissions?|guard\w*|protected|private|public|access\w*|owner)$/i;

/** `Directive 'auth' was removed from field 'Query.users'`. */
function directiveFlag(difference: GraphqlDifference): RiskFlag[] | undefined {
  const usage = /^DIRECTIVE_USAGE_.*_(ADDED|REMOVED)$/.exec(difference.type)?.[1];
  if (usage === undefined || difference.type.includes('ARGUMENT_ADDED')) return usage === undefined ? undefined : [];
  const name = /@(\w+)/.exec(difference.path)?.[1] ?? /Directive '(\w+)'/.exec(difference.message)?.[1] ?? '';
  if (name === 'deprecated' || name === 'specifiedBy') return [];
  const finding = findingOf(difference);
  if (!GUARD.test(name)) return [flagOf('graphql/DIRECTIVE_USAGE_CHANGED', finding)];
  // `@public` opens what the others close.
  const opens = (usage === 'REMOVED') !== /^public$/i.test(name);
  const rule = opens ? 'auth/graphql-directive-removed' : 'auth/graphql-directive-added';
  return [flagOf(rule, { ...finding, security: opens ? 'weakened' : 'strengthened' })];
}
