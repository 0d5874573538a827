/**
 * Which bound values a top-level statement mutates (rule 1 of docs/impact-model.md).
 * In: a statement. Out: the variables, and whether the statement does other work too.
 * Not here: reading the statement into the symbols (read.ts).
 */
import { globalTarget } from './globals.js';
import type { GlobalPlace, Place } from './scope.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { keyName, unwrap } from './syntax.js';
import { calleeRoot, isTestName } from './test-api.js';
import type { Walk } from './walk.js';

/** What a statement mutates. */
export interface Mutated {
  /** In order of first occurrence, one for each variable; the path leads to what is mutated where an alias hides it. */
  readonly targets: readonly Place[];
  /** Names of the global scope that it assigns, or whose members it assigns. */
  readonly globals: readonly GlobalPlace[];
  /** Some part of it mutates nothing that the file can name. */
  readonly rest: boolean;
}

/** Globals whose functions mutate nothing they are given. */
const PURE_GLOBALS = new Set(
  'console process Math JSON Promise String Number Boolean Symbol Array Intl performance setTimeout setInterval setImmediate queueMicrotask parseInt parseFloat structuredClone require import vi vitest jest mock eval'.split(
    ' ',
  ),
);

/** Globals whose functions mutate their first argument alone. */
const FIRST_ONLY = new Set(['Object', 'Reflect']);

/** Those of them that surely write into it. */
const WRITERS = new Set(['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf', 'set', 'deleteProperty']);

/** Looks into blocks, loops and conditions, not into functions. Iterative. */
export function mutatedBy(walk: Walk, statement: Node): Mutated {
  const targets: Place[] = [];
  const globals: GlobalPlace[] = [];
  let rest = false;
  const stack: Node[] = [statement];
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    const parts = statementParts(node);
    if (parts !== undefined) stack.push(...parts.toReversed());
    else if (node.type === 'ExpressionStatement') {
      const found = mutatedPlaces(walk, node.expression);
      for (const place of found) if (!targets.some(({ root }) => root === place.root)) targets.push(place);
      const assigned = assignedGlobals(walk, node.expression);
      globals.push(...assigned);
      if (found.length + assigned.length === 0) rest = true;
    } else if (node.type !== 'EmptyStatement') rest = true;
  }
  return { targets, globals, rest };
}

/** `window.App = App.view = …`. */
function assignedGlobals(walk: Walk, expression: Node): GlobalPlace[] {
  const globals: GlobalPlace[] = [];
  for (let node = unwrap(expression); node.type === 'AssignmentExpression'; node = unwrap(node.right)) {
    const place = globalTarget(walk, node.left);
    if (place !== undefined) globals.push(place);
  }
  return globals;
}

/** The statements inside a compound statement; `undefined` for simple ones. */
function statementParts(node: Node): Node[] | undefined {
  switch (node.type) {
    case 'BlockStatement':
      return node.body as Node[];
    case 'IfStatement':
      return [node.consequent, node.alternate].filter((each): each is Node => Boolean(each));
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return [node.body as Node];
    case 'TryStatement':
      return [node.block, node.handler?.body, node.finalizer].filter((each): each is Node => Boolean(each));
    case 'SwitchStatement':
      return (node.cases as Node[]).flatMap((each) => each.consequent as Node[]);
    default:
      return undefined;
  }
}

function mutatedPlaces(walk: Walk, expression: Node): Place[] {
  const found: Place[] = [];
  const stack = [expression];
  while (stack.length > 0) {
    const node = unwrap(stack.pop() as Node);
    switch (node.type) {
      case 'AwaitExpression':
        stack.push(node.argument);
        break;
      case 'UnaryExpression':
        if (node.operator === 'delete') addRoot(walk, found, node.argument);
        else stack.push(node.argument);
        break;
      case 'UpdateExpression':
        addRoot(walk, found, node.argument);
        break;
      case 'AssignmentExpression':
        addRoot(walk, found, node.left);
        stack.push(node.right);
        break;
      case 'LogicalExpression':
        stack.push(node.right, node.left);
        break;
      case 'ConditionalExpression':
        stack.push(node.alternate, node.consequent);
        break;
      case 'SequenceExpression':
        stack.push(...(node.expressions as Node[]).toReversed());
        break;
      case 'CallExpression':
      case 'NewExpression':
        addCall(walk, found, node);
        break;
    }
  }
  return found;
}

