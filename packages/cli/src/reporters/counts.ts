/**
 * The numbers that every format states, counted once from the report's lists.
 * In: a report. Out: counts. Not here: words for them.
 */
import type { Report, ReportUnknown, ScoreLevel } from '@blast-radius/core';
import { impactedSymbols } from './impacted.js';

/** One report in numbers. */
export interface Counts {
  readonly score: number;
  readonly level: ScoreLevel;
  /** False where something near the change could not be followed: the other numbers are then lower bounds. */
  readonly known: boolean;
  /** Changes that can have an effect: those of comments and formatting only are not counted. */
  readonly changes: number;
  /** Symbols and files reached; tests are in neither. */
  readonly impactedSymbols: number;
  readonly impactedFiles: number;
  readonly tests: number;
  readonly flags: number;
  readonly suppressed: number;
  /** Places, also where the report's list ends before. */
  readonly unknowns: number;
  /** New type errors; 0 where no checker was asked. */
  readonly breaks: number;
}

/** Counts a report. */
export function countsOf(report: Report): Counts {
  const { score, verdict, changes, tests, flags, suppressed, unknowns, types, stats } = report;
  return {
    score: score.value,
    level: score.level,
    known: verdict.known,
    changes: changes.filter(({ kind }) => kind !== 'comment').length,
    impactedSymbols: impactedSymbols(report).length,
    impactedFiles: stats.impactedFiles,
    tests: tests.length,
    flags: flags.length,
    suppressed: suppressed.length,
    unknowns: countUnknowns(unknowns),
    breaks: types?.breaks.length ?? 0,
  };
}

/** How many places a list stands for: its last record may stand for the rest. */
export function countUnknowns(unknowns: readonly ReportUnknown[]): number {
  return unknowns.reduce((sum, { count = 1 }) => sum + count, 0);
}

/** `UNKNOWN, at least MODERATE 50 / 100`: an unknown verdict never reads as a level. */
export function scoreWords({ score, level, known }: Counts): string {
  return known ? `${level.toUpperCase()} ${score} / 100` : `UNKNOWN, at least ${level.toUpperCase()} ${score} / 100`;
}
