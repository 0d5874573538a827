/**
 * Options of paired calls that differ. In: a pair. Out: each option's values of both sides, by name. Pure.
 * A side that nobody can read (`HOLE`, an object) is `unknown`; absent is `undefined`.
 */
import { HOLE, type Endpoint } from '../../../model/index.js';
import type { EndPair } from './end-pairs.js';

/** One option's values. */
export interface OptionDifference {
  readonly option: string;
  readonly unit: string | undefined;
  readonly before: OptionValue;
  readonly after: OptionValue;
}

/** A value as far as it is known. */
export type OptionValue = string | number | boolean | undefined;

/** In the order of names. */
export function optionDifferences({ before, after }: EndPair): OptionDifference[] {
  const names = [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].sort();
  return names.flatMap((option): OptionDifference[] => {
    const [old, now] = [before.values[option], after.values[option]];
    if (old === now) return [];
    return [{ option, unit: after.units?.[option] ?? before.units?.[option], before: old, after: now }];
  });
}

/** It is there, but nobody can read it. */
export function isUnread(value: OptionValue): boolean {
  return typeof value === 'string' && (value.includes(HOLE) || value === '{…}');
}

/** A value for a sentence. */
export function writtenValue(value: OptionValue): string {
  if (value === undefined) return 'not set';
  return isUnread(value) ? 'computed' : String(value).slice(0, 80);
}

/** What identifies a call to its reader: where there is a name, the name. */
export function calledName({ row, values }: Endpoint): string {
  const { name } = values;
  return typeof name === 'string' && name !== '' && !isUnread(name) ? `${row} ${name}` : row;
}
