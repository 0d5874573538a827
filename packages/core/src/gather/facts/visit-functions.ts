/**
 * Functions of every form, and what others see of them: parameters, and the return annotation or the type slice.
 * In: function nodes. Out: tokens and references. Not here: class members' own symbols (visit-classes.ts).
 */
import { noteFunction } from './calls/notes.js';
import { annotatedValue, typePlace, valuePlace } from './places.js';
import { learnType, readBinding, receive } from './visit-patterns.js';
import { declarePattern, declareStatements, declareVars, Scope, Space } from './scope.js';
import { writtenParameters } from './parameters.js';
import { typeSlice } from './slice.js';
import type { Node } from './syntax.js';
import { eachChild, isFunction, unwrap } from './syntax.js';
import type { Visitor, Walk } from './walk.js';

/** Declares type parameters and reads them. */
export function readTypeParameters(walk: Walk, declaration: Node | null | undefined): void {
  if (!declaration) return;
  for (const parameter of declaration.params as Node[]) walk.scope.declare(typeParameterName(parameter), Space.type);
  for (const parameter of declaration.params as Node[]) {
    const variable = walk.scope.own(typeParameterName(parameter), Space.type);
    if (variable !== undefined) variable.bound = typePlace(walk, parameter.constraint);
  }
  walk.type(declaration);
}

/** The name of a type parameter, which parsers write as a text or as an identifier. */
export function typeParameterName(parameter: Node): string {
  return (typeof parameter.name === 'string' ? parameter.name : parameter.name.name) as string;
}

const visitFunction: Visitor = (walk, node) => {
  const { scope, owner, eager, called } = walk;
  if (node.type === 'FunctionExpression' && node.id) {
    walk.scope = new Scope(walk.scope);
    walk.scope.declare(node.id.name, Space.value);
  }
  if (node.type !== 'ArrowFunctionExpression') walk.owner = undefined;
  walk.deferring(walk.deferred.get(node), () => readFunction(walk, node));
  walk.scope = scope;
  walk.owner = owner;
  walk.eager = eager;
  walk.called = called;
};

/** Reads a function in the current scope and with the current `this`; its name and kind included. */
export function readFunction(walk: Walk, node: Node): void {
  const { erased, eager, surface, widen, constant, argument, globalArguments, assignedGlobal, metadata, fluent } = walk;
  walk.fluent = false;
  walk.assignedGlobal = undefined;
  walk.argument = undefined;
  walk.globalArguments = [];
  walk.eager = eager && walk.called;
  walk.widen = false;
  walk.constant = false;
  if (!node.body) walk.erased = true;
  walk.mark(node);
  walk.token((node.async ? 1 : 0) + (node.generator ? 2 : 0));
  if (node.id) walk.name(walk.scope.lookup(node.id.name, Space.value), node.id.name);
  const outer = walk.scope;
  walk.scope = new Scope(outer);
  readTypeParameters(walk, node.typeParameters);
  noteFunction(walk, node);
  if (walk.own === node && surface) walk.draft.learnParameters(walk.symbol, writtenParameters(node.params));
  readParameters(walk, node.params, argument);
  const loader = walk.factory === node ? walk.scope.own('require', Space.value) : undefined;
  if (loader !== undefined) loader.loader = true;
  for (const [index, place] of globalArguments.entries()) {
    const variable = place && walk.scope.own(node.params[index]?.name as string, Space.value);
    if (variable !== undefined) variable.global = place;
  }
  if (node.returnType) walk.type(node.returnType);
  walk.metadata = false;
  if (node.body) readBody(walk, node);
  else if (walk.own === node) learnReturned(walk, node, undefined);
  walk.metadata = metadata;
  walk.scope = outer;
  walk.assignedGlobal = assignedGlobal;
  walk.erased = erased;
  walk.eager = eager;
  walk.surface = surface;
  walk.widen = widen;
  walk.constant = constant;
  walk.fluent = fluent;
}

