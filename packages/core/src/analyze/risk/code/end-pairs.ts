/**
 * Ends of contracts before and after: which call of the base is which call of the head.
 * In: endpoints of both revisions. Out: pairs, and what has no counterpart. Pure. Not here: what a difference means.
 * Nodes are the same in both revisions for a symbol that moved or was renamed, so its calls are paired too.
 */
import { Presence, type Endpoint, type Endpoints, type Handler } from '../../../model/index.js';
import type { RiskSource } from '../classifier.js';

/** One call in both revisions. */
export interface EndPair {
  readonly before: Endpoint;
  readonly after: Endpoint;
}

/** See {@link pairEnds}. */
export interface EndPairs {
  readonly pairs: readonly EndPair[];
  /** Of the base only. */
  readonly gone: readonly Endpoint[];
  /** Of the head only. */
  readonly added: readonly Endpoint[];
}

/** The ends of both revisions that a classifier compares, and which symbols the head still has. */
export interface CodeEnds {
  readonly base: Endpoints;
  readonly head: Endpoints;
  /** Whether a node stands in the base: its end is not new by the symbol being new. */
  readonly isInBase: (node: number) => boolean;
  /** Whether a node stands in the head; its end is not gone by the symbol being gone. */
  readonly isInHead: (node: number) => boolean;
  /** Whether the file of a node does. */
  readonly fileStays: (node: number) => boolean;
}

/** Ends of product code with one of the roles; `changed` leaves out files that the diff does not name. */
export function endsOf(
  { endpoints, snapshot, graph }: RiskSource,
  roles: readonly Endpoint['role'][],
  changed: 'changed' | 'all',
): CodeEnds {
  const paths = new Set(snapshot.diffs.flatMap(({ path, basePath }) => (basePath === undefined ? [path] : [path, basePath]))); // prettier-ignore
  const wanted = ({ role, test, file }: Endpoint): boolean =>
    !test && roles.includes(role) && (changed === 'all' || paths.has(file));
  const isInHead = (node: number): boolean => ((graph.presence[node] ?? 0) & Presence.head) !== 0;
  return {
    base: endpoints.base.filter(wanted),
    head: endpoints.head.filter(wanted),
    isInBase: (node) => ((graph.presence[node] ?? 0) & Presence.base) !== 0,
    isInHead,
    fileStays: (node) => isInHead(graph.files[graph.fileOf[node] ?? -1]?.node ?? -1),
  };
}

/**
 * Pairs ends of one group: equal ones first, then the others in the order in which they stand, then equal ones that went to
 * another symbol. Linear, about.
 * @param groupOf ends with equal texts may be one call.
 */
export function pairEnds(base: Endpoints, head: Endpoints, groupOf: (end: Endpoint) => string): EndPairs {
  const pairs: EndPair[] = [];
  const same = (end: Endpoint): string => `${groupOf(end)}\0${contentOf(end)}`;
  const exact = matched(base, head, same, pairs);
  const near = matched(exact.gone, exact.added, groupOf, pairs);
  const far = matched(near.gone, near.added, (end) => `${end.row}\0${contentOf(end)}`, pairs);
  return { pairs, ...far };
}

/** Takes what has equal keys out of both lists, first with first. */
function matched(
  base: Endpoints,
  head: Endpoints,
  keyOf: (end: Endpoint) => string,
  pairs: EndPair[],
): { readonly gone: readonly Endpoint[]; readonly added: readonly Endpoint[] } {
  const waiting = new Map<string, Endpoint[]>();
  for (const end of head) waiting.set(keyOf(end), [...(waiting.get(keyOf(end)) ?? []), end]);
  const taken = new Set<Endpoint>();
  const gone = base.filter((before) => {
    const after = waiting.get(keyOf(before))?.shift();
    if (after === undefined) return true;
    pairs.push({ before, after });
    taken.add(after);
    return false;
  });
  return { gone, added: head.filter((end) => !taken.has(end)) };
}

function contentOf({ key, values, handlers = [], guards = [], query }: Endpoint): string {
  return JSON.stringify([key, values, [...guards, ...handlers].map(handlerName), query]);
}

/** A handler as it is written, with what it is given. */
export function handlerName({ name, given }: Handler): string {
  return given.length === 0 ? name : `${name}(${given.map((one) => `'${one}'`).join(', ')})`;
}
