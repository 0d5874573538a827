/**
 * Where the absence of an error proves nothing: an expression without a known type meets what a change affects.
 * In: one file of a program, the affected declarations. Out: lines. A type is loose where `any` is in it, or a base of it,
 * up to three levels deep; what packages that are not installed bring is `any`. Source: docs/types.md, "Doubt".
 * Not here: which files are worth asking, and which declarations are affected (analyze/types).
 */
import type { ts as TS } from 'ts-morph';
import type { TypeDoubt } from '../../../model/index.js';
import { isLocal, typeInspector, type Inspected, type TypeInspector } from './type-inspector.js';

/** One question: {@link Inspected} and a file. */
export interface DoubtQuestion extends Inspected {
  readonly source: TS.SourceFile;
}

/** See `TypeProgram.doubts`. Time about that of checking the file. */
export function findDoubts(question: DoubtQuestion): readonly TypeDoubt[] {
  const { ts, source } = question;
  const doubt = createDoubt(question);
  const found = new Map<string, TypeDoubt>();
  const waiting: TS.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) continue;
    if (doubt(node)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const written = ts.isTypeNode(node) || ts.isClassLike(node);
      found.set(`${line} ${written}`, { line, written });
    }
    ts.forEachChild(node, (child) => void waiting.push(child));
  }
  return [...found.values()].sort(
    (left, right) => left.line - right.line || Number(left.written) - Number(right.written),
  );
}

function createDoubt(question: DoubtQuestion): (node: TS.Node) => boolean {
  const { ts, checker } = question;
  const inspect = typeInspector(question);
  return (node) => {
    if (ts.isClassLike(node)) return isLooseClass(question, inspect, node);
    if (ts.isTypeReferenceNode(node)) return isLooseReference(question, inspect, node);
    if (!ts.isExpression(node) || ts.isParenthesizedExpression(node) || isAnyCaseFine(question, node)) return false;
    const type = checker.getTypeAtLocation(node);
    const isAny = (type.flags & ts.TypeFlags.Any) !== 0;
    if (!inspect.isLoose(type) && !(isAny && comesFromUnknown(question, inspect, node))) return false;
    const symbol = namesSomething(ts, node) ? checker.getSymbolAtLocation(node) : undefined;
    if (symbol !== undefined && inspect.isTainted(resolved(question, symbol))) return true;
    const expected = checker.getContextualType(node);
    if (expected !== undefined && inspect.mentions(expected)) return true;
    return isAny && meetsAffected(question, inspect, node);
  };
}

/** `Unknown<Affected>`; a name for a type that is itself in doubt. */
function isLooseReference(question: DoubtQuestion, inspect: TypeInspector, node: TS.TypeReferenceNode): boolean {
  const { checker } = question;
  const type = checker.getTypeAtLocation(node);
  if (!inspect.isLoose(type)) return false;
  const symbol = checker.getSymbolAtLocation(node.typeName);
  if (symbol !== undefined && inspect.isTainted(resolved(question, symbol))) return true;
  const isAny = (type.flags & question.ts.TypeFlags.Any) !== 0;
  return isAny && node.typeArguments?.some((one) => inspect.mentions(checker.getTypeAtLocation(one))) === true;
}

function namesSomething({ isIdentifier, isPropertyAccessExpression }: typeof TS, node: TS.Node): boolean {
  return isIdentifier(node) || isPropertyAccessExpression(node);
}

function resolved({ ts, checker }: DoubtQuestion, symbol: TS.Symbol): TS.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** `class X extends Unknown implements Affected`: whether it implements it is not known. */
function isLooseClass({ ts, checker }: DoubtQuestion, inspect: TypeInspector, node: TS.ClassLikeDeclaration): boolean {
  const heritage = (node.heritageClauses ?? []).flatMap(({ token, types }) => types.map((type) => ({ token, type })));
  const types = heritage.map(({ token, type }) => ({ token, type: checker.getTypeAtLocation(type) }));
  const isLoose = types.some(({ token, type }) => token === ts.SyntaxKind.ExtendsKeyword && inspect.isLoose(type));
  return isLoose && types.some(({ type }) => inspect.mentions(type));
}

/** An unknown callee given affected arguments, an unknown operand beside an affected one. */
function meetsAffected(question: DoubtQuestion, inspect: TypeInspector, node: TS.Expression): boolean {
  const { ts, checker } = question;
  const { parent } = node;
  const isMentioned = (other: TS.Node): boolean =>
    inspect.mentions(checker.getTypeAtLocation(other)) || readsAffected(question, inspect, other);
  if (ts.isCallOrNewExpression(parent) && parent.expression === node)
    return parent.arguments?.some(isMentioned) === true;
  if (ts.isTaggedTemplateExpression(parent) && parent.tag === node && ts.isTemplateExpression(parent.template)) {
    return parent.template.templateSpans.some((span) => isMentioned(span.expression));
  }
  if (ts.isJsxOpeningLikeElement(parent) && parent.tagName === node) return isMentioned(parent.attributes);
  if (!ts.isBinaryExpression(parent) || !COMPARES_OR_ASSIGNS.test(parent.operatorToken.getText())) return false;
  return isMentioned(parent.left === node ? parent.right : parent.left);
}

