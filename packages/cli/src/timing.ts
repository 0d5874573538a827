/**
 * `--timing`: what each phase of a run has cost, on standard error or in a file of its own.
 * In: the library's timings. Out: a table, or JSON. Not here: the report, which never has a time in it.
 */
import type { PhaseTiming } from '@blast-radius/core';
import type { AnalysisFlags } from './flags.js';
import type { CliIo } from './io.js';
import { deliver } from './output.js';

/** Collects timings during one command. */
export interface Timings {
  readonly onTiming: (timing: PhaseTiming) => void;
  /** Writes where the flags say. Throws a usage error where the file can't be written. */
  end(io: CliIo, flags: Pick<AnalysisFlags, 'timing' | 'timingOutput'>): Promise<void>;
}

/** What `--timing-output` writes; milliseconds, megabytes. */
interface Record {
  readonly phases: readonly PhaseTiming[];
  readonly total: { readonly wall: number; readonly cpu: number; readonly peakMemory: number };
}

/** Timings of this process, from its start. */
export function startTimings(): Timings {
  const phases: PhaseTiming[] = [];
  return {
    onTiming: (timing) => phases.push(timing),
    end: async (io, { timing, timingOutput }) => {
      const record = recordOf(phases);
      if (timing === true) io.stderr.write(text(record));
      if (timingOutput !== undefined) await deliver(io, timingOutput, `${JSON.stringify(record, null, 2)}\n`);
    },
  };
}

/** What no phase accounts for is the process's start: loading Node and this program. */
function recordOf(phases: readonly PhaseTiming[]): Record {
  const { user, system } = process.cpuUsage();
  const total = { wall: performance.now(), cpu: (user + system) / 1000 };
  const sum = (of: 'wall' | 'cpu'): number => phases.reduce((all, one) => all + one[of], 0);
  const start = { phase: 'starting', wall: total.wall - sum('wall'), cpu: total.cpu - sum('cpu'), counts: {} };
  return {
    phases: [start, ...phases].map((one) => ({ ...one, wall: tenths(one.wall), cpu: tenths(one.cpu) })),
    total: {
      wall: tenths(total.wall),
      cpu: tenths(total.cpu),
      peakMemory: tenths(process.resourceUsage().maxRSS / 1024),
    },
  };
}

function tenths(milliseconds: number): number {
  return Math.round(10 * Math.max(0, milliseconds)) / 10;
}

function text({ phases, total }: Record): string {
  const rows = [
    ['phase', 'wall ms', 'CPU ms', ''],
    ...phases.map(({ phase, wall, cpu, counts }) => [phase, wall.toFixed(0), cpu.toFixed(0), countsText(counts)]),
    ['in all', total.wall.toFixed(0), total.cpu.toFixed(0), `${total.peakMemory.toFixed(0)} MB at the peak`],
  ];
  const widest = Math.max(...rows.map(([phase = '']) => phase.length));
  const line = ([phase = '', wall = '', cpu = '', rest = '']: string[]): string =>
    `${phase.padEnd(widest)}  ${wall.padStart(8)}  ${cpu.padStart(8)}  ${rest}`.trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}

function countsText(counts: PhaseTiming['counts']): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
