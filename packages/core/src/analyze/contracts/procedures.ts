/**
 * tRPC routers with their procedures' whole paths, and GraphQL fields and operations.
 * In: the survey's matches. Out: endpoints with `invoices.get` and `Query.user` keys.
 */
import type { PartialValue } from '../../model/calls.js';
import { HOLE, type Endpoint } from '../../model/endpoint.js';
import { isGraphqlOperation, isGraphqlSchema, operationFields, schemaFields } from '../../model/graphql-text.js';
import type { Match } from './match.js';
import type { Origin } from './origin.js';
import { select, type Placed } from './select.js';
import { SETS } from '../../catalogue/frameworks/sets.js';
import { placeKey, type Survey } from './survey.js';

const KINDS = new Set(['query', 'mutation', 'subscription']);
const DEPTH_LIMIT = 10;
const CALLS = new Set(SETS['trpcCalls']);

/** Procedures by their path from every router that is nobody's part, and the calls of procedures. */
export function trpcEndpoints(survey: Survey): Endpoint[] {
  const routers = new Map(survey.matches('trpc.router').map((match) => [placeKey(match.place), match]));
  const parts = new Set<string>();
  survey.each('trpc.router', (match) => {
    for (const [, one] of entriesOf(survey, match)) for (const key of routersIn(survey, one)) parts.add(key);
  });
  const procedures = survey.ends('trpc.router', (match) => {
    const key = placeKey(match.place);
    const isRoot = routers.get(key) === match && !parts.has(key);
    return isRoot ? below(survey, routers, match, '', new Set([key])) : [];
  });
  return [...procedures, ...survey.ends('trpc.call', (match) => trpcCall(survey, match))];
}

function trpcCall(survey: Survey, match: Match): Endpoint[] {
  const path = [...match.path];
  while (CALLS.has(path.at(-1) ?? '') || path[0] === 'useUtils') path.splice(path[0] === 'useUtils' ? 0 : -1, 1);
  const key = path.join('.');
  if (key === '') return [];
  return [survey.endpoint(match, match.place, { key, values: { procedure: key } })];
}

/** Entries of a router's object; `''` for routers that are merged. */
function entriesOf(survey: Survey, match: Match): [string, Placed][] {
  const merged = select(survey.resolver, match, match.row.bind?.['merged'], new Map()).map((one): [string, Placed] => [
    '',
    one,
  ]);
  const objects = select(survey.resolver, match, match.row.bind?.['entries'], new Map());
  return [...merged, ...objects.flatMap((one) => objectEntries(survey, one))];
}

function objectEntries(survey: Survey, { file, value, bound }: Placed): [string, Placed][] {
  return survey.resolver.origins(file, value, bound).flatMap((origin) => {
    if (origin.kind !== 'value' || !Array.isArray(origin.value) || origin.value[0] !== 'o') return [];
    return Object.entries(origin.value[1] as Readonly<Record<string, PartialValue>>).flatMap(
      ([name, inner]): [string, Placed][] => {
        const one = { file: origin.file, value: inner, bound };
        if (name !== '...') return [[name, one]];
        const spreads = Array.isArray(inner) ? (inner[1] as readonly PartialValue[]) : [];
        return spreads.flatMap((spread) => objectEntries(survey, { ...one, value: spread }));
      },
    );
  });
}

function routersIn(survey: Survey, { file, value, bound }: Placed): string[] {
  return survey.resolver.origins(file, value, bound).flatMap((origin) => lastCall(origin) ?? []);
}

function lastCall(origin: Origin): string | undefined {
  const last = origin.kind === 'path' ? origin.steps.at(-1) : undefined;
  return last?.call === undefined ? undefined : placeKey(last.call);
}

function below(
  survey: Survey,
  routers: ReadonlyMap<string, Match>,
  match: Match,
  prefix: string,
  seen: ReadonlySet<string>,
): Endpoint[] {
  return entriesOf(survey, match).flatMap(([name, one]) => {
    const path = [prefix, name].filter((part) => part !== '').join('.');
    return inEntry(survey, routers, match, one, path, seen);
  });
}

