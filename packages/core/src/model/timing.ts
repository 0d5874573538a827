/**
 * What a phase of a run has cost. Beside a report, never in it: the same repository states give the same report.
 */

/** One phase; phases do not overlap, so that their figures add up to the call's. */
export interface PhaseTiming {
  /** `extracting facts`, `linking` … */
  readonly phase: string;
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of user and system time of the whole process, threads included; git's is not in it. */
  readonly cpu: number;
  /** What the phase worked on: `files`, `bytes`, `symbols`, `edges` … */
  readonly counts: Readonly<Record<string, number>>;
}
