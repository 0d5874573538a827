/**
 * Runs the library for a command: progress while it works, the line cleared when it is done.
 * In: flags. Out: a report or an open repository. The library is loaded here, and only when a command needs it.
 */
import type { AnalyzeOptions, Comparisons, Report, Repository } from '@blast-radius/core';
import type { Library } from '@blast-radius/core/loader';
import { toAnalyzeOptions, type AnalysisFlags } from './flags.js';
import type { CliIo } from './io.js';
import { startProgress } from './progress.js';

/** Loads the library; some 100 ms the first time. */
export async function loadLibrary(): Promise<Library> {
  return (await import('@blast-radius/core/loader')).loadLibrary();
}

/** Compares as the flags say. Rejects with a usage error for the caller's mistakes. */
export async function analyzeWith(io: CliIo, flags: AnalysisFlags): Promise<Report> {
  return watched(io, flags, async (options, { analyze }) => analyze(options));
}

/** The same again and again in one process: what does not differ from the time before is neither read nor linked again. */
export function repeatedAnalysis(): typeof analyzeWith {
  let standing: Comparisons | undefined;
  return (io, flags) =>
    watched(io, flags, async (options, { analyze, openComparisons }) => {
      const { files = [], symbols = [] } = options;
      if (files.length + symbols.length > 0) return analyze(options);
      standing ??= openComparisons(options);
      return standing.analyze(options);
    });
}

/** Opens the repository's head, hands it to `use` and closes it again. */
export async function withRepository<T>(
  io: CliIo,
  flags: AnalysisFlags,
  use: (repository: Repository, loaded: Library) => T,
): Promise<T> {
  return watched(io, flags, async (options, loaded) => {
    const repository = await loaded.openRepository(options);
    try {
      return use(repository, loaded);
    } finally {
      repository.close();
    }
  });
}

/** Shows how far the library is while it works, and with `--timing` what it took. */
export async function watched<T>(
  io: CliIo,
  flags: AnalysisFlags,
  work: (options: AnalyzeOptions, loaded: Library) => Promise<T>,
): Promise<T> {
  const progress = startProgress(io);
  const wanted = flags.timing === true || flags.timingOutput !== undefined;
  const timings = wanted ? (await import('./timing.js')).startTimings() : undefined;
  let result: T;
  try {
    const loaded = await loadLibrary();
    const listeners = { onPhase: progress.onPhase, ...(timings && { onTiming: timings.onTiming }) };
    result = await work(await toAnalyzeOptions(flags, io, listeners), loaded);
  } catch (error) {
    progress.end();
    await timings?.end(io, flags).catch(() => undefined); // What went wrong first is what is said.
    throw error;
  }
  progress.end();
  await timings?.end(io, flags);
  return result;
}
