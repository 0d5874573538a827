/**
 * What is inside a type: `any`, or a declaration that a change affects. The rules are those of ts-morph/type-inspector.ts.
 * In: a snapshot's types and the affected declarations. Out: three tests. Not here: where they are put to use (doubts.ts).
 */
import type { LineRanges, RepoPath } from '../../../model/index.js';
import { LOOSE_DEPTH, LOOSE_MEMBERS, mostFrequent, SEARCHED } from '../search-limits.js';
import type { NodeHandle, Symbol, Type } from './api.js';
import type { TypeFacts } from './type-facts.js';

/** Tests over types and symbols. */
export interface TypeInspector {
  /** `any` is in it: as itself, a part, an argument, a member or a result, up to three levels deep. */
  isLoose(type: Type): boolean;
  /** Declared within an affected declaration. */
  isAffected(symbol: Symbol): boolean;
  /** An affected declaration is anywhere in it. True too where it is too large to be searched. */
  mentions(type: Type): boolean;
}

/** See {@link TypeInspector}; answers are remembered. */
export function typeInspector(facts: TypeFacts, affected: LineRanges): TypeInspector {
  const loose = new Map<string, boolean>();
  const mentioned = new Map<Type, boolean>();
  const affectedSymbols = new Map<Symbol, boolean>();
  const endless = new Set<Symbol>();

  function isAffected(symbol: Symbol): boolean {
    const known = affectedSymbols.get(symbol);
    if (known !== undefined) return known;
    const answer = symbol.declarations.some((one) => isWithin(facts, affected, one));
    affectedSymbols.set(symbol, answer);
    return answer;
  }

  function search(first: Type): boolean {
    const seen = new Set<Type>();
    const waiting = [first];
    // Nearest first: what unfolds without end would otherwise hide what stands beside it.
    for (const type of waiting) {
      if (seen.has(type) || mentioned.get(type) === false) continue;
      seen.add(type);
      if (seen.size > SEARCHED) return unfoldsEndlessly(seen);
      if (mentioned.get(type) === true) return true;
      const named = [type.getSymbol(), type.getAliasSymbol()].filter((one) => one !== undefined);
      if (named.some((one) => isAffected(one) || endless.has(one))) return true;
      const inside = insideOf(facts, type);
      if (inside === undefined || inside.symbols.some(isAffected)) return true;
      waiting.push(...inside.types);
    }
    for (const type of seen) mentioned.set(type, false);
    return false;
  }

  /** Remembers what the types were instances of for the most part: another instance would unfold as far. */
  function unfoldsEndlessly(seen: ReadonlySet<Type>): true {
    const most = mostFrequent([...seen].flatMap((type) => type.getSymbol() ?? []));
    if (most !== undefined) endless.add(most);
    return true;
  }

  function isLoose(type: Type, depth: number): boolean {
    const key = `${type.id} ${depth}`;
    const known = loose.get(key) ?? looseNow(facts, type, depth, isLoose);
    loose.set(key, known);
    return known;
  }

  return {
    isAffected,
    isLoose: (type) => isLoose(type, LOOSE_DEPTH),
    mentions: (type) => {
      const known = mentioned.get(type) ?? search(type);
      mentioned.set(type, known);
      return known;
    },
  };
}

function isWithin({ placeOf, project }: TypeFacts, affected: LineRanges, declaration: NodeHandle): boolean {
  const file: RepoPath | undefined = placeOf(declaration);
  const ranges = file === undefined ? undefined : affected.get(file);
  const node = ranges === undefined ? undefined : declaration.resolve(project);
  if (ranges === undefined || node === undefined) return false;
  const source = node.getSourceFile();
  const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  return ranges.some(([from, to]) => from <= line && line <= to);
}

function looseNow(
  facts: TypeFacts,
  type: Type,
  depth: number,
  isLoose: (type: Type, depth: number) => boolean,
): boolean {
  const { TypeFlags, ObjectFlags } = facts.native.sync;
  if ((type.flags & TypeFlags.Any) !== 0) return true;
  if (depth === 0) return false;
  const inner = (one: Type | undefined): boolean => one !== undefined && isLoose(one, depth - 1);
  const parts = facts.partsOf(type);
  if (parts === undefined || parts.some(inner)) return true;
  if (!type.isObjectType()) return false;
  if (type.isClassOrInterface()) return facts.basesOf(type).some(inner);
  if ((type.objectFlags & ObjectFlags.Anonymous) === 0) return false;
  const members = facts.membersOf(type);
  if (members.length < LOOSE_MEMBERS && facts.typesOf(members).some(inner)) return true;
  return facts.signaturesOf(type).some((one) => inner(facts.returnOf(one)));
}

/** What a type is made of, if that is known, and the symbols of its members; types of installed packages only by their arguments. */
function insideOf(facts: TypeFacts, type: Type): { types: Type[]; symbols: readonly Symbol[] } | undefined {
  const parts = facts.partsOf(type);
  if (parts === undefined) return undefined;
  const types = [...parts];
  const constraint = type.isTypeParameter() ? facts.constraintOf(type) : undefined;
  if (constraint !== undefined) types.push(constraint);
  if (!type.isObjectType() || isForeign(facts, type)) return { types, symbols: [] };
  const symbols = facts.membersOf(type);
  const signatures = facts.signaturesOf(type);
  const members = [...symbols, ...signatures.flatMap(facts.parametersOf)];
  types.push(...facts.typesOf(members).filter((one) => one !== undefined));
  types.push(...signatures.flatMap((one) => facts.returnOf(one) ?? []), ...facts.basesOf(type));
  types.push(...facts.indexTypesOf(type));
  return { types, symbols };
}

function isForeign({ placeOf }: TypeFacts, type: Type): boolean {
  const declaration = type.getSymbol()?.declarations[0];
  return declaration !== undefined && placeOf(declaration) === undefined;
}
