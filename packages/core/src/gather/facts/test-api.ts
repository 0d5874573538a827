/**
 * Which calls belong to a test runner: they make a file a test, and never mutate what they are given.
 */
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import type { Walk } from './walk.js';

const CASES = new Set([
  'describe',
  'it',
  'test',
  'suite',
  'specify',
  'context',
  'bench',
  'fdescribe',
  'xdescribe',
  'fit',
  'xit',
  'xtest',
]);
const HOOKS = new Set([
  'before',
  'after',
  'beforeEach',
  'afterEach',
  'beforeAll',
  'afterAll',
  'expect',
  'assert',
  'setup',
  'teardown',
]);

/** The identifier a callee begins with: `it` in `it.each(rows)('name', fn)`. */
export function calleeRoot(callee: Node): Node | undefined {
  let node = callee;
  for (;;) {
    if (node.type === 'Identifier') return node;
    if (node.type === 'MemberExpression') node = node.object;
    else if (node.type === 'CallExpression') node = node.callee;
    else if (node.type === 'TaggedTemplateExpression') node = node.tag;
    else if (node.type === 'ChainExpression' || node.type === 'TSNonNullExpression') node = node.expression;
    else return undefined;
  }
}

/** Marks the file as one that calls a test runner. */
export function noteTestCall(walk: Walk, callee: Node): void {
  if (walk.draft.callsTestApi) return;
  const root = callee.type === 'Identifier' ? callee : callee.type === 'MemberExpression' ? callee.object : undefined;
  if (root?.type === 'Identifier' && CASES.has(root.name) && isForeign(walk, root)) walk.draft.callsTestApi = true;
}

/** True for names of test runners' functions that the file does not declare itself. */
export function isTestName(walk: Walk, name: Node): boolean {
  return (CASES.has(name.name) || HOOKS.has(name.name)) && isForeign(walk, name);
}

function isForeign(walk: Walk, name: Node): boolean {
  const variable = walk.scope.lookup(name.name, Space.value);
  return variable === undefined || variable.target?.kind === 'import';
}
