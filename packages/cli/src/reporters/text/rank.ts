/**
 * A ranking as a table. In: the library's rows, largest first. Out: one string that ends in a newline.
 */
import type { RankRow } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { digits, table, type CellLike } from './layout.js';

/** Draws the rows, or says that there are none. */
export function rankText(rows: readonly RankRow[], by: 'symbols' | 'files' | 'packages', terminal: Terminal): string {
  if (rows.length === 0) return `There are no ${by} to rank here.\n`;
  const { colors } = terminal;
  const right = (text: string, paint?: (text: string) => string): CellLike => ({ text, paint, align: 'right' });
  const head: CellLike[] = [
    right('', colors.dim),
    right('all', colors.dim),
    right('direct', colors.dim),
    { text: by.slice(0, -1), paint: colors.dim },
    ...(by === 'symbols' ? [{ text: 'file', paint: colors.dim }] : []),
  ];
  const body = rows.map((row, index): CellLike[] => [
    right(`${index + 1}`, colors.dim),
    right(digits(row.dependents), colors.bold),
    right(digits(row.directDependents)),
    row.name === '<module>' ? '(module)' : row.name,
    ...(by === 'symbols' ? [{ text: row.file, paint: colors.cyan }] : []),
  ]);
  return `${table(terminal, [head, ...body], '').join('\n')}\n`;
}
