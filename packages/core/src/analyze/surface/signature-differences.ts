/**
 * Two lists of signatures of one name, compared by position: parameters contravariant, results covariant, arity by count.
 * In: shapes of both revisions. Out: findings, and the positions that only a checker can compare. Pure.
 * Source: docs/types.md, "Compatibility"; semver-ts 1.0.0-beta.4, "Functions".
 */
import type { DeclaredParameter, DeclaredSignature } from '../../model/declaration.js';
import {
  finding,
  NO_DIFFERENCE,
  type CompatibilityFinding,
  type Differences,
  type TypePosition,
} from './difference.js';
import { genericDifferences } from './generic-differences.js';

/** Whose signatures they are: constructors have a rule of their own for parameters. */
export type Callee = 'function' | 'constructor';

/** Compares overload sets by number and order, single signatures by position. */
export function signatureDifferences(
  before: readonly DeclaredSignature[],
  after: readonly DeclaredSignature[],
  callee: Callee,
): Differences {
  const [old, now] = [before[0], after[0]];
  if (old === undefined || now === undefined)
    return { findings: [], positions: [], complete: before.length === after.length };
  if (before.length === 1 && after.length === 1) return pairDifferences(old, now, callee);
  return overloadDifferences(before, after);
}

function overloadDifferences(before: readonly DeclaredSignature[], after: readonly DeclaredSignature[]): Differences {
  const [old, now] = [before.map(textOf), after.map(textOf)];
  const lost = old.filter((one) => !now.includes(one));
  const gained = now.filter((one) => !old.includes(one));
  const isReordered = lost.length + gained.length === 0 && old.join() !== now.join();
  const fewer = before.length > after.length && gained.length === 0;
  const findings = [
    ...(isReordered ? [finding('overload-reordered', 'overloads in another order')] : []),
    ...(fewer ? [finding('overload-removed', `${before.length} overloads, now ${after.length}`)] : []),
    ...(lost.length === 0 && gained.length > 0
      ? [finding('overload-added', `${after.length} overloads, were ${before.length}`)]
      : []),
  ];
  const whole: TypePosition = {
    ...WHOLE,
    detail: 'overloads',
    narrowed: 'overload-added',
    widened: 'overload-removed',
  };
  return { findings, positions: findings.length > 0 ? [] : [whole], complete: findings.length > 0 };
}

const WHOLE = { place: 'whole', index: 0 } as const;

function textOf(signature: DeclaredSignature): string {
  return JSON.stringify([
    signature.generics,
    signature.parameters.map(({ type, optional, rest }) => [type, optional, rest]),
    signature.returns,
  ]);
}

function pairDifferences(before: DeclaredSignature, after: DeclaredSignature, callee: Callee): Differences {
  const parameters = parameterDifferences(before.parameters, after.parameters, callee);
  const generics = genericDifferences(before.generics, after.generics);
  const receiver = before.receiver === after.receiver ? [] : [receiverPosition()];
  const result = callee === 'constructor' ? NO_DIFFERENCE : resultDifferences(before, after);
  const parts = [parameters, generics, { ...NO_DIFFERENCE, positions: receiver }, result];
  return {
    findings: parts.flatMap(({ findings }) => findings),
    positions: parts.flatMap(({ positions }) => positions),
    complete: parts.every(({ complete, positions }) => complete && positions.length === 0),
  };
}

function receiverPosition(): TypePosition {
  return { place: 'receiver', index: 0, detail: 'this', narrowed: 'this-type-changed', widened: 'this-type-widened' };
}

function parameterDifferences(
  before: readonly DeclaredParameter[],
  after: readonly DeclaredParameter[],
  callee: Callee,
): Differences {
  if (isReordered(before, after)) {
    const names = after.map(({ name }) => name).join(', ');
    return { ...NO_DIFFERENCE, findings: [parameterFinding('function-param-reordered', names, callee)] };
  }
  const shared = Math.min(before.length, after.length);
  const pairs = Array.from({ length: shared }, (_, index) => pairOf(before[index]!, after[index]!, index, callee));
  const lost = before.slice(shared).map((one, index) => lostParameter(one, shared + index, callee));
  const gained = after.slice(shared).map((one, index) => gainedParameter(one, shared + index, callee));
  return {
    findings: [...pairs.flatMap(({ findings }) => findings), ...lost, ...gained],
    positions: pairs.flatMap(({ positions }) => positions),
    complete: true,
  };
}

