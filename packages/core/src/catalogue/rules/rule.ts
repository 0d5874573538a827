/**
 * What a row of the rule catalogue says: one sensitive change, how bad it is by itself, and what to do.
 * The rows are data: docs/rules is printed from them, and classifiers name them by id.
 */
import type { FlagSeverity, FlagVerdict, RiskKind, RiskRule } from '../../model/flag.js';

export type { RiskRule } from '../../model/flag.js';

/** One area's rows in short: `[id, severity, verdict, title, cause, consequence, remedy, anchor?]`. */
export type RuleRow = readonly [
  id: string,
  severity: FlagSeverity,
  verdict: FlagVerdict,
  title: string,
  cause: string,
  consequence: string,
  remedy: string,
  anchor?: string,
];

/** Rows as rules of one kind, ids below `prefix/`. */
export function rulesOf(prefix: string, kind: RiskKind, rows: readonly RuleRow[]): RiskRule[] {
  return rows.map(([id, severity, verdict, title, cause, consequence, remedy, anchor]) => ({
    id: `${prefix}/${id}`,
    kind,
    severity,
    verdict,
    title,
    cause,
    consequence,
    remedy,
    ...(anchor === undefined ? {} : { anchor }),
  }));
}
