/**
 * Calls in config files: path arithmetic, a few pure methods, the file's own functions, and wrappers.
 * A call of something unknown is taken for a wrapper (`defineConfig(x)`, `mergeConfig(a, b)`, `withPlugin(x)`):
 * its object arguments, merged. That is a guess on the side of seeing more.
 * Not here: expressions (static-eval.ts).
 */
import posix from 'node:path/posix';
import { HOLE, ROOT_MARK, StaticExternal, StaticFunction, emptyObject, entriesOf } from './static-value.js';
import { isStaticObject, mergeValues } from './static-value.js';
import type { Budget, StaticScope, StaticValue } from './static-value.js';
import type { Node } from '../facts/syntax.js';
import { memberOf } from './static-member.js';

/** The value of a call expression. */
export function callValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  const args = argumentsOf(node, scope, budget);
  const callee = node['callee'] as Node;
  if (callee.type === 'MemberExpression' && callee['computed'] !== true) {
    const object = budget.evaluate(callee['object'] as Node, scope, budget);
    const method = methodValue(object, String((callee['property'] as Node)['name']), args, budget);
    if (method !== undefined) return method;
  }
  const target = budget.evaluate(callee, scope, budget);
  if (target instanceof StaticFunction) return applyFunction(target, args, budget);
  if (target instanceof StaticExternal) {
    const known = externalCall(target, args, scope);
    if (known !== undefined) return known;
  }
  return wrapped(args, budget);
}

/** `new URL('./x', import.meta.url)` is a file URL; any other instance is unknown, with its options readable. */
export function newValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  const args = argumentsOf(node, scope, budget);
  const target = budget.evaluate(node['callee'] as Node, scope, budget);
  if (!(target instanceof StaticExternal) || !/(?:^|\.)URL$/.test(target.name)) return wrapped(args, budget);
  const [relative, base] = args;
  if (typeof relative !== 'string' || typeof base !== 'string') return HOLE;
  const folder = base.slice(base.indexOf(ROOT_MARK), base.lastIndexOf('/'));
  const path = posix.resolve(folder, relative);
  const url = emptyObject();
  url['pathname'] = path;
  url['href'] = `file://${path}`;
  return url;
}

function argumentsOf(node: Node, scope: StaticScope, budget: Budget): readonly StaticValue[] {
  return (node['arguments'] as readonly Node[]).flatMap((argument) => {
    if (argument.type !== 'SpreadElement') return [budget.evaluate(argument, scope, budget)];
    const spread = budget.evaluate(argument['argument'] as Node, scope, budget);
    return Array.isArray(spread) ? (spread as readonly StaticValue[]) : [];
  });
}

/** Object arguments and what function arguments return, merged; a lone array as it is. */
function wrapped(args: readonly StaticValue[], budget: Budget): StaticValue {
  let result: StaticValue = HOLE;
  for (const argument of args) {
    const value = argument instanceof StaticFunction ? applyFunction(argument, [], budget) : argument;
    if (isStaticObject(value)) result = isStaticObject(result) ? mergeValues(result, value) : value;
    else if (Array.isArray(value) && result === HOLE) result = value as readonly StaticValue[];
  }
  return result;
}

/** What the function returns for these arguments: all its returns merged, as which of them runs is not known. */
export function applyFunction(target: StaticFunction, args: readonly StaticValue[], budget: Budget): StaticValue {
  const names = new Map<string, () => StaticValue>();
  const scope: StaticScope = { file: target.scope.file, names, parent: target.scope };
  for (const [index, parameter] of (target.node['params'] as readonly Node[]).entries()) {
    bindPattern(parameter, () => (index < args.length ? args[index] : HOLE), scope, budget);
  }
  const body = target.node['body'] as Node;
  if (body.type !== 'BlockStatement') return budget.evaluate(body, scope, budget);
  return returnOf(body['body'] as readonly Node[], scope, budget);
}

