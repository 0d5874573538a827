/**
 * The member at the end of a path, as far as declarations prove it: declared parts, bases, and what values are known to be.
 * In: a symbol with a path behind it. Out: symbols, and the names that no declaration proves. Iterative. Not here: bindings.
 */
import { SymbolFlag, type SymbolFacts, type ValuePlace } from '../../model/facts.js';
import { bindingTargets, namespaceTargets, type ResolutionScope } from './binding-targets.js';
import { symbolNamed, type ExportTarget, type LinkedFile, type SymbolTarget } from './module-table.js';

/** A symbol that a path leads to or through. */
export interface FoundMember {
  readonly file: LinkedFile;
  readonly symbol: number;
  readonly rank: number;
  /** What of the path is behind it, unproven: members of something unknown. */
  readonly names: readonly string[];
  /** The way led through the type or the origin of a value. */
  readonly typed: boolean;
  /** The path ends at an instance of the symbol, a class or a type, not at the symbol itself. */
  readonly instance: boolean;
  /** The path ends here: no call, no unknown member is left of it. */
  readonly whole: boolean;
}

interface Step extends SymbolTarget {
  readonly typed: boolean;
}

/** Ways through values may be circular and grow: past this many steps the rest is unknown. */
const STEP_LIMIT = 64;

/**
 * All that a path behind a symbol can mean; the symbol itself where nothing more is proven. Looks into bases, interfaces,
 * annotated and constructed values, and what calls give.
 * @param deep where the path ends at a value whose class is known, that class too.
 */
export function memberTargets(scope: ResolutionScope, start: SymbolTarget, deep = false): FoundMember[] {
  const found: FoundMember[] = [];
  const seen = new Set<string>();
  const stack: Step[] = [{ ...start, typed: false }];
  for (let step = stack.pop(), steps = 0; step; step = stack.pop(), steps++) {
    const key = `${step.file.path}\0${step.symbol}\0${step.path.join('\0')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (steps < STEP_LIMIT) advance(scope, step, deep, found, stack);
    else found.push({ ...step, names: memberNames(step.path), instance: false, whole: false });
  }
  return found;
}

/** Walks down declared members as long as each step is proven, then on through bases or values. */
function advance(scope: ResolutionScope, step: Step, deep: boolean, found: FoundMember[], stack: Step[]): void {
  const { file, path, rank, typed } = step;
  let { symbol } = step;
  let taken = 0;
  let instance = false;
  for (; taken < path.length; taken++) {
    const facts = file.facts?.symbols[symbol] as SymbolFacts;
    const name = path[taken] as string;
    const child =
      name === '()'
        ? undefined
        : name === 'prototype'
          ? symbol
          : closed(facts)
            ? memberNamed(file, facts, name)
            : undefined;
    if (child === undefined) break;
    instance = name === 'prototype';
    symbol = child;
  }
  const facts = file.facts?.symbols[symbol] as SymbolFacts;
  const rest = path.slice(taken);
  const end = (names: readonly string[]): void =>
    void found.push({ file, symbol, rank, typed, names, instance, whole: rest.length === 0 });
  const into = (place: ValuePlace, tail: readonly string[]): void => {
    const { targets, names } = placeTargets(scope, file, place, tail);
    end(names);
    for (const target of targets) stack.push({ ...target, rank: Math.max(rank, target.rank), typed: true });
  };
  if (rest.length === 0) return deep && facts.value && !instance ? into(facts.value, []) : end([]);
  if (rest[0] === '()' && facts.returns) return into(facts.returns, rest.slice(1));
  const bases = rest[0] === '()' ? [] : baseTargets(scope, file, facts);
  if (bases.length > 0) {
    const behind = taken > 0 && path.includes('prototype') ? ['prototype', ...rest] : rest;
    for (const base of bases)
      stack.push({ ...base, path: [...base.path, ...behind], rank: Math.max(rank, base.rank), typed });
    return;
  }
  if (facts.value) return into(facts.value, rest);
  if (rest[0] === '()') return end(namesBehindCall(rest));
  end(memberNames(facts.kind === 'function' ? rest.slice(1) : rest));
}

function memberNamed(file: LinkedFile, owner: SymbolFacts, name: string): number | undefined {
  return symbolNamed(file, `${owner.name}.${name}`);
}

/** Its entries can be told apart: no statement writes into it, no spread hides one. */
function closed(symbol: SymbolFacts): boolean {
  if (symbol.kind !== 'variable' && symbol.kind !== 'entry' && symbol.kind !== 'export') return true;
  return (symbol.flags & (SymbolFlag.mutable | SymbolFlag.open)) === 0;
}

/** Names in a path that can be members of something. */
export function memberNames(path: readonly string[]): string[] {
  return path.filter((name) => name !== '()' && name !== 'prototype');
}

/** What a call of something outside gives may be an object of the repository: its members are known by name alone. */
export function namesBehindCall(path: readonly string[]): string[] {
  const call = path.indexOf('()');
  return call < 0 ? [] : memberNames(path.slice(call));
}

/** Symbols that a value place with a path behind it means; names where it leads outside. */
function placeTargets(
  scope: ResolutionScope,
  file: LinkedFile,
  place: ValuePlace,
  tail: readonly string[],
): { targets: SymbolTarget[]; names: string[] } {
  const path = [...place.path, ...tail];
  const { symbols, outside } = symbolTargets(scope, bindingTargets(scope, file, place.binding, path).targets);
  if (symbols.length > 0) return { targets: symbols, names: [] };
  return { targets: [], names: outside ? namesBehindCall(path) : memberNames(tail) };
}

/** Symbols among targets, namespaces looked into; whether some lie outside the repository. */
function symbolTargets(
  scope: ResolutionScope,
  targets: readonly ExportTarget[],
): { symbols: SymbolTarget[]; outside: boolean } {
  const symbols: SymbolTarget[] = [];
  const stack = [...targets];
  let outside = false;
  for (let steps = 0; stack.length > 0 && steps < STEP_LIMIT; steps++) {
    const target = stack.pop() as ExportTarget;
    if (target.kind === 'symbol') symbols.push(target);
    else if (target.kind === 'external') outside = true;
    else if (target.path.length > 0) stack.push(...namespaceTargets(scope, target));
  }
  return { symbols, outside };
}

function baseTargets(scope: ResolutionScope, file: LinkedFile, facts: SymbolFacts): SymbolTarget[] {
  const bases: SymbolTarget[] = [];
  for (const clause of facts.heritage ?? []) {
    if (clause.kind === 'implements') continue;
    bases.push(...heritageTargets(scope, file, clause.binding, clause.path));
  }
  return bases;
}

/** The in-repository symbols that a heritage clause names. */
export function heritageTargets(
  scope: ResolutionScope,
  file: LinkedFile,
  binding: number,
  path: readonly string[],
): SymbolTarget[] {
  const { symbols } = symbolTargets(scope, bindingTargets(scope, file, binding, path).targets);
  return symbols.map(narrow);
}

/** Walks down declared members as long as each step is proven; what is left of the path is dropped. */
function narrow(target: SymbolTarget): SymbolTarget {
  let { symbol } = target;
  for (const name of target.path) {
    const facts = target.file.facts?.symbols[symbol] as SymbolFacts;
    if (name === 'prototype') continue;
    const child = closed(facts) ? memberNamed(target.file, facts, name) : undefined;
    if (child === undefined) break;
    symbol = child;
  }
  return { ...target, symbol, path: [] };
}
