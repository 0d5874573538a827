/**
 * Where the absence of an error proves nothing: an expression without a known type meets what a change affects.
 * In: one file's tree, the affected declarations. Out: lines. The rules are those of ts-morph/doubts.ts; the types of all
 * expressions are asked for at once. Source: docs/types.md, "Doubt". Not here: which files are worth asking (analyze/types).
 */
import type { LineRanges } from '../../../model/index.js';
import type { ClassLikeDeclaration, Expression, Node, SourceFile, Symbol, TemplateSpan } from './api.js';
import type { TypeFacts } from './type-facts.js';
import { typeInspector, type TypeInspector } from './type-inspector.js';

/** Ascending lines, without repeats. */
export function doubtfulLines(facts: TypeFacts, source: SourceFile, affected: LineRanges): readonly number[] {
  const { classes, expressions } = askedNodes(facts, source);
  const inspect = inspectorOf(facts, affected);
  const loose = looseOnes(facts, inspect, expressions);
  const doubtful = [
    ...classes.filter((node) => isLooseClass(facts, inspect, node)),
    ...loose.filter((one) => isDoubtful(facts, inspect, one)).map(({ node }) => node),
  ];
  const lines = doubtful.map((node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
  return [...new Set(lines)].sort((left, right) => left - right);
}

/** An expression without a known type, and what it names. */
interface Loose {
  readonly node: Expression;
  readonly isAny: boolean;
  readonly symbol: Symbol | undefined;
}

function looseOnes(facts: TypeFacts, inspect: TypeInspector, expressions: readonly Expression[]): readonly Loose[] {
  const { ast, sync } = facts.native;
  const types = facts.typesAt(expressions);
  const loose = expressions.flatMap((node, index) => {
    const type = types[index];
    return type !== undefined && inspect.isLoose(type)
      ? [{ node, isAny: (type.flags & sync.TypeFlags.Any) !== 0 }]
      : [];
  });
  const named = loose
    .map(({ node }) => node)
    .filter((node) => ast.isIdentifier(node) || ast.isPropertyAccessExpression(node));
  const symbols = facts.symbolsAt(named);
  const byNode = new Map<Node, Symbol | undefined>(named.map((node, index) => [node, symbols[index]]));
  return loose.map((one) => ({ ...one, symbol: byNode.get(one.node) }));
}

/** What was found out about types for one file holds for the next, as long as the same is asked for. */
const inspectors = new WeakMap<TypeFacts, { affected: LineRanges; inspect: TypeInspector }>();

function inspectorOf(facts: TypeFacts, affected: LineRanges): TypeInspector {
  const known = inspectors.get(facts);
  if (known?.affected === affected) return known.inspect;
  const inspect = typeInspector(facts, affected);
  inspectors.set(facts, { affected, inspect });
  return inspect;
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

function isDoubtful(facts: TypeFacts, inspect: TypeInspector, { node, isAny, symbol }: Loose): boolean {
  if (symbol !== undefined && inspect.isAffected(facts.resolved(symbol))) return true;
  const expected = isExpectedThere(facts.native.ast, node) ? facts.expectedAt(node) : undefined;
  if (expected !== undefined && inspect.mentions(expected)) return true;
  return isAny && meetsAffected(facts, inspect, node);
}

/** Nothing is expected of what is called, of what a member is taken from, of a statement: a question less. */
function isExpectedThere(ast: TypeFacts['native']['ast'], node: Expression): boolean {
  const { parent } = node;
  if (ast.isPropertyAccessExpression(parent) || ast.isElementAccessExpression(parent)) return false;
  if (ast.isCallOrNewExpression(parent)) return parent.expression !== node;
  return !ast.isExpressionStatement(parent);
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