function inEntry(
  survey: Survey,
  routers: ReadonlyMap<string, Match>,
  match: Match,
  one: Placed,
  path: string,
  seen: ReadonlySet<string>,
): Endpoint[] {
  if (seen.size > DEPTH_LIMIT) return [];
  return survey.resolver.origins(one.file, one.value, one.bound).flatMap((origin): Endpoint[] => {
    const key = lastCall(origin);
    const router = key === undefined ? undefined : routers.get(key);
    if (router !== undefined && key !== undefined)
      return seen.has(key) ? [] : below(survey, routers, router, path, new Set(seen).add(key));
    if (origin.kind === 'value')
      return objectEntries(survey, one).flatMap(([name, inner]) =>
        inEntry(survey, routers, match, inner, `${path}.${name}`, new Set(seen).add(path)),
      );
    if (origin.kind !== 'path') return [];
    const kind = origin.steps.at(-2)?.token.slice(2) ?? '';
    const call = origin.steps.at(-1)?.call;
    if (!KINDS.has(kind) || call === undefined) return [];
    const guards = origin.steps.flatMap((step, index) =>
      step.token === 'M:use' ? survey.handlers(argumentsAt(survey, origin.steps[index + 1]?.call)) : [],
    );
    return [
      {
        ...survey.endpoint(match, call, {
          key: path,
          values: { procedure: path, kind },
          guards,
          handlers: survey.handlers(argumentsAt(survey, call)),
        }),
        role: 'trpc.procedure',
      },
    ];
  });
}

function argumentsAt(
  survey: Survey,
  call: { readonly file: Placed['file']; readonly index: number } | undefined,
): Placed[] {
  if (call === undefined) return [];
  const args = survey.resolver.calls(call.file).calls[call.index]?.[4] ?? [];
  return args.map((value) => ({ file: call.file, value, bound: new Map() }));
}

const TYPES: Readonly<Record<string, string>> = { q: 'Query', m: 'Mutation', s: 'Subscription' };

/** Fields that code resolves, and root fields that documents ask for. */
export function graphqlEndpoints(survey: Survey): Endpoint[] {
  const fields = survey.ends('graphql.field', (match) => graphqlField(survey, match));
  const asked = survey.ends('graphql.operation', (match) =>
    survey.texts(match, match.row.bind?.['document']).flatMap((document) => operationsIn(survey, match, document)),
  );
  return [...fields, ...asked];
}

function operationsIn(survey: Survey, match: Match, document: string): Endpoint[] {
  if (isGraphqlSchema(document))
    return schemaFields(document).map(({ name, says }) => ({
      ...survey.endpoint(match, match.place, { key: name, values: { field: name, says } }),
      role: 'graphql.field',
    }));
  if (!isGraphqlOperation(document) && !/^\s*\{/.test(document)) return [];
  const found = new Set(operationFields(document).map(({ name }) => name));
  return [...found].map((key) => survey.endpoint(match, match.place, { key, values: { field: key } }));
}

function graphqlField(survey: Survey, match: Match): Endpoint[] {
  const { bind } = match.row;
  if (bind?.['resolvers'] !== undefined)
    return select(survey.resolver, match, bind['resolvers'], new Map()).flatMap((one) =>
      resolversIn(survey, match, one),
    );
  const type = TYPES[match.member.charAt(0).toLowerCase()];
  if (type === undefined) return [];
  if (bind?.['fields'] !== undefined)
    return select(survey.resolver, match, bind['fields'], new Map()).flatMap((one) =>
      objectEntries(survey, one).map(([name, inner]) => fieldEnd(survey, match, `${type}.${name}`, inner)),
    );
  const named = survey.text(match, bind?.['name']);
  const own = match.place.file.facts?.symbols[match.record[1]]?.name.split('.').at(-1) ?? '';
  const name = match.row.kind === 'decorator' && (named === '' || named === HOLE) ? own : named;
  return name === '' || name === HOLE
    ? []
    : [survey.endpoint(match, match.place, { key: `${type}.${name}`, values: { field: `${type}.${name}` } })];
}

/** `{ Query: { user: () => … } }`, one or a list of them. */
function resolversIn(survey: Survey, match: Match, one: Placed): Endpoint[] {
  const lists = survey.resolver.origins(one.file, one.value, one.bound).flatMap((origin): Placed[] => {
    if (origin.kind !== 'value' || !Array.isArray(origin.value)) return [];
    if (origin.value[0] !== 'a') return [{ file: origin.file, value: origin.value, bound: one.bound }];
    return (origin.value[1] as readonly PartialValue[]).map((value) => ({
      file: origin.file,
      value,
      bound: one.bound,
    }));
  });
  return lists.flatMap((list) =>
    objectEntries(survey, list).flatMap(([type, fields]) =>
      /^(?:Query|Mutation|Subscription)$/.test(type)
        ? objectEntries(survey, fields).map(([name, inner]) => fieldEnd(survey, match, `${type}.${name}`, inner))
        : [],
    ),
  );
}

function fieldEnd(survey: Survey, match: Match, key: string, inner: Placed): Endpoint {
  const node = survey.nodeOf(inner.file, inner.value);
  const end = survey.endpoint(match, match.place, { key, values: { field: key }, handlers: survey.handlers([inner]) });
  return node < 0 ? end : { ...end, node };
}
