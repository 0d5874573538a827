/**
 * A report as golden files keep it: what a reader checks by eye, one line per fact, without ids, lines and prose.
 * In: a Report. Out: JSON-safe lists in the report's own order. Not here: numbers that tuning the score moves.
 */
import type { Report, ReportFlag, ReportTypes } from '@blast-radius/core';

/** What expected.json holds. */
export interface Projection {
  readonly level: string;
  /** `src/a.ts#x body neutral`, and `(was src/b.ts#x)` where it was named or placed otherwise. */
  readonly changes: readonly string[];
  /** `runtime 1 bound src/b.ts#y` */
  readonly impacts: readonly string[];
  readonly tests: readonly string[];
  /** `critical breaking db/table-dropped a.sql:3 users`; absent without flags, as are the suppressed ones. */
  readonly flags?: readonly string[];
  readonly suppressed?: readonly string[];
  /** What the type checker said, `breaks src/b.ts:3 TS2345`, `suspect src/c.ts:4`, `spared 2`, `doubtful 1`; absent where it was not asked. */
  readonly types?: readonly string[];
  /** `src/b.ts:3 unresolved import ./x` */
  readonly unknowns: readonly string[];
  /** Errors and warnings: `warning syntax-error src/b.ts`. Notes are left out. */
  readonly diagnostics: readonly string[];
}

/** Complexity linear in the report. */
export function project(report: Report): Projection {
  return {
    level: report.verdict.known ? report.score.level : `${report.score.level}, unknown`,
    changes: report.changes.map((it) =>
      [`${it.file}#${it.symbol}`, it.kind, it.compatibility, ...(it.before ? [`(was ${it.before})`] : [])].join(' '),
    ),
    impacts: report.impacts.map((it) => `${it.world} ${it.distance} ${it.confidence} ${it.file}#${it.symbol}`),
    tests: report.tests,
    ...(report.flags.length === 0 ? {} : { flags: report.flags.map(flagLine) }),
    ...(report.suppressed.length === 0
      ? {}
      : { suppressed: report.suppressed.map((it) => `${flagLine(it)}: ${it.suppression.reason}`) }),
    ...(report.types === undefined ? {} : { types: typeLines(report.types) }),
    unknowns: report.unknowns.map((it) => `${it.file}:${it.line} ${it.reason}`),
    diagnostics: report.diagnostics
      .filter((it) => it.level !== 'note')
      .map((it) => [it.level, it.kind, ...(it.file === undefined ? [] : [it.file])].join(' ')),
  };
}

function flagLine(it: ReportFlag): string {
  const about = [it.subject, it.direction, it.security].filter((part) => part !== undefined);
  return [it.severity, it.verdict, it.rule, `${it.file}:${it.line}`, ...about].join(' ');
}

function typeLines({ breaks, suspects, spared, doubtful }: ReportTypes): string[] {
  return [
    ...breaks.map(({ file, line, code }) => `breaks ${file}:${line} TS${code}`),
    ...suspects.map(({ file, line }) => `suspect ${file}:${line}`),
    ...(spared === 0 ? [] : [`spared ${spared}`]),
    ...(doubtful === 0 ? [] : [`doubtful ${doubtful}`]),
  ];
}