function returnOf(statements: readonly Node[], scope: StaticScope, budget: Budget): StaticValue {
  let result: StaticValue = HOLE;
  for (const statement of statements) {
    if (budget.steps-- <= 0 || budget.depth > 100) return result;
    budget.depth++;
    if (statement.type === 'VariableDeclaration') declareVariables(statement, scope, budget);
    if (statement.type === 'FunctionDeclaration') declareFunction(statement, scope);
    const value = returnOfStatement(statement, scope, budget);
    if (value !== HOLE) result = result === HOLE ? value : mergeValues(value, result);
    budget.depth--;
    if (statement.type === 'ReturnStatement') break;
  }
  return result;
}

function returnOfStatement(statement: Node, scope: StaticScope, budget: Budget): StaticValue {
  switch (statement.type) {
    case 'ReturnStatement':
      return budget.evaluate(statement['argument'] as Node | null, scope, budget);
    case 'BlockStatement':
      return returnOf(statement['body'] as readonly Node[], scope, budget);
    case 'IfStatement':
      return mergeReturns(
        returnOf([statement['consequent'] as Node], scope, budget),
        statement['alternate'] === null ? HOLE : returnOf([statement['alternate'] as Node], scope, budget),
      );
    default:
      return HOLE;
  }
}

function mergeReturns(left: StaticValue, right: StaticValue): StaticValue {
  return left === HOLE ? right : mergeValues(right, left);
}

/** Declares a function under its name. */
export function declareFunction(node: Node, scope: StaticScope): void {
  const id = node['id'] as Node | null;
  if (id !== null) scope.names.set(String(id['name']), () => new StaticFunction(node, scope));
}

/** Declares every name of a `const`, `let` or `var`, evaluated at first use. */
export function declareVariables(node: Node, scope: StaticScope, budget: Budget): void {
  for (const declarator of node['declarations'] as readonly Node[]) {
    const value = lazily(() => budget.evaluate(declarator['init'] as Node | null, scope, budget));
    bindPattern(declarator['id'] as Node, value, scope, budget);
  }
}

/** The same value every time; a hole while it is being found, so that a circle ends. */
export function lazily(find: () => StaticValue): () => StaticValue {
  let value: StaticValue = HOLE;
  let started = false;
  return () => {
    if (started) return value;
    started = true;
    value = find();
    return value;
  };
}

/** Binds an identifier, default or one level of an object pattern to a value. */
function bindPattern(pattern: Node, value: () => StaticValue, scope: StaticScope, budget: Budget): void {
  if (pattern.type === 'Identifier') scope.names.set(String(pattern['name']), value);
  if (pattern.type === 'AssignmentPattern') {
    const fallback = lazily(() => budget.evaluate(pattern['right'] as Node, scope, budget));
    const chosen = (): StaticValue => (value() === HOLE || value() === undefined ? fallback() : value());
    bindPattern(pattern['left'] as Node, chosen, scope, budget);
  }
  if (pattern.type !== 'ObjectPattern') return;
  for (const property of pattern['properties'] as readonly Node[]) {
    const key = property['key'] as Node | undefined;
    if (property.type !== 'Property' || key?.type !== 'Identifier') continue;
    const member = lazily(() => memberOf(value(), String(key['name']), scope));
    bindPattern(property['value'] as Node, member, scope, budget);
  }
}

/** `undefined`: no method that is known here. */
function methodValue(
  object: StaticValue,
  name: string,
  args: readonly StaticValue[],
  budget: Budget,
): StaticValue | undefined {
  if (Array.isArray(object)) return arrayMethod(object as readonly StaticValue[], name, args, budget);
  if (typeof object !== 'string') return undefined;
  const [first, second] = args;
  if (name === 'replace' && typeof first === 'string' && typeof second === 'string')
    return object.split(first).join(second);
  if (name === 'slice' && typeof first === 'number')
    return object.slice(first, typeof second === 'number' ? second : undefined);
  return name === 'toString' || name === 'trim' ? object : undefined;
}

