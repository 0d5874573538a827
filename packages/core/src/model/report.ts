/**
 * The report: the one result that every reporter, gate and program reads. JSON-safe; its JSON schema is
 * published with the package and every report is valid by it.
 * Lists are ordered as said, so that the same snapshot gives the same bytes.
 */
import type { ChangeKind, Compatibility } from './change.js';
import type { Confidence } from './confidence.js';
import type { Diagnostic } from './diagnostic.js';
import type { ReportFlag, RiskRule, SuppressedFlag } from './flag.js';
import type { EdgeKind, NodeKind } from './graph.js';
import type { ReachSize, World } from './impact.js';
import type { RepoPath } from './path.js';
import type { Comparison } from './revision.js';
import type { CompatibilityFinding } from './compatibility.js';
import type { PackageSurface, SurfaceFinding } from './surface.js';
import type { TypeEngineName } from './types.js';

/** Raised when a field changes its meaning or goes away; new fields do not raise it. */
export const REPORT_VERSION = 1;

/** `none` is exactly 0. */
export type ScoreLevel = 'none' | 'low' | 'moderate' | 'high' | 'critical';

/** The whole answer. */
export interface Report {
  readonly version: typeof REPORT_VERSION;
  readonly comparison: Comparison;
  readonly verdict: Verdict;
  readonly score: Score;
  /** Ordered by points of reach (largest first), then id. */
  readonly changes: readonly ReportChange[];
  /** Everything reached except the changes themselves; tests are in here too, `role` tells. Ordered by distance, world, id. */
  readonly impacts: readonly ReportImpact[];
  /** Packages with at least one change or impact, ordered by total, then name. */
  readonly packages: readonly ReportPackage[];
  /** Owners of impacted or changed files, most files first; empty without CODEOWNERS. */
  readonly owners: readonly ReportOwner[];
  /** Affected test files, sorted. */
  readonly tests: readonly RepoPath[];
  /** Nodes through which most of the reach passes, each named once. At most five. */
  readonly hubs: readonly ReportHub[];
  /** Published packages that the change concerns, with the release that they ask for. Ordered by folder. */
  readonly surfaces: readonly ReportSurface[];
  /** Sensitive changes: schemas, contracts, access, resources, infrastructure. Ordered by file, line, rule, subject. */
  readonly flags: readonly ReportFlag[];
  /** Flags that a comment or the configuration accepts, with the reason; they score nothing. Ordered as `flags`. */
  readonly suppressed: readonly SuppressedFlag[];
  /** The rules that `flags` and `suppressed` name, by id: cause, consequence, remedy. Sorted. */
  readonly rules: readonly RiskRule[];
  /** What could not be resolved near the change; not empty makes the verdict unknown. */
  readonly unknowns: readonly ReportUnknown[];
  readonly diagnostics: readonly Diagnostic[];
  /** What the type checker said; absent where it was not asked. */
  readonly types?: ReportTypes;
  readonly stats: ReportStats;
}

/** The type checker's part: what really breaks, and how much of the graph's answer it could take back. */
export interface ReportTypes {
  readonly engine: TypeEngineName;
  /** Version of the compiler inside. */
  readonly version: string;
  /** Whether packages were installed; where not, what they bring is unknown to the checker. */
  readonly installed: boolean;
  /** Files whose errors were compared with the base's. */
  readonly checkedFiles: number;
  /** Symbols that the graph reached at compile time and that still compile: they are no impacts. */
  readonly spared: number;
  /** Symbols kept because something untyped stands between them and the change. */
  readonly doubtful: number;
  /** New errors that say only that a package or its types are not installed: counted, not listed. */
  readonly notInstalled: number;
  /** Errors that the base has not, ordered by file, line, code. */
  readonly breaks: readonly ReportBreak[];
  /**
   * Places where something of which nothing is known meets the change in the way that breaks: likely errors that no checker can name.
   * Ordered by file, line.
   */
  readonly suspects: readonly { readonly file: RepoPath; readonly line: number }[];
}

/** A published package that the change concerns. */
export interface ReportSurface extends Omit<PackageSurface, 'findings'> {
  /** A checker was asked: without one, only what is written decides. */
  readonly typed: boolean;
  readonly findings: readonly ReportSurfaceFinding[];
}

