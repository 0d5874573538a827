/**
 * Which calls belong to a test runner: they make a file a test, and never mutate what they are given.
 */
import { Space } from './scope.js';
import { isOwnFolder, mentionsOwnUrl } from './specifier.js';
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
  'tape',
  'testRule',
]);
/** Objects whose `test`, `module` and so on are a runner's. */
const RUNNERS = new Set(['Deno', 'QUnit', 'tap']);
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
export function noteTestCall(walk: Walk, call: Node): void {
  if (walk.draft.callsTestApi) return;
  const callee = call.callee as Node;
  const isMember = callee.type === 'MemberExpression' && !callee.computed;
  const root = (isMember ? callee.object : callee) as Node;
  if (isMember && callee.property.name === 'run' && isRuleTest(call.arguments)) walk.draft.callsTestApi = true;
  if (root.type !== 'Identifier') return;
  const isRunner =
    isMember && RUNNERS.has(root.name) && (CASES.has(callee.property.name) || callee.property.name === 'module');
  if ((isRunner || CASES.has(root.name)) && isForeign(walk, root)) walk.draft.callsTestApi = true;
}

/** `ruleTester.run('name', rule, { valid, invalid })`: cases of an ESLint rule, whatever the tester is called. */
function isRuleTest([, , cases]: readonly Node[]): boolean {
  if (cases?.type !== 'ObjectExpression') return false;
  return (cases.properties as Node[]).some(({ type, key }) => type === 'Property' && RULE_CASES.has(key.name));
}

const RULE_CASES = new Set(['valid', 'invalid']);

/** `runner(import.meta.url)`: an imported function is told where the file lies, and makes cases of what lies beside it. */
export function noteRunnerCall(walk: Walk, statement: Node): void {
  const call = statement.type === 'ExpressionStatement' ? (statement.expression as Node) : undefined;
  if (walk.draft.callsTestApi || call?.type !== 'CallExpression' || call.callee.type !== 'Identifier') return;
  if (!(call.arguments as Node[]).some((one) => isOwnFolder(one) || mentionsOwnUrl(one) || one.name === '__filename'))
    return;
  if (walk.scope.lookup(call.callee.name, Space.value)?.target?.kind === 'import') walk.draft.callsTestApi = true;
}

/** True for names of test runners' functions that the file does not declare itself. */
export function isTestName(walk: Walk, name: Node): boolean {
  return (CASES.has(name.name) || HOOKS.has(name.name)) && isForeign(walk, name);
}

function isForeign(walk: Walk, name: Node): boolean {
  const variable = walk.scope.lookup(name.name, Space.value);
  return variable === undefined || variable.target?.kind === 'import';
}
