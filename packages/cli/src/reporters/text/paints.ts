/**
 * What colours what in the text reports; the compiler proves each table complete.
 * In: a kind. Out: a paint. Not here: words (../words.ts).
 */
import type { Compatibility, FlagSeverity, FlagVerdict, ScoreLevel } from '@blast-radius/core';
import type { Colors } from '../../terminal.js';

/** What colours a level. */
export function levelPaint(colors: Colors, level: ScoreLevel, known: boolean): (text: string) => string {
  if (!known) return colors.magenta;
  const paints = {
    none: colors.green,
    low: colors.green,
    moderate: colors.yellow,
    high: colors.red,
    critical: (text: string) => colors.bold(colors.red(text)),
  } as const satisfies Record<ScoreLevel, (text: string) => string>;
  return paints[level];
}

/** What colours a compatibility. */
export function compatibilityPaint(colors: Colors, compatibility: Compatibility): (text: string) => string {
  const paints = {
    breaking: colors.red,
    additive: colors.green,
    neutral: colors.dim,
    unknown: colors.magenta,
  } as const satisfies Record<Compatibility, (text: string) => string>;
  return paints[compatibility];
}

/** What colours a flag's severity. */
export function severityPaint(colors: Colors, severity: FlagSeverity): (text: string) => string {
  const paints = {
    info: colors.dim,
    low: colors.dim,
    medium: colors.yellow,
    high: colors.red,
    critical: (text: string) => colors.bold(colors.red(text)),
  } as const satisfies Record<FlagSeverity, (text: string) => string>;
  return paints[severity];
}

/** What colours a flag's verdict. */
export function verdictPaint(colors: Colors, verdict: FlagVerdict): (text: string) => string {
  const paints = {
    breaking: colors.red,
    risky: colors.yellow,
    safe: colors.green,
    unknown: colors.magenta,
  } as const satisfies Record<FlagVerdict, (text: string) => string>;
  return paints[verdict];
}
