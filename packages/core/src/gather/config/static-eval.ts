/**
 * The value of an expression in a config file, found by reading it.
 * In: an ESTree node and its scope. Out: a value with holes. Nothing is executed; the budget bounds time and depth.
 * Not here: calls (static-calls.ts), modules (static-modules.ts).
 */
import { ROOT_MARK, StaticExternal, StaticFunction, StaticPattern } from './static-value.js';
import { HOLE, emptyObject, entriesOf, isStaticObject, mergeValues } from './static-value.js';
import type { Budget, StaticScope, StaticValue } from './static-value.js';
import type { Node } from '../facts/syntax.js';
import { callValue, newValue } from './static-calls.js';
import { memberOf } from './static-member.js';

/** Real configs need a few thousand steps; a hostile one ends here with holes. */
const MAX_STEPS = 50_000;
const MAX_DEPTH = 120;

/** A fresh allowance for one config file. */
export function newBudget(): Budget {
  return { steps: MAX_STEPS, depth: 0, evaluate };
}

/** The value of `node`. Never throws; what can't be known, or costs too much, is a hole. */
export function evaluate(node: Node | null | undefined, scope: StaticScope, budget: Budget): StaticValue {
  if (node === null || node === undefined) return undefined;
  if (budget.steps-- <= 0 || budget.depth >= MAX_DEPTH) return HOLE;
  budget.depth++;
  const value = evaluators[node.type]?.(node, scope, budget) ?? (node.type in evaluators ? undefined : HOLE);
  budget.depth--;
  return value;
}

type Evaluator = (node: Node, scope: StaticScope, budget: Budget) => StaticValue;

const inner =
  (field: string): Evaluator =>
  (node, scope, budget) =>
    evaluate(node[field] as Node, scope, budget);

const evaluators: Readonly<Record<string, Evaluator>> = {
  Literal: literalValue,
  TemplateLiteral: templateValue,
  Identifier: (node, scope) => lookUp(scope, String(node['name'])),
  ArrayExpression: arrayValue,
  ObjectExpression: objectValue,
  MemberExpression: memberValue,
  MetaProperty: () => importMeta(),
  CallExpression: callValue,
  NewExpression: newValue,
  ArrowFunctionExpression: (node, scope) => new StaticFunction(node, scope),
  FunctionExpression: (node, scope) => new StaticFunction(node, scope),
  FunctionDeclaration: (node, scope) => new StaticFunction(node, scope),
  LogicalExpression: eitherValue('left', 'right'),
  ConditionalExpression: eitherValue('consequent', 'alternate'),
  BinaryExpression: binaryValue,
  UnaryExpression: unaryValue,
  TSAsExpression: inner('expression'),
  TSSatisfiesExpression: inner('expression'),
  TSNonNullExpression: inner('expression'),
  TSTypeAssertion: inner('expression'),
  ParenthesizedExpression: inner('expression'),
  ChainExpression: inner('expression'),
  AwaitExpression: inner('argument'),
  AssignmentExpression: inner('right'),
  ImportExpression: () => HOLE,
};

function literalValue(node: Node): StaticValue {
  const regex = node['regex'] as { pattern?: string; flags?: string } | null | undefined;
  if (regex !== null && regex !== undefined) return new StaticPattern(regex.pattern ?? '', regex.flags ?? '');
  const value: unknown = node['value'];
  const known = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return known ? value : HOLE;
}

function templateValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  const quasis = node['quasis'] as readonly Node[];
  let text = '';
  for (const [index, quasi] of quasis.entries()) {
    text += String((quasi['value'] as { cooked?: string }).cooked ?? '');
    const hole = (node['expressions'] as readonly Node[])[index];
    if (hole === undefined) continue;
    const value = evaluate(hole, scope, budget);
    if (typeof value !== 'string' && typeof value !== 'number') return HOLE;
    text += String(value);
  }
  return text;
}

/** The value of a name: the innermost declaration, then what Node and TypeScript define. */
export function lookUp(scope: StaticScope, name: string): StaticValue {
  for (let at: StaticScope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.names.get(name);
    if (found !== undefined) return found();
  }
  const file = `${ROOT_MARK}/${scope.file}`;
  if (name === '__filename') return file;
  if (name === '__dirname') return file.slice(0, file.lastIndexOf('/'));
  return name === 'undefined' ? undefined : GLOBALS.has(name) ? new StaticExternal('global', name) : HOLE;
}

const GLOBALS = new Set(['Object', 'process', 'require', 'URL', 'String', 'Array', 'path']);

function importMeta(): StaticValue {
  return new StaticExternal('global', 'import.meta');
}

function arrayValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  const items: StaticValue[] = [];
  for (const element of node['elements'] as readonly (Node | null)[]) {
    if (element?.type !== 'SpreadElement') {
      items.push(evaluate(element, scope, budget));
      continue;
    }
    const spread = evaluate(element['argument'] as Node, scope, budget);
    if (Array.isArray(spread)) items.push(...(spread as readonly StaticValue[]).slice(0, 10_000));
  }
  return items;
}

function objectValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  const object = emptyObject();
  for (const property of node['properties'] as readonly Node[]) {
    if (property.type === 'SpreadElement') {
      const spread = evaluate(property['argument'] as Node, scope, budget);
      for (const [key, value] of entriesOf(spread)) object[key] = value;
      continue;
    }
    const key = keyOf(property, scope, budget);
    if (key !== undefined) object[key] = evaluate(property['value'] as Node, scope, budget);
  }
  return object;
}

/** A property's or member's name, where it is known. */
function keyOf(node: Node, scope: StaticScope, budget: Budget): string | undefined {
  const key = (node['key'] ?? node['property']) as Node;
  if (node['computed'] !== true && key.type === 'Identifier') return String(key['name']);
  const value = evaluate(key, scope, budget);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function memberValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  const object = evaluate(node['object'] as Node, scope, budget);
  const key = keyOf(node, scope, budget);
  return key === undefined ? HOLE : memberOf(object, key, scope);
}

/** Which side holds depends on the run: objects and arrays are merged, else the first that is known. */
function eitherValue(first: string, second: string): Evaluator {
  return (node, scope, budget) => {
    const left = evaluate(node[first] as Node, scope, budget);
    const right = evaluate(node[second] as Node, scope, budget);
    if (node['operator'] === '&&') return right;
    const both = (Array.isArray(left) && Array.isArray(right)) || (isStaticObject(left) && isStaticObject(right));
    if (both) return mergeValues(left, right);
    return left === HOLE || left === undefined || left === null || left === false ? right : left;
  };
}

function binaryValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  if (node['operator'] !== '+') return HOLE;
  const left = evaluate(node['left'] as Node, scope, budget);
  const right = evaluate(node['right'] as Node, scope, budget);
  const known = [left, right].every((side) => typeof side === 'string' || typeof side === 'number');
  return known ? String(left) + String(right) : HOLE;
}

function unaryValue(node: Node, scope: StaticScope, budget: Budget): StaticValue {
  const value = evaluate(node['argument'] as Node, scope, budget);
  if (node['operator'] === '!') return typeof value === 'boolean' ? !value : HOLE;
  return node['operator'] === '-' && typeof value === 'number' ? -value : HOLE;
}
