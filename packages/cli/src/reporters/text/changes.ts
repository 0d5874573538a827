/**
 * What changed, and how far each change goes by itself. In: a report. Out: a section.
 */
import type { Report, ReportChange } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { andMore, paragraph, table, type CellLike, type Section } from './layout.js';
import { compatibilityPaint } from './paints.js';
import { mixture, reachSentence, silentWords } from '../sentences.js';
import { digits, place, symbolOf } from '../words.js';

/** The first `limit` changes, each with its rule and reach. */
export function changeList(report: Report, terminal: Terminal, limit: number): Section {
  const changes = report.changes.filter(({ kind }) => kind !== 'comment');
  const shown = changes.slice(0, limit);
  const lines = shown.flatMap((change) => [...title(change, terminal), ...facts(change, terminal)]);
  const more = andMore(terminal, shown.length, changes.length, '--verbose');
  const quiet = report.changes.length - changes.length;
  const unlisted = quiet === 0 ? [] : paragraph(terminal, silentWords(quiet), '  ', terminal.colors.dim);
  return { title: `Changed: ${digits(changes.length)}${mixture(changes)}`, lines: [...lines, ...more, ...unlisted] };
}

function title(change: ReportChange, terminal: Terminal): string[] {
  const { colors } = terminal;
  const row: CellLike[] = [
    { text: symbolOf(change), paint: colors.bold },
    { text: place(change), paint: colors.cyan },
  ];
  return table(terminal, [row]);
}

function facts(change: ReportChange, terminal: Terminal): string[] {
  const { compatibility, kind, rule, before, detail } = change;
  const words = [
    compatibility === 'unknown' ? 'compatibility unknown' : compatibility,
    kind,
    ...(rule === '' ? [] : [rule]),
    ...(before === undefined ? [] : [`was ${before}`]),
    ...(detail === undefined ? [] : [detail]),
  ];
  const separator = ` ${terminal.glyphs.dot} `;
  const paint = compatibilityPaint(terminal.colors, compatibility);
  return [
    ...paragraph(terminal, words.join(separator), '    ', paint),
    ...paragraph(terminal, reachSentence(change), '    ', terminal.colors.dim),
  ];
}
