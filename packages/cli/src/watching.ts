/**
 * Does something again whenever the repository changes, until the process is ended.
 * In: what to do, and which places it writes itself. Out: only when the first time fails. Not here: what is watched (the library).
 */
import { resolve } from 'node:path';
import { loadLibrary } from './analysis.js';
import type { CliIo } from './io.js';
import { isUsageError } from './usage.js';
import { visible, visibleLines } from './visible.js';

/** What is watched, and what is not. */
export interface Watched {
  readonly root: string | undefined;
  /** Files and folders that `work` writes, as the user names them. */
  readonly own: readonly string[];
}

/** A mistake that the first time shows ends it; a later one is said, and the next change is waited for. */
export async function whenChanged(io: CliIo, { root, own }: Watched, work: () => Promise<unknown>): Promise<never> {
  const { watchRepository } = await loadLibrary();
  let changed: string[] = [];
  let wake = (): void => undefined;
  const watching = await watchRepository({
    root: resolve(io.cwd, root ?? '.'),
    except: own.map((path) => resolve(io.cwd, path)),
    onChange: (paths) => {
      changed.push(...paths);
      wake();
    },
  });
  try {
    await work();
    for (;;) {
      if (changed.length === 0) await Promise.race([new Promise<void>((done) => (wake = done)), watching.failed]);
      io.stderr.write(`\n${sentenceOf([...new Set(changed)])}\n`);
      changed = [];
      await again(io, work);
    }
  } finally {
    watching.close();
  }
}

async function again(io: CliIo, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isUsageError(error)) throw error;
    io.stderr.write(`error: ${visibleLines(error.message)}\n`);
  }
}

function sentenceOf(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map(visible).join(', ');
  return paths.length <= 3 ? `Changed: ${shown}.` : `Changed: ${shown} and ${paths.length - 3} more.`;
}
