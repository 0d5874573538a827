/**
 * What the changes reach: by package, the nearest symbols with the path to each, and the hubs.
 * In: a report. Out: sections. Tests have their own list (people.ts).
 */
import type { Report, ReportImpact, World } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { andMore, digits, paragraph, plural, table, type CellLike, type Section } from './layout.js';
import { EDGE_WORDS, namesOf, place, symbolOf } from './words.js';

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

/** One impacted symbol, over all worlds that reach it. */
interface Impacted {
  readonly nearest: ReportImpact;
  readonly worlds: readonly World[];
}

/** The nearest impacted symbols that are no tests, each with its path. */
export function nearestImpacts(report: Report, terminal: Terminal, limit: number): Section {
  const all = mergeWorlds(report.impacts.filter(({ test }) => !test));
  const impacted = limit === Infinity ? all : [...all].sort((left, right) => tellingRank(left) - tellingRank(right));
  const shown = impacted.slice(0, limit);
  const nameOf = namesOf(report);
  const lines = shown.flatMap((item) => impactLines(item, terminal, nameOf, limit === Infinity));
  const more = andMore(terminal, shown.length, impacted.length, '--verbose');
  const title = shown.length < impacted.length ? 'Nearest impacts' : 'Impacts';
  return { title: `${title}: ${shown.length} of ${plural(impacted.length, 'symbol')}`, lines: [...lines, ...more] };
}

/**
 * Where a short list puts an impact: nearest first, names before module initialisers, and last what is only joined
 * to a change (the class of a changed method) or has no place in the repository.
 */
function tellingRank({ nearest: { distance, file, symbol } }: Impacted): number {
  if (distance === 0 || file === '') return Infinity;
  return distance + (symbol === '<module>' ? 0.5 : 0);
}

/** Impacts come nearest first; the first of an id is the one to show. */
function mergeWorlds(impacts: readonly ReportImpact[]): readonly Impacted[] {
  const byId = new Map<string, { nearest: ReportImpact; worlds: World[] }>();
  for (const impact of impacts) {
    const known = byId.get(impact.id);
    if (known === undefined) byId.set(impact.id, { nearest: impact, worlds: [impact.world] });
    else if (!known.worlds.includes(impact.world)) known.worlds.push(impact.world);
  }
  return [...byId.values()];
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
    ...paragraph(terminal, pathSentence(nearest, nameOf, terminal, whole), '    ', colors.dim),
  ];
}

/** Steps at each end of a long path that are shown; what lies between is counted. */
const ENDS = 3;

/** `format, called by priceLabel, rendered by Cart`. */
function pathSentence(
  impact: ReportImpact,
  nameOf: (id: string) => string,
  terminal: Terminal,
  whole: boolean,
): string {
  const [first = '', ...rest] = impact.path.map(nameOf);
  const steps = rest.map((name, index) => {
    const kind = impact.via[index];
    return `${kind === undefined ? terminal.glyphs.arrow : EDGE_WORDS[kind]} ${name}`;
  });
  const hidden = whole ? 0 : steps.length - 2 * ENDS;
  const kept =
    hidden > 1 ? [...steps.slice(0, ENDS), `${terminal.glyphs.ellipsis} ${hidden} more`, ...steps.slice(-ENDS)] : steps;
  return [first, ...kept].join(', ');
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
