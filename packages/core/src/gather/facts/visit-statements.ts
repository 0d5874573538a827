/**
 * Statements inside bodies: blocks and loops with their scopes, local declarations.
 * In: statement nodes. Out: tokens and references. Not here: what stands at a file's top level (top-level.ts).
 */
import { noteCall, noteReturn } from './calls/notes.js';
import { declarePattern, declareStatements, Scope, Space } from './scope.js';
import { noteDecoratorFiles } from './requests.js';
import type { Node } from './syntax.js';
import { unwrap } from './syntax.js';
import { visitPlain } from './visit-expressions.js';
import { readBinding, readDeclarator, readTarget } from './visit-patterns.js';
import { DECORATE, KEEP, readChain } from './visit-references.js';
import type { Visitor, Walk } from './walk.js';

const visitBlock: Visitor = (walk, node) => {
  walk.mark(node);
  inBlock(walk, node.body, () => eachStatement(walk, node.body));
};

/** Reads in a scope that holds what the statements declare; no scope where they declare nothing. */
function inBlock(walk: Walk, statements: readonly Node[], read: () => void): void {
  if (!statements.some(declares)) return read();
  const scope = new Scope(walk.scope);
  declareStatements(scope, statements);
  walk.within(scope, read);
}

function declares(statement: Node): boolean {
  const { type } = statement;
  return type === 'VariableDeclaration'
    ? statement.kind !== 'var'
    : type.endsWith('Declaration') || type.startsWith('TS');
}

/** Reads statements; empty ones do not count. */
function eachStatement(walk: Walk, statements: readonly Node[]): void {
  for (const statement of statements) if (statement.type !== 'EmptyStatement') walk.visit(statement);
  walk.token(2);
}

const visitSwitch: Visitor = (walk, node) => {
  walk.mark(node);
  walk.visit(node.discriminant);
  const statements = (node.cases as Node[]).flatMap((each) => each.consequent as Node[]);
  inBlock(walk, statements, () => walk.each(node.cases));
};

/** `while` and `do`: what stands in them runs many times. */
const visitWhile: Visitor = (walk, node) => {
  walk.sites.loops.push(node);
  visitPlain(walk, node);
};

/** `return this` where its callers know what they get: what they do with it is theirs. */
const visitReturn: Visitor = (walk, node) => {
  noteReturn(walk, node);
  walk.mark(node);
  const value = node.argument ? unwrap(node.argument) : undefined;
  if (walk.fluent && value?.type === 'ThisExpression') readChain(walk, node.argument, KEEP);
  else walk.visit(node.argument);
};

const visitFor: Visitor = (walk, node) => {
  walk.sites.loops.push(node);
  inLoop(walk, node.init, () => visitPlain(walk, node));
};

const visitForEach: Visitor = (walk, node) => {
  walk.sites.loops.push(node.body as Node);
  inLoop(walk, node.left, () => {
    walk.mark(node);
    walk.token(node.await ? 2 : 1);
    if (node.left.type === 'VariableDeclaration') walk.visit(node.left);
    else readTarget(walk, node.left);
    walk.visit(node.right);
    walk.visit(node.body);
  });
};

function inLoop(walk: Walk, head: Node | null, read: () => void): void {
  if (head?.type !== 'VariableDeclaration' || head.kind === 'var') return read();
  const scope = new Scope(walk.scope);
  for (const declarator of head.declarations as Node[]) declarePattern(scope, declarator.id);
  walk.within(scope, read);
}

const visitCatch: Visitor = (walk, node) => {
  const scope = new Scope(walk.scope);
  declarePattern(scope, node.param);
  walk.within(scope, () => {
    walk.mark(node);
    readBinding(walk, node.param);
    walk.visit(node.body);
  });
};

const visitVariables: Visitor = (walk, node) => {
  const { widen, erased } = walk;
  if (node.declare) walk.erased = true;
  walk.mark(node);
  walk.write(node.kind);
  walk.token(node.declarations.length);
  for (const declarator of node.declarations as Node[]) {
    walk.widen = node.kind === 'let' || node.kind === 'var';
    walk.visit(declarator);
  }
  walk.widen = widen;
  walk.erased = erased;
};

/** A declarator's kind is its parent's; whether it is constant decides if its name is an alias. */
const visitDeclarator: Visitor = (walk, node) => readDeclarator(walk, node, !walk.widen);

const visitExpressionStatement: Visitor = (walk, node) => {
  walk.mark(node);
  if (typeof node.directive === 'string') walk.write(`"${node.directive}`);
  else walk.visit(node.expression);
};

const visitLabel: Visitor = (walk, node) => {
  walk.mark(node);
  walk.write((node.label?.name ?? '') as string);
  if (node.body) walk.visit(node.body);
};

const visitWith: Visitor = (walk, node) => {
  walk.dynamic('with', node, '');
  visitPlain(walk, node);
};

const visitDecorator: Visitor = (walk, node) => {
  noteCall(walk, node);
  walk.mark(node);
  const { surface } = walk;
  walk.surface = false;
  if (node.expression.type === 'CallExpression') {
    walk.mark(node.expression);
    noteDecoratorFiles(walk, node.expression);
    readChain(walk, node.expression.callee, DECORATE);
    walk.type(node.expression.typeArguments);
    const { called } = walk;
    walk.called = true;
    walk.each(node.expression.arguments);
    walk.called = called;
  } else readChain(walk, node.expression, DECORATE);
  walk.surface = surface;
};

const visitImportEquals: Visitor = (walk, node) => {
  walk.mark(node);
  walk.name(walk.scope.lookup(node.id.name, Space.both), node.id.name);
  walk.visit(node.moduleReference);
};

/** Visitors of this file, by node type. */
export const STATEMENT_VISITORS: Readonly<Record<string, Visitor>> = {
  BlockStatement: visitBlock,
  BreakStatement: visitLabel,
  CatchClause: visitCatch,
  ContinueStatement: visitLabel,
  Decorator: visitDecorator,
  DoWhileStatement: visitWhile,
  EmptyStatement: (walk) => walk.token(0),
  ExpressionStatement: visitExpressionStatement,
  ForInStatement: visitForEach,
  ForOfStatement: visitForEach,
  ForStatement: visitFor,
  LabeledStatement: visitLabel,
  ReturnStatement: visitReturn,
  SwitchStatement: visitSwitch,
  TSImportEqualsDeclaration: visitImportEquals,
  VariableDeclaration: visitVariables,
  VariableDeclarator: visitDeclarator,
  WhileStatement: visitWhile,
  WithStatement: visitWith,
};
