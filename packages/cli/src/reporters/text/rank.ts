/**
 * A ranking as a table. In: the library's rows, largest first. Out: one string that ends in a newline.
 */
import type { Ranking } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { table, type CellLike } from './layout.js';
import { digits } from '../words.js';

/** Draws the rows, or says that there are none. */
export function rankText(
  { rows, medianError }: Ranking,
  by: 'symbols' | 'files' | 'packages',
  terminal: Terminal,
): string {
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
  const lines = table(terminal, [head, ...body], '');
  if (medianError > 0) lines.push('', estimated(medianError));
  return `${lines.join('\n')}\n`;
}

function estimated(medianError: number): string {
  const share = (100 * medianError).toFixed(1);
  return `"all" is estimated: half of the numbers are within ${share} % of the true ones. --method exact counts, and takes longer.`;
}