/** `X` in `X`, `X.a.b`, `X[k]`. */
function rootOf(node: Node): Node | undefined {
  let root = unwrap(node);
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  return root.type === 'Identifier' ? root : undefined;
}

/** How many names for one another are followed: `const a = b`, `const b = c.d` … */
const ALIAS_LIMIT = 8;

/**
 * The root of a written chain, and what it is another name for (`proto` of `const proto = Queue.prototype`).
 * A method call on another name for something imported mutates only the name: most such calls read.
 */
function addRoot(walk: Walk, found: Place[], target: Node, called = false): void {
  const root = rootOf(target);
  const variable = root && walk.scope.lookup(root.name, Space.value);
  if (!variable?.target) return;
  found.push({ root: variable, path: [] });
  let { source } = variable;
  for (let steps = 0; source !== undefined && steps < ALIAS_LIMIT; steps += 1) {
    if (source.root === variable || (called && source.root.target?.kind !== 'symbol')) return;
    found.push(source);
    const behind: Place | undefined = source.root.source;
    source = behind && { root: behind.root, path: [...behind.path, ...source.path] };
  }
}

/** The receiver of a method call and whatever is passed by name, in each call of a chain. */
function addCall(walk: Walk, found: Place[], call: Node): void {
  const root = calleeRoot(call.callee);
  if (root !== undefined && isTestName(walk, root)) return;
  if (root !== undefined && PURE_GLOBALS.has(root.name) && !walk.scope.lookup(root.name, Space.value)?.target) return;
  if (root !== undefined && /^(vi|vitest|jest|mock)$/.test(root.name)) return;
  const firstOnly = root !== undefined && FIRST_ONLY.has(root.name) && !walk.scope.lookup(root.name, Space.value);
  const inner: Node[] = [];
  for (let node = unwrap(call); ;) {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      inner.unshift(...(firstOnly ? node.arguments.slice(0, 1) : node.arguments));
      node = unwrap(node.callee);
      if (node.type === 'Identifier') break;
    } else if (node.type === 'MemberExpression') {
      node = unwrap(node.object);
      if (node.type !== 'Identifier') continue;
      addRoot(walk, found, node, true);
      break;
    } else break;
  }
  const callee = unwrap(call.callee);
  const written = firstOnly && callee.type === 'MemberExpression' && WRITERS.has(callee.property.name as string);
  for (const argument of inner) addPassed(walk, found, argument, written);
}

/** Names passed directly or inside array and object literals; a member where it is surely written into. */
function addPassed(walk: Walk, found: Place[], argument: Node, written: boolean): void {
  const stack: (Node | null)[] = [argument];
  while (stack.length > 0) {
    const top = stack.pop();
    if (!top) continue;
    const node = unwrap(top);
    if (node.type === 'Identifier') {
      const variable = walk.scope.lookup(node.name, Space.value);
      if (variable?.target && !variable.primitive) found.push({ root: variable, path: [] });
    } else if (node.type === 'MemberExpression') {
      if (written || keyName(node.property, node.computed) === 'prototype') addRoot(walk, found, node);
    } else if (node.type === 'ArrayExpression') stack.push(...(node.elements as Node[]).toReversed());
    else if (node.type === 'ObjectExpression') stack.push(...(node.properties as Node[]).toReversed());
    else if (node.type === 'Property') stack.push(node.value);
    else if (node.type === 'SpreadElement') stack.push(node.argument);
  }
}
