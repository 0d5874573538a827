#!/usr/bin/env node
/**
 * The executable: hands the process to `main` and sets the exit code.
 * The process ends by itself, so that everything written is flushed. A failure that no code caught is 2, never
 * Node's 1, which would read as a gate's verdict.
 */
import { processIo } from './io.js';
import { main, reportFailure } from './main.js';
import { tuneEngine } from './tuning.js';

const io = processIo();
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    process.exit(reportFailure(io, error));
  });
}
tuneEngine();
process.exitCode = await main(process.argv.slice(2), io);
