/**
 * What an initialiser only passes on: functions and names in literals and in the arguments of named calls, whose code runs
 * while the module is evaluated only where one of those calls runs it.
 * In: an initialiser, before it is read. Out: for each such node, the calls it is passed to, outermost first.
 * Not here: whether a callee runs what it is given (`isPassive`, and the linker for callees of other files).
 */
import { placeOf } from './places.js';
import type { Place } from './scope.js';
import type { Node } from './syntax.js';
import { isFunction, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

/**
 * Notes every function and name that `root` only passes on. Follows literals, conditions, wrappers and the arguments of calls
 * with a named callee; what stands anywhere else is used at once. Iterative; linear in what it follows.
 */
export function noteDeferred(walk: Walk, root: Node): void {
  const stack: { node: Node; through: readonly Place[] }[] = [{ node: root, through: [] }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { through } = top;
    const node = unwrap(top.node);
    if (node.type === 'Identifier' || isFunction(node)) walk.deferred.set(node, through);
    else if (node.type === 'CallExpression') {
      const callee = placeOf(walk, node.callee);
      if (callee === undefined) continue;
      for (const argument of node.arguments as Node[]) stack.push({ node: argument, through: [...through, callee] });
    } else for (const part of partsOf(node)) stack.push({ node: part, through });
  }
}

/** What a value is put together of without running anything of it. */
function partsOf(node: Node): Node[] {
  switch (node.type) {
    case 'ArrayExpression':
      return (node.elements as (Node | null)[]).filter((each): each is Node => each !== null);
    case 'ObjectExpression':
      return (node.properties as Node[])
        .filter(({ type, kind }) => type === 'Property' && kind === 'init')
        .map(({ value }) => value as Node);
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    case 'LogicalExpression':
      return [node.right];
    default:
      return [];
  }
}
