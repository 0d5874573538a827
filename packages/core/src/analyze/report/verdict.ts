/**
 * The answer in one sentence. In: changes, score, counts. Out: a Verdict.
 * Nothing found next to something unknown never reads as safe.
 */
import type { Change, ReportStats, ReportUnknown, Score, Verdict } from '../../model/index.js';
import { countUnknowns } from './unknowns.js';

/** What {@link verdictOf} reads. */
export interface VerdictSource {
  readonly changes: readonly Change[];
  readonly score: Score;
  readonly stats: ReportStats;
  readonly unknowns: readonly ReportUnknown[];
  /** Affected test files. */
  readonly tests: number;
  /** Packages with an impact. */
  readonly packages: number;
}

/** `known` only where everything near the change could be followed. */
export function verdictOf(source: VerdictSource): Verdict {
  const { score, unknowns } = source;
  const known = unknowns.length === 0;
  const doubt = known
    ? ''
    : `; ${counted(countUnknowns(unknowns), 'thing')} near the change could not be followed, so this is not all`;
  return { known, level: score.level, summary: `${changedWords(source)}${doubt}.` };
}

function changedWords(source: VerdictSource): string {
  const { changes, stats, tests, packages, unknowns } = source;
  if (changes.length === 0)
    return stats.changedFiles === 0 ? 'Nothing changed' : 'Nothing changed that code depends on';
  const real = changes.filter(({ kind }) => kind !== 'comment');
  if (real.length === 0) return 'Only comments and formatting changed';
  const what = `${counted(real.length, 'change')} in ${counted(new Set(real.map(({ file }) => file)).size, 'file')}`;
  const found = stats.impactedSymbols === 0 && tests === 0;
  if (found) return unknowns.length > 0 ? what : `${what}; nothing depends on what changed`;
  const where = `${counted(stats.impactedSymbols, 'symbol')} in ${counted(stats.impactedFiles, 'file')} of ${counted(packages, 'package')}`;
  return `${what} can reach ${where} and ${counted(tests, 'test file')}`;
}

function counted(count: number, noun: string): string {
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${noun}${count === 1 ? '' : 's'}`;
}
