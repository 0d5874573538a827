/**
 * Where the absence of an error proves nothing: an expression without a known type meets what a change affects.
 * In: one file's tree, the affected declarations. Out: lines. The rules are those of ts-morph/doubts.ts; the types of all
 * expressions are asked for at once. Source: docs/types.md, "Doubt". Not here: which files are worth asking (analyze/types).
 */
import type { LineRanges } from '../../../model/index.js';
import type { ClassLikeDeclaration, Expression, Node, SourceFile, TemplateSpan, Type } from './api.js';
import type { TypeFacts } from './type-facts.js';
import { typeInspector, type TypeInspector } from './type-inspector.js';

/** Ascending lines, without repeats. */
export function doubtfulLines(facts: TypeFacts, source: SourceFile, affected: LineRanges): readonly number[] {
  const { classes, expressions } = askedNodes(facts, source);
  const inspect = typeInspector(facts, affected);
  const types = facts.typesAt(expressions);
  const doubtful = [
    ...classes.filter((node) => isLooseClass(facts, inspect, node)),
    ...expressions.filter(
      (node, index) => types[index] !== undefined && isDoubtful(facts, inspect, node, types[index]),
    ),
  ];
  const lines = doubtful.map((node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
  return [...new Set(lines)].sort((left, right) => left - right);
}

function askedNodes(
  { native: { ast } }: TypeFacts,
  source: SourceFile,
): { classes: ClassLikeDeclaration[]; expressions: Expression[] } {
  const classes: ClassLikeDeclaration[] = [];
  const expressions: Expression[] = [];
  const waiting: Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (ast.isImportDeclaration(node) || ast.isExportDeclaration(node)) continue;
    if (ast.isClassLikeDeclaration(node)) classes.push(node);
    else if (ast.isExpression(node) && !ast.isParenthesizedExpression(node) && !isAnyCaseFine(ast, node))
      expressions.push(node);
    node.forEachChild((child) => void waiting.push(child));
  }
  return { classes, expressions };
}

function isDoubtful(facts: TypeFacts, inspect: TypeInspector, node: Expression, type: Type): boolean {
  const { native } = facts;
  if (!inspect.isLoose(type)) return false;
  const isNamed = native.ast.isIdentifier(node) || native.ast.isPropertyAccessExpression(node);
  const symbol = isNamed ? facts.symbolsAt([node])[0] : undefined;
  if (symbol !== undefined && inspect.isAffected(facts.resolved(symbol))) return true;
  const expected = facts.expectedAt(node);
  if (expected !== undefined && inspect.mentions(expected)) return true;
  return (type.flags & native.sync.TypeFlags.Any) !== 0 && meetsAffected(facts, inspect, node);
}

/** `class X extends Unknown implements Affected`: whether it implements it is not known. */
function isLooseClass(
  { native: { ast }, typeAt }: TypeFacts,
  inspect: TypeInspector,
  node: ClassLikeDeclaration,
): boolean {
  const heritage = (node.heritageClauses ?? []).flatMap(({ token, types }) =>
    [...types].map((type) => ({
      isBase: token === ast.SyntaxKind.ExtendsKeyword,
      type: typeAt(type),
    })),
  );
  const isLoose = heritage.some(({ isBase, type }) => isBase && type !== undefined && inspect.isLoose(type));
  return isLoose && heritage.some(({ type }) => type !== undefined && inspect.mentions(type));
}

/** An unknown callee given affected arguments, an unknown operand beside an affected one. */
function meetsAffected({ native: { ast }, typeAt }: TypeFacts, inspect: TypeInspector, node: Expression): boolean {
  const { parent } = node;
  const isMentioned = (other: Node): boolean => {
    const type = typeAt(other);
    return type !== undefined && inspect.mentions(type);
  };
  if (ast.isCallOrNewExpression(parent) && parent.expression === node)
    return [...(parent.arguments ?? [])].some(isMentioned);
  if (ast.isTaggedTemplateExpression(parent) && parent.tag === node && ast.isTemplateExpression(parent.template)) {
    return [...parent.template.templateSpans].some((span: TemplateSpan) => isMentioned(span.expression));
  }
  if (ast.isJsxOpeningLikeElement(parent) && parent.tagName === node) return isMentioned(parent.attributes);
  if (!ast.isBinaryExpression(parent) || !COMPARES_OR_ASSIGNS.test(parent.operatorToken.getText())) return false;
  return isMentioned(parent.left === node ? parent.right : parent.left);
}

const COMPARES_OR_ASSIGNS = /[=<>]|^(?:in|instanceof)$/;

/** `expect(…)` of every assertion library takes whatever it is given; property names and types are no expressions of their own. */
function isAnyCaseFine(ast: TypeFacts['native']['ast'], node: Node): boolean {
  const { parent } = node;
  if (ast.isPropertyAccessExpression(parent) && parent.name === node) return true;
  if (ast.isTypeNode(parent) || ast.isTypeNode(node) || ast.isHeritageClause(parent)) return true;
  let root: Node = node;
  while (ast.isCallExpression(root) || ast.isPropertyAccessExpression(root)) root = root.expression;
  return ast.isIdentifier(root) && root.text === 'expect';
}
