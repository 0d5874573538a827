/**
 * The top of the report: what is compared, how bad it is, and the score's sum.
 * In: a report. Out: sections. An unknown verdict is never drawn as a good one.
 */
import type { Report } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { paragraph, table, type CellLike, type Section } from './layout.js';
import { levelPaint } from './paints.js';
import { comparisonWords, headlineSentence } from '../sentences.js';

const BAR_CELLS = 20;

/**
 * The verdict, its bar, and the sentence.
 * @param subject what the report is about, where that is no comparison: `If format changed`.
 */
export function headline(report: Report, terminal: Terminal, subject: string | undefined): Section {
  return {
    title: '',
    lines: [
      ...paragraph(
        terminal,
        subject ?? comparisonWords(report.comparison, terminal.glyphs.arrow),
        '',
        terminal.colors.dim,
      ),
      '',
      verdictLine(report, terminal),
      ...paragraph(terminal, headlineSentence(report)),
    ],
  };
}

function verdictLine(report: Report, { colors, glyphs }: Terminal): string {
  const { verdict, score } = report;
  const paint = levelPaint(colors, score.level, verdict.known);
  const filled = Math.round((Math.min(100, score.value) / 100) * BAR_CELLS);
  const bar = glyphs.full.repeat(filled) + glyphs.empty.repeat(BAR_CELLS - filled);
  const level = score.level.toUpperCase();
  if (!verdict.known) {
    return `${paint(colors.bold(`UNKNOWN, at least ${level} ${score.value} / 100`))}  ${paint(bar)}`;
  }
  return `${paint(colors.bold(`${level} ${score.value} / 100`))}  ${paint(bar)}`;
}

/** The addends, largest first as the library orders them, and why. Terms of 0 points are named in one line. */
export function scoreTable(report: Report, terminal: Terminal): Section {
  const { colors } = terminal;
  const rows = report.score.addends
    .filter(({ points }) => points > 0)
    .map(({ id, points, max, reason }): CellLike[] => [
      id,
      { text: points.toFixed(1), align: 'right', paint: colors.bold },
      { text: `of ${max}`, paint: colors.dim },
      reason,
    ]);
  const zero = report.score.addends.filter(({ points }) => points === 0).map(({ id }) => id);
  const rest =
    zero.length === 0 || rows.length === 0 ? [] : paragraph(terminal, `0 for ${zero.join(', ')}`, '  ', colors.dim);
  return { title: `Why ${report.score.value}`, lines: [...table(terminal, rows), ...rest] };
}