function isReordered(before: readonly DeclaredParameter[], after: readonly DeclaredParameter[]): boolean {
  const names = (list: readonly DeclaredParameter[]): string[] =>
    list.map(({ name, type }) => `${name}: ${type ?? ''}`);
  const [old, now] = [names(before), names(after)];
  return (
    old.join('\0') !== now.join('\0') &&
    old.toSorted().join('\0') === now.toSorted().join('\0') &&
    new Set(old).size === old.length
  );
}

function pairOf(before: DeclaredParameter, after: DeclaredParameter, index: number, callee: Callee): Differences {
  const detail = words(after, index);
  const findings = [
    ...(before.rest && !after.rest ? [parameterFinding('rest-removed', detail, callee)] : []),
    ...(before.optional && !after.optional && !after.rest
      ? [parameterFinding('function-param-optional-to-required', detail, callee)]
      : []),
    ...(!before.optional && !before.rest && after.optional
      ? [parameterFinding('function-param-required-to-optional', detail, callee)]
      : []),
  ];
  const isSame =
    before.type === after.type &&
    before.rest === after.rest &&
    (before.type !== undefined || before.optional === after.optional);
  if (isSame || before.rest !== after.rest) return { findings, positions: [], complete: isSame };
  const narrowed = callee === 'constructor' ? 'constructor-params' : 'function-param-narrowed';
  return {
    findings,
    positions: [{ place: 'parameter', index, detail, narrowed, widened: 'function-param-widened' }],
    complete: true,
  };
}

function words({ name }: DeclaredParameter, index: number): string {
  return `parameter ${index + 1} (${name})`;
}

function lostParameter(one: DeclaredParameter, index: number, callee: Callee): CompatibilityFinding {
  return parameterFinding(one.rest ? 'rest-removed' : 'function-param-removed', words(one, index), callee);
}

function gainedParameter(one: DeclaredParameter, index: number, callee: Callee): CompatibilityFinding {
  const rule = one.optional || one.rest ? 'function-param-added-optional' : 'function-param-added-required';
  return parameterFinding(rule, words(one, index), callee);
}

/** What breaks those who construct has one rule. */
function parameterFinding(rule: string, detail: string, callee: Callee): CompatibilityFinding {
  const found = finding(rule, detail);
  return callee === 'constructor' && found.effect === 'breaking'
    ? finding('constructor-params', `${detail}: ${rule.replace(/^function-param-/, '')}`)
    : found;
}

const GUARD = /^(?:asserts\s|[\w$]+ is\s)/;

function resultDifferences(before: DeclaredSignature, after: DeclaredSignature): Differences {
  const [old, now] = [before.returns, after.returns];
  if (old === now && old !== undefined) return NO_DIFFERENCE;
  if ((GUARD.test(old ?? '') || GUARD.test(now ?? '')) && old !== now)
    return {
      ...NO_DIFFERENCE,
      findings: [finding('type-guard-changed', `${old ?? 'inferred'}, now ${now ?? 'inferred'}`)],
    };
  if (isPromise(before) !== undefined && isPromise(after) !== undefined && isPromise(before) !== isPromise(after))
    return {
      ...NO_DIFFERENCE,
      findings: [finding('async-changed', isPromise(after) === true ? 'now a promise' : 'no longer a promise')],
    };
  return {
    ...NO_DIFFERENCE,
    positions: [
      { place: 'return', index: 0, detail: 'result', narrowed: 'return-narrowed', widened: 'return-widened' },
    ],
  };
}

/** `undefined` where it is inferred and not `async`: it may be one. */
function isPromise({ async, returns }: DeclaredSignature): boolean | undefined {
  if (async) return true;
  return returns === undefined || (/^[\w$.]+</.test(returns) && !returns.startsWith('Promise<'))
    ? undefined
    : /^Promise(?:Like)?</.test(returns);
}
