/**
 * Where a value comes from, by syntax alone: the parts of an expression, the initialiser of a local, the root of a chain.
 * In: nodes. Out: nodes. Not here: what is said of them (find-doubts.ts).
 */
import type TS from 'typescript';
import type { Syntax } from './checker-view.js';

/** The parts of an expression that its value comes from: not arguments, not conditions. */
export function sourcesOf(syntax: Syntax, node: TS.Node): readonly TS.Node[] {
  const root = rootStep(syntax, node);
  if (root !== undefined) return [root];
  if (syntax.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (syntax.isBinaryExpression(node)) return [node.left, node.right];
  if (syntax.isAsExpression(node) || syntax.isSatisfiesExpression(node)) return [node.expression];
  if (syntax.isSpreadElement(node)) return [node.expression];
  if (syntax.isArrowFunction(node)) return syntax.isBlock(node.body) ? [] : [node.body];
  if (syntax.isArrayLiteralExpression(node)) return [...node.elements];
  if (syntax.isObjectLiteralExpression(node) || syntax.isJsxAttributes(node)) return [...node.properties];
  return entrySource(syntax, node);
}

function entrySource(syntax: Syntax, node: TS.Node): readonly TS.Node[] {
  if (syntax.isPropertyAssignment(node)) return [node.initializer];
  if (syntax.isShorthandPropertyAssignment(node)) return [node.name];
  if (syntax.isSpreadAssignment(node) || syntax.isJsxSpreadAttribute(node)) return [node.expression];
  if (syntax.isJsxAttribute(node)) return node.initializer === undefined ? [] : [node.initializer];
  if (syntax.isJsxExpression(node)) return node.expression === undefined ? [] : [node.expression];
  return [];
}

/** What an unannotated local takes its value from: an initialiser, and the property that it is destructured from. */
export function sourceOf(syntax: Syntax, declaration: TS.Node): { value?: TS.Node; property?: TS.BindingElement } {
  const property = syntax.isBindingElement(declaration) ? declaration : undefined;
  const at = outOfPattern(syntax, declaration);
  const value = syntax.isVariableDeclaration(at) && at.type === undefined ? at.initializer : undefined;
  return { ...(value === undefined ? {} : { value }), ...(property === undefined ? {} : { property }) };
}

/** The variable or parameter that a destructured name belongs to; other nodes as they are. */
export function outOfPattern(syntax: Syntax, node: TS.Node): TS.Node {
  let at = node;
  while (syntax.isBindingElement(at) || syntax.isObjectBindingPattern(at) || syntax.isArrayBindingPattern(at)) {
    at = at.parent;
  }
  return at;
}

/** `a` of `(await a.b[c]()).d!`. */
export function rootOf(syntax: Syntax, node: TS.Node): TS.Node {
  let at = node;
  for (let next = rootStep(syntax, at); next !== undefined; next = rootStep(syntax, at)) at = next;
  return at;
}

function rootStep(syntax: Syntax, node: TS.Node): TS.Node | undefined {
  if (syntax.isPropertyAccessExpression(node) || syntax.isElementAccessExpression(node)) return node.expression;
  if (syntax.isCallExpression(node) || syntax.isNewExpression(node)) return node.expression;
  if (syntax.isAwaitExpression(node) || syntax.isNonNullExpression(node)) return node.expression;
  return syntax.isParenthesizedExpression(node) ? node.expression : undefined;
}

/** Declared inside a function: others cannot name it. */
export function isLocal(syntax: Syntax, declaration: TS.Node): boolean {
  for (let at: TS.Node | undefined = declaration.parent; at !== undefined; at = at.parent) {
    if (syntax.isBlock(at) || syntax.isFunctionLike(at)) return true;
  }
  return false;
}

/** A name, or a chain that ends in one: what a symbol can be asked for. */
export function namesSomething(syntax: Syntax, node: TS.Node): boolean {
  return syntax.isIdentifier(node) || syntax.isPropertyAccessExpression(node);
}
