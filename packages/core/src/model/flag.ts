/**
 * A sensitive change: what kind of thing changed, how bad that is, and by which rule.
 * In: classifiers' findings. Out: the record that the report, the score and the reporters read.
 * Not here: the rules themselves (catalogue/rules) and who decides (analyze/risk).
 */
import type { Confidence } from './confidence.js';
import type { ReachSize } from './impact.js';
import type { RepoPath } from './path.js';

/** What kind of thing changed. The order is the score's. */
export const RISK_KINDS = [
  'schema',
  'query',
  'contract',
  'auth',
  'resource',
  'infrastructure',
  'configuration',
  'shared-library',
] as const;

/** See {@link RISK_KINDS}. */
export type RiskKind = (typeof RISK_KINDS)[number];

/** How bad it is if it is true, mildest first; `info` scores nothing. */
export const FLAG_SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

/** See {@link FLAG_SEVERITIES}. */
export type FlagSeverity = (typeof FLAG_SEVERITIES)[number];

/**
 * `breaking`: who relies on it stops working. `risky`: may stop, or behaviour, locks or security weaken. `safe`: neither.
 * `unknown`: it could not be read to the end; that is never safe.
 */
export type FlagVerdict = 'breaking' | 'risky' | 'safe' | 'unknown';

/** A rule in words: a row of the catalogue, and what reports say of the rules that their flags name. */
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

/** A place that shows it. */
export interface FlagEvidence {
  readonly file: RepoPath;
  /** 1-based; 0 where there is none. */
  readonly line: number;
  /** Which revision the place is in. */
  readonly side: 'base' | 'head';
  /** What stands there, or what it says: at most 200 characters. */
  readonly text: string;
}

/** A classifier's finding. */
export interface RiskFlag {
  /** Id of a rule of the catalogue: `db/column-dropped`. */
  readonly rule: string;
  readonly kind: RiskKind;
  readonly severity: FlagSeverity;
  readonly verdict: FlagVerdict;
  readonly file: RepoPath;
  /** 1-based line in the head (base for a removed file); 0 where there is none. */
  readonly line: number;
  /** One sentence: what changed, in names and values. */
  readonly message: string;
  /** What it is about, in the words that other systems use: `public.users.email`, `GET /users/{id}`, `Query.user`. */
  readonly subject?: string;
  readonly evidence: readonly FlagEvidence[];
  readonly before?: string;
  readonly after?: string;
  /** For values: which way they went. */
  readonly direction?: 'up' | 'down' | 'added' | 'removed';
  /** For authentication, permissions and the like. */
  readonly security?: 'weakened' | 'strengthened' | 'unknown';
  /** How sure the finding is; absent = it follows from the text alone. */
  readonly confidence?: Confidence;
  /** Graph nodes that it is about, where the classifier knows better than by file and line. */
  readonly nodes?: readonly number[];
}

/** A `RiskFlag` in the report, with what it reaches. */
export interface ReportFlag extends Omit<RiskFlag, 'nodes'> {
  /** Ids of the changed symbols or files it is about, as in `Report.changes`; empty where nothing in the graph stands for it. */
  readonly changes: readonly string[];
  /** Dependents of the one of them that reaches most; all 0 where none is known. */
  readonly reach: ReachSize;
}

/** A finding that somebody has accepted, with a reason. It scores nothing and stays in the report. */
export interface SuppressedFlag extends ReportFlag {
  readonly suppression: Suppression;
}

/** Who accepts which findings, and why. */
export interface Suppression {
  readonly by: 'comment' | 'config';
  /** Rule ids; `db/*` and `*` stand for many. */
  readonly rules: readonly string[];
  /** Where it is written. */
  readonly file: RepoPath;
  readonly line: number;
  readonly reason: string;
  /** For comments: the line whose findings it accepts; 0 = the whole file. */
  readonly target?: number;
  /** For configuration: globs of the files it holds for; absent = all. */
  readonly files?: readonly string[];
}
