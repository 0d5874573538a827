/**
 * Whether evaluating an expression does anything beyond making a value: `mere` ones are literals, functions,
 * names and object or array literals of these. The module initialiser depends on all the others.
 */
import type { Node } from './syntax.js';
import { eachChild, isFunction, keyName, unwrap } from './syntax.js';

/** True where evaluating `root` can call nothing, read no property and throw nothing. Linear in the literal's size. */
export function isMere(root: Node | null | undefined): boolean {
  const stack: Node[] = root ? [root] : [];
  while (stack.length > 0) {
    const node = unwrap(stack.pop() as Node);
    switch (node.type) {
      case 'Literal':
      case 'Identifier':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ThisExpression':
        break;
      case 'TemplateLiteral':
        if (node.expressions.length > 0) return false;
        break;
      case 'UnaryExpression':
        if (node.argument.type !== 'Literal') return false;
        break;
      case 'ArrayExpression':
        for (const element of node.elements as (Node | null)[]) if (element) stack.push(element);
        break;
      case 'ObjectExpression':
        for (const property of node.properties as Node[]) {
          if (property.type !== 'Property' || property.computed) return false;
          stack.push(property.value);
        }
        break;
      case 'CallExpression':
        if (!isFreeze(node)) return false;
        stack.push(node.arguments[0]);
        break;
      case 'ClassExpression':
        if (classIsEvaluated(node)) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

/**
 * True for a statement that only puts mere values into members or names: `A.prototype.b = A.c = function () {}`,
 * `Object.assign(table, { a, b })`.
 */
export function isMereAssignment(statement: Node): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  let node = unwrap(statement.expression);
  if (node.type === 'CallExpression') return isMereAssign(node);
  if (node.type !== 'AssignmentExpression') return false;
  for (; node.type === 'AssignmentExpression'; node = unwrap(node.right)) {
    if (node.operator !== '=') return false;
    let target = unwrap(node.left);
    for (; target.type === 'MemberExpression'; target = unwrap(target.object))
      if (keyName(target.property, target.computed) === undefined && target.property.type !== 'Identifier')
        return false;
    if (target.type !== 'Identifier') return false;
  }
  return isMere(node);
}

/** `Object.assign(a.b, …)` of literals that are mere; `Object` may be a local's name where nobody writes such code. */
function isMereAssign(call: Node): boolean {
  const callee = call.callee as Node;
  if (callee.type !== 'MemberExpression' || callee.object.name !== 'Object') return false;
  if (callee.property.name !== 'assign') return false;
  const [target, ...sources] = call.arguments as Node[];
  let root = target && unwrap(target);
  while (root?.type === 'MemberExpression' && !root.computed) root = unwrap(root.object);
  return (
    root?.type === 'Identifier' && sources.every((each) => unwrap(each).type === 'ObjectExpression' && isMere(each))
  );
}

const COMPARISONS = new Set(['===', '!==', '==', '!=']);

/** Nodes that run code of somebody else, or put a value where others find it. */
const ACTIVE = new Set(
  `CallExpression NewExpression TaggedTemplateExpression ImportExpression AwaitExpression YieldExpression JSXElement JSXFragment
  ForOfStatement ForInStatement ArrayPattern Decorator AssignmentExpression UpdateExpression ClassExpression ClassDeclaration
  WithStatement`.split(/\s+/),
);

/**
 * True for a function that, called, runs nothing but its own lines and leaves what it is given nowhere but in what it returns.
 * Functions inside it are not looked into: they are part of what is returned. Linear.
 */
export function isPassive(fn: Node | undefined): boolean {
  if (fn === undefined || fn.async || fn.generator || !fn.body) return false;
  const stack: Node[] = [...(fn.params as Node[]), fn.body as Node];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (ACTIVE.has(node.type)) return false;
    if (node.type === 'BinaryExpression' && !COMPARISONS.has(node.operator as string)) return false;
    if (node.type === 'UnaryExpression' && node.operator !== '!' && node.operator !== 'typeof') return false;
    if (node.type === 'TemplateLiteral' && node.expressions.length > 0) return false;
    if (
      node.type === 'ArrayExpression' &&
      (node.elements as (Node | null)[]).some((each) => each?.type === 'SpreadElement')
    )
      return false;
    if (isFunction(node)) continue;
    eachChild(node, (child) => stack.push(child));
  }
  return true;
}

/** True for a class whose definition runs code: decorators, `extends`, static fields with work to do, static blocks. */
export function classIsEvaluated(node: Node): boolean {
  if (node.superClass || (node.decorators?.length ?? 0) > 0) return true;
  return (node.body.body as Node[]).some(
    (member) =>
      member.type === 'StaticBlock' ||
      (member.decorators?.length ?? 0) > 0 ||
      (member.static && member.type !== 'MethodDefinition' && !isMere(member.value)),
  );
}

/** `Object.freeze({…})` and `Object.freeze([…])`: the literal itself, for every purpose here. */
export function isFreeze(node: Node): boolean {
  const callee = node.callee as Node;
  return (
    callee.type === 'MemberExpression' &&
    !callee.computed &&
    callee.object.name === 'Object' &&
    callee.property.name === 'freeze' &&
    node.arguments.length === 1 &&
    (unwrap(node.arguments[0]).type === 'ObjectExpression' || unwrap(node.arguments[0]).type === 'ArrayExpression')
  );
}

/** The literal below wrappers and `Object.freeze`. */
export function unwrapLiteral(node: Node): Node {
  let inner = unwrap(node);
  while (inner.type === 'CallExpression' && isFreeze(inner)) inner = unwrap(inner.arguments[0]);
  return inner;
}
