/**
 * Routes that are gone, renamed, answered by another method, or new, by the rules `route/…`.
 * In: the routes of both revisions, and the head's calls. Out: flags, graver where a call of the head still asks for what is gone.
 * Pure. Not here: what runs before a route (guard-flags.ts).
 */
import type { Endpoint, Endpoints, RiskFlag } from '../../../model/index.js';
import { flagOf, type Finding } from '../classifier.js';
import type { EndPair } from './end-pairs.js';

/** See the file's head. */
export interface RouteEnds {
  readonly base: Endpoints;
  readonly head: Endpoints;
  /** `http.client` ends of the head. */
  readonly calls: Endpoints;
}

/** Routes of both revisions by what happened to them. */
export interface RoutePairs {
  /** Same method and path. */
  readonly kept: readonly EndPair[];
  /** Same code under another method or path. */
  readonly moved: readonly EndPair[];
  readonly gone: Endpoints;
  readonly added: Endpoints;
}

/** The flags of all routes. */
export function routeFlags({ base, head, calls }: RouteEnds): RiskFlag[] {
  const { moved, gone, added } = pairRoutes(base, head);
  const callers = callersByKey(calls);
  return [
    ...moved.map((pair) => movedRoute(pair, callers)),
    ...gone.map((route) => goneRoute(route, head, callers)),
    ...added.map(addedRoute),
  ];
}

/** Pairs routes by method and path, then by the code that answers. A path that is not known at all pairs with nothing. */
export function pairRoutes(base: Endpoints, head: Endpoints): RoutePairs {
  const before = byKey(base);
  const after = byKey(head);
  const kept: EndPair[] = [];
  for (const [key, one] of before) {
    const other = after.get(key);
    if (other !== undefined) kept.push({ before: one, after: other });
  }
  const lost = [...before.values()].filter(({ key }) => !after.has(key));
  const fresh = [...after.values()].filter(({ key }) => !before.has(key));
  const moved: EndPair[] = [];
  const taken = new Set<Endpoint>();
  const gone = lost.filter((route) => {
    const target = successor(route, fresh, taken, lost);
    if (target === undefined) return true;
    taken.add(target);
    moved.push({ before: route, after: target });
    return false;
  });
  return { kept, moved, gone, added: fresh.filter((route) => !taken.has(route)) };
}

function byKey(routes: Endpoints): Map<string, Endpoint> {
  const found = new Map<string, Endpoint>();
  for (const route of routes) if (pathOf(route) !== '' && !found.has(route.key)) found.set(route.key, route);
  return found;
}

/** The same handler; or, for a function in place, the one new route of the same code, or the one that shares its method or path. */
function successor(
  route: Endpoint,
  fresh: Endpoints,
  taken: ReadonlySet<Endpoint>,
  lost: Endpoints,
): Endpoint | undefined {
  const free = fresh.filter((one) => !taken.has(one));
  const handler = handlerOf(route);
  const named = handler < 0 ? [] : free.filter((one) => handlerOf(one) === handler);
  if (named.length > 0) return named.find((one) => pathOf(one) === pathOf(route)) ?? named[0];
  const beside = (one: Endpoint): boolean => one.node === route.node && one.row === route.row && handlerOf(one) < 0;
  const near = free.filter(beside);
  if (handler >= 0 || near.length === 0) return undefined;
  return (
    near.find((one) => pathOf(one) === pathOf(route)) ??
    (near.length === lost.filter(beside).length ? near.find((one) => methodOf(one) === methodOf(route)) : undefined)
  );
}

/** The node of a handler that has a name of its own; −1 for a function in place. */
function handlerOf({ handlers = [] }: Endpoint): number {
  const [last] = handlers;
  return last === undefined || last.name === '(inline)' ? -1 : last.node;
}

/** `GET` of `GET /orders/{}`. */
export function methodOf({ key }: Endpoint): string {
  return key.slice(0, key.indexOf(' '));
}

function pathOf({ key }: Endpoint): string {
  return key.slice(key.indexOf(' ') + 1);
}

function callersByKey(calls: Endpoints): ReadonlyMap<string, Endpoints> {
  const callers = new Map<string, Endpoint[]>();
  for (const call of calls) callers.set(call.key, [...(callers.get(call.key) ?? []), call]);
  return callers;
}

function movedRoute({ before, after }: EndPair, callers: ReadonlyMap<string, Endpoints>): RiskFlag {
  const rule =
    pathOf(before) === pathOf(after)
      ? 'route/method-changed'
      : literals(before) === literals(after)
        ? 'route/parameters-changed'
        : 'route/renamed';
  return flagOf(rule, {
    file: after.file,
    line: after.line,
    subject: before.key,
    before: before.key,
    after: after.key,
    message: `${before.key} is ${after.key} now.`,
    nodes: nodesOf(after),
    ...stillCalled(before, callers),
  });
}

function literals(route: Endpoint): string {
  return pathOf(route)
    .split('/')
    .filter((segment) => segment !== '{}')
    .join('/');
}

function goneRoute(route: Endpoint, head: Endpoints, callers: ReadonlyMap<string, Endpoints>): RiskFlag {
  const stays = head.some(({ file }) => file === route.file);
  return flagOf('route/removed', {
    file: route.file,
    line: stays ? 1 : route.line,
    subject: route.key,
    message: `${route.key} is no longer answered.`,
    nodes: nodesOf(route),
    ...stillCalled(route, callers, [{ file: route.file, line: route.line, side: 'base', text: route.key }]),
  });
}

function addedRoute(route: Endpoint): RiskFlag {
  const { file, line, key } = route;
  return flagOf('route/added', {
    file,
    line,
    subject: key,
    message: `${key} is answered now.`,
    nodes: nodesOf(route),
  });
}

/** A call of the head that still asks for the old key makes it grave, and is shown. */
function stillCalled(
  { key }: Endpoint,
  callers: ReadonlyMap<string, Endpoints>,
  shown: RiskFlag['evidence'] = [],
): Partial<Finding> {
  const asking = callers.get(key) ?? [];
  const evidence = asking.slice(0, 5).map(({ file, line }) => ({ file, line, side: 'head' as const, text: `still asks for ${key}` })); // prettier-ignore
  return { evidence: [...shown, ...evidence], ...(asking.length > 0 ? { severity: 'high' } : {}) };
}

/** Whose change a route's change is. */
export function nodesOf({ node, handlers = [] }: Endpoint): number[] {
  return [...new Set([node, ...handlers.map((one) => one.node)])].filter((one) => one >= 0);
}
