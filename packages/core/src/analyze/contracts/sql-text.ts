/**
 * The tables, the columns and the operation of an SQL text with holes, by its words alone: enough to join, not to judge.
 * In: a text. Out: names as written, without schema and quotes. Migrations are parsed in earnest in gather/sensitive.
 */
import { HOLE } from '../../model/endpoint.js';

/** What an SQL text speaks of. */
export interface SqlWords {
  readonly operation: string;
  readonly tables: readonly string[];
  /** Every other name in it: columns, aliases, functions. */
  readonly words: readonly string[];
  /** It takes all columns: `*`, or an unknown list. */
  readonly all: boolean;
  /** Names in its filter. */
  readonly where: readonly string[];
}

const START =
  /^\s*(?:--[^\n]*\n\s*)*(?:select\b[^]*\bfrom\b|insert\s+(?:ignore\s+)?into\b|update\s+[^]*\bset\b|delete\s+from\b|with\s+[^]*\bas\b[^]*\(|create\s+(?:table|index|unique|view)\b|alter\s+table\b|drop\s+table\b|truncate\s+)/i;
const TABLE =
  /\b(?:from|join|into|update|table(?:\s+if\s+(?:not\s+)?exists)?|truncate)\s+(?:only\s+)?((?:["'`[]?[a-z_$][\w$]*["'`\]]?\.)*["'`[]?[a-z_$][\w$]*["'`\]]?)/gi;
const KEYWORDS = new Set(
  `select from where and or not in is null as on join left right inner outer full cross set values insert into update delete order by
  group having limit offset asc desc distinct case when then else end exists between like ilike returning with union all true false
  now count sum avg min max coalesce cast interval using conflict do nothing excluded default table create alter drop add column if
  primary key references unique index constraint text integer int bigint boolean timestamp timestamptz uuid varchar char json jsonb
  lateral over partition for lock skip locked nowait array any some only recursive filter exclude lower upper current_timestamp`.split(
    /\s+/,
  ),
);

/** Words that stand behind `from` in prose. */
const PROSE = new Set(
  'the a an this that these those it its your our my their his her each one which what there here where'.split(' '),
);

/** It reads like SQL, and names a table. */
export function isSql(text: string): boolean {
  return text.length < 20_000 && START.test(text) && sqlWords(text).tables.length > 0;
}

/** Reads the words. Linear, about. */
export function sqlWords(sql: string): SqlWords {
  const text = sql
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, ' ? ')
    .replaceAll(HOLE, ' ? ');
  const temporary = new Set(
    [...text.matchAll(/(?:\bwith|,)\s+(?:recursive\s+)?([a-z_]\w*)\s+as\s+(?:materialized\s+)?\(/gi)].map(([, name]) =>
      name?.toLowerCase(),
    ),
  );
  const tables = [...text.matchAll(TABLE)]
    .map(([, name = '']) => bareName(name))
    .filter(
      (name) =>
        !KEYWORDS.has(name.toLowerCase()) && !PROSE.has(name.toLowerCase()) && !temporary.has(name.toLowerCase()),
    );
  const operation = (
    /\b(select|insert|update|delete|create|alter|drop|truncate)\b/i.exec(text)?.[1] ?? ''
  ).toLowerCase();
  const where = /\bwhere\b([^]*?)(?:\border\s+by\b|\bgroup\s+by\b|\blimit\b|\breturning\b|$)/i.exec(text)?.[1] ?? '';
  const words = namesIn(text).filter((name) => !tables.includes(name));
  const all = /\bselect\s+(?:distinct\s+)?(?:[a-z_]\w*\.)?\*|\bselect\s+\?|\breturning\s+\*/i.test(text);
  return { operation, tables: [...new Set(tables)], words, all, where: namesIn(where) };
}

function namesIn(text: string): string[] {
  const names = [...text.matchAll(/["`]?\b([a-z_]\w*)\b["`]?(?!\s*\()/gi)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !KEYWORDS.has(name.toLowerCase())).slice(0, 60);
}

/** `public."Users"` as `Users`. */
export function bareName(name: string): string {
  return (name.split('.').at(-1) ?? name).replaceAll(/["'`[\]]/g, '');
}

/** How tables and columns are compared: `UserProfile` is `user_profile`. */
export function plainName(name: string): string {
  return bareName(name).replaceAll('_', '').toLowerCase();
}
