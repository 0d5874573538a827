/**
 * What no longer, or newly, decides who gets in, by the rules `auth/guard-…` and `auth/check-…`.
 * In: routes with what runs before them, and checks inside code, of both revisions. Out: flags, one a guard however many routes
 * it stood before. Pure. A guard is what the catalogue's rows say, calls such a row, or has a name that speaks of access.
 */
import type { Endpoint, Endpoints, Handler, RiskFlag } from '../../../model/index.js';
import { flagOf } from '../classifier.js';
import { namesAccess } from './access-names.js';
import { handlerName, pairEnds, type CodeEnds, type EndPair } from './end-pairs.js';
import { nodesOf, pairRoutes } from './route-flags.js';

/** See the file's head. */
export interface GuardEnds {
  readonly routes: { readonly base: Endpoints; readonly head: Endpoints };
  /** Ends that check access: guards, verified tokens. */
  readonly checks: CodeEnds;
}

/** One guard's coming or going, before some routes. */
interface GuardStep {
  readonly guard: Handler;
  readonly pair: EndPair;
  /** Other guards are left before the route. */
  readonly others: boolean;
}

/** The flags of all guards and checks. */
export function guardFlags({ routes, checks }: GuardEnds): RiskFlag[] {
  const { kept, moved } = pairRoutes(routes.base, routes.head);
  const before = new Set(checks.base.map(({ node }) => node));
  const after = new Set(checks.head.map(({ node }) => node));
  const steps = [...kept, ...moved].map((pair) => {
    const [old, now] = [guardsOf(pair.before, before), guardsOf(pair.after, after)];
    return { pair, old, now, lost: without(old, now), won: without(now, old) };
  });
  const lost = steps.flatMap(({ pair, now, lost }) => lost.map((guard) => ({ guard, pair, others: now.length > 0 })));
  const won = steps.flatMap(({ pair, won }) => won.map((guard) => ({ guard, pair, others: false })));
  const changed = changedGuards(lost, won);
  return [
    ...changed.flags,
    ...byGuard(changed.lost).map(removedGuard),
    ...byGuard(changed.won).map(addedGuard),
    ...steps.flatMap(({ pair, old, now }) => reordered(pair, old, now)),
    ...checkFlags(checks, new Set([...lost, ...won].map(({ guard }) => guard.name))),
  ];
}

function guardsOf({ guards = [], handlers = [] }: Endpoint, checking: ReadonlySet<number>): Handler[] {
  return [...guards, ...handlers.slice(1).reverse()].filter(
    ({ name, node }) => (node >= 0 && checking.has(node) && name !== '(inline)') || namesAccess(name),
  );
}

function sameGuard(left: Handler, right: Handler): boolean {
  return handlerName(left) === handlerName(right) || (isOne(left, right) && left.given.join() === right.given.join());
}

/** One function, perhaps under another name. */
function isOne(left: Handler, right: Handler): boolean {
  return left.node >= 0 ? left.node === right.node : left.name === right.name;
}

function without(list: readonly Handler[], other: readonly Handler[]): Handler[] {
  return list.filter((one) => !other.some((each) => sameGuard(one, each)));
}

/** A guard that is given something else (`requireRole('admin')`) is neither gone nor new. */
function changedGuards(
  lost: readonly GuardStep[],
  won: readonly GuardStep[],
): { readonly flags: RiskFlag[]; readonly lost: readonly GuardStep[]; readonly won: readonly GuardStep[] } {
  const flags: RiskFlag[] = [];
  const done = new Set<GuardStep>();
  for (const step of lost) {
    const other = won.find(
      (one) => !done.has(one) && one.pair === step.pair && (isOne(one.guard, step.guard) || one.guard.name === step.guard.name),
    ); // prettier-ignore
    if (other === undefined) continue;
    done.add(step).add(other);
    const { after } = step.pair;
    const [old, now] = [handlerName(step.guard), handlerName(other.guard)];
    const message = `${after.key} is guarded by ${now}, was by ${old}.`;
    const place = { file: after.file, line: after.line, subject: after.key, nodes: nodesOf(after) };
    flags.push(flagOf('auth/role-required-changed', { ...place, before: old, after: now, message, security: 'unknown' })); // prettier-ignore
  }
  return { flags, lost: lost.filter((one) => !done.has(one)), won: won.filter((one) => !done.has(one)) };
}

function byGuard(steps: readonly GuardStep[]): GuardStep[][] {
  const groups = new Map<string, GuardStep[]>();
  for (const step of steps) {
    const key = handlerName(step.guard);
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()];
}

function removedGuard(steps: readonly GuardStep[]): RiskFlag {
  const [first] = steps as [GuardStep];
  return flagOf('auth/guard-removed-from-route', {
    ...placeOf(steps),
    ...(steps.every(({ others }) => others) ? { severity: 'medium' } : {}),
    before: handlerName(first.guard),
    message: `${handlerName(first.guard)} no longer runs before ${routeList(steps)}.`,
    security: 'weakened',
  });
}

