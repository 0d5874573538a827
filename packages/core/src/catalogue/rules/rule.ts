/**
 * What a row of the rule catalogue says: one sensitive change, how bad it is by itself, and what to do.
 * The rows are data: docs/rules is printed from them, and classifiers name them by id.
 */
import type { FlagSeverity, FlagVerdict, RiskKind } from '../../model/flag.js';

/** A rule. */
export interface RiskRule {
  /** `db/column-dropped`; after the slash an anchor's own id where one exists. */
  readonly id: string;
  readonly kind: RiskKind;
  /** Where nothing makes it worse or milder. */
  readonly severity: FlagSeverity;
  readonly verdict: FlagVerdict;
  /** A few words. */
  readonly title: string;
  /** What in a change fires it. */
  readonly cause: string;
  /** What happens then, and to whom. */
  readonly consequence: string;
  /** What to do instead, or besides. */
  readonly remedy: string;
  /** The same rule in a tool that people know: `squawk ban-drop-column`. */
  readonly anchor?: string;
}

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
