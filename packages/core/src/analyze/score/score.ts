/**
 * Score v1: 0 to 100 as a sum of printed addends.
 * In: counts. Out: a Score. Pure arithmetic; every addend grows with its counts and none falls (docs/score.md, "Properties").
 * Not here: where the counts come from (evidence.ts) and the numbers (weights.ts).
 */
import { CONFIDENCES, FLAG_SEVERITIES, RISK_KINDS } from '../../model/index.js';
import type {
  ChangeKind,
  Compatibility,
  ReportFlag,
  RiskKind,
  Score,
  ScoreAddend,
  ScoreLevel,
} from '../../model/index.js';
import {
  COMPATIBILITY_SEVERITY,
  CONFIDENCE_WEIGHT,
  COVERAGE_DECAY,
  CROSSING_DECAY,
  FLAG_MAX,
  FLAG_POINTS,
  FURTHER_FLAG,
  IDLE_EXPOSURE,
  KIND_SEVERITY,
  LEVELS,
  TERMS,
  TEST_SEVERITY,
  UNSURE_SHARE,
} from './weights.js';
import type { Term } from './weights.js';

/** One change as the score sees it. */
export interface ScoredChange {
  readonly kind: ChangeKind;
  readonly compatibility: Compatibility;
  /** Symbols outside tests that depend on it directly. */
  readonly dependents: number;
  /** It stands in a test or its support. */
  readonly test: boolean;
}

/** Counts by distance: at most 1, exactly 2, beyond. */
export type ByDistance<T> = readonly [direct: T, second: T, far: T];

/** All that the score is made of. Tests are in it as coverage only. */
export interface ScoreInput {
  readonly changes: readonly ScoredChange[];
  /** Impacted files outside tests: per distance, how many of each confidence rank (index 0 strongest). */
  readonly files: ByDistance<readonly number[]>;
  /** Packages with impacted files and no change, by their nearest impact. */
  readonly packages: ByDistance<number>;
  /** Apps among them. */
  readonly apps: ByDistance<number>;
  /** Owners of impacted files who own no changed one. */
  readonly owners: ByDistance<number>;
  /** Of the most central changed package, 0 to 1. */
  readonly centrality: number;
  /** Impacted symbols at distance ≤ 1 whose path is less sure than `typed`. */
  readonly unsure: number;
  /** Things near the change that could not be followed. */
  readonly unknowns: number;
  /** Impacted symbols outside tests that run and that no test reaches, per distance. */
  readonly uncovered: ByDistance<number>;
  readonly flags: readonly Pick<ReportFlag, 'kind' | 'severity'>[];
}

/**
 * The score of a set of changes.
 * @returns exactly 0 and `none` where there is no change, or only comments and format changed; addends in a fixed order, all of them always but for
 *   `flags-…`: one for each kind that has flags.
 */
export function score(input: ScoreInput): Score {
  const idle = input.changes.every(({ kind }) => kind === 'comment');
  const addends = addendsOf(idle ? NOTHING : input);
  const sum = addends.reduce((total, { points }) => total + points, 0);
  const value = rounded(Math.min(100, sum));
  return { value, level: levelOf(value), addends };
}

/** The level of a value: `none` is exactly 0. */
export function levelOf(value: number): ScoreLevel {
  if (value <= 0) return 'none';
  return LEVELS.find(([least]) => value >= least)?.[1] ?? 'low';
}

const NOTHING: ScoreInput = {
  changes: [],
  files: [[], [], []],
  packages: [0, 0, 0],
  apps: [0, 0, 0],
  owners: [0, 0, 0],
  centrality: 0,
  unsure: 0,
  unknowns: 0,
  uncovered: [0, 0, 0],
  flags: [],
};

function addendsOf(input: ScoreInput): ScoreAddend[] {
  const { packages, apps, owners } = input;
  return [
    ...reachAddends(input),
    crossingAddend('packages', TERMS.packages, packages, 'other package'),
    crossingAddend('apps', TERMS.apps, apps, 'other app'),
    crossingAddend('owners', TERMS.owners, owners, 'other owner'),
    centralityAddend(input),
    changeAddend(input.changes),
    confidenceAddend(input),
    coverageAddend(input),
    ...flagAddends(input),
  ];
}

/** What lies beyond two hops weighs little here too: behind a hub stands every package. */
function crossingAddend(id: string, term: Term, counts: ByDistance<number>, noun: string): ScoreAddend {
  const count = counts.reduce((total, one) => total + one, 0);
  const reason = `${counted(count, noun)} reached, ${counts[0] + counts[1]} of them within two hops`;
  return addend(id, term, decayed(counts, CROSSING_DECAY), reason);
}

function decayed(counts: ByDistance<number>, decay: ByDistance<number>): number {
  return counts.reduce((total, count, distance) => total + count * decay[distance]!, 0);
}

