/**
 * The names that a pattern binds, each with where in the value it is taken from.
 * In: a pattern node. Out: names in source order. Not here: reading the pattern (visit-patterns.ts).
 */
import type { Node } from './syntax.js';
import { keyName } from './syntax.js';

/** One name that a pattern binds, with the property path to it. */
export interface BoundName {
  readonly identifier: Node;
  /** Static keys to the value; array positions count as `0`, `1` … */
  readonly path: readonly string[];
  /** The path ends early: a computed key, or a rest element that takes all that is left. */
  readonly coarse: boolean;
  /** Defaults and computed keys on the way. */
  readonly expressions: readonly Node[];
}

/** Every name in a pattern, in source order. */
export function boundNames(pattern: Node): BoundName[] {
  const names: BoundName[] = [];
  const stack: { node: Node; path: readonly string[]; coarse: boolean; expressions: readonly Node[] }[] = [
    { node: pattern, path: [], coarse: false, expressions: [] },
  ];
  while (stack.length > 0) {
    const at = stack.pop() as (typeof stack)[number];
    const { node, path, coarse, expressions } = at;
    if (node.type === 'Identifier') names.push({ identifier: node, path, coarse, expressions });
    else if (node.type === 'AssignmentPattern')
      stack.push({ ...at, node: node.left, expressions: [...expressions, node.right] });
    else if (node.type === 'RestElement') stack.push({ ...at, node: node.argument, coarse: true });
    else if (node.type === 'ObjectPattern') {
      for (const property of (node.properties as Node[]).toReversed()) {
        if (property.type === 'RestElement') stack.push({ ...at, node: property });
        else stack.push(below(at, property));
      }
    } else if (node.type === 'ArrayPattern') {
      const elements = node.elements as (Node | null)[];
      for (let index = elements.length - 1; index >= 0; index -= 1) {
        const element = elements[index];
        if (element) stack.push({ ...at, node: element, path: coarse ? path : [...path, String(index)] });
      }
    }
  }
  return names;
}

function below<T extends { path: readonly string[]; coarse: boolean; expressions: readonly Node[] }>(
  at: T,
  property: Node,
): T & { node: Node } {
  const name = keyName(property.key, property.computed);
  if (name === undefined)
    return { ...at, node: property.value, coarse: true, expressions: [...at.expressions, property.key] };
  return { ...at, node: property.value, path: at.coarse ? at.path : [...at.path, name] };
}