/** Its value was read off an affected declaration, whatever the type; through operands, entries and locals. */
function readsAffected(question: DoubtQuestion, inspect: TypeInspector, node: TS.Node): boolean {
  const { ts, checker } = question;
  const waiting = [node];
  const seen = new Set<TS.Node>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    waiting.push(...sourcesOf(ts, at));
    const symbol = namesSomething(ts, at) ? checker.getSymbolAtLocation(at) : undefined;
    if (symbol === undefined) continue;
    const [declaration] = symbol.declarations ?? [];
    if (declaration === undefined || !isLocal(ts, declaration)) {
      if (inspect.isAffected(resolved(question, symbol))) return true;
      continue;
    }
    const source = sourceOf(ts, declaration);
    if (source.property !== undefined && propertyOf(question, source.property, inspect)) return true;
    if (source.value !== undefined) waiting.push(source.value);
  }
  return false;
}

/** The parts of an expression that its value comes from: not arguments, not conditions. */
function sourcesOf(ts: typeof TS, node: TS.Node): readonly TS.Node[] {
  const root = rootStep(ts, node);
  if (root !== undefined) return [root];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
  if (ts.isBinaryExpression(node)) return [node.left, node.right];
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isSpreadElement(node)) return [node.expression];
  if (ts.isArrowFunction(node)) return ts.isBlock(node.body) ? [] : [node.body];
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  if (ts.isObjectLiteralExpression(node) || ts.isJsxAttributes(node)) return node.properties;
  if (ts.isPropertyAssignment(node)) return [node.initializer];
  if (ts.isShorthandPropertyAssignment(node)) return [node.name];
  if (ts.isSpreadAssignment(node) || ts.isJsxSpreadAttribute(node)) return [node.expression];
  if (ts.isJsxAttribute(node)) return node.initializer === undefined ? [] : [node.initializer];
  if (ts.isJsxExpression(node)) return node.expression === undefined ? [] : [node.expression];
  return [];
}

/** What an unannotated local takes its value from: an initialiser, and the property that it is destructured from. */
function sourceOf(ts: typeof TS, declaration: TS.Node): { value?: TS.Node; property?: TS.BindingElement } {
  let at: TS.Node = declaration;
  const property = ts.isBindingElement(at) ? at : undefined;
  while (ts.isBindingElement(at) || isPattern(ts, at)) at = at.parent;
  const value = ts.isVariableDeclaration(at) && at.type === undefined ? at.initializer : undefined;
  return { ...(value === undefined ? {} : { value }), ...(property === undefined ? {} : { property }) };
}

function propertyOf({ ts, checker }: DoubtQuestion, element: TS.BindingElement, inspect: TypeInspector): boolean {
  const name = element.propertyName ?? element.name;
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return false;
  const property = checker.getPropertyOfType(checker.getTypeAtLocation(element.parent), name.text);
  return property !== undefined && inspect.isAffected(property);
}

/** An `any` that nobody wrote: a parameter without a type, or what was taken from one or from something unresolved. */
function comesFromUnknown(question: DoubtQuestion, inspect: TypeInspector, node: TS.Node): boolean {
  const { ts, checker } = question;
  let root: TS.Node = node;
  for (let steps = 0; steps < ROOT_STEPS; steps++) {
    root = rootOf(ts, root);
    if (inspect.isLoose(checker.getTypeAtLocation(root))) return true;
    const [declaration] = (ts.isIdentifier(root) ? checker.getSymbolAtLocation(root)?.declarations : undefined) ?? [];
    if (declaration === undefined) return false;
    let at: TS.Node = declaration;
    while (ts.isBindingElement(at) || isPattern(ts, at)) at = at.parent;
    if (ts.isParameter(at)) return at.type === undefined;
    if (!ts.isVariableDeclaration(at) || at.type !== undefined) return false;
    if (at.initializer === undefined) return true;
    root = at.initializer;
  }
  return true;
}

/** Longer chains of locals are taken to come from something unknown. */
const ROOT_STEPS = 20;

/** `a` of `(await a.b[c]()).d!`. */
function rootOf(ts: typeof TS, node: TS.Node): TS.Node {
  let at = node;
  for (let next = rootStep(ts, at); next !== undefined; next = rootStep(ts, at)) at = next;
  return at;
}

function rootStep(ts: typeof TS, node: TS.Node): TS.Node | undefined {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return node.expression;
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node)) return node.expression;
  return ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) ? node.expression : undefined;
}

const COMPARES_OR_ASSIGNS = /[=<>]|^(?:in|instanceof)$/;

/** `expect(…)` of every assertion library takes whatever it is given; property names and types are no expressions of their own. */
function isAnyCaseFine({ ts }: DoubtQuestion, node: TS.Expression): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return true;
  if (ts.isTypeNode(parent) || ts.isTypeNode(node) || ts.isHeritageClause(parent)) return true;
  let root: TS.Node = node;
  while (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) root = root.expression;
  return ts.isIdentifier(root) && root.text === 'expect';
}

function isPattern(ts: typeof TS, node: TS.Node): boolean {
  return ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node);
}