function arrayMethod(
  items: readonly StaticValue[],
  name: string,
  args: readonly StaticValue[],
  budget: Budget,
): StaticValue | undefined {
  const [callback] = args;
  switch (name) {
    case 'filter':
      return items.filter((item) => item !== false && item !== null && item !== undefined && item !== HOLE);
    case 'map':
    case 'flatMap': {
      if (!(callback instanceof StaticFunction)) return HOLE;
      const mapped = items.map((item, index) => applyFunction(callback, [item, index], budget));
      return name === 'map' ? mapped : (mapped.flat() as readonly StaticValue[]);
    }
    case 'concat':
      return [...items, ...(args.flat() as readonly StaticValue[])];
    case 'flat':
      return items.flat() as readonly StaticValue[];
    case 'join':
      return items.every((item) => typeof item === 'string') && typeof callback === 'string'
        ? items.join(callback)
        : HOLE;
    default:
      return undefined;
  }
}

/** Functions of Node and of the language. `undefined`: not known here. */
function externalCall(
  target: StaticExternal,
  args: readonly StaticValue[],
  scope: StaticScope,
): StaticValue | undefined {
  const folder = posix.dirname(`${ROOT_MARK}/${scope.file}`);
  if (/^(?:node:)?(?:path|url)(?:\/posix)?$|^pathe$|^upath$/.test(target.module))
    return pathCall(target.name, args, folder);
  if (target.module !== 'global') return undefined;
  const [first] = args;
  switch (target.name) {
    case 'process.cwd':
      return folder;
    case 'require':
      return typeof first === 'string' ? requireValue(first, scope) : HOLE;
    case 'require.resolve':
    case 'import.meta.resolve':
      return typeof first === 'string' && first.startsWith('.') ? posix.resolve(folder, first) : first;
    case 'Object.keys':
      return entriesOf(first).map(([key]) => key);
    case 'Object.values':
      return entriesOf(first).map(([, value]) => value);
    case 'Object.entries':
      return entriesOf(first).map(([key, value]) => [key, value]);
    case 'Object.fromEntries':
      return fromEntries(first);
    default:
      return target.name.startsWith('path.') ? pathCall(target.name.slice(5), args, folder) : undefined;
  }
}

function requireValue(specifier: string, scope: StaticScope): StaticValue {
  let root = scope;
  while (root.parent !== undefined) root = root.parent;
  return root.names.get(`require:${specifier}`)?.() ?? new StaticExternal(specifier, '*');
}

function fromEntries(value: StaticValue): StaticValue {
  const object = emptyObject();
  for (const pair of Array.isArray(value) ? (value as readonly StaticValue[]) : []) {
    const [key, item] = Array.isArray(pair) ? (pair as readonly StaticValue[]) : [];
    if (typeof key === 'string') object[key] = item;
  }
  return object;
}

function pathCall(name: string, args: readonly StaticValue[], folder: string): StaticValue {
  const [first] = args;
  if (name === 'fileURLToPath') {
    const text = isStaticObject(first) ? first['pathname'] : first;
    return typeof text === 'string' ? text.replace(/^file:\/\//, '') : HOLE;
  }
  const texts = args.filter((argument) => typeof argument === 'string');
  if (texts.length !== args.length) return HOLE;
  if (name === 'resolve') return posix.resolve(folder, ...texts);
  if (name === 'join') return posix.join(...texts);
  if (name === 'dirname') return posix.dirname(texts[0] ?? '');
  if (name === 'basename') return posix.basename(texts[0] ?? '', texts[1]);
  if (name === 'normalize') return posix.normalize(texts[0] ?? '');
  return name === 'relative' ? posix.relative(texts[0] ?? '', texts[1] ?? '') : HOLE;
}
