/**
 * What is inside a type: something unknown, or a declaration that a change affects.
 * Unknown is what an unresolved name stands for; an `any` that somebody wrote is known to be one.
 * In: a checker and the affected declarations. Out: three tests. Not here: where they are put to use (doubts.ts).
 */
import type { ts as TS } from 'ts-morph';
import type { LineRanges } from '../../../model/index.js';
import { LOOSE_DEPTH, LOOSE_MEMBERS, mostFrequent, SEARCHED } from '../search-limits.js';

/** Tests over types and symbols. */
export interface TypeInspector {
  /** Something unknown is in it: as itself, a part, an argument, a member or a result, up to three levels deep. */
  isLoose(type: TS.Type): boolean;
  /** Declared within an affected declaration. */
  isAffected(symbol: TS.Symbol): boolean;
  /** Declared within a tainted declaration. */
  isTainted(symbol: TS.Symbol): boolean;
  /** An affected declaration is anywhere in it. True too where it is too large to be searched. */
  mentions(type: TS.Type): boolean;
}

/** What the tests need to know. */
export interface Inspected {
  readonly ts: typeof TS;
  readonly checker: TS.TypeChecker;
  readonly affected: LineRanges;
  readonly tainted: LineRanges;
  readonly root: string;
}

/** See {@link TypeInspector}; answers are remembered. */
export function typeInspector(inspected: Inspected): TypeInspector {
  const loose = new Map<TS.Type, boolean>();
  const mentioned = new Map<TS.Type, boolean>();
  const affected = new Map<TS.Symbol, boolean>();
  const endless = new Set<TS.Symbol>();

  function isAffected(symbol: TS.Symbol): boolean {
    const known = affected.get(symbol);
    if (known !== undefined) return known;
    const answer = (symbol.declarations ?? []).some((one) => isWithin(inspected.affected, one));
    affected.set(symbol, answer);
    return answer;
  }

  function search(first: TS.Type): boolean {
    const seen = new Set<TS.Type>();
    const waiting = [first];
    // Nearest first: what unfolds without end would otherwise hide what stands beside it.
    for (const type of waiting) {
      if (seen.has(type) || mentioned.get(type) === false) continue;
      seen.add(type);
      if (seen.size > SEARCHED) return unfoldsEndlessly(seen);
      if (mentioned.get(type) === true) return true;
      const named = [type.symbol as TS.Symbol | undefined, type.aliasSymbol].filter((symbol) => symbol !== undefined);
      if (named.some((symbol) => isAffected(symbol) || endless.has(symbol))) return true;
      const { types, symbols } = insideOf(inspected, type);
      if (symbols.some(isAffected)) return true;
      waiting.push(...types);
    }
    for (const type of seen) mentioned.set(type, false);
    return false;
  }

  /** Remembers what the types were instances of for the most part: another instance would unfold as far. */
  function unfoldsEndlessly(seen: ReadonlySet<TS.Type>): true {
    const symbols = [...seen].map((type) => type.symbol as TS.Symbol | undefined);
    const most = mostFrequent(symbols.filter((symbol) => symbol !== undefined));
    if (most !== undefined) endless.add(most);
    return true;
  }

  return {
    isAffected,
    isTainted: (symbol) =>
      (symbol.declarations ?? []).some((one) => isWithin(inspected.tainted, one) && !isLocal(inspected.ts, one)),
    isLoose: (type) => {
      const known = loose.get(type) ?? isLoose(inspected, type, LOOSE_DEPTH);
      loose.set(type, known);
      return known;
    },
    mentions: (type) => {
      const known = mentioned.get(type) ?? search(type);
      mentioned.set(type, known);
      return known;
    },
  };
}

function isWithin(affected: LineRanges, declaration: TS.Declaration): boolean {
  const source = declaration.getSourceFile();
  const ranges = affected.get(source.fileName);
  if (ranges === undefined) return false;
  const line = source.getLineAndCharacterOfPosition(declaration.getStart(source)).line + 1;
  return ranges.some(([from, to]) => from <= line && line <= to);
}

