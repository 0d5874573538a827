/**
 * What a statement exports in CommonJS: `module.exports = …`, `exports.x = …`, `Object.defineProperty(exports, …)`,
 * `__exportStar(require(…), exports)`, `Object.assign(exports, require(…))`.
 * In: an expression. Out: names and value nodes. Not here: making symbols or entries of them.
 */
import type { Node } from './syntax.js';
import { isFunction, keyName, staticText, unwrap } from './syntax.js';

/** One thing that a statement exports. */
export type CommonJsExport =
  | { readonly kind: 'named'; readonly name: string; readonly value: Node }
  /** All names of what the node loads or names. */
  | { readonly kind: 'star'; readonly source: Node };

/** The exports of an expression statement; `undefined` where it is no such statement, empty where it only prepares. */
export function commonJsExports(statement: Node): readonly CommonJsExport[] | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined;
  const expression = unwrap(statement.expression);
  if (expression.type === 'AssignmentExpression') return assigned(expression);
  if (expression.type !== 'CallExpression') return undefined;
  return defined(expression) ?? starred(expression);
}

/** `exports` or `module.exports`. */
function isExportsObject(root: Node | undefined): boolean {
  if (root === undefined) return false;
  const node = unwrap(root);
  if (node.type === 'Identifier') return node.name === 'exports';
  return (
    node.type === 'MemberExpression' &&
    keyName(node.property, node.computed) === 'exports' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module'
  );
}

/** The exported name that an assignment target is; `''` for `exports` alone. */
function targetName(target: Node): string | undefined {
  if (isExportsObject(target)) return target.type === 'Identifier' ? '' : 'export=';
  if (target.type !== 'MemberExpression' || !isExportsObject(target.object)) return undefined;
  return keyName(target.property, target.computed);
}

function assigned(expression: Node): CommonJsExport[] | undefined {
  const names: string[] = [];
  let value: Node = expression;
  for (; value.type === 'AssignmentExpression' && value.operator === '='; value = unwrap(value.right)) {
    const name = targetName(unwrap(value.left));
    if (name === undefined) return undefined;
    if (name !== '') names.push(name);
  }
  if (names.length === 0 && !isExportsObject(expression.left)) return undefined;
  if (value.type === 'UnaryExpression' && value.operator === 'void') return [];
  const exports: CommonJsExport[] = names
    .filter((name) => name !== '__esModule')
    .map((name) => ({ kind: 'named', name, value }));
  if (names.includes('export=') && value.type === 'ObjectExpression') {
    for (const property of value.properties as Node[]) {
      if (property.type === 'SpreadElement') exports.push({ kind: 'star', source: unwrap(property.argument) });
    }
  }
  return exports;
}

function defined(call: Node): CommonJsExport[] | undefined {
  const [object, key, descriptor] = call.arguments as Node[];
  if (!isObjectMethod(call, 'defineProperty') || !isExportsObject(object)) return undefined;
  const name = staticText(key);
  if (name === undefined || descriptor?.type !== 'ObjectExpression') return undefined;
  if (name === '__esModule') return [];
  for (const property of descriptor.properties as Node[]) {
    const role = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
    if (role === 'value') return [{ kind: 'named', name, value: unwrap(property.value) }];
    if (role === 'get') return [{ kind: 'named', name, value: getterResult(property.value) }];
  }
  return undefined;
}

/** What a one-line getter gives; the getter itself where it does more. */
function getterResult(getter: Node): Node {
  if (!isFunction(getter)) return getter;
  if (getter.body.type !== 'BlockStatement') return unwrap(getter.body);
  const only = getter.body.body.length === 1 ? (getter.body.body[0] as Node) : undefined;
  return only?.type === 'ReturnStatement' && only.argument ? unwrap(only.argument) : getter;
}

function starred(call: Node): CommonJsExport[] | undefined {
  const callee = unwrap(call.callee);
  const [first, second] = call.arguments as (Node | undefined)[];
  const name = (callee.type === 'MemberExpression' ? callee.property.name : callee.name) as string | undefined;
  if ((name === '__exportStar' || name === '_export_star') && first && isExportsObject(second)) {
    return [{ kind: 'star', source: unwrap(first) }];
  }
  if (isObjectMethod(call, 'assign') && isExportsObject(first)) {
    return (call.arguments as Node[]).slice(1).map((source) => ({ kind: 'star', source: unwrap(source) }));
  }
  return name === 'forEach' ? copiedKeys(callee, first) : undefined;
}

/** Babel's `Object.keys(_x).forEach(function (key) { … exports[key] … })`. */
function copiedKeys(callee: Node, callback: Node | undefined): CommonJsExport[] | undefined {
  const keys = callee.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  if (keys?.type !== 'CallExpression' || !isObjectMethod(keys, 'keys') || !callback || !isFunction(callback))
    return undefined;
  if (callback.body.type !== 'BlockStatement') return undefined;
  const copies = (callback.body.body as Node[]).some((each) => {
    const call = each.type === 'ExpressionStatement' ? unwrap(each.expression) : undefined;
    return call?.type === 'CallExpression'
      ? isExportsObject(call.arguments[0])
      : call?.type === 'AssignmentExpression' && isExportsObject(call.left.object);
  });
  return copies ? [{ kind: 'star', source: unwrap(keys.arguments[0]) }] : undefined;
}

function isObjectMethod(call: Node, method: string): boolean {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && callee.object.name === 'Object' && callee.property.name === method;
}
