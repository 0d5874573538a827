/**
 * Every number of score v1, each with its reason; docs/score.md has the formula in words.
 * Not here: the sum (score.ts).
 */
import type { ChangeKind, Compatibility, Confidence, FlagSeverity, RiskKind, ScoreLevel } from '../../model/index.js';

/** How far from harmless a kind of change is when it has dependents, 0 to 1. Comments are no change at all. */
export const KIND_SEVERITY = {
  comment: 0,
  added: 0.15,
  moved: 0.25,
  manifest: 0.35,
  'type-only': 0.4,
  body: 0.4,
  resource: 0.4,
  configuration: 0.4,
  dependency: 0.45,
  initialiser: 0.5,
  retargeted: 0.5,
  signature: 0.65,
  renamed: 0.7,
  removed: 0.8,
} as const satisfies Record<ChangeKind, number>;

/** Added to the kind's severity; unknown is worse than neutral and better than proven breakage. */
export const COMPATIBILITY_SEVERITY = {
  neutral: 0,
  additive: 0,
  unknown: 0.1,
  breaking: 0.2,
} as const satisfies Record<Compatibility, number>;

/** A change of a test changes no product: a quarter of its kind's severity. */
export const TEST_SEVERITY = 0.25;

/** What a dependent counts, by the weakest edge on its path. */
export const CONFIDENCE_WEIGHT = {
  bound: 1,
  typed: 0.95,
  structural: 0.8,
  pattern: 0.6,
  named: 0.35,
} as const satisfies Record<Confidence, number>;

/** Points of one flag by itself. A critical one alone is `moderate`, whatever it reaches; `info` is for the reader. */
export const FLAG_POINTS = {
  info: 0,
  low: 3,
  medium: 8,
  high: 20,
  critical: 40,
} as const satisfies Record<FlagSeverity, number>;

/** What each further flag of one kind counts beside the gravest: ten dropped columns are one migration to look at, not ten. */
export const FURTHER_FLAG = 0.25;

/**
 * The most that one kind of flag gives. What is lost or opened (data, access, contracts) can be worth a critical flag;
 * what can be turned back by another deployment is worth less than a high one.
 */
export const FLAG_MAX = {
  schema: 40,
  query: 30,
  contract: 40,
  auth: 40,
  resource: 20,
  infrastructure: 15,
  configuration: 15,
  'shared-library': 20,
} as const satisfies Record<RiskKind, number>;

/** One term: the most it gives, and the count at which it gives that much (log-scaled below, flat above). */
export interface Term {
  readonly max: number;
  readonly cap: number;
}

/**
 * Closures saturate: at the median an export of a real application has 2 dependents in one hop, 3 in two and 291 in all.
 * So one hop weighs most, and the full closure alone can't lift a change over `low`.
 */
export const TERMS = {
  direct: { max: 18, cap: 60 },
  twoHop: { max: 8, cap: 150 },
  full: { max: 4, cap: 1000 },
  packages: { max: 10, cap: 12 },
  apps: { max: 8, cap: 4 },
  owners: { max: 4, cap: 5 },
  centrality: { max: 6, cap: 10 },
  change: { max: 22, cap: 20 },
  confidence: { max: 6, cap: 10 },
  coverage: { max: 8, cap: 40 },
} as const satisfies Record<string, Term>;

/** What of a change's severity counts where nobody depends on it. */
export const IDLE_EXPOSURE = 0.25;

/** An impact that is less sure than the type checker's word, next to one that is not known at all. */
export const UNSURE_SHARE = 0.25;

/** What a crossed package, app or owner weighs, by its nearest impact: at distance ≤ 1, 2 and beyond. */
export const CROSSING_DECAY = [1, 0.7, 0.05] as const;

/** What uncovered code weighs at distance ≤ 1, 2 and beyond. */
export const COVERAGE_DECAY = [1, 0.5, 0.01] as const;

/** The least value of each level, highest first; 0 is `none`. */
export const LEVELS: readonly (readonly [least: number, level: ScoreLevel])[] = [
  [80, 'critical'],
  [63, 'high'],
  [30, 'moderate'],
];
