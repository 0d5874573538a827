/**
 * Expressions: calls, assignments, literals, objects, templates and the wrappers that types put around them.
 * In: expression nodes. Out: tokens and references, through the walk.
 * Not here: names and chains (visit-references.ts), functions, classes, JSX.
 */
import { ReferenceFlag } from '../../model/facts.js';
import { noteAssignment } from './calls/notes.js';
import { noteGlobalWrite } from './globals.js';
import { noteProvided } from './provided.js';
import { addRequest, isAliasTable } from './requests.js';
import { isOwnFolder } from './specifier.js';
import type { Node } from './syntax.js';
import { CHILD_KEYS, keyName, staticText, textOf, typeCode } from './syntax.js';
import { handOver } from './handed.js';
import { readTarget } from './visit-patterns.js';
import {
  ESCAPE,
  KEEP,
  readChain,
  visitMember,
  visitLoad,
  visitName,
  visitSuper,
  visitThis,
  WRITE,
} from './visit-references.js';
import type { Visitor, Walk } from './walk.js';

/** Any node that needs no care of its own: its type, its operator, its children. */
export const visitPlain: Visitor = (walk, node) => {
  walk.mark(node);
  if (typeof node.operator === 'string') walk.write(node.operator);
  for (const key of CHILD_KEYS[node.type] ?? []) {
    const value = node[key] as Node | Node[] | null | undefined;
    if (Array.isArray(value)) walk.each(value);
    else walk.visit(value);
  }
};

const visitInner: Visitor = (walk, node) => walk.visit(node.expression);

/** Left-nested operators (`a + b + c …`) without recursion: they may be thousands. */
const visitBinary: Visitor = (walk, node) => {
  const spine: Node[] = [];
  let left = node;
  for (; left === node || (left.type === node.type && !walk.slice.has(left)); left = left.left) {
    spine.push(left);
    walk.mark(left);
    walk.write(left.operator);
  }
  if (left.type === 'PrivateIdentifier') walk.write(left.name);
  else if (isOwnFolder(left)) noteOwnPath(walk, node);
  walk.visit(left);
  for (let index = spine.length - 1; index >= 0; index -= 1) {
    const { operator, right } = spine[index] as Node;
    if (operator === 'instanceof') readChain(walk, right as Node, KEEP);
    else walk.visit(right as Node);
  }
};

/** `__dirname + '/x'` and `${__dirname}/x` name a file below the own folder. */
function noteOwnPath(walk: Walk, node: Node): void {
  const tail =
    node.type === 'TemplateLiteral'
      ? ({ ...node, expressions: node.expressions.slice(1), quasis: node.quasis.slice(1) } as Node)
      : (node.right as Node);
  if (node.type === 'BinaryExpression' && node.left.type === 'BinaryExpression') return;
  const before =
    staticText(tail) ?? (tail.type === 'TemplateLiteral' ? (tail.quasis[0].value.cooked as string) : undefined);
  if (!before?.startsWith('/')) return;
  const text = { ...tail, type: 'Literal', value: `.${staticText(tail) ?? `${before}*`}` };
  const variable = addRequest(walk, { ...text, range: node.range, start: node.start } as Node, text as Node, 'path');
  if (variable !== undefined) walk.refer(variable, [], 'read', ReferenceFlag.escapes, node);
}

const visitUnary: Visitor = (walk, node) => {
  walk.mark(node);
  walk.write(node.operator);
  if (node.operator === 'delete') readChain(walk, node.argument, WRITE);
  else walk.visit(node.argument);
};

const visitUpdate: Visitor = (walk, node) => {
  walk.mark(node);
  walk.write(node.operator);
  walk.token(node.prefix ? 2 : 1);
  readChain(walk, node.argument, WRITE);
};

const visitAssignment: Visitor = (walk, node) => {
  walk.mark(node);
  walk.write(node.operator);
  noteAssignment(walk, node);
  noteGlobalWrite(walk, node.left);
  readTarget(walk, node.left);
  walk.visit(node.right);
};

const visitYield: Visitor = (walk, node) => {
  walk.mark(node);
  walk.token(node.delegate ? 2 : 1);
  walk.visit(node.argument);
};

/** A literal by its value: quote style and numeric separators say nothing. */
const visitLiteral: Visitor = (walk, node) => {
  const { surface } = walk;
  if (surface && walk.widen) {
    walk.surface = false;
    const { value } = textCodeOf(node);
    walk.sink.shape.pair(value, value);
  }
  walk.write(literalText(node));
  walk.surface = surface;
};