/** Declares parameters, then reads them; the first may be another name for something (`argument`). */
export function readParameters(walk: Walk, parameters: readonly Node[], argument?: Walk['argument']): void {
  for (const parameter of parameters) declarePattern(walk.scope, parameter);
  walk.token(parameters.length);
  for (const [index, parameter] of parameters.entries()) {
    readBinding(walk, parameter, index === 0 && argument !== undefined);
    const bare = parameter.type === 'TSParameterProperty' ? (parameter.parameter as Node) : parameter;
    const id = bare.type === 'AssignmentPattern' ? (bare.left as Node) : bare;
    if (index === 0 && argument !== undefined) receive(walk, id, argument);
    if (id.type !== 'Identifier' || !id.typeAnnotation) continue;
    const variable = walk.scope.own(id.name, Space.value);
    if (variable !== undefined) learnType(walk, variable, id, null);
  }
}

function readBody(walk: Walk, node: Node): void {
  const body = node.body as Node;
  const { surface } = walk;
  if (body.type !== 'BlockStatement') {
    if (node.returnType) walk.surface = false;
    walk.visit(body);
    walk.surface = surface;
    if (walk.own === node) learnReturned(walk, node, body);
    return;
  }
  const added: Node[] = [];
  if (surface && !node.returnType) {
    for (const root of typeSlice(body)) {
      if (walk.slice.has(root)) continue;
      walk.slice.add(root);
      added.push(root);
    }
  }
  walk.surface = false;
  const simple = (node.params as Node[]).every((parameter) => parameter.type === 'Identifier');
  if (!simple) walk.scope = new Scope(walk.scope);
  declareVars(walk.scope, body.body);
  declareStatements(walk.scope, body.body);
  const result = walk.own === node ? onlyResult(body) : undefined;
  walk.fluent = result !== undefined && unwrap(result).type === 'ThisExpression';
  walk.mark(body);
  walk.each(body.body);
  if (walk.own === node) learnReturned(walk, node, result);
  for (const root of added) walk.slice.delete(root);
  walk.surface = surface;
}

/** What calling the current symbol's own function gives, where that is annotated or its one result proves it. */
function learnReturned(walk: Walk, node: Node, result: Node | undefined): void {
  if (node.generator) return walk.draft.learn(walk.symbol, 'returns', undefined);
  const proven =
    !node.returnType || walk.fluent ? result && valuePlace(walk, walk.fluent ? unwrap(result) : result) : undefined;
  const place = (node.returnType && annotatedValue(walk, node.returnType)) ?? proven;
  const accessor = walk.draft.symbol(walk.symbol).kind === 'accessor';
  if (accessor && !node.returnType && result === undefined) return;
  walk.draft.learn(walk.symbol, accessor ? 'value' : 'returns', place && walk.valueAt(place));
}

/** The argument of a function's one `return`, where it stands directly in the body; `this`, where all give that. */
function onlyResult(body: Node): Node | undefined {
  const results: Node[] = [];
  const stack = [...(body.body as Node[])];
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (node.type === 'ReturnStatement') results.push(node);
    else if (!isFunction(node) && !node.type.startsWith('Class')) eachChild(node, (child) => stack.push(child));
  }
  const [first] = results;
  if (first && results.every(({ argument }) => argument && unwrap(argument).type === 'ThisExpression'))
    return first.argument as Node;
  const only = results.length === 1 ? (results[0] as Node) : undefined;
  return only && (body.body as Node[]).includes(only) ? ((only.argument ?? undefined) as Node | undefined) : undefined;
}

/** The function an initialiser is, below wrappers; `undefined` where it is something else. */
export function functionOf(init: Node | null | undefined): Node | undefined {
  if (!init) return undefined;
  const inner = unwrap(init);
  return inner.type === 'ArrowFunctionExpression' || inner.type === 'FunctionExpression' ? inner : undefined;
}

/** Visitors of this file, by node type. */
export const FUNCTION_VISITORS: Readonly<Record<string, Visitor>> = {
  ArrowFunctionExpression: visitFunction,
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  TSDeclareFunction: visitFunction,
  TSEmptyBodyFunctionExpression: visitFunction,
};
