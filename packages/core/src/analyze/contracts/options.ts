/**
 * Options that code sets: pools, timeouts, tokens, cookies. One end a call, its options by name with their units.
 * In: the survey's matches of `res.value` and `auth.*`. Out: endpoints that join nothing (`key` is '').
 */
import type { EndpointRole } from '../../model/catalogue-row.js';
import { HOLE, type Endpoint } from '../../model/endpoint.js';
import type { PartialValue } from '../../model/calls.js';
import type { Match } from './match.js';
import { select, type Placed } from './select.js';
import { listed, type Survey } from './survey.js';

const ROLES: readonly EndpointRole[] = ['res.value', 'auth.guard', 'auth.config', 'auth.token', 'auth.hash'];

/** The endpoints of all option rows. */
export function optionEndpoints(survey: Survey): Endpoint[] {
  return ROLES.flatMap((role) => survey.ends(role, (match) => [optionEnd(survey, match)]));
}

function optionEnd(survey: Survey, match: Match): Endpoint {
  const values: Record<string, string | number | boolean> = {};
  const units: Record<string, string> = {};
  for (const [name, selector] of Object.entries(match.row.bind ?? {})) {
    if (name === 'handlers') continue;
    const value = plainValue(survey, select(survey.resolver, match, selector, new Map()));
    if (value !== undefined) values[name] = value;
  }
  for (const [option, unit] of Object.entries(match.row.options ?? {})) {
    const value = optionValue(survey, match, option);
    if (value === undefined) continue;
    values[option] = value;
    units[option] = unit;
  }
  const handlers = survey.handlers(select(survey.resolver, match, match.row.bind?.['handlers'], new Map()));
  return survey.endpoint(match, match.place, {
    key: '',
    values,
    units,
    ...(handlers.length > 0 ? { handlers } : {}),
  });
}

function optionValue(survey: Survey, match: Match, option: string): string | number | boolean | undefined {
  for (const holder of (match.row.optionsIn ?? 'A0').split('|')) {
    const value = plainValue(survey, select(survey.resolver, match, `${holder}.${option}`, new Map()));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A number, a flag or a text as written; a list as its texts; a hole where it is there and not known. */
function plainValue(survey: Survey, placed: readonly Placed[]): string | number | boolean | undefined {
  const [first] = placed;
  if (first === undefined) return undefined;
  const known = knownValue(survey, first);
  if (known !== undefined) return known;
  if (Array.isArray(first.value) && first.value[0] === 'a')
    return listed(first)
      .map((one) => String(knownValue(survey, one) ?? HOLE))
      .join(',');
  return Array.isArray(first.value) && (first.value[0] === 'o' || first.value[0] === 'f') ? '{…}' : HOLE;
}

function knownValue(survey: Survey, { file, value, bound }: Placed): string | number | boolean | undefined {
  const of = (one: PartialValue): string | number | boolean | undefined =>
    one === null || typeof one === 'object' ? undefined : one;
  if (of(value) !== undefined) return of(value);
  for (const origin of survey.resolver.origins(file, value, bound)) {
    if (origin.kind === 'value' && of(origin.value) !== undefined) return of(origin.value);
    if (origin.kind === 'path' && origin.pkg === 'global:process' && origin.steps[0]?.token === 'M:env')
      return `env ${origin.steps[1]?.token.slice(2) ?? ''}`;
  }
  return undefined;
}
