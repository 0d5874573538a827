/**
 * The native compiler as the rules of doubt want to see it.
 * In: the facts of one snapshot. Out: a view; nodes that were foreseen are asked about in one trip to the compiler's process.
 * Not here: the rules (doubt/), what is asked and remembered about types (type-facts.ts).
 */
import type { CheckerView, Syntax } from '../doubt/checker-view.js';
import type { Expression, NativeApi, Node, NodeHandle, Signature, Symbol, Type } from './api.js';
import type { TypeFacts } from './type-facts.js';

/** See {@link CheckerView}; good for one snapshot. */
export function createCheckerView(facts: TypeFacts): CheckerView<Type, Symbol> {
  const { checker, native, placeOf, project } = facts;
  const { ObjectFlags, TypeFlags } = native.sync;
  const types = foreseen<Type>(facts.typesAt);
  const symbols = foreseen<Symbol>(facts.symbolsAt);
  const objectFlags = (type: Type): number => (type.isObjectType() ? type.objectFlags : 0);
  const nodeOf = (handle: NodeHandle) => () =>
    handle.resolve(project) as unknown as ReturnType<
      ReturnType<CheckerView<Type, Symbol>['declarationsOf']>[number]['node']
    >;
  return {
    syntax: syntaxOf(native),
    foreseeTypes: (nodes) => types.foresee(nodes as unknown as readonly Node[]),
    foreseeSymbols: (nodes) => symbols.foresee(nodes as unknown as readonly Node[]),
    typeAt: (node) => types.at(node as unknown as Node),
    symbolAt: (node) => symbols.at(node as unknown as Node),
    expectedAt: (node) => facts.expectedAt(node as unknown as Expression),
    propertyOf: (type, name) => checker.getPropertyOfType(type, name),
    resolved: facts.resolved,
    declarationsOf: (symbol) =>
      symbol.declarations.flatMap((handle) => {
        const file = placeOf(handle);
        return file === undefined ? [] : [{ file, node: nodeOf(handle) }];
      }),
    isAny: (type) => (type.flags & TypeFlags.Any) !== 0,
    isUnknown: (type) => type.isErrorType(),
    isObject: (type) => type.isObjectType(),
    isClassOrInterface: (type) => type.isClassOrInterface(),
    isAnonymous: (type) => (objectFlags(type) & ObjectFlags.Anonymous) !== 0,
    isForeign: (type) => {
      const declaration = type.getSymbol()?.declarations[0];
      return declaration !== undefined && placeOf(declaration) === undefined;
    },
    namesOf: (type) => [type.getSymbol(), type.getAliasSymbol()].filter((symbol) => symbol !== undefined),
    partsOf: facts.partsOf,
    constraintOf: (type) => (type.isTypeParameter() ? facts.constraintOf(type) : undefined),
    basesOf: facts.basesOf,
    membersOf: facts.membersOf,
    typesOf: facts.typesOf,
    parametersOf: (type) => facts.signaturesOf(type).flatMap((one: Signature) => facts.parametersOf(one)),
    resultsOf: (type) => facts.signaturesOf(type).flatMap((one: Signature) => facts.returnOf(one) ?? []),
    indexTypesOf: facts.indexTypesOf,
  };
}

/** Answers by node, asked for in lots. */
function foreseen<A>(ask: (nodes: readonly Node[]) => readonly (A | undefined)[]): {
  foresee(nodes: readonly Node[]): void;
  at(node: Node): A | undefined;
} {
  const known = new Map<Node, A | undefined>();
  const foresee = (nodes: readonly Node[]): void => {
    const unknown = nodes.filter((node) => !known.has(node));
    const answers = ask(unknown);
    for (const [index, node] of unknown.entries()) known.set(node, answers[index]);
  };
  return {
    foresee,
    at: (node) => {
      if (!known.has(node)) foresee([node]);
      return known.get(node);
    },
  };
}

/** The tree is that of `typescript` by the names of fields; some predicates have other names, one means more. */
function syntaxOf({ ast }: NativeApi): Syntax {
  const { SyntaxKind } = ast;
  const functions = new Set<number>([
    SyntaxKind.MethodSignature,
    SyntaxKind.CallSignature,
    SyntaxKind.ConstructSignature,
    SyntaxKind.IndexSignature,
    SyntaxKind.FunctionType,
    SyntaxKind.ConstructorType,
    SyntaxKind.FunctionDeclaration,
    SyntaxKind.MethodDeclaration,
    SyntaxKind.Constructor,
    SyntaxKind.GetAccessor,
    SyntaxKind.SetAccessor,
    SyntaxKind.FunctionExpression,
    SyntaxKind.ArrowFunction,
  ]);
  return {
    ...ast,
    forEachChild: (node: Node, visit: (child: Node) => void) => node.forEachChild(visit),
    isClassLike: ast.isClassLikeDeclaration,
    isExpression: (node: Node) => ast.isExpression(node) && !ast.isJsxExpression(node),
    isExtends: ({ token }: { token: number }) => token === SyntaxKind.ExtendsKeyword,
    isFunctionLike: (node: Node) => functions.has(node.kind),
    isParameter: ast.isParameterDeclaration,
  } as unknown as Syntax;
}