/** Within one hop, two hops, all: each holds the one before, so that a dependent that comes closer never counts less. */
function reachAddends({ files }: ScoreInput): ScoreAddend[] {
  const weights = files.map(weightOf);
  const counts = files.map((ranks) => ranks.reduce((total, count) => total + count, 0));
  const upTo = (values: readonly number[], last: number): number =>
    values.slice(0, last).reduce((total, value) => total + value, 0);
  return (
    [
      ['reach-direct', TERMS.direct, 1, 'directly'],
      ['reach-two-hop', TERMS.twoHop, 2, 'within two hops'],
      ['reach-full', TERMS.full, 3, 'in all'],
    ] as const
  ).map(([id, term, last, words]) => {
    const count = upTo(counts, last);
    return addend(
      id,
      term,
      upTo(weights, last),
      `${counted(count, 'file')} ${count === 1 ? 'depends' : 'depend'} on it ${words}`,
    );
  });
}

function weightOf(ranks: readonly number[]): number {
  return ranks.reduce((total, count, rank) => total + count * CONFIDENCE_WEIGHT[CONFIDENCES[rank] ?? 'named'], 0);
}

/** A central package counts as far as the change has direct dependents: an unused symbol of it is not central. */
function centralityAddend({ centrality, files }: ScoreInput): ScoreAddend {
  const { max, cap } = TERMS.centrality;
  const share = Math.min(1, Math.max(0, centrality));
  const percent = Math.round(share * 100);
  return {
    id: 'centrality',
    points: rounded(max * share * saturated(weightOf(files[0]), cap)),
    max,
    reason: `the changed package is ${percent} % as central as the most central one`,
  };
}

function changeAddend(changes: readonly ScoredChange[]): ScoreAddend {
  const { max, cap } = TERMS.change;
  let worst = 0;
  let reason = 'nothing changed that runs or compiles';
  for (const { kind, compatibility, dependents, test } of changes) {
    const exposure = IDLE_EXPOSURE + (1 - IDLE_EXPOSURE) * saturated(dependents, cap);
    const severity = severityOf(kind, compatibility) * (test ? TEST_SEVERITY : 1);
    if (severity * exposure <= worst) continue;
    worst = severity * exposure;
    const where = test ? ' in a test' : '';
    reason = `worst: ${kind} (${compatibility})${where} with ${counted(dependents, 'direct dependent')}`;
  }
  return { id: 'change', points: rounded(max * worst), max, reason };
}

/** 0 to 1; comments are 0 whatever they are compatible with. */
export function severityOf(kind: ChangeKind, compatibility: Compatibility): number {
  if (kind === 'comment') return 0;
  return Math.min(1, KIND_SEVERITY[kind] + COMPATIBILITY_SEVERITY[compatibility]);
}

function confidenceAddend({ unknowns, unsure }: ScoreInput): ScoreAddend {
  const reason = `${counted(unknowns, 'thing')} near the change not followed, ${counted(unsure, 'direct impact')} not proven`;
  return addend('confidence', TERMS.confidence, unknowns + UNSURE_SHARE * unsure, reason);
}

function coverageAddend({ uncovered }: ScoreInput): ScoreAddend {
  const count = uncovered.reduce((total, one) => total + one, 0);
  return addend(
    'coverage',
    TERMS.coverage,
    decayed(uncovered, COVERAGE_DECAY),
    `${counted(count, 'impacted symbol')} that no test reaches`,
  );
}

/** One addend for each kind that has flags: the gravest, and a share of the others. */
function flagAddends({ flags }: ScoreInput): ScoreAddend[] {
  return RISK_KINDS.flatMap((kind) => {
    const points = flags.filter((flag) => flag.kind === kind).map(({ severity }) => FLAG_POINTS[severity]);
    if (points.length === 0) return [];
    const worst = Math.max(...points);
    const sum = points.reduce<number>((total, one) => total + one, 0);
    const max = FLAG_MAX[kind];
    const value = rounded(Math.min(max, worst + FURTHER_FLAG * (sum - worst)));
    return [{ id: `flags-${kind}`, points: value, max, reason: flagReason(kind, flags) }];
  });
}

function flagReason(kind: RiskKind, flags: ScoreInput['flags']): string {
  const counts = FLAG_SEVERITIES.toReversed().flatMap((severity) => {
    const count = flags.filter((flag) => flag.kind === kind && flag.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${kind} flags: ${counts.join(', ')}`;
}

function addend(id: string, { max, cap }: Term, count: number, reason: string): ScoreAddend {
  return { id, points: rounded(max * saturated(count, cap)), max, reason };
}

/** 0 at 0, 1 from `cap` on, logarithmic between: the tenth dependent says less than the first. */
function saturated(count: number, cap: number): number {
  return Math.min(1, Math.log1p(Math.max(0, count)) / Math.log1p(cap));
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
