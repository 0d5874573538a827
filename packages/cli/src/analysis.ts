/**
 * Runs the library for a command: progress while it works, the line cleared when it is done.
 * In: flags. Out: a report or an open repository. The library is loaded here, and only when a command needs it.
 */
import type * as library from '@blast-radius/core';
import type { Report, Repository } from '@blast-radius/core';
import { toAnalyzeOptions, type AnalysisFlags } from './flags.js';
import type { CliIo } from './io.js';
import { startProgress } from './progress.js';

/** The library's exports. */
export type Library = typeof library;

/** Loads the library; some 100 ms the first time. */
export function loadLibrary(): Promise<Library> {
  return import('@blast-radius/core');
}

/** Compares as the flags say. Rejects with a usage error for the caller's mistakes. */
export async function analyzeWith(io: CliIo, flags: AnalysisFlags): Promise<Report> {
  const progress = startProgress(io);
  try {
    const { analyze } = await loadLibrary();
    return await analyze(await toAnalyzeOptions(flags, io, progress.onPhase));
  } finally {
    progress.end();
  }
}

/** Opens the repository's head, hands it to `use` and closes it again. */
export async function withRepository<T>(
  io: CliIo,
  flags: AnalysisFlags,
  use: (repository: Repository, loaded: Library) => T,
): Promise<T> {
  const progress = startProgress(io);
  try {
    const loaded = await loadLibrary();
    const repository = await loaded.openRepository(await toAnalyzeOptions(flags, io, progress.onPhase));
    try {
      return use(repository, loaded);
    } finally {
      repository.close();
    }
  } finally {
    progress.end();
  }
}
