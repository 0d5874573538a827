/**
 * Everything in code that decides who gets in: guards, checks, options, and changes of what checks are made of.
 * In: the analysis so far. Out: flags of the rules `auth/…`. What no rule knows of a changed check is said by `auth/code-changed`.
 */
import { ACCESS_PLACES } from '../../../catalogue/access-words.js';
import {
  EdgeBit,
  NODE_KINDS,
  SymbolFlag,
  type Change,
  type Endpoint,
  type RiskFlag,
  type SymbolGraph,
} from '../../../model/index.js';
import { flagOf, type Finding, type RiskSource } from '../classifier.js';

import { namesAccess } from './access-names.js';
import { accessOptionFlags } from './access-option-flags.js';
import { endsOf, type CodeEnds } from './end-pairs.js';
import { guardFlags, type GuardEnds } from './guard-flags.js';

/** See the file's head. */
export interface AccessInputs {
  readonly guards: GuardEnds;
  /** Ends of all access rows in changed files. */
  readonly options: CodeEnds;
  readonly graph: SymbolGraph;
  /** Changes of product code that run. */
  readonly changes: readonly Change[];
}

const CHECKS: readonly Endpoint['role'][] = ['auth.guard', 'auth.token'];

/** Picks the plain values. */
export function accessInputs(source: RiskSource): AccessInputs {
  const { graph, changes } = source;
  const { base, head } = endsOf(source, ['http.route'], 'all');
  return {
    guards: { routes: { base, head }, checks: endsOf(source, CHECKS, 'all') },
    options: endsOf(source, [...CHECKS, 'auth.config', 'auth.hash'], 'changed'),
    graph,
    changes: changes.filter(({ kind, node }) => RUNS.has(kind) && graph.files[graph.fileOf[node] ?? -1]?.role === 'source'), // prettier-ignore
  };
}

const RUNS: ReadonlySet<Change['kind']> = new Set(['body', 'signature', 'retargeted', 'removed', 'renamed']);

/** The flags. */
export function accessFlags({ guards, options, graph, changes }: AccessInputs): RiskFlag[] {
  const told = [...guardFlags(guards), ...accessOptionFlags(options, (node) => graph.names[node] ?? '')];
  const said = new Set(told.flatMap(({ nodes = [] }) => nodes));
  const checking = checkingNodes(guards, graph);
  return [...told, ...changes.flatMap((change) => changedCheck(change, graph, checking, said))];
}

/**
 * Code that is there to check: it runs before routes, or its name or place says so. A handler that asks who calls it and then
 * does its work is none: that it no longer asks is a flag of its own.
 */
function checkingNodes({ checks, routes }: GuardEnds, graph: SymbolGraph): ReadonlySet<number> {
  const before = [...routes.base, ...routes.head].flatMap(({ guards = [], handlers = [] }) => [...guards, ...handlers.slice(1)]); // prettier-ignore
  const guarding = new Set(before.filter(({ name }) => name !== '(inline)').map(({ node }) => node));
  const ends = [...checks.base, ...checks.head].filter(({ node, handlers, file }) => handlers === undefined && (guarding.has(node) || namesAccess(graph.names[node] ?? '') || ACCESS_PLACES.test(file))); // prettier-ignore
  return new Set(ends.map(({ node }) => node));
}

function changedCheck(
  change: Change,
  graph: SymbolGraph,
  checking: ReadonlySet<number>,
  said: ReadonlySet<number>,
): RiskFlag[] {
  const { node, file, line } = change;
  if (said.has(node)) return [];
  const name = graph.names[node] ?? '';
  const place = { file, line, nodes: [node], subject: name, security: 'unknown' as const };
  if (checking.has(node))
    return [flagOf('auth/code-changed', { ...place, message: `${name} checks access, and has changed.` })];
  const user = checkBehind(graph, node, checking);
  if (user === undefined) return isCode(graph, node) ? namedCheck(change, name, place) : [];
  const message = `${name} has changed, which ${graph.names[user] ?? ''} uses to check access.`;
  return [flagOf('auth/dependency-changed', { ...place, message })];
}

/** A column or a type that is called `role` decides nothing. */
function isCode({ kinds, flags }: SymbolGraph, node: number): boolean {
  const kind = NODE_KINDS[kinds[node] as number];
  return (
    kind === 'function' || kind === 'method' || kind === 'accessor' || kind === 'constructor' ||
    ((kind === 'variable' || kind === 'property' || kind === 'entry') && ((flags[node] as number) & SymbolFlag.lazy) !== 0)
  ); // prettier-ignore
}

/** Nothing but its name or place says that it checks access: own permission functions, policies, strategies. */
function namedCheck({ file, kind }: Change, name: string, place: Omit<Finding, 'message'>): RiskFlag[] {
  if (kind === 'retargeted' || !(namesAccess(name) || ACCESS_PLACES.test(file))) return [];
  const message = `${name} has changed, which by its ${namesAccess(name) ? 'name' : 'place'} is about access.`;
  return [flagOf('auth/code-changed', { ...place, message, verdict: 'risky', confidence: 'named' })];
}

/** A check that uses the node directly at run time. */
function checkBehind({ reverse }: SymbolGraph, node: number, checking: ReadonlySet<number>): number | undefined {
  for (let at = reverse.offsets[node] ?? 0; at < (reverse.offsets[node + 1] ?? 0); at++) {
    const dependent = reverse.dependents[at] as number;
    const follows = ((reverse.words[at] as number) & EdgeBit.runtime) !== 0;
    if (follows && dependent !== node && checking.has(dependent)) return dependent;
  }
  return undefined;
}
