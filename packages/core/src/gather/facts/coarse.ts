/**
 * Reads a subtree that nests too deep for recursion: every identifier is a use of whatever the name means at its edge.
 * Larger than the truth, never smaller; iterative.
 */
import { ReferenceFlag } from '../../model/facts.js';
import { loadedModule } from './requests.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { eachChild } from './syntax.js';
import type { Walk } from './walk.js';

/** Adds a subtree's tokens and references without entering its scopes. */
export function coarseVisit(walk: Walk, root: Node): void {
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    walk.mark(node);
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') {
      const variable = walk.scope.lookup(node.name, Space.both);
      walk.write(node.name);
      if (variable?.target) walk.refer(variable, [], 'read', ReferenceFlag.escapes, node);
    } else if (typeof node.operator === 'string') walk.write(node.operator);
    else if (node.type === 'Literal') walk.write(String(node.raw));
    const loaded = loadedModule(walk, node);
    if (loaded !== undefined) walk.refer(loaded, [], 'read', ReferenceFlag.escapes, node);
    eachChild(node, (child) => stack.push(child));
  }
}
