/**
 * The checker of one snapshot, with its answers remembered: each question to it is a trip to another process.
 * In: a project. Out: what types are made of, where symbols are declared. Not here: what follows from it (type-inspector.ts, symbols.ts).
 */
import type { RepoPath, TypeProgramInput } from '../../../model/index.js';
import { repoPathOf } from '../ts-morph/file-host.js';
import {
  inLots,
  unlessEmptyTuple,
  type Checker,
  type Expression,
  type Node,
  type InterfaceType,
  type NativeApi,
  type NodeHandle,
  type Project,
  type Signature,
  type Symbol,
  type Type,
  type TypeReference,
} from './api.js';

/** What a type is made of. */
export interface TypeFacts {
  readonly native: NativeApi;
  readonly checker: Checker;
  readonly project: Project;
  /** The files as they are; the compiler's have tokens for some specifiers. */
  readonly texts: TypeProgramInput['texts'];
  /** The symbols of nodes; none for what an index signature answers. */
  symbolsAt(nodes: readonly Node[]): readonly (Symbol | undefined)[];
  /** The types of nodes; `undefined` for an empty tuple. */
  typesAt(nodes: readonly Node[]): readonly (Type | undefined)[];
  typeAt(node: Node): Type | undefined;
  /** What is expected of an expression by where it stands. */
  expectedAt(node: Expression): Type | undefined;
  /**
   * Types of a union or intersection, type arguments, both sides of an indexed access or condition.
   * `undefined` where the compiler cannot say: then anything may be in it.
   */
  partsOf(type: Type): readonly Type[] | undefined;
  membersOf(type: Type): readonly Symbol[];
  /** Call and construct signatures. */
  signaturesOf(type: Type): readonly Signature[];
  parametersOf(signature: Signature): readonly Symbol[];
  returnOf(signature: Signature): Type | undefined;
  basesOf(type: Type): readonly Type[];
  indexTypesOf(type: Type): readonly Type[];
  constraintOf(type: Type): Type | undefined;
  typesOf(symbols: readonly Symbol[]): readonly (Type | undefined)[];
  /** Itself, or what an alias stands for in the end. */
  resolved(symbol: Symbol): Symbol;
  /** The file of a declaration; `undefined` outside of the repository. */
  placeOf(declaration: NodeHandle): RepoPath | undefined;
}

/** See {@link TypeFacts}; good for one snapshot. */
export function createTypeFacts(native: NativeApi, project: Project, { root, texts }: TypeProgramInput): TypeFacts {
  const { checker } = project;
  const { ObjectFlags, SignatureKind, SymbolFlags } = native.sync;
  const symbolTypes = new Map<Symbol, Type | undefined>();
  const places = new Map<string, RepoPath | undefined>();
  const names = new Map(project.program.getSourceFileNames().map((name) => [name.toLowerCase(), name] as const));

  function partsNow(type: Type): readonly Type[] {
    const alias = type.getAliasTypeArguments();
    if (type.isUnionType() || type.isIntersectionType()) return [...type.getTypes(), ...alias];
    if (type.isIndexedAccessType()) return [type.getObjectType(), type.getIndexType()];
    if (type.isConditionalType()) return [type.getCheckType(), type.getExtendsType()];
    return type.isTypeReference() ? [...alias, ...checker.getTypeArguments(type as TypeReference)] : alias;
  }
  /** Object literals, mapped types and modules have none; functions and methods of TypeScript cannot be constructed. */
  function signatureKinds(type: Type): readonly number[] {
    if (!type.isObjectType() || (type.objectFlags & ObjectFlags.Mapped) !== 0) return [];
    const { flags = SymbolFlags.None, valueDeclaration } = type.getSymbol() ?? {};
    if (flags === SymbolFlags.ObjectLiteral || flags === SymbolFlags.ValueModule) return [];
    const isFunction = flags === SymbolFlags.Function || flags === SymbolFlags.Method;
    const isTyped = valueDeclaration !== undefined && /\.[cm]?tsx?$/.test(valueDeclaration.path);
    return isFunction && isTyped ? [SignatureKind.Call] : [SignatureKind.Call, SignatureKind.Construct];
  }
  return {
    native,
    checker,
    project,
    texts,
    symbolsAt: (nodes) => {
      const symbols = nodes.length === 0 ? [] : checker.getSymbolAtLocation(nodes);
      return symbols.map((symbol) =>
        symbol?.escapedName === native.ast.InternalSymbolName.Index ? undefined : symbol,
      );
    },
    typesAt: (nodes) => inLots(nodes, (lot) => checker.getTypeAtLocation(lot)),
    typeAt: (node) => unlessEmptyTuple(() => checker.getTypeAtLocation(node), undefined),
    expectedAt: (node) => unlessEmptyTuple(() => checker.getContextualType(node), undefined),
    partsOf: remembered((type: Type) => unlessEmptyTuple(() => partsNow(type), undefined)),
    signaturesOf: remembered((type: Type) =>
      signatureKinds(type).flatMap((kind) => checker.getSignaturesOfType(type, kind)),
    ),
    membersOf: remembered((type: Type) => checker.getPropertiesOfType(type)),
    parametersOf: remembered((signature: Signature) => signature.getParameters()),
    indexTypesOf: remembered((type: Type) => checker.getIndexInfosOfType(type).map((one) => one.valueType)),
    constraintOf: remembered((type: Type) => checker.getBaseConstraintOfType(type)),
    returnOf: remembered((signature: Signature) =>
      unlessEmptyTuple(() => checker.getReturnTypeOfSignature(signature), undefined),
    ),
    basesOf: remembered((type: Type) => (type.isClassOrInterface() ? checker.getBaseTypes(type as InterfaceType) : [])),
    typesOf: (symbols) => {
      const unknown = [...new Set(symbols)].filter((symbol) => !symbolTypes.has(symbol));
      const found = inLots(unknown, (lot) => checker.getTypeOfSymbol(lot));
      for (const [index, symbol] of unknown.entries()) symbolTypes.set(symbol, found[index]);
      return symbols.map((symbol) => symbolTypes.get(symbol));
    },
    resolved: remembered((symbol: Symbol) =>
      (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol),
    ),
    placeOf: ({ path }) => {
      if (!places.has(path)) places.set(path, repoPathOf(root, names.get(path.toLowerCase()) ?? path));
      return places.get(path);
    },
  };
}

function remembered<K extends object, V>(ask: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, ask(key));
    return answers.get(key) as V;
  };
}
