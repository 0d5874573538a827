/**
 * What the changes reach: by package, the nearest symbols with the path to each, and the hubs.
 * In: a report. Out: sections. Tests have their own list (people.ts).
 */
import type { Report } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { andMore, paragraph, table, type CellLike, type Section } from './layout.js';
import { impactedSymbols, tellingFirst, type Impacted } from '../impacted.js';
import { pathSentence } from '../sentences.js';
import { digits, namesOf, place, plural, symbolOf } from '../words.js';

/** Packages, widest reach first. */
export function packageTable({ packages }: Report, terminal: Terminal, limit: number): Section {
  const { colors } = terminal;
  const reached = packages.filter(({ changed, total, tests }) => changed || total > 0 || tests > 0);
  const shown = reached.slice(0, limit);
  const head: CellLike[] = ['package', 'direct', 'all', 'tests', ''].map((text, column) => ({
    text,
    paint: colors.dim,
    ...(column > 0 && column < 4 ? { align: 'right' as const } : {}),
  }));
  const rows = shown.map(({ name, root, app, changed, direct, total, tests }): CellLike[] => [
    name === '' ? root || '(root)' : name,
    ...[direct, total, tests].map((count) => ({ text: digits(count), align: 'right' as const })),
    [app ? 'app' : '', changed ? 'changed' : ''].filter((word) => word !== '').join(', '),
  ]);
  const more = andMore(terminal, shown.length, reached.length, '--verbose');
  const lines = shown.length === 0 ? [] : [...table(terminal, [head, ...rows]).map((line) => line.trimEnd()), ...more];
  return { title: `Impacted files in ${plural(reached.length, 'package')}`, lines };
}

/** The nearest impacted symbols that are no tests, each with its path. */
export function nearestImpacts(report: Report, terminal: Terminal, limit: number): Section {
  const impacted = limit === Infinity ? impactedSymbols(report) : tellingFirst(report);
  const shown = impacted.slice(0, limit);
  const nameOf = namesOf(report);
  const lines = shown.flatMap((item) => impactLines(item, terminal, nameOf, limit === Infinity));
  const more = andMore(terminal, shown.length, impacted.length, '--verbose');
  const title = shown.length < impacted.length ? 'Nearest impacts' : 'Impacts';
  return { title: `${title}: ${shown.length} of ${plural(impacted.length, 'symbol')}`, lines: [...lines, ...more] };
}

function impactLines(item: Impacted, terminal: Terminal, nameOf: (id: string) => string, whole: boolean): string[] {
  const { colors, glyphs } = terminal;
  const { nearest, worlds } = item;
  const sure = nearest.confidence === 'bound' ? '' : ` ${glyphs.dot} ${nearest.confidence}`;
  const row: CellLike[] = [
    symbolOf(nearest),
    ...(nearest.file === '' ? [] : [{ text: place(nearest), paint: colors.cyan }]),
    { text: `${plural(nearest.distance, 'hop')} ${glyphs.dot} ${worlds.join(' + ')}${sure}`, paint: colors.dim },
  ];
  return [
    ...table(terminal, [row]),
    ...paragraph(terminal, pathSentence(nearest, nameOf, terminal.glyphs, whole), '    ', colors.dim),
  ];
}

/** Symbols through which most of the reach passes. */
export function hubList({ hubs }: Report, terminal: Terminal): Section {
  const rows = hubs.map(({ symbol, file, behind }): CellLike[] => [
    symbolOf({ symbol }),
    { text: file, paint: terminal.colors.cyan },
    `${plural(behind, 'impacted symbol')} ${behind === 1 ? 'lies' : 'lie'} behind it`,
  ]);
  return { title: 'Most of it passes through', lines: table(terminal, rows) };
}
