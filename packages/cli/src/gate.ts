/**
 * The gate: from a report, a limit and a former report to an exit code and the sentence that explains it.
 * In: plain records. Out: plain records. Not here: reading the baseline (baseline.ts), printing.
 * Rules: docs/cli.md, "Gates". A gate compares identities, never counts, so that a fault that goes
 * while another comes is seen.
 */
import type { Report, ReportChange, ReportImpact, ReportUnknown } from '@blast-radius/core';

/** What a gate is told. */
export interface GateOptions {
  /** Highest score that passes, 0–100; without it nothing is gated. */
  readonly failOver?: number;
  /** Let unknowns pass. */
  readonly allowUnknown?: boolean;
  /** A former report: what is in it doesn't count. */
  readonly baseline?: Report;
}

/** How many of one list are in the baseline, and how many are not. */
export interface Share {
  readonly fresh: number;
  readonly inherited: number;
}

/** What the gate decided. */
export interface GateResult {
  /** 0 passes, 1 over the limit, 3 could not tell. */
  readonly exitCode: 0 | 1 | 3;
  readonly changes: Share;
  readonly impacts: Share;
  readonly unknowns: Share;
  /** What was decided and why; empty without a limit and a baseline. */
  readonly sentences: readonly string[];
}

/** Decides. Without `failOver` the exit code is 0, whatever the report says. */
export function gate(report: Report, options: GateOptions): GateResult {
  const shares = compareWithBaseline(report, options.baseline);
  const inherited = options.baseline === undefined ? [] : [inheritance(shares)];
  const limit = options.failOver;
  if (limit === undefined) return { exitCode: 0, ...shares, sentences: inherited };
  const over = report.score.value > limit;
  const fresh = shares.changes.fresh + shares.impacts.fresh > 0;
  const unknown = isUnknown(report, shares.unknowns);
  const exitCode: GateResult['exitCode'] = over && fresh ? 1 : unknown && options.allowUnknown !== true ? 3 : 0;
  const decision = { exitCode, over, unknown, limit, value: report.score.value, shares };
  return { exitCode, ...shares, sentences: [...inherited, sentence(decision)] };
}

/** Something new could not be followed; or the verdict says so without naming what. */
function isUnknown(report: Report, unknowns: Share): boolean {
  return unknowns.fresh > 0 || (!report.verdict.known && report.unknowns.length === 0);
}

interface Shares {
  readonly changes: Share;
  readonly impacts: Share;
  readonly unknowns: Share;
}

/** Splits each list of the report by whether the baseline has the same identity. */
function compareWithBaseline(report: Report, baseline: Report | undefined): Shares {
  return {
    changes: split(report.changes, baseline?.changes, changeIdentity),
    impacts: split(report.impacts, baseline?.impacts, impactIdentity),
    unknowns: split(report.unknowns, baseline?.unknowns, unknownIdentity, ({ count = 1 }) => count),
  };
}

/** @param size what an item counts for */
function split<T>(
  now: readonly T[],
  before: readonly T[] | undefined,
  identity: (item: T) => string,
  size: (item: T) => number = () => 1,
): Share {
  const known = new Set(before?.map(identity));
  const total = (items: readonly T[]): number => items.reduce((sum, item) => sum + size(item), 0);
  const inherited = total(now.filter((item) => known.has(identity(item))));
  return { fresh: total(now) - inherited, inherited };
}

/** A change that turns from additive to breaking is another change. */
function changeIdentity(change: ReportChange): string {
  return JSON.stringify([change.id, change.kind, change.compatibility]);
}

function impactIdentity(impact: ReportImpact): string {
  return JSON.stringify([impact.id, impact.world]);
}

/** Without the line: it moves with every edit above it. */
function unknownIdentity(unknown: ReportUnknown): string {
  return JSON.stringify([unknown.file, unknown.reason]);
}

function inheritance({ changes, impacts, unknowns }: Shares): string {
  return (
    `Against the baseline: ${count(changes, 'change')}, ${count(impacts, 'impact')} and ` +
    `${count(unknowns, 'unknown')} are new; the rest is inherited and does not count.`
  );
}

function count({ fresh, inherited }: Share, noun: string): string {
  return `${fresh} of ${fresh + inherited} ${noun}${fresh + inherited === 1 ? '' : 's'}`;
}

interface Decision {
  readonly exitCode: 0 | 1 | 3;
  readonly over: boolean;
  readonly unknown: boolean;
  readonly limit: number;
  readonly value: number;
  readonly shares: Shares;
}

/** The decision in one sentence; the exit code stands in it, as logs often don't show it. */
function sentence({ exitCode, over, unknown, limit, value, shares }: Decision): string {
  if (exitCode === 1) return `Gate: failed. The score ${value} is over the limit of ${limit} (exit 1).`;
  if (exitCode === 3) {
    const { fresh } = shares.unknowns;
    const what = fresh === 0 ? 'something' : fresh === 1 ? '1 thing' : `${fresh} things`;
    return (
      `Gate: could not tell. The score ${value} is a lower bound: ${what} near the change ` +
      `could not be followed (exit 3; --allow-unknown lets it pass).`
    );
  }
  const despite = unknown ? ', with unknowns allowed' : '';
  if (over) return `Gate: passed${despite}. The score ${value} is over ${limit}, but nothing in it is new (exit 0).`;
  return `Gate: passed${despite}. The score ${value} is not over the limit of ${limit} (exit 0).`;
}
