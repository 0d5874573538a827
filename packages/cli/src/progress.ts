/**
 * One line on standard error that says what is going on, while it takes long and somebody looks.
 * In: the library's phases. Out: a line that overwrites itself and is gone at the end.
 * Not here: anything where standard error is no terminal.
 */
import type { CliIo } from './io.js';
import { visible } from './visible.js';

/** Milliseconds before the first line, and between two: below, a line is only a flicker. */
const PATIENCE = 500;
const PACE = 80;

const CLEAR = '\r\u001b[2K';

/** Takes phases as `AnalyzeOptions.onPhase` does. */
export interface Progress {
  readonly onPhase: (phase: string, done: number, total: number) => void;
  /** Clears the line; to be called before anything else is written. */
  end(): void;
}

/** Progress for one command. */
export function startProgress(io: CliIo): Progress {
  const start = io.now();
  let last = -Infinity;
  let shown = false;
  const onPhase = (phase: string, done: number, total: number): void => {
    const now = io.now();
    if (io.stderr.isTTY !== true || now - start < PATIENCE || now - last < PACE) return;
    last = now;
    shown = true;
    io.stderr.write(CLEAR + line(phase, done, total, (io.stderr.columns ?? 80) - 1));
  };
  const end = (): void => {
    if (shown) io.stderr.write(CLEAR);
    shown = false;
  };
  return { onPhase, end };
}

function line(phase: string, done: number, total: number, width: number): string {
  const count = total > 1 ? ` ${done} of ${total}` : '';
  return `${visible(phase)}${count}`.slice(0, width);
}
