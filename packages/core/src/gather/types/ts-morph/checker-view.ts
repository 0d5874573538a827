/**
 * The compiler of ts-morph as the rules of doubt want to see it.
 * In: the compiler, a program's checker, its root. Out: a view; symbols and types are asked for when they are needed.
 * Not here: the rules (doubt/).
 */
import type { ts as TS } from 'ts-morph';
import type { CheckerView, Syntax } from '../doubt/checker-view.js';
import { repoPathOf } from './file-host.js';

/** See {@link CheckerView}; good until the program changes. */
export function createCheckerView(
  ts: typeof TS,
  checker: TS.TypeChecker,
  root: string,
): CheckerView<TS.Type, TS.Symbol> {
  const { ObjectFlags, SymbolFlags, TypeFlags } = ts;
  const placeOf = (declaration: TS.Declaration) => repoPathOf(root, declaration.getSourceFile().fileName);
  return {
    syntax: syntaxOf(ts),
    foreseeTypes: () => undefined,
    foreseeSymbols: () => undefined,
    typeAt: (node) => checker.getTypeAtLocation(node as TS.Node),
    symbolAt: (node) => checker.getSymbolAtLocation(node as TS.Node),
    expectedAt: (node) => checker.getContextualType(node as TS.Expression),
    propertyOf: (type, name) => checker.getPropertyOfType(type, name),
    resolved: (symbol) => ((symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)),
    declarationsOf: (symbol) =>
      (symbol.declarations ?? []).flatMap((declaration) => {
        const file = placeOf(declaration);
        return file === undefined ? [] : [{ file, node: () => declaration }];
      }),
    isAny: (type) => (type.flags & TypeFlags.Any) !== 0,
    isUnknown: (type) => (type as { intrinsicName?: string }).intrinsicName === 'error',
    isObject: (type) => (type.flags & TypeFlags.Object) !== 0,
    isClassOrInterface: (type) => hasObjectFlag(ts, type, ObjectFlags.ClassOrInterface),
    isAnonymous: (type) => hasObjectFlag(ts, type, ObjectFlags.Anonymous),
    isForeign: (type) => {
      const [declaration] = (type.symbol as TS.Symbol | undefined)?.declarations ?? [];
      return declaration !== undefined && placeOf(declaration) === undefined;
    },
    namesOf: (type) =>
      [type.symbol as TS.Symbol | undefined, type.aliasSymbol].filter((symbol) => symbol !== undefined),
    partsOf: (type) => partsOf(ts, checker, type),
    constraintOf: (type) =>
      (type.flags & TypeFlags.TypeParameter) === 0 ? undefined : checker.getBaseConstraintOfType(type),
    basesOf: (type) =>
      hasObjectFlag(ts, type, ObjectFlags.ClassOrInterface) ? checker.getBaseTypes(type as TS.InterfaceType) : [],
    membersOf: (type) => type.getProperties(),
    typesOf: (symbols) => symbols.map((symbol) => checker.getTypeOfSymbol(symbol)),
    parametersOf: (type) => signaturesOf(type).flatMap((one) => one.parameters),
    resultsOf: (type) => signaturesOf(type).map((one) => one.getReturnType()),
    indexTypesOf: (type) => checker.getIndexInfosOfType(type).map((one) => one.type),
  };
}

/** Its own compiler's predicates; `typescript` and ts-morph declare the same tree twice. */
function syntaxOf(ts: typeof TS): Syntax {
  const isExtends = (clause: TS.HeritageClause): boolean => clause.token === ts.SyntaxKind.ExtendsKeyword;
  return { ...ts, isExtends } as unknown as Syntax;
}

function hasObjectFlag({ TypeFlags }: typeof TS, type: TS.Type, flag: TS.ObjectFlags): boolean {
  return (type.flags & TypeFlags.Object) !== 0 && ((type as TS.ObjectType).objectFlags & flag) !== 0;
}

function partsOf(ts: typeof TS, checker: TS.TypeChecker, type: TS.Type): readonly TS.Type[] {
  const { TypeFlags } = ts;
  const aliased = type.aliasTypeArguments ?? [];
  if ((type.flags & TypeFlags.UnionOrIntersection) !== 0) {
    return [...(type as TS.UnionOrIntersectionType).types, ...aliased];
  }
  if ((type.flags & TypeFlags.IndexedAccess) !== 0) {
    const { objectType, indexType } = type as TS.IndexedAccessType;
    return [objectType, indexType];
  }
  if ((type.flags & TypeFlags.Conditional) !== 0) {
    const { checkType, extendsType } = type as TS.ConditionalType;
    return [checkType, extendsType];
  }
  const isReference = hasObjectFlag(ts, type, ts.ObjectFlags.Reference);
  return isReference ? [...aliased, ...checker.getTypeArguments(type as TS.TypeReference)] : aliased;
}

function signaturesOf(type: TS.Type): readonly TS.Signature[] {
  return [...type.getCallSignatures(), ...type.getConstructSignatures()];
}
