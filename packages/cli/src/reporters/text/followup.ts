/**
 * What to do about a report: tests to run, people to ask, what could not be told, what to type next.
 * In: a report. Out: sections.
 */
import type { Diagnostic, DiagnosticLevel, FlagSeverity, Report, ReportFlag } from '@blast-radius/core';
import type { Terminal } from '../../terminal.js';
import { shellWord } from '../../visible.js';
import { andMore, paragraph, table, type CellLike, type Section } from './layout.js';
import { severityPaint, verdictPaint } from './paints.js';
import { countUnknowns } from '../counts.js';
import { ownership } from '../sentences.js';
import { digits, place, plural } from '../words.js';

/** Affected test files. */
export function testList({ tests }: Report, terminal: Terminal, limit: number): Section {
  const shown = tests.slice(0, limit);
  const lines = shown.flatMap((file) => paragraph(terminal, file, '  '));
  const more = andMore(terminal, shown.length, tests.length, 'blast-radius tests');
  return { title: `Run: ${plural(tests.length, 'test file')}`, lines: [...lines, ...more] };
}

/** Code owners, most files first. */
export function ownerList({ owners }: Report, terminal: Terminal, limit: number): Section {
  const rows = owners
    .slice(0, limit)
    .map(({ owner, changedFiles, impactedFiles }): CellLike[] => [owner, ownership(changedFiles, impactedFiles)]);
  const more = andMore(terminal, rows.length, owners.length, '--verbose');
  return { title: 'Ask', lines: [...table(terminal, rows), ...more] };
}

/** Sensitive changes, gravest first; harmless and accepted ones are counted. */
export function flagList(report: Report, terminal: Terminal, limit: number): Section {
  const { colors } = terminal;
  const grave = FLAG_SEVERITIES.toReversed().flatMap((severity) =>
    severity === 'info' ? [] : report.flags.filter((flag) => flag.severity === severity),
  );
  const rows = grave
    .slice(0, limit)
    .map((flag): CellLike[] => [
      { text: flag.severity, paint: severityPaint(colors, flag.severity) },
      { text: flag.verdict, paint: verdictPaint(colors, flag.verdict) },
      { text: place(flag), paint: colors.cyan },
      `${flag.message} (${flag.rule}${reachWords(flag)})`,
    ]);
  const more = andMore(terminal, rows.length, grave.length, '--verbose');
  return {
    title: `Sensitive: ${plural(report.flags.length, 'flag')}`,
    lines: [...table(terminal, rows), ...more, ...quietFlags(report, terminal, grave.length)],
  };
}

function reachWords({ reach }: ReportFlag): string {
  return reach.direct === 0 ? '' : `, ${plural(reach.direct, 'direct dependent')}`;
}

function quietFlags({ flags, suppressed }: Report, terminal: Terminal, grave: number): readonly string[] {
  const harmless = flags.length - grave;
  const parts = [
    ...(harmless === 0 ? [] : [`${digits(harmless)} harmless not shown`]),
    ...(suppressed.length === 0 ? [] : [`${digits(suppressed.length)} accepted with a reason (--json lists them)`]),
  ];
  return parts.length === 0 ? [] : paragraph(terminal, `${parts.join('; ')}.`, '  ', terminal.colors.dim);
}

/** Everything that could not be followed near the change; all of it, since each may hide a dependent. */
export function unknownList({ unknowns, verdict }: Report, terminal: Terminal): Section {
  const { colors } = terminal;
  const warning =
    'What depends on the change through these is not counted: the score is a lower bound, not an all-clear.';
  const rows = unknowns.map((unknown): CellLike[] => [{ text: place(unknown), paint: colors.cyan }, unknown.reason]);
  return {
    title: colors.magenta(`Could not tell: ${plural(countUnknowns(unknowns), 'unknown')}`),
    lines: verdict.known ? [] : [...table(terminal, rows), ...paragraph(terminal, warning, '  ', colors.dim)],
  };
}

/** Mildest first. */
const FLAG_SEVERITIES: readonly FlagSeverity[] = ['info', 'low', 'medium', 'high', 'critical'];

const LEVELS: readonly DiagnosticLevel[] = ['error', 'warning', 'note'];
/** Messages shown of each level without `--verbose`; notes are counted only. */
const SAMPLES: Readonly<Record<DiagnosticLevel, number>> = { error: 5, warning: 3, note: 0 };

/** Diagnostics by level: counts by kind, then the first messages. */
export function diagnosticSummary({ diagnostics }: Report, terminal: Terminal, verbose: boolean): Section {
  const lines = LEVELS.flatMap((level) => {
    const ofLevel = diagnostics.filter((diagnostic) => diagnostic.level === level);
    if (ofLevel.length === 0) return [];
    const samples = ofLevel.slice(0, verbose ? Infinity : SAMPLES[level]);
    const messages = samples.flatMap((diagnostic) =>
      paragraph(terminal, messageOf(diagnostic), '    ', terminal.colors.dim),
    );
    return [...paragraph(terminal, countsByKind(level, ofLevel), '  '), ...messages];
  });
  return { title: 'About the input', lines };
}

/** `2 warnings: unresolved-import 9, guessed-resolution 3`. */
function countsByKind(level: DiagnosticLevel, diagnostics: readonly Diagnostic[]): string {
  const counts = new Map<string, number>();
  for (const { kind, count } of diagnostics) counts.set(kind, (counts.get(kind) ?? 0) + (count ?? 1));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} ${digits(count)}`));
  return `${plural(all, level)}: ${kinds.join(', ')}`;
}

function messageOf({ file, line, message }: Diagnostic): string {
  return file === undefined ? message : `${place({ file, line: line ?? 0 })}  ${message}`;
}

/** One line on what was read, so that a small answer can be told from a small input. */
export function statsLine({ stats }: Report, terminal: Terminal): Section {
  const skipped = Object.entries(stats.skipped).filter(([, count]) => count > 0);
  const left =
    skipped.length === 0 ? '' : ` Left out: ${skipped.map(([why, count]) => `${digits(count)} ${why}`).join(', ')}.`;
  const text =
    `Read ${plural(stats.files, 'file')} (${digits(stats.sourceFiles)} source, ${digits(stats.testFiles)} test) in ` +
    `${plural(stats.packages, 'package')}: ${plural(stats.symbols, 'symbol')}, ${plural(stats.edges, 'dependency', 'dependencies')}; ` +
    `${digits(stats.resolved)} of ${plural(stats.specifiers, 'import')} resolved.${left}`;
  return { title: '', lines: paragraph(terminal, text, '', terminal.colors.dim) };
}

/** Commands that fit this report. `again` is the flags of this run, to be repeated. */
export function nextSteps(report: Report, terminal: Terminal, again: string): Section {
  const rows: CellLike[][] = [];
  const far = report.impacts.findLast(({ test, symbol }) => !test && symbol !== '<module>');
  if (far !== undefined) {
    rows.push([`blast-radius why ${shellWord(`${far.file}#${far.symbol}`)}${again}`, 'how the change gets there']);
  }
  if (report.tests.length > 0) rows.push([`blast-radius tests${again}`, 'the test files, for a runner']);
  return { title: 'Next', lines: table(terminal, rows) };
}
