/**
 * The checker of one snapshot, with its answers remembered: each question to it is a trip to another process.
 * In: a project. Out: what types are made of, where symbols are declared. Not here: what follows from it (type-inspector.ts, symbols.ts).
 */
import type { RepoPath, TypeProgramInput } from '../../../model/index.js';
import { repoPathOf } from '../ts-morph/file-host.js';
import type {
  Checker,
  InterfaceType,
  NativeApi,
  NodeHandle,
  Project,
  Signature,
  Symbol,
  Type,
  TypeReference,
} from './api.js';

/** What a type is made of. */
export interface TypeFacts {
  readonly native: NativeApi;
  readonly checker: Checker;
  readonly project: Project;
  /** The files as they are; the compiler's have tokens for some specifiers. */
  readonly texts: TypeProgramInput['texts'];
  /** Types of a union or intersection, type arguments, both sides of an indexed access or condition. */
  partsOf(type: Type): readonly Type[];
  membersOf(type: Type): readonly Symbol[];
  /** Call and construct signatures. */
  signaturesOf(type: Type): readonly Signature[];
  returnOf(signature: Signature): Type | undefined;
  basesOf(type: Type): readonly Type[];
  typesOf(symbols: readonly Symbol[]): readonly Type[];
  /** Itself, or what an alias stands for in the end. */
  resolved(symbol: Symbol): Symbol;
  /** The file of a declaration; `undefined` outside of the repository. */
  placeOf(declaration: NodeHandle): RepoPath | undefined;
}

/** See {@link TypeFacts}; good for one snapshot. */
export function createTypeFacts(native: NativeApi, project: Project, { root, texts }: TypeProgramInput): TypeFacts {
  const { checker } = project;
  const { SignatureKind, SymbolFlags } = native.sync;
  const symbolTypes = new Map<Symbol, Type>();
  const places = new Map<string, RepoPath | undefined>();
  const names = new Map(project.program.getSourceFileNames().map((name) => [name.toLowerCase(), name] as const));

  const partsOf = remembered((type: Type): readonly Type[] => {
    const alias = type.getAliasTypeArguments();
    if (type.isUnionType() || type.isIntersectionType()) return [...type.getTypes(), ...alias];
    if (type.isIndexedAccessType()) return [type.getObjectType(), type.getIndexType()];
    if (type.isConditionalType()) return [type.getCheckType(), type.getExtendsType()];
    return type.isTypeReference() ? [...alias, ...checker.getTypeArguments(type as TypeReference)] : alias;
  });
  const signaturesOf = remembered((type: Type): readonly Signature[] => {
    if (!type.isObjectType()) return [];
    return [
      ...checker.getSignaturesOfType(type, SignatureKind.Call),
      ...checker.getSignaturesOfType(type, SignatureKind.Construct),
    ];
  });

  return {
    native,
    checker,
    project,
    texts,
    partsOf,
    signaturesOf,
    membersOf: remembered((type: Type) => checker.getPropertiesOfType(type)),
    returnOf: remembered((signature: Signature) => checker.getReturnTypeOfSignature(signature)),
    basesOf: remembered((type: Type) => (type.isClassOrInterface() ? checker.getBaseTypes(type as InterfaceType) : [])),
    typesOf: (symbols) => {
      const unknown = [...new Set(symbols)].filter((symbol) => !symbolTypes.has(symbol));
      const found = unknown.length === 0 ? [] : checker.getTypeOfSymbol(unknown);
      for (const [index, symbol] of unknown.entries()) symbolTypes.set(symbol, found[index] ?? checker.getAnyType());
      return symbols.map((symbol) => symbolTypes.get(symbol)!);
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