function addedGuard(steps: readonly GuardStep[]): RiskFlag {
  const [first] = steps as [GuardStep];
  return flagOf('auth/guard-added-to-route', {
    ...placeOf(steps),
    after: handlerName(first.guard),
    message: `${handlerName(first.guard)} runs before ${routeList(steps)} now.`,
    security: 'strengthened',
  });
}

function placeOf(steps: readonly GuardStep[]): Pick<RiskFlag, 'file' | 'line' | 'nodes' | 'evidence'> & { readonly subject: string } {
  const [{ pair, guard }] = steps as [GuardStep];
  const evidence = steps.slice(0, 10).map(({ pair: { before } }) => ({ file: before.file, line: before.line, side: 'base' as const, text: before.key })); // prettier-ignore
  const nodes = [...new Set(steps.flatMap((step) => nodesOf(step.pair.after)))];
  const subject = steps.length === 1 ? pair.after.key : guard.name;
  return { file: pair.after.file, line: pair.after.line, nodes, evidence, subject };
} // prettier-ignore

function routeList(steps: readonly GuardStep[]): string {
  const keys = [...new Set(steps.map(({ pair }) => pair.after.key))];
  const shown = keys.slice(0, 3).join(', ');
  return keys.length <= 3 ? shown : `${shown} and ${keys.length - 3} more routes`;
}

function reordered({ after }: EndPair, old: readonly Handler[], now: readonly Handler[]): RiskFlag[] {
  const kept = (list: readonly Handler[], other: readonly Handler[]): string[] =>
    list.filter((one) => other.some((each) => sameGuard(one, each))).map(({ name }) => name);
  const [before, later] = [kept(old, now), kept(now, old)];
  if (before.length < 2 || before.join() === later.join() || before.toSorted().join() !== later.toSorted().join())
    return [];
  const message = `What guards ${after.key} runs in another order: ${later.join(', ')}.`;
  return [
    flagOf('auth/guard-order-changed', {
      file: after.file,
      line: after.line,
      subject: after.key,
      before: before.join(', '),
      after: later.join(', '),
      message,
      security: 'unknown',
      nodes: nodesOf(after),
    }),
  ];
}

/** Checks inside code: gone from, or new in, a symbol that both revisions have. What a route's list says already is left out. */
function checkFlags({ base, head, isInBase, isInHead }: CodeEnds, said: ReadonlySet<string>): RiskFlag[] {
  const of = ({ role, values }: Endpoint): boolean =>
    (role === 'auth.guard' || /^verify/.test(String(values['operation']))) && !said.has(String(values['name'] ?? ''));
  const { gone, added } = pairEnds(base.filter(of), head.filter(of), ({ node, row }) => `${node} ${row}`);
  const guarded = new Set(head.filter(of).map(({ node }) => node));
  const before = new Set(base.map(({ node }) => node));
  const moved = (end: Endpoint, others: Endpoints): boolean => isDecorated(end) && others.some((one) => one.file === end.file && isDecorated(one) && one.handlers?.[0]?.name === end.handlers?.[0]?.name); // prettier-ignore
  const told = ({ handlers = [] }: Endpoint): boolean => handlers.some(({ name }) => said.has(name));
  const lost = firstOfNode(gone).filter((end) => isInHead(end.node) && !guarded.has(end.node) && !told(end) && !moved(end, head)); // prettier-ignore
  const won = firstOfNode(added).filter((end) => !before.has(end.node) && isInBase(end.node) && !told(end) && !moved(end, base)); // prettier-ignore
  return [
    ...lost.map((end) => flagOf('auth/check-removed', { ...goneFrom(end), message: `${saidOf(end)} is no longer checked here.`, security: 'weakened' })), // prettier-ignore
    ...won.map((end) => flagOf('auth/check-added', { file: end.file, line: end.line, nodes: [end.node], message: `${saidOf(end)} is checked here now.`, security: 'strengthened' })), // prettier-ignore
  ];
}

/** `@UseGuards(…)`: at the class or at its methods, it is the same. */
function isDecorated({ handlers }: Endpoint): boolean {
  return handlers !== undefined;
}

function firstOfNode(ends: Endpoints): Endpoint[] {
  const seen = new Set<number>();
  return ends.filter(({ node }) => !seen.has(node) && seen.add(node));
}

function goneFrom({ file, line, node, row }: Endpoint): Pick<RiskFlag, 'file' | 'line' | 'nodes' | 'evidence'> {
  return { file, line, nodes: [node], evidence: [{ file, line, side: 'base', text: row }] };
}

function saidOf({ row, values, handlers = [] }: Endpoint): string {
  const name = values['name'] ?? handlers[0]?.name;
  return name === undefined ? `\`${row}\`` : `\`${String(name)}\` (${row})`;
}