/** The widened type of a literal: what `let x = …` has. */
function textCodeOf(node: Node): { value: number } {
  const type = node.regex ? 'regex' : node.bigint ? 'bigint' : typeof node.value;
  return { value: typeCode(type) };
}

function literalText(node: Node): string {
  if (node.regex) return `/${node.regex.pattern as string}/${node.regex.flags as string}`;
  if (typeof node.bigint === 'string') return `${node.bigint}n`;
  if (typeof node.value === 'string') return `"${node.value}`;
  return node.value === null ? 'null' : String(node.value);
}

const visitTemplate: Visitor = (walk, node) => {
  walk.mark(node);
  for (const quasi of node.quasis as Node[]) walk.write(textOf(quasi.value.raw));
  if (node.expressions.length > 0 && node.quasis[0].value.cooked === '' && isOwnFolder(node.expressions[0])) {
    noteOwnPath(walk, node);
  }
  walk.each(node.expressions);
};

const visitObject: Visitor = (walk, node) => {
  const { widen } = walk;
  walk.mark(node);
  walk.widen = !walk.constant && !walk.called;
  walk.each(node.properties);
  walk.widen = widen;
  noteProvided(walk, node);
};

const visitArray: Visitor = (walk, node) => {
  const { widen } = walk;
  walk.mark(node);
  walk.widen = !walk.constant && !walk.called;
  walk.each(node.elements);
  walk.widen = widen;
};

const visitProperty: Visitor = (walk, node) => {
  walk.mark(node);
  walk.write(node.method ? 'method' : node.kind);
  readKey(walk, node);
  const { owner, aliasing } = walk;
  if (node.method || node.kind !== 'init') walk.owner = undefined;
  if (isAliasTable(keyName(node.key, node.computed) ?? '')) walk.aliasing = true;
  walk.visit(node.value);
  walk.owner = owner;
  walk.aliasing = aliasing;
};

/** A property's key: its name where it is static, else the expression. */
export function readKey(walk: Walk, node: Node): void {
  const name = keyName(node.key, node.computed);
  if (name === undefined) walk.visit(node.key);
  else walk.write(name);
}

/** `as const` keeps the literal types inside; any other `as T` replaces the type, so what is inside is nobody's business. */
const visitAs: Visitor = (walk, node) => {
  const { surface, constant, widen, erased } = walk;
  walk.erased = true;
  walk.mark(node);
  walk.erased = erased;
  const isConst = node.typeAnnotation.typeName?.name === 'const';
  if (isConst) {
    walk.constant = true;
    walk.widen = false;
  } else walk.surface = false;
  walk.visit(node.expression);
  if (!isConst) handOver(walk, [node.expression as Node], undefined);
  Object.assign(walk, { surface, constant, widen });
  if (!isConst) walk.type(node.typeAnnotation);
};

const visitSatisfies: Visitor = (walk, node) => {
  const { widen, constant } = walk;
  walk.erasedText('satisfies');
  walk.widen = false;
  walk.constant = true;
  walk.visit(node.expression);
  Object.assign(walk, { widen, constant });
  walk.type(node.typeAnnotation);
};

const visitNonNull: Visitor = (walk, node) => {
  walk.erasedText('!');
  walk.visit(node.expression);
};

const visitInstantiation: Visitor = (walk, node) => {
  walk.visit(node.expression);
  walk.type(node.typeArguments);
};

const visitPrivateName: Visitor = (walk, node) => walk.write(`#${node.name as string}`);

const visitMeta: Visitor = (walk, node) => {
  walk.mark(node);
  walk.write(node.property.name);
};

/** Visitors of this file, by node type. */
export const EXPRESSION_VISITORS: Readonly<Record<string, Visitor>> = {
  ArrayExpression: visitArray,
  AssignmentExpression: visitAssignment,
  BinaryExpression: visitBinary,
  ChainExpression: (walk, node) => readChain(walk, node.expression, ESCAPE),
  Identifier: visitName,
  ImportExpression: visitLoad,
  Literal: visitLiteral,
  LogicalExpression: visitBinary,
  MemberExpression: visitMember,
  MetaProperty: visitMeta,
  ObjectExpression: visitObject,
  ParenthesizedExpression: visitInner,
  PrivateIdentifier: visitPrivateName,
  Property: visitProperty,
  Super: visitSuper,
  TemplateLiteral: visitTemplate,
  ThisExpression: visitThis,
  TSAsExpression: visitAs,
  TSInstantiationExpression: visitInstantiation,
  TSNonNullExpression: visitNonNull,
  TSSatisfiesExpression: visitSatisfies,
  TSTypeAssertion: visitAs,
  UnaryExpression: visitUnary,
  UpdateExpression: visitUpdate,
  YieldExpression: visitYield,
};
