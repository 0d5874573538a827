/**
 * Requests and the routes that answer them.
 * In: ends of both revisions. Out: one contract a route that is called. A request goes to the routes that fit it best; one that
 * fits many equally, or only by what every server has, goes to none.
 */
import type { Confidence } from '../../model/confidence.js';
import type { Endpoint, Endpoints } from '../../model/endpoint.js';
import { ANY, fitSegments, REST } from './http-path.js';
import type { Contract, Side } from './contract.js';
import { confidenceRank } from '../../model/confidence.js';

/** Segments that say nothing about which server is meant. */
const GENERIC =
  /^(?:api|rest|rpc|v\d+|health|healthz|healthcheck|ready|readyz|live|livez|ping|status|version|metrics|favicon\.ico|robots\.txt|index|test|foo|bar|id|me|graphql|trpc|auth|admin|app|public|internal|www|docs|openapi(?:\.json)?)$/i;
/** A request that fits more routes than this equally well says too little. */
const ROUTE_LIMIT = 4;
/** Prefixes that gateways and base URLs add or take away. */
const PREFIX_LIMIT = 2;

interface Route {
  readonly end: Endpoint;
  readonly method: string;
  readonly segments: readonly string[];
}

interface Candidate {
  readonly route: Route;
  readonly score: number;
  readonly confidence: Confidence;
}

/** Contracts of all routes that something calls. */
export function joinHttp(all: Endpoints, packageOf: (file: string) => string): Contract[] {
  const routes = all.filter(({ role, test }) => role === 'http.route' && !test).map(routeOf);
  const byTail = indexByTail(routes);
  const consumers = new Map<string, Side[]>();
  const called = new Map<string, string>();
  for (const client of all) {
    if (client.role !== 'http.client') continue;
    for (const { route, confidence } of best(client, byTail, packageOf)) {
      const name = contractName(route);
      called.set(name, name);
      const rank = Math.max(confidenceRank(client.confidence), confidenceRank(confidence));
      consumers.set(name, [...(consumers.get(name) ?? []), { node: client.node, rank }]);
    }
  }
  return [...called.keys()].map((name) => {
    const providers = routes
      .filter((route) => contractName(route) === name)
      .map(({ end }) => ({ node: end.node, rank: confidenceRank(end.confidence) }));
    return { name, providers, consumers: consumers.get(name) ?? [], parts: [] };
  });
}

function contractName({ end }: Route): string {
  return `http ${end.key}`;
}

function routeOf(end: Endpoint): Route {
  const [method = '', path = ''] = end.key.split(' ');
  return { end, method, segments: path.split('/').filter((segment) => segment !== '') };
}

/** Routes by their last written-out segment; `''` holds those that end in anything. */
function indexByTail(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const index = new Map<string, Route[]>();
  for (const route of routes) {
    const key = route.segments.includes(REST) ? '' : tailOf(route.segments);
    const known = index.get(key);
    if (known) known.push(route);
    else index.set(key, [route]);
  }
  return index;
}

function tailOf(segments: readonly string[]): string {
  const last = segments.at(-1);
  return last === undefined || last === ANY ? '' : last;
}

function best(
  client: Endpoint,
  index: ReadonlyMap<string, readonly Route[]>,
  packageOf: (file: string) => string,
): Candidate[] {
  const { method, segments } = routeOf(client);
  const tail = tailOf(segments);
  const possible = tail === '' ? [...index.values()].flat() : [...(index.get(tail) ?? []), ...(index.get('') ?? [])];
  const found = possible.flatMap((route) => candidate(client, method, segments, route) ?? []);
  if (found.length === 0) return [];
  const most = Math.max(...found.map(({ score }) => score));
  const top = found.filter(({ score }) => score === most);
  const own = top.filter(({ route }) => packageOf(route.end.file) === packageOf(client.file));
  const chosen = own.length > 0 && top.length > 1 ? own : top;
  return new Set(chosen.map(({ route }) => contractName(route))).size > ROUTE_LIMIT || isAmbiguous(chosen, packageOf)
    ? []
    : chosen;
}

/** The same path in many packages: each is a server of its own, and nothing says which is meant. */
function isAmbiguous(chosen: readonly Candidate[], packageOf: (file: string) => string): boolean {
  return new Set(chosen.map(({ route }) => packageOf(route.end.file))).size > 2;
}

function candidate(client: Endpoint, method: string, segments: readonly string[], route: Route): Candidate | undefined {
  if (!methodsFit(method, route.method)) return undefined;
  const [whole, cut] = aligned(
    segments,
    route.segments,
    client.values['open'] === true || String(client.values['host'] ?? '') !== '',
  );
  if (whole === undefined) return undefined;
  const { literal, guessed, telling } = whole;
  const external = isForeign(String(client.values['host'] ?? ''));
  if (telling === 0 || (external && telling + literal < 3)) return undefined;
  if (cut > 0 && telling < 1 + (guessed > 0 ? 1 : 0)) return undefined;
  const exact = method === route.method;
  const confidence: Confidence =
    guessed > 0 || (cut > 0 && literal < 2) ? 'named' : cut > 0 || !exact ? 'pattern' : 'bound';
  return {
    route,
    score: literal * 4 - guessed * 3 - cut * 2 + (exact ? 1 : 0) - (route.segments.includes(REST) ? 4 : 0),
    confidence,
  };
}

function methodsFit(called: string, route: string): boolean {
  return called === route || called === 'ALL' || route === 'ALL' || (called === 'HEAD' && route === 'GET');
}

/** A host of somebody else. */
function isForeign(host: string): boolean {
  return (
    host !== '' &&
    !host.includes('${}') &&
    !/^(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[\w-]+(?::\d+)?$)/.test(host)
  );
}

interface Aligned {
  readonly literal: number;
  readonly guessed: number;
  /** Equal segments that are not generic. */
  readonly telling: number;
}

/** Fits both whole, or with a prefix of the one or the other cut; with how many segments were. */
function aligned(called: readonly string[], route: readonly string[], open: boolean): [Aligned | undefined, number] {
  for (let cut = 0; cut <= PREFIX_LIMIT; cut += 1) {
    for (const [left, right] of cut === 0
      ? [[called, route] as const]
      : [[called, route.slice(cut)] as const, [called.slice(cut), route] as const]) {
      if (left.length === 0 || right.length === 0) continue;
      if (cut > 0 && !open && !isPrefix(left === called ? route : called, cut)) continue;
      const fit = fitSegments(left, right);
      if (fit === undefined) continue;
      const telling = right.filter(
        (segment, index) => segment === left[index] && segment !== ANY && !GENERIC.test(segment),
      ).length;
      return [{ ...fit, telling }, cut];
    }
  }
  return [undefined, 0];
}

/** What is cut is what servers are mounted under. */
function isPrefix(segments: readonly string[], cut: number): boolean {
  return segments.slice(0, cut).every((segment) => GENERIC.test(segment));
}
