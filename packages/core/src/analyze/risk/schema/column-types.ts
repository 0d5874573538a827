/**
 * Whether a column's new type takes what the old one took.
 * In: two types as written in SQL or an ORM, lower case. Out: a word. What is not known is `changed`, never `equal`.
 */
import { ownEntry } from '../../../model/own-entry.js';

/** `widened`: every old value fits; `narrowed`: the reverse holds; `changed`: neither is known. */
export type TypeStep = 'equal' | 'widened' | 'narrowed' | 'changed';

/** Names for one type. */
const ALIASES: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  int2: 'smallint',
  bool: 'boolean',
  float8: 'double',
  doubleprecision: 'double',
  'double precision': 'double',
  float4: 'real',
  decimal: 'numeric',
  'character varying': 'varchar',
  charactervarying: 'varchar',
  string: 'text',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  serial: 'integer',
  bigserial: 'bigint',
  smallserial: 'smallint',
};

/** Each list widens from left to right. */
const LADDERS: readonly (readonly string[])[] = [
  ['tinyint', 'smallint', 'mediumint', 'integer', 'bigint', 'numeric'],
  ['real', 'double'],
  ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext'],
  ['json', 'jsonb'],
];

/** How one type follows another. */
export function typeStep(before: string, after: string): TypeStep {
  const [old, now] = [typeOf(before), typeOf(after)];
  if (old.name === '' || now.name === '') return 'equal';
  if (old.name === now.name) return lengthStep(old.length, now.length);
  const ladder = LADDERS.find((one) => one.includes(old.name) && one.includes(now.name));
  if (ladder === undefined) return 'changed';
  return ladder.indexOf(now.name) > ladder.indexOf(old.name) ? lengthened(old.length, now.length) : 'narrowed';
}

function typeOf(text: string): { readonly name: string; readonly length: readonly number[] } {
  const match = /^([^(]*)(?:\(([^)]*)\))?(.*)$/.exec(text.trim().toLowerCase());
  const name = `${match?.[1] ?? ''}${match?.[3] ?? ''}`.replace(/\s+/g, ' ').trim();
  return {
    name: ownEntry(ALIASES, name) ?? name,
    length: (match?.[2] ?? '')
      .split(',')
      .map(Number)
      .filter((one) => one > 0),
  };
}

function lengthStep(before: readonly number[], after: readonly number[]): TypeStep {
  if (before.join() === after.join()) return 'equal';
  if (after.length === 0) return 'widened';
  if (before.length === 0) return 'narrowed';
  const grows = after.every((one, at) => one >= (before[at] ?? 0));
  return grows ? 'widened' : 'narrowed';
}

/** `varchar(20)` → `text` widens; `text` → `varchar(20)` never gets here. */
function lengthened(before: readonly number[], after: readonly number[]): TypeStep {
  return before.length > 0 && after.length > 0 && after[0]! < before[0]! ? 'narrowed' : 'widened';
}
