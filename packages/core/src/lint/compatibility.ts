/**
 * What a changed declaration breaks for whoever uses it, as far as its own text proves it.
 * In: a symbol of the base and of the text in hand, whether the language has types. Out: sentences; none means not proven, never safe.
 * Not here: types (analyze/types asks a checker).
 */
import { SymbolFlag, type SymbolFacts } from '../model/facts.js';
import type { IndexedSymbol } from './file-rows.js';

/** Each proven break of a symbol that exists in both, in words that go on after its name. */
export function provenBreaks(before: IndexedSymbol, after: SymbolFacts, typed: boolean): string[] {
  return [...flagBreaks(before, after), ...parameterBreaks(before.parameters, after.parameters, typed)];
}

function flagBreaks(before: IndexedSymbol, after: SymbolFacts): string[] {
  const lost = (flag: number): boolean => (before.flags & flag) !== 0 && (after.flags & flag) === 0;
  const gained = (flag: number): boolean => (before.flags & flag) === 0 && (after.flags & flag) !== 0;
  const breaks: string[] = [];
  if (lost(SymbolFlag.value)) breaks.push('is only a type now');
  if (lost(SymbolFlag.type)) breaks.push('is no longer a type');
  if (before.kind === 'function' && after.kind === 'class') breaks.push('is a class now and can no longer be called');
  if (gained(SymbolFlag.hidden)) breaks.push('is private now');
  if (gained(SymbolFlag.static)) breaks.push('is static now');
  if (lost(SymbolFlag.static)) breaks.push('is no longer static');
  if (gained(SymbolFlag.abstract))
    breaks.push(after.parent < 0 ? 'is abstract now and can no longer be constructed' : 'is abstract now');
  return breaks;
}

interface Parameter {
  readonly name: string;
  readonly needed: boolean;
  readonly rest: boolean;
}

/** In JavaScript a caller may leave out anything: only what is gone or in another order is proven. */
function parameterBreaks(before: string | undefined, after: string | undefined, typed: boolean): string[] {
  if (before === undefined || after === undefined || before === after) return [];
  const old = parametersOf(before);
  const now = parametersOf(after);
  const reordered = reorderedNames(old, now);
  if (reordered !== undefined) return [`takes its parameters in another order (${reordered})`];
  if (!hasRest(now) && (hasRest(old) || now.length < old.length)) {
    const gone = old.filter(({ name }) => !now.some((one) => one.name === name)).map(({ name }) => `\`${name}\``);
    const which = gone.length > 0 && gone.length <= old.length - now.length ? ` (${gone.join(', ')})` : '';
    return [`takes ${now.length === 0 ? 'no parameters' : `at most ${plural(now.length, 'parameter')}`} now${which}`];
  }
  const needed = neededCount(now);
  if (!typed || needed <= neededCount(old)) return [];
  return [`needs ${plural(needed, 'parameter')} now, not ${neededCount(old)} (\`${now[needed - 1]?.name ?? ''}\`)`];
}

function parametersOf(written: string): Parameter[] {
  if (written === '') return [];
  return written.split(',').map((one) => {
    const rest = one.startsWith('...');
    const needed = !rest && !one.endsWith('?');
    return { name: one.replace(/^\.\.\.|\?$/g, ''), needed, rest };
  });
}

function hasRest(parameters: readonly Parameter[]): boolean {
  return parameters.some(({ rest }) => rest);
}

/** How many a call must pass: up to the last that can't be left out. */
function neededCount(parameters: readonly Parameter[]): number {
  return 1 + parameters.findLastIndex(({ needed }) => needed);
}

/** The same names, in other places; patterns have none, and so can't be told apart. */
function reorderedNames(old: readonly Parameter[], now: readonly Parameter[]): string | undefined {
  const [before, after] = [old, now].map((list) => list.map(({ name }) => name)) as [string[], string[]];
  const same = before.length === after.length && before.every((name, index) => name === after[index]);
  if (same || before.length !== after.length || new Set(before).size < before.length) return undefined;
  if (!before.every((name) => after.includes(name))) return undefined;
  return `${before.join(', ')} → ${after.join(', ')}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
