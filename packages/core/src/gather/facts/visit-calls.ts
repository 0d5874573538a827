/**
 * Calls, constructions and tagged templates: who is called, with what, and which calls name modules.
 * In: their nodes. Out: tokens, references, requests and dynamic constructs.
 */
import { loadsList, noteAmd } from './amd.js';
import { noteCall } from './calls/notes.js';
import { isFreeze } from './evaluation.js';
import { globalArguments } from './globals.js';
import { handOver, receiverOf } from './handed.js';
import { addRequest, isRequire, noteCallRequests, noteConstructRequests } from './requests.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { isFunction, typeCode, unwrap } from './syntax.js';
import { noteTestCall } from './test-api.js';
import type { Use } from './visit-references.js';
import { CALL, ITSELF, readChain, WRITE_ANY, visitLoad } from './visit-references.js';
import type { Visitor, Walk } from './walk.js';

const visitTagged: Visitor = (walk, node) => {
  noteCall(walk, node);
  walk.mark(node);
  readChain(walk, node.tag, CALL);
  walk.type(node.typeArguments);
  readCalled(walk, () => walk.visit(node.quasi));
  handOver(walk, node.quasi.expressions, receiverOf(walk, node.tag).to);
};

/** Reads arguments: functions in them count as called, literals keep their types. */
function readCalled(walk: Walk, read: () => void): void {
  const { called, widen, constant } = walk;
  walk.called = true;
  walk.widen = false;
  walk.constant = false;
  read();
  walk.called = called;
  walk.widen = widen;
  walk.constant = constant;
}

const visitCall: Visitor = (walk, node) => {
  const callee = node.callee as Node;
  if (isFreeze(node)) return visitFreeze(walk, node);
  if (isRequire(walk, callee) && node.arguments.length > 0 && !loadsList(node)) return visitLoad(walk, node);
  noteCall(walk, node);
  walk.token(typeCode(node.optional ? 'OptionalCall' : 'CallExpression'));
  noteCallRequests(walk, node);
  noteTestCall(walk, node);
  noteDynamicCall(walk, node, callee);
  walk.factory = noteAmd(walk, node);
  if (readThen(walk, node)) return;
  if (isFunction(unwrap(callee))) {
    walk.runsOnLoad(node);
    walk.globalArguments = globalArguments(walk, node);
    readCalled(walk, () => walk.visit(callee));
  } else if (callee.type === 'Super') readSuperCall(walk, callee);
  else readChain(walk, callee, CALL);
  walk.type(node.typeArguments);
  readCalled(walk, () => (writesOnly(walk, callee) ? readWritten(walk, node) : walk.each(node.arguments)));
  handArguments(walk, node);
};

/** Functions of `Object` that write into their first argument, or look at how it is made: none of its methods runs. */
const WRITING =
  /^(?:assign|definePropert(?:y|ies)|freeze|seal|preventExtensions|setPrototypeOf|getPrototypeOf|keys|hasOwn|getOwnPropertyNames)$/;

function writesOnly(walk: Walk, callee: Node): boolean {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.object.name !== 'Object') return false;
  return WRITING.test(callee.property.name as string) && !walk.scope.lookup('Object', Space.value);
}

/** `Object.assign(this, options)`: who makes the object uses it, this does not. */
function readWritten(walk: Walk, node: Node): void {
  const [first, ...rest] = node.arguments as Node[];
  walk.token(node.arguments.length);
  if (first && unwrap(first).type === 'ThisExpression') readChain(walk, first, WRITE_ANY);
  else walk.visit(first);
  for (const argument of rest) walk.visit(argument);
}

function handArguments(walk: Walk, node: Node): void {
  if (walk.erased || node.arguments.length === 0) return;
  const { to, keeps } = node.callee.type === 'Super' ? superReceiver(walk) : receiverOf(walk, node.callee);
  const [first] = node.arguments as [Node];
  const written = first.type === 'ThisExpression' && writesOnly(walk, unwrap(node.callee));
  if (!keeps) handOver(walk, written ? node.arguments.slice(1) : node.arguments, to);
}

function superReceiver(walk: Walk): ReturnType<typeof receiverOf> {
  return { to: walk.owner?.base, keeps: false };
}

const visitFreeze: Visitor = (walk, node) => {
  const { constant, widen } = walk;
  walk.mark(node);
  walk.constant = true;
  walk.widen = false;
  walk.visit(node.arguments[0]);
  walk.constant = constant;
  walk.widen = widen;
};

function readSuperCall(walk: Walk, callee: Node): void {
  walk.mark(callee);
  const base = walk.owner?.base;
  if (base !== undefined) walk.refer(base.root, base.path, 'construct', 0, callee);
}

/** `import('./x').then(m => m.foo)`: the callback's parameter is the module. Returns whether it was that. */
function readThen(walk: Walk, node: Node): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || callee.property.name !== 'then') return false;
  const loading = unwrap(callee.object);
  const [callback, ...others] = node.arguments as Node[];
  if (loading.type !== 'ImportExpression' || callback === undefined || !isFunction(callback)) return false;
  if (callback.params.length === 0) return false;
  const variable = addRequest(walk, loading, loading.source, 'dynamic-import');
  if (variable === undefined) return false;
  walk.mark(loading);
  walk.visit(loading.source);
  walk.refer(variable, [], 'read', 0, loading);
  readCalled(walk, () => {
    walk.argument = { root: variable, path: [] };
    walk.visit(callback);
    walk.argument = undefined;
    walk.each(others);
  });
  return true;
}

function noteDynamicCall(walk: Walk, node: Node, callee: Node): void {
  if (callee.type === 'Identifier') {
    const global =
      (callee.name === 'eval' || callee.name === 'Function') && !walk.scope.lookup(callee.name, Space.value);
    if (global) walk.dynamic('eval', node, '');
  } else if (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Reflect'
  ) {
    if (!walk.scope.lookup('Reflect', Space.value)) walk.dynamic('reflect', node, String(callee.property.name ?? ''));
  }
}

const CONSTRUCT: Use = { kind: 'construct', flags: 0, tails: ITSELF };

const visitNew: Visitor = (walk, node) => {
  noteCall(walk, node);
  walk.mark(node);
  noteConstructRequests(walk, node);
  const name = node.callee.name as string | undefined;
  if ((name === 'Proxy' || name === 'Function') && !walk.scope.lookup(name, Space.value)) {
    walk.dynamic(name === 'Proxy' ? 'proxy' : 'eval', node, '');
  }
  readChain(walk, node.callee, CONSTRUCT);
  walk.type(node.typeArguments);
  readCalled(walk, () => walk.each(node.arguments));
  handArguments(walk, node);
};

/** Visitors of this file, by node type. */
export const CALL_VISITORS: Readonly<Record<string, Visitor>> = {
  CallExpression: visitCall,
  NewExpression: visitNew,
  TaggedTemplateExpression: visitTagged,
};
