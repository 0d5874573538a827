/**
 * Paths of routes and of the calls to them in one normal form, and how well a call fits a route.
 * In: paths as frameworks write them (`:id`, `[id]`, `$id`, `{id}`, `*`) and URLs with holes. Out: segments; `{}` is one unknown
 * segment, `**` any number. Not here: which routes there are (http-routes.ts).
 */
import { HOLE } from '../../model/endpoint.js';

/** Any one segment. */
export const ANY = '{}';
/** Any number of segments. */
export const REST = '**';

/** The segments of a route's path. */
export function routeSegments(path: string): string[] {
  return path
    .replaceAll(/\((?:[^()]|\([^()]*\))*\)/g, '')
    .split('/')
    .filter((segment) => segment !== '')
    .map(routeSegment);
}

function routeSegment(segment: string): string {
  if (segment === '*' || segment === REST || /^\[\.\.\..*\]$|^\[\[\.\.\.|^\*|^:\w+[*+]$|^\{\*/.test(segment))
    return REST;
  if (segment.includes(HOLE) || /^[:$]|^\{.*\}$|^\[.*\]$|:\w/.test(segment)) return ANY;
  return segment;
}

/** A URL that code calls: its host where it is written out, its segments, and whether it begins with something unknown. */
export interface CalledUrl {
  readonly host: string;
  readonly open: boolean;
  readonly segments: readonly string[];
}

/** Reads a URL with holes; `undefined` where nothing of its path is known. */
export function calledUrl(text: string): CalledUrl | undefined {
  const [withoutQuery = ''] = text.split(/[?#]/, 1);
  const absolute = /^(?:https?|wss?):\/\/([^/]*)(.*)$/.exec(withoutQuery);
  const host = absolute === null ? '' : (absolute[1] ?? '');
  let path = absolute === null ? withoutQuery : (absolute[2] ?? '');
  const open = path.startsWith(HOLE);
  while (path.startsWith(HOLE)) path = path.slice(HOLE.length);
  if (open && !path.startsWith('/')) return undefined;
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(calledSegment);
  return { host, open: open || host.includes(HOLE), segments };
}

/** A hole behind the name of a segment is most likely a query. */
function calledSegment(segment: string): string {
  if (!segment.includes(HOLE)) return segment;
  const before = segment.slice(0, segment.indexOf(HOLE));
  return before !== '' && segment.endsWith(HOLE) && segment.split(HOLE).length === 2 && /^[\w-]{3,}$/.test(before)
    ? before
    : ANY;
}

/** How a call fits a route. */
export interface Fit {
  /** Segments that are written out and equal on both sides. */
  readonly literal: number;
  /** Segments where only the call's is unknown and the route's is written out. */
  readonly guessed: number;
}

/** Whether segments of a call fit those of a route. */
export function fitSegments(called: readonly string[], route: readonly string[]): Fit | undefined {
  let literal = 0;
  let guessed = 0;
  for (let at = 0; at < route.length; at += 1) {
    const expected = route[at] as string;
    if (expected === REST) return { literal, guessed };
    const given = called[at];
    if (given === undefined) return undefined;
    if (expected === given && given !== ANY) literal += 1;
    else if (expected !== ANY) {
      if (given !== ANY) return undefined;
      guessed += 1;
    }
  }
  return called.length === route.length ? { literal, guessed } : undefined;
}

/** `GET /orders/{}`. */
export function routeKey(method: string, segments: readonly string[]): string {
  return `${method} /${segments.join('/')}`;
}

/** The method as one word; `ALL` for any, `''` where it is not known. */
export function methodName(text: string): string {
  const upper = text
    .toUpperCase()
    .replace(/^\$/, '')
    .replace(/(FORM)$/, '');
  if (upper === 'DEL') return 'DELETE';
  if (upper === 'OPTS') return 'OPTIONS';
  if (/^(?:GETJSON|GETSCRIPT|SSE|STREAM|PAGINATE)$/.test(upper)) return 'GET';
  if (upper === 'AJAX' || upper.includes('$')) return '';
  return /^(?:GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD|ALL|\*)$/.test(upper) ? upper.replace('*', 'ALL') : '';
}
