/**
 * Blocks of the Markdown report: folded sections, lists that say what they leave out, places as links.
 * In: Markdown pieces, already escaped. Out: lines. Not here: what is said.
 */
import type { LinkedPlace, Links } from '../links.js';
import { digits, place } from '../words.js';
import { code, link } from './escape.js';

/** A section that is closed until it is asked for. Nothing without lines. `title` is Markdown without markup. */
export function folded(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

/** The first `limit` items, then how many are left. */
export function cut<T>(items: readonly T[], limit: number, draw: (item: T) => string): readonly string[] {
  const left = items.length - limit;
  return [...items.slice(0, limit).map(draw), ...(left > 0 ? [`- … and ${digits(left)} more`] : [])];
}

/** A table with a header; numbers are set right. The rest is counted below it. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  left: number,
): readonly string[] {
  if (rows.length === 0) return left === 0 ? [] : [`… and ${digits(left)} more`];
  const right = rows[0]!.map((cell) => typeof cell === 'number');
  return [
    `| ${head.join(' | ')} |`,
    `| ${right.map((numeric) => (numeric ? '--:' : '---')).join(' | ')} |`,
    ...rows.map((row) => `| ${row.map((cell) => (typeof cell === 'number' ? digits(cell) : cell)).join(' | ')} |`),
    ...(left > 0 ? ['', `… and ${digits(left)} more`] : []),
  ];
}

/** Longer addresses are no links: a comment has room for some hundred of them. */
const LONGEST_URL = 1500;

/** `file:line`, linked. */
export function placeLink(where: LinkedPlace, links: Links): string {
  const text = code(place(where));
  const url = links(where);
  return where.file === '' || url.length > LONGEST_URL ? text : link(text, url);
}