/** The checker has one `any` that was meant and one for what it does not know; only its name tells them apart. */
function isUnknown(type: TS.Type): boolean {
  return (type as { intrinsicName?: string }).intrinsicName === 'error';
}

function isLoose(inspected: Inspected, type: TS.Type, depth: number): boolean {
  const { ts, checker } = inspected;
  if ((type.flags & ts.TypeFlags.Any) !== 0) return isUnknown(type);
  if (depth === 0) return false;
  const inner = (one: TS.Type): boolean => isLoose(inspected, one, depth - 1);
  if (partsOf(inspected, type).some(inner)) return true;
  if (!isObject(ts, type)) return false;
  if ((type.objectFlags & ts.ObjectFlags.ClassOrInterface) !== 0) return basesOf(inspected, type).some(inner);
  if ((type.objectFlags & ts.ObjectFlags.Anonymous) === 0) return false;
  const members = type.getProperties();
  if (members.length < LOOSE_MEMBERS && members.some((one) => inner(checker.getTypeOfSymbol(one)))) return true;
  return signaturesOf(type).some((one) => inner(one.getReturnType()));
}

/** What a type is made of, and the symbols of its members; types of installed packages only by their arguments. */
function insideOf(inspected: Inspected, type: TS.Type): { types: TS.Type[]; symbols: readonly TS.Symbol[] } {
  const { ts, checker } = inspected;
  const types = [...partsOf(inspected, type)];
  if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
    const constraint = checker.getBaseConstraintOfType(type);
    if (constraint !== undefined) types.push(constraint);
  }
  if (!isObject(ts, type) || isForeign(inspected, type)) return { types, symbols: [] };
  const symbols = type.getProperties();
  const parameters = signaturesOf(type).flatMap((one) => one.parameters);
  types.push(...[...symbols, ...parameters].map((one) => checker.getTypeOfSymbol(one)));
  types.push(...signaturesOf(type).map((one) => one.getReturnType()), ...basesOf(inspected, type));
  types.push(...checker.getIndexInfosOfType(type).map((one) => one.type));
  return { types, symbols };
}

function partsOf({ ts, checker }: Inspected, type: TS.Type): readonly TS.Type[] {
  if ((type.flags & ts.TypeFlags.UnionOrIntersection) !== 0) {
    return [...(type as TS.UnionOrIntersectionType).types, ...(type.aliasTypeArguments ?? [])];
  }
  if ((type.flags & ts.TypeFlags.IndexedAccess) !== 0) {
    const { objectType, indexType } = type as TS.IndexedAccessType;
    return [objectType, indexType];
  }
  if ((type.flags & ts.TypeFlags.Conditional) !== 0) {
    const { checkType, extendsType } = type as TS.ConditionalType;
    return [checkType, extendsType];
  }
  const parts = [...(type.aliasTypeArguments ?? [])];
  if (isObject(ts, type) && (type.objectFlags & ts.ObjectFlags.Reference) !== 0) {
    parts.push(...checker.getTypeArguments(type as TS.TypeReference));
  }
  return parts;
}

function isObject(ts: typeof TS, type: TS.Type): type is TS.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

function isForeign({ root }: Inspected, type: TS.Type): boolean {
  const file = type.symbol?.declarations?.[0]?.getSourceFile().fileName;
  return file !== undefined && (!file.startsWith(`${root}/`) || file.includes('/node_modules/'));
}

function basesOf({ ts, checker }: Inspected, type: TS.ObjectType): readonly TS.Type[] {
  const isClass = (type.objectFlags & ts.ObjectFlags.ClassOrInterface) !== 0;
  return isClass ? checker.getBaseTypes(type as TS.InterfaceType) : [];
}

function signaturesOf(type: TS.Type): readonly TS.Signature[] {
  return [...type.getCallSignatures(), ...type.getConstructSignatures()];
}

/** Declared inside a function: others cannot name it. */
export function isLocal(ts: typeof TS, declaration: TS.Node): boolean {
  for (let at = declaration.parent; at !== undefined; at = at.parent) {
    if (ts.isBlock(at) || ts.isFunctionLike(at)) return true;
  }
  return false;
}
