/**
 * What is inside a type: something unknown, or a declaration that a change affects.
 * Unknown is what an unresolved name stands for; an `any` that somebody wrote is known to be one.
 * In: a checker and the affected declarations. Out: tests. Not here: where they are put to use (find-doubts.ts).
 */
import type { LineRanges } from '../../../model/index.js';
import type { CheckerView, DeclarationPlace } from './checker-view.js';
import { LOOSE_DEPTH, LOOSE_MEMBERS, mostFrequent, SEARCHED } from './search-limits.js';

/** Tests for what a change affects. */
export interface AffectedTests<T, S> {
  /** Declared within an affected declaration. */
  isAffected(symbol: S): boolean;
  /** An affected declaration is anywhere in it. True too where it is too large to be searched. */
  mentions(type: T): boolean;
}

/** A test: something unknown is in a type, as itself, a part, an argument, a member or a result, up to three levels deep. */
export function looseTest<T extends object, S extends object>(view: CheckerView<T, S>): (type: T) => boolean {
  const known = Array.from({ length: LOOSE_DEPTH + 1 }, () => new Map<T, boolean>());

  function isLoose(type: T, depth: number): boolean {
    const answer = known[depth]!.get(type) ?? look(type, depth);
    known[depth]!.set(type, answer);
    return answer;
  }

  function look(type: T, depth: number): boolean {
    if (view.isAny(type)) return view.isUnknown(type);
    if (depth === 0) return false;
    const inner = (one: T | undefined): boolean => one !== undefined && isLoose(one, depth - 1);
    const parts = view.partsOf(type);
    if (parts === undefined || parts.some(inner)) return true;
    if (!view.isObject(type)) return false;
    if (view.isClassOrInterface(type)) return view.basesOf(type).some(inner);
    if (!view.isAnonymous(type)) return false;
    const members = view.membersOf(type);
    if (members.length < LOOSE_MEMBERS && view.typesOf(members).some(inner)) return true;
    return view.resultsOf(type).some(inner);
  }

  return (type) => isLoose(type, LOOSE_DEPTH);
}

/** See {@link AffectedTests}; answers are remembered. */
export function affectedTests<T extends object, S extends object>(
  view: CheckerView<T, S>,
  affected: LineRanges,
): AffectedTests<T, S> {
  const mentioned = new Map<T, boolean>();
  const symbols = new Map<S, boolean>();
  const endless = new Set<S>();

  function isAffected(symbol: S): boolean {
    const known = symbols.get(symbol) ?? view.declarationsOf(symbol).some((one) => isWithin(affected, one));
    symbols.set(symbol, known);
    return known;
  }

  function search(first: T): boolean {
    const seen = new Set<T>();
    const waiting = [first];
    // Nearest first: what unfolds without end would otherwise hide what stands beside it.
    for (const type of waiting) {
      if (seen.has(type) || mentioned.get(type) === false) continue;
      seen.add(type);
      if (seen.size > SEARCHED) return unfoldsEndlessly(seen);
      if (mentioned.get(type) === true) return true;
      if (view.namesOf(type).some((symbol) => isAffected(symbol) || endless.has(symbol))) return true;
      const inside = insideOf(view, type);
      if (inside === undefined || inside.symbols.some(isAffected)) return true;
      waiting.push(...inside.types);
    }
    for (const type of seen) mentioned.set(type, false);
    return false;
  }

  /** Remembers what the types were instances of for the most part: another instance would unfold as far. */
  function unfoldsEndlessly(seen: ReadonlySet<T>): true {
    const most = mostFrequent([...seen].flatMap((type) => view.namesOf(type)[0] ?? []));
    if (most !== undefined) endless.add(most);
    return true;
  }

  return {
    isAffected,
    mentions: (type) => {
      const known = mentioned.get(type) ?? search(type);
      mentioned.set(type, known);
      return known;
    },
  };
}

/** It begins on a line of one of the ranges. */
export function isWithin(ranges: LineRanges, { file, node }: DeclarationPlace): boolean {
  const lines = ranges.get(file);
  const declaration = lines === undefined ? undefined : node();
  if (lines === undefined || declaration === undefined) return false;
  const source = declaration.getSourceFile();
  const line = source.getLineAndCharacterOfPosition(declaration.getStart(source)).line + 1;
  return lines.some(([from, to]) => from <= line && line <= to);
}

/** What a type is made of, if that is known, and the symbols of its members; types of installed packages only by their arguments. */
function insideOf<T extends object, S extends object>(
  view: CheckerView<T, S>,
  type: T,
): { types: readonly T[]; symbols: readonly S[] } | undefined {
  const parts = view.partsOf(type);
  if (parts === undefined) return undefined;
  const constraint = view.constraintOf(type);
  const types = constraint === undefined ? parts : [...parts, constraint];
  if (!view.isObject(type) || view.isForeign(type)) return { types, symbols: [] };
  const symbols = view.membersOf(type);
  const members = view.typesOf([...symbols, ...view.parametersOf(type)]).filter((one) => one !== undefined);
  return {
    types: [...types, ...members, ...view.resultsOf(type), ...view.basesOf(type), ...view.indexTypesOf(type)],
    symbols,
  };
}