/** See `SurfaceFinding`. */
export interface ReportSurfaceFinding extends Omit<SurfaceFinding, 'node'> {
  /** Id of the changed symbol behind it, as in `Report.changes`. */
  readonly change?: string;
}

/** A type error that the change brings. */
export interface ReportBreak {
  readonly file: RepoPath;
  readonly line: number;
  /** TypeScript's number: 2345. */
  readonly code: number;
  /** The first line of the checker's message. */
  readonly message: string;
}

/** `unknown` where something near the change could not be followed: it never reads as safe. */
export interface Verdict {
  readonly known: boolean;
  readonly level: ScoreLevel;
  /** One sentence: what changed, what it can reach, how sure. */
  readonly summary: string;
}

/** 0–100; `value` is the sum of `addends`, clipped to the range and rounded to one decimal. */
export interface Score {
  readonly value: number;
  readonly level: ScoreLevel;
  readonly addends: readonly ScoreAddend[];
}

/** One term of the score's sum. */
export interface ScoreAddend {
  /** `reach`, `packages`, `apps`, `owners`, `centrality`, `change`, `confidence`, `coverage` … */
  readonly id: string;
  /** Rounded to one decimal; may be 0, never below 0. */
  readonly points: number;
  /** The most it can be. */
  readonly max: number;
  /** Why, with the counts it was made from: `12 files in 4 packages depend directly`. */
  readonly reason: string;
}

/** One changed symbol or file. */
export interface ReportChange {
  /** SCIP-style and stable across revisions and machines: `npm @acme/ui src/button.ts/Button#render().` */
  readonly id: string;
  /** Qualified name in its file. */
  readonly symbol: string;
  readonly symbolKind: NodeKind;
  readonly file: RepoPath;
  readonly line: number;
  readonly package: string;
  readonly kind: ChangeKind;
  readonly compatibility: Compatibility;
  readonly rule: string;
  /** Rules of compatibility that fired, gravest first; absent where none did. */
  readonly findings?: readonly CompatibilityFinding[];
  readonly before?: string;
  readonly detail?: string;
  readonly reach: ReachSize;
}

/** One node that a change reaches, in one world. */
export interface ReportImpact {
  readonly id: string;
  readonly symbol: string;
  readonly symbolKind: NodeKind;
  readonly file: RepoPath;
  readonly line: number;
  readonly package: string;
  /** True for symbols of test files and their support. */
  readonly test: boolean;
  readonly world: World;
  /** Hops, ≥ 1 (0 only for a node joined to a change by containment). */
  readonly distance: number;
  readonly confidence: Confidence;
  /** Ids from the changed symbol (first) to this one (last): every step is an edge of the graph. */
  readonly path: readonly string[];
  /** Kinds of the path's edges: one fewer than `path`. */
  readonly via: readonly EdgeKind[];
}

/** A package with changes or impacts. */
export interface ReportPackage {
  readonly name: string;
  readonly root: RepoPath;
  readonly app: boolean;
  /** It holds a change. */
  readonly changed: boolean;
  /** Impacted files at distance ≤ 1, and all; tests not counted. */
  readonly direct: number;
  readonly total: number;
  readonly tests: number;
}

/** A code owner. */
export interface ReportOwner {
  readonly owner: string;
  readonly changedFiles: number;
  readonly impactedFiles: number;
}

/** A node most of the reach passes through. */
export interface ReportHub {
  readonly id: string;
  readonly symbol: string;
  readonly file: RepoPath;
  /** Impacted symbols whose shortest path passes through it. */
  readonly behind: number;
}

/** Something near the change that could not be followed. */
export interface ReportUnknown {
  readonly file: RepoPath;
  readonly line: number;
  readonly reason: string;
  /** How many places it stands for, where that is not one: the remainder of a long list. */
  readonly count?: number;
}

/** Counts; no clock in here. */
export interface ReportStats {
  readonly files: number;
  readonly sourceFiles: number;
  readonly testFiles: number;
  readonly packages: number;
  readonly symbols: number;
  readonly edges: number;
  readonly externalSymbols: number;
  /** In-repository specifiers of the head, and how many of them lead to a file. */
  readonly specifiers: number;
  readonly resolved: number;
  readonly changedFiles: number;
  readonly impactedFiles: number;
  readonly impactedSymbols: number;
  /** Files left out, by why. */
  readonly skipped: Readonly<Record<string, number>>;
}
