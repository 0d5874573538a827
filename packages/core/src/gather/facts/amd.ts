/**
 * AMD: `define(['./a'], function (a) { … })`, `require(['./a'], …)`, `define(function (require) { … })`.
 * In: a call. Out: requests for the named modules, to which the calling symbol refers as wholes; the factory that loads by itself.
 * Not here: names that only a loader's configuration maps to files. Source: the AMD API (amdjs.org).
 */
import { ReferenceFlag } from '../../model/facts.js';
import { addRequest } from './requests.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { isFunction, staticText, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

const OWN = new Set(['require', 'exports', 'module']);

/** Notes the call if it is AMD's; the factory function that `define` is given, to be read with a loader named `require`. */
export function noteAmd(walk: Walk, call: Node): Node | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== 'Identifier' || !/^(define|require|requirejs)$/.test(callee.name)) return undefined;
  if (walk.scope.lookup(callee.name, Space.value)) return undefined;
  const values = (call.arguments as Node[]).map(unwrap);
  const list = values.slice(0, 2).find(({ type }) => type === 'ArrayExpression');
  const factory = values.slice(0, 3).find(isFunction);
  if (list === undefined && (callee.name !== 'define' || factory === undefined)) return undefined;
  for (const element of (list?.elements ?? []) as (Node | null)[]) noteDependency(walk, element);
  if (callee.name !== 'define') return undefined;
  walk.draft.cjs = true;
  return factory;
}

function noteDependency(walk: Walk, element: Node | null): void {
  const text = staticText(element);
  if (!element || text === undefined || OWN.has(text) || text.includes('!')) return;
  const variable = addRequest(walk, element, element, 'require');
  if (variable !== undefined) walk.refer(variable, [], 'read', ReferenceFlag.escapes, element);
}

/** `require([…], …)`: no load of one module. */
export function loadsList(call: Node): boolean {
  return call.arguments.length > 0 && unwrap(call.arguments[0]).type === 'ArrayExpression';
}
