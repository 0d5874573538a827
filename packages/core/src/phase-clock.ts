/**
 * Measures the phases of one call: wall time, CPU time, and what they worked on.
 * In: the starts of phases. Out: a `PhaseTiming` each, when the call ends. Not here: which phases there are.
 */
import type { AnalyzeOptions, PhaseTiming, Snapshot, SymbolGraph } from './model/index.js';

type Mutable<Record_> = { -readonly [Key in keyof Record_]: Record_[Key] };
type Asked = Pick<AnalyzeOptions, 'onPhase' | 'onTiming'>;

/** See the file's header. Started anew, a phase goes on where it ended. */
export class PhaseClock {
  readonly #asked: Asked;
  readonly #phases = new Map<string, Mutable<PhaseTiming>>();
  #current: string | undefined;
  #wall = performance.now();
  #cpu = process.cpuUsage();

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Starts a phase, which ends the one before, or says how far it is. */
  readonly phase = (phase: string, done = 0, total = 1): void => {
    this.#turnTo(phase);
    this.#asked.onPhase?.(phase, done, total);
  };

  /** A phase within another, which goes on after it. */
  async within<Result>(phase: string, work: () => Promise<Result>): Promise<Result> {
    const outer = this.#current;
    this.#turnTo(phase);
    try {
      return await work();
    } finally {
      this.#turnTo(outer);
    }
  }

  /** Somebody wants to know what phases worked on. */
  get isAsked(): boolean {
    return this.#asked.onTiming !== undefined;
  }

  /** Adds to what a phase worked on. */
  count(phase: string, counts: PhaseTiming['counts']): void {
    const known = this.#entry(phase);
    const sums = Object.entries(counts).map(([name, count]) => [name, count + (known.counts[name] ?? 0)]);
    known.counts = { ...known.counts, ...(Object.fromEntries(sums) as PhaseTiming['counts']) };
  }

  /** Ends the last phase and tells of all, in the order in which they began. */
  end(): void {
    this.#turnTo(undefined);
    for (const timing of this.#phases.values()) this.#asked.onTiming?.(timing);
  }

  #turnTo(phase: string | undefined): void {
    const wall = performance.now();
    const cpu = process.cpuUsage();
    if (this.#current !== undefined) {
      const ended = this.#entry(this.#current);
      ended.wall += wall - this.#wall;
      ended.cpu += (cpu.user + cpu.system - this.#cpu.user - this.#cpu.system) / 1000;
    }
    this.#current = phase;
    this.#wall = wall;
    this.#cpu = cpu;
    if (phase !== undefined) this.#entry(phase);
  }

  #entry(phase: string): Mutable<PhaseTiming> {
    let entry = this.#phases.get(phase);
    if (entry === undefined) this.#phases.set(phase, (entry = { phase, wall: 0, cpu: 0, counts: {} }));
    return entry;
  }
}

/** A question to an open repository, as one phase. */
export function timed<Asked extends unknown[], Answer>(
  options: AnalyzeOptions,
  phase: string,
  answer: (...asked: Asked) => Answer,
): (...asked: Asked) => Answer {
  return (...asked) => {
    const clock = new PhaseClock(options);
    clock.phase(phase);
    try {
      return answer(...asked);
    } finally {
      clock.end();
    }
  };
}

/** What was read and linked. */
export function countRead(clock: PhaseClock, { base, head, diffs }: Snapshot, { count, reverse }: SymbolGraph): void {
  if (!clock.isAsked) return;
  const imports = head.files.reduce((sum, { resolutions }) => sum + resolutions.length, 0);
  clock.count('comparing revisions', { differing: diffs.length });
  clock.count('reading files', { files: head.files.length, imports });
  if (base !== undefined) clock.count('reading the base', { files: base.files.length });
  const { offsets, dependents, words } = reverse;
  const bytes = offsets.byteLength + dependents.byteLength + words.byteLength;
  clock.count('linking', { symbols: count, edges: dependents.length, bytes });
}
