/**
 * The command line as a function. In: arguments and the streams. Out: the exit code; nothing is thrown.
 * Not here: the commands (commands/), which are loaded only when one is run.
 * Exit codes: 0 fine, 1 over the limit, 2 could not run, 3 could not tell.
 */
import type { CliIo } from './io.js';
import { isUsageError } from './usage.js';
import { ownVersion } from './version.js';
import { visibleLines } from './visible.js';

export { processIo, type CliIo, type OutputStream } from './io.js';
export { gate, type GateOptions, type GateResult, type Share } from './gate.js';

/**
 * Runs one command.
 * @param argv the arguments after the program's name.
 * @returns the exit code, when all work is done; output may still be on its way to a slow reader.
 */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    io.stdout.write(`${ownVersion()}\n`);
    return 0;
  }
  try {
    const { runProgram } = await import('./program.js');
    return await runProgram(argv, io, ownVersion());
  } catch (error) {
    return reportFailure(io, error);
  }
}

/** Prints an error that ends the program: the caller's mistake in one sentence, anything else as a bug. Returns the exit code. */
export function reportFailure(io: CliIo, error: unknown): number {
  if (isUsageError(error)) io.stderr.write(`error: ${visibleLines(error.message)}\n`);
  else reportBug(io, error);
  return 2;
}

/** Prints what a maintainer needs to know of an error that is nobody's input's fault. */
function reportBug(io: CliIo, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const where = `blast-radius ${ownVersion()}, Node ${process.version}, ${io.platform}`;
  io.stderr.write(
    `This is a bug in blast-radius, not in your code. Please report it with the lines below (${where}).\n`,
  );
  io.stderr.write(`${visibleLines(stack)}\n`);
}
