/**
 * Objects that leave what binding can follow: arguments of calls, JSX properties, values cast to another type.
 * In: expressions, and to whom they go. Out: a record for each instance that the text proves. The linker drops those whose
 * receiver is code of the repository.
 */
import { placeOf, valuePlace } from './places.js';
import type { Place } from './scope.js';
import type { Node } from './syntax.js';
import { keyName, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

/** Methods of arrays that only keep what they are given. */
const KEEPERS = new Set(['push', 'unshift', 'includes', 'indexOf', 'lastIndexOf']);

/** Notes each known object among the expressions, directly or inside array and object literals and short functions. */
export function handOver(walk: Walk, values: readonly (Node | null)[], to: Place | undefined): void {
  const stack: (Node | null | undefined)[] = [...values];
  while (stack.length > 0) {
    const value = stack.pop();
    if (!value) continue;
    const node = value.type === 'SpreadElement' ? unwrap(value.argument) : unwrap(value);
    switch (node.type) {
      case 'ArrayExpression':
        stack.push(...(node.elements as (Node | null)[]));
        break;
      case 'ObjectExpression':
        for (const property of node.properties as Node[]) stack.push(property.value ?? property);
        break;
      case 'ConditionalExpression':
        stack.push(node.consequent, node.alternate);
        break;
      case 'LogicalExpression':
        stack.push(node.left, node.right);
        break;
      case 'ArrowFunctionExpression':
        if (node.body.type !== 'BlockStatement') stack.push(node.body);
        break;
      case 'AwaitExpression':
        stack.push(node.argument);
        break;
      case 'Identifier':
      case 'MemberExpression':
      case 'NewExpression':
      case 'CallExpression':
      case 'ThisExpression': {
        const place = valuePlace(walk, node);
        if (place !== undefined) walk.hand(place, to);
      }
    }
  }
}

/** Who a call passes its arguments to; `keeps` where the language itself only stores them. */
export function receiverOf(walk: Walk, callee: Node): { readonly to: Place | undefined; readonly keeps: boolean } {
  const node = unwrap(callee);
  const to = valuePlace(walk, node) ?? placeOf(walk, node);
  const name = node.type === 'MemberExpression' ? keyName(node.property, node.computed) : undefined;
  return { to, keeps: to === undefined && name !== undefined && KEEPERS.has(name) };
}
