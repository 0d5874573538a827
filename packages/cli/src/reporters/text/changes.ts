/**
 * What changed, and how far each change goes by itself. In: a report. Out: a section.
 */
import type { Compatibility, Report, ReportChange } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { andMore, digits, paragraph, plural, table, type CellLike, type Section } from './layout.js';
import { compatibilityPaint, place, symbolOf } from './words.js';

/** The first `limit` changes, each with its rule and reach. */
export function changeList({ changes }: Report, terminal: Terminal, limit: number): Section {
  const shown = changes.slice(0, limit);
  const lines = shown.flatMap((change) => [...title(change, terminal), ...facts(change, terminal)]);
  const more = andMore(terminal, shown.length, changes.length, '--verbose');
  return { title: `Changed: ${digits(changes.length)}${mixture(changes)}`, lines: [...lines, ...more] };
}

/** Worst first. */
const COMPATIBILITIES: readonly Compatibility[] = ['breaking', 'unknown', 'additive', 'neutral'];

/** `, 2 breaking, 5 additive`: the first of a long list say little about the rest. */
function mixture(changes: readonly ReportChange[]): string {
  if (changes.length < 2) return '';
  const counts = COMPATIBILITIES.map((kind) => ({
    kind,
    count: changes.filter(({ compatibility }) => compatibility === kind).length,
  }));
  const present = counts.filter(({ count }) => count > 0);
  const words = present.map(
    ({ kind, count }) => `${digits(count)} ${kind === 'unknown' ? 'of unknown compatibility' : kind}`,
  );
  return ` (${words.join(', ')})`;
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

/** Direct, two-hop and full reach are kept apart: full closures of a repository look alike. */
function reachSentence({ kind, reach }: ReportChange): string {
  const tests = reach.tests === 0 ? '' : `; ${plural(reach.tests, 'test file')}`;
  if (reach.total === 0) {
    if (kind === 'comment') return 'no effect';
    return reach.tests === 0
      ? 'nothing that was followed depends on it'
      : `reached only by ${plural(reach.tests, 'test file')}`;
  }
  const places = [
    plural(reach.files, 'file'),
    ...(reach.packages === 0 ? [] : [plural(reach.packages, 'other package')]),
    ...(reach.apps === 0 ? [] : [plural(reach.apps, 'app')]),
  ];
  return (
    `reaches ${reach.direct} directly, ${reach.twoHop} within two hops, ${plural(reach.total, 'symbol')} in all ` +
    `(${places.join(', ')})${tests}`
  );
}
