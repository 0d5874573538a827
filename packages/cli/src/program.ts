/**
 * The program: its commands, and what its help says of them all.
 * In: arguments. Out: the exit code of the command that ran. Not here: what a command does.
 */
import { Command, CommanderError } from 'commander';
import { addAffectedCommand } from './commands/affected.js';
import { addCacheCommand } from './commands/cache.js';
import { addGraphCommand } from './commands/graph.js';
import { addImpactCommand } from './commands/impact.js';
import { addIndexCommand } from './commands/lint-index.js';
import { addRankCommand } from './commands/rank.js';
import { addReportCommand } from './commands/report.js';
import { addSchemaCommand } from './commands/schema.js';
import { addTestsCommand } from './commands/tests.js';
import { addWhyCommand } from './commands/why.js';
import type { CliIo } from './io.js';
import type { Session } from './session.js';
import { wantsColor } from './terminal.js';

const HELP = `
Examples:
  $ blast-radius                              what your uncommitted or branch work can break
  $ blast-radius --base origin/main --fail-over 60
                                              a gate for CI
  $ blast-radius why src/cart.ts#total        how the change gets there
  $ blast-radius tests -0 | xargs -0 -r npx vitest run
                                              run the affected tests only

Exit codes:
  0  done; a gate passed
  1  a gate failed: the score is over --fail-over
  2  could not run: a mistake in the options, or a bug
  3  a gate could not tell: something near the change could not be followed

Every command says more: blast-radius why --help`;

/** Parses and runs. Rejects with a usage error for the caller's mistakes that commander doesn't see. */
export async function runProgram(argv: readonly string[], io: CliIo, version: string): Promise<number> {
  const session: Session = { io, exitCode: 0 };
  try {
    await createProgram(session, version).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return session.exitCode;
}

function createProgram(session: Session, version: string): Command {
  const { io } = session;
  const program = new Command('blast-radius')
    .description('See what a change can break, in JavaScript and TypeScript monorepos.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => wantsColor(io.env, io.stdout.isTTY === true),
      getErrHasColors: () => wantsColor(io.env, io.stderr.isTTY === true),
    });
  for (const add of COMMANDS) add(program, session);
  return program;
}

/** In the order of the help. A new command is one file and one line here. */
const COMMANDS = [
  addReportCommand,
  addWhyCommand,
  addImpactCommand,
  addRankCommand,
  addTestsCommand,
  addAffectedCommand,
  addGraphCommand,
  addCacheCommand,
  addIndexCommand,
  addSchemaCommand,
];
