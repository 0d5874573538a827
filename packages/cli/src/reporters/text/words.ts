/**
 * The words for kinds, as the text reports say them; the compiler proves each table complete.
 * In: a kind. Out: words. Not here: sentences about one report.
 */
import type { Compatibility, EdgeKind, FlagSeverity, FlagVerdict, Report, ScoreLevel } from '@blast-radius/core';
import type { Colors } from '../../terminal.js';

/** From a dependency to its dependent: "format, called by priceLabel". */
export const EDGE_WORDS = {
  call: 'called by',
  construct: 'constructed by',
  read: 'read by',
  write: 'written by',
  extends: 'extended by',
  implements: 'implemented by',
  decorate: 'decorates',
  render: 'rendered by',
  type: 'a type in',
  typeof: 'typeof in',
  initialises: 'run on load by',
  contains: 'part of',
  dispatches: 'answers for',
  're-exports': 're-exported by',
  imports: 'imported by',
  mutates: 'mutates',
  mocks: 'mocked by',
  tests: 'tested by',
  configures: 'configures',
  loads: 'loaded by',
  merges: 'merges with',
  declares: 'declared dependency of',
  contract: 'in a contract with',
} as const satisfies Record<EdgeKind, string>;

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

/** `file:line`; the file alone where there is no line. */
export function place({ file, line }: { readonly file: string; readonly line: number }): string {
  return line > 0 ? `${file}:${line}` : file;
}

/** How a symbol is called beside its file: a module initialiser has no name of its own. */
export function symbolOf({ symbol }: { readonly symbol: string }): string {
  return symbol === '<module>' ? '(module)' : symbol;
}

/** Names for the ids of paths: every step is a change or an impact of the same report; another id stands for itself. */
export function namesOf(report: Report): (id: string) => string {
  const names = new Map<string, string>();
  for (const { id, symbol, file } of [...report.changes, ...report.impacts]) {
    names.set(id, symbol === '<module>' ? file : symbol);
  }
  return (id) => names.get(id) ?? id;
}
