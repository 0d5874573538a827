/**
 * Where the absence of an error proves nothing: an expression without a known type meets what a change affects.
 * In: one file of a program, the affected declarations. Out: lines. A type is loose where `any` is in it, or a base of it,
 * up to three levels deep; what packages that are not installed bring is `any`. Source: docs/types.md, "Doubt".
 * Not here: which files are worth asking, and which declarations are affected (analyze/types).
 */
import type { ts as TS } from 'ts-morph';
import type { LineRanges } from '../../../model/index.js';
import { typeInspector, type TypeInspector } from './type-inspector.js';

/** One question. */
export interface DoubtQuestion {
  readonly ts: typeof TS;
  readonly checker: TS.TypeChecker;
  readonly source: TS.SourceFile;
  /** Affected declarations by the program's file names. */
  readonly affected: LineRanges;
  /** Types declared outside of it are not looked into. */
  readonly root: string;
}

/** Ascending lines, without repeats. Time about that of checking the file. */
export function doubtfulLines(question: DoubtQuestion): readonly number[] {
  const { ts, source } = question;
  const doubt = createDoubt(question);
  const lines = new Set<number>();
  const waiting: TS.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) continue;
    if (doubt(node)) lines.add(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    ts.forEachChild(node, (child) => void waiting.push(child));
  }
  return [...lines].sort((left, right) => left - right);
}

function createDoubt(question: DoubtQuestion): (node: TS.Node) => boolean {
  const { ts, checker } = question;
  const inspect = typeInspector(question);
  return (node) => {
    if (ts.isClassLike(node)) return isLooseClass(question, inspect, node);
    if (!ts.isExpression(node) || ts.isParenthesizedExpression(node) || isAnyCaseFine(question, node)) return false;
    const type = checker.getTypeAtLocation(node);
    if (!inspect.isLoose(type)) return false;
    const symbol = namesSomething(ts, node) ? checker.getSymbolAtLocation(node) : undefined;
    if (symbol !== undefined && inspect.isAffected(resolved(question, symbol))) return true;
    const expected = checker.getContextualType(node);
    if (expected !== undefined && inspect.mentions(expected)) return true;
    return (type.flags & ts.TypeFlags.Any) !== 0 && meetsAffected(question, inspect, node);
  };
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
function meetsAffected({ ts, checker }: DoubtQuestion, inspect: TypeInspector, node: TS.Expression): boolean {
  const { parent } = node;
  const isMentioned = (other: TS.Node): boolean => inspect.mentions(checker.getTypeAtLocation(other));
  if (ts.isCallOrNewExpression(parent) && parent.expression === node)
    return parent.arguments?.some(isMentioned) === true;
  if (ts.isTaggedTemplateExpression(parent) && parent.tag === node && ts.isTemplateExpression(parent.template)) {
    return parent.template.templateSpans.some((span) => isMentioned(span.expression));
  }
  if (ts.isJsxOpeningLikeElement(parent) && parent.tagName === node) return isMentioned(parent.attributes);
  if (!ts.isBinaryExpression(parent) || !COMPARES_OR_ASSIGNS.test(parent.operatorToken.getText())) return false;
  return isMentioned(parent.left === node ? parent.right : parent.left);
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
