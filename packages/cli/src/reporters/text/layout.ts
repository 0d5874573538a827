/**
 * Lines, columns and wrapping for text reports.
 * In: plain cells and a terminal. Out: lines without line ends. Widths are measured in cells of the terminal
 * (East Asian wide characters take two) before colours are put on.
 * Not here: what is said.
 */
import stringWidth from 'string-width';
import type { Terminal } from '../../terminal.js';
import { visible } from '../../visible.js';
import { digits } from '../words.js';

/** One piece of text, escaped and coloured when it is drawn. */
export interface Cell {
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
  readonly align?: 'right';
}

/** A cell, or plain text. */
export type CellLike = Cell | string;

/** A titled block; one without lines is not printed. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const GAP = '  ';
/** Under this many cells, wrapping a last column is worse than running over. */
const NARROWEST_COLUMN = 24;

/** Rows with aligned columns; the last column wraps below itself where the terminal has an edge. */
export function table(terminal: Terminal, rows: readonly (readonly CellLike[])[], indent = '  '): string[] {
  const cells = rows.map((row) => row.map(normalise));
  const widths = columnWidths(cells);
  return cells.flatMap((row) => drawRow(terminal, row, widths, indent));
}

function normalise(cell: CellLike): Cell {
  const record = typeof cell === 'string' ? { text: cell } : cell;
  return { ...record, text: visible(record.text) };
}

/** A row's last cell doesn't widen its column: nothing stands behind it. */
function columnWidths(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      if (column === row.length - 1 && cell.align !== 'right') continue;
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell.text));
    }
  }
  return widths;
}

function drawRow(terminal: Terminal, row: readonly Cell[], widths: readonly number[], indent: string): string[] {
  let line = indent;
  let at = indent.length;
  for (const [column, cell] of row.entries()) {
    const width = widths[column] ?? 0;
    if (column < row.length - 1 || cell.align === 'right') {
      line += pad(cell, width) + (column < row.length - 1 ? GAP : '');
      at += width + GAP.length;
    } else {
      const left = terminal.width - at;
      const fits = left >= NARROWEST_COLUMN || stringWidth(cell.text) <= left;
      const start = fits ? at : indent.length + GAP.length;
      const [first = '', ...rest] = wrap(cell.text, terminal.width - start);
      const paint = cell.paint ?? ((text: string) => text);
      if (start === at) return [line + paint(first), ...rest.map((text) => ' '.repeat(at) + paint(text))];
      return [line.trimEnd(), ...[first, ...rest].map((text) => ' '.repeat(start) + paint(text))];
    }
  }
  return [line];
}

function pad(cell: Cell, width: number): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell.text)));
  const text = cell.paint === undefined ? cell.text : cell.paint(cell.text);
  return cell.align === 'right' ? space + text : text + space;
}

/** `text` in lines of at most `width` cells, broken at spaces; a longer word stays whole, to be copied. */
export function wrap(text: string, width: number): string[] {
  if (stringWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** Escaped text, wrapped behind `indent`. */
export function paragraph(terminal: Terminal, text: string, indent = '', paint = (line: string) => line): string[] {
  return wrap(visible(text), terminal.width - indent.length).map((line) => indent + paint(line));
}

/** Sections with a blank line between them; empty ones are left out. */
export function joinSections(terminal: Terminal, sections: readonly Section[]): string {
  const blocks = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => [...(title === '' ? [] : [terminal.colors.bold(title)]), ...lines].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

/** The line that says how many are not shown; nothing where all are. */
export function andMore(terminal: Terminal, shown: number, all: number, how: string): string[] {
  if (shown >= all) return [];
  return [terminal.colors.dim(`  ${terminal.glyphs.ellipsis} ${digits(all - shown)} more: ${how}`)];
}
