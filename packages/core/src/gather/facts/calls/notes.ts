/**
 * What the walk's visitors tell of the places they pass: one push each.
 * In: the walk and a node. Out: entries in `walk.sites`. What is erased calls nothing.
 */
import type { Variable } from '../scope.js';
import { Space } from '../scope.js';
import type { Node } from '../syntax.js';
import { boundNames } from '../bound-names.js';
import type { Walk } from '../walk.js';
import type { CallSite, Origin } from './sites.js';

function siteOf(walk: Walk, node: Node): CallSite {
  return { node, scope: walk.scope, symbol: walk.symbol, owner: walk.owner?.variable };
}

function originOf(walk: Walk, init: Node, path: readonly string[]): Origin {
  return { init, path, scope: walk.scope, symbol: walk.symbol, owner: walk.owner?.variable };
}

/** A call, a construction, a tagged template or a decorator. */
export function noteCall(walk: Walk, node: Node): void {
  if (!walk.erased) walk.sites.calls.push(siteOf(walk, node));
}

/** A function whose parameters are declared in the current scope. */
export function noteFunction(walk: Walk, node: Node): void {
  if (walk.erased || !node.body) return;
  walk.scope.fn = node;
  const { scope, symbol, owner } = walk;
  walk.sites.functions.set(node, { scope, symbol, owner: owner?.variable, own: walk.own === node });
}

/** A `return` with a value. */
export function noteReturn(walk: Walk, node: Node): void {
  if (node.argument && !walk.erased) walk.sites.returns.push(siteOf(walk, node));
}

/** A class that is a symbol; its scope is entered. */
export function noteClass(walk: Walk, node: Node, symbol: number): void {
  if (!walk.erased) walk.sites.classes.push({ ...siteOf(walk, node), symbol });
}

/** What a local name is made with. */
export function noteLocal(walk: Walk, id: Node, init: Node | null): void {
  if (init === null || walk.erased) return;
  if (id.type === 'Identifier') return noteName(walk, walk.scope.lookup(id.name, Space.value), init, []);
  if (id.type !== 'ObjectPattern' && id.type !== 'ArrayPattern') return;
  for (const { identifier, path, coarse } of boundNames(id))
    if (!coarse) noteName(walk, walk.scope.lookup(identifier.name, Space.value), init, path);
}

function noteName(walk: Walk, variable: Variable | undefined, init: Node, path: readonly string[]): void {
  if (variable === undefined || variable.target !== undefined || walk.sites.locals.has(variable)) return;
  walk.sites.locals.set(variable, originOf(walk, init, path));
}

/** What the current symbol is made with. */
export function noteValue(walk: Walk, init: Node | null, path: readonly string[] = []): void {
  if (init === null || walk.erased || walk.sites.values.has(walk.symbol)) return;
  walk.sites.values.set(walk.symbol, originOf(walk, init, path));
}

/** What the type that the current symbol names stands for. */
export function noteAlias(walk: Walk, type: Node): void {
  if (!walk.sites.values.has(walk.symbol)) walk.sites.values.set(walk.symbol, originOf(walk, type, []));
}

/** `this.x = …` and `name = …`. */
export function noteAssignment(walk: Walk, node: Node): void {
  if (node.operator !== '=' || walk.erased) return;
  const left = node.left as Node;
  if (left.type === 'MemberExpression') {
    if (left.object.type === 'ThisExpression') walk.sites.assigned.push(siteOf(walk, node));
  } else if (left.type === 'Identifier') {
    const variable = walk.scope.lookup(left.name, Space.value);
    if (variable?.target === undefined) noteName(walk, variable, node.right, []);
    else if (variable.target.kind === 'symbol' && !walk.sites.values.has(variable.target.symbol))
      walk.sites.values.set(variable.target.symbol, originOf(walk, node.right as Node, []));
  }
}
