/**
 * `index`: prepares what the ESLint plugin looks up, so that a rule needs no analysis of its own.
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PreparedIndex } from '@blast-radius/core';
import { watched } from '../analysis.js';
import { addWorkingTreeFlags, type AnalysisFlags } from '../flags.js';
import type { CliIo } from '../io.js';
import type { Session } from '../session.js';
import { fileError } from '../usage.js';
import { visible } from '../visible.js';

interface IndexFlags extends AnalysisFlags {
  readonly output?: string;
}

const HELP = `
Examples:
  $ blast-radius index                        for eslint-plugin-blast-radius, in the editor and in CI
  $ blast-radius index --base origin/release  texts are compared with that branch
  $ blast-radius index --output radius.index  a file of your own: settings: { 'blast-radius': { index: 'radius.index' } }

The index holds who depends on what in the working tree, and what each file looked like in the base. It lies in the cache
folder, outside of the repository. A report of the working tree against the default base refreshes it, too.

Exit codes: 0 done; 2 could not run.`;

/** Declares `index`. */
export function addIndexCommand(program: Command, session: Session): void {
  const command = program
    .command('index')
    .description('Prepare the index that eslint-plugin-blast-radius looks up.')
    .addHelpText('after', HELP);
  addWorkingTreeFlags(command)
    .optionsGroup('Index:')
    .option('--base <ref>', "compare texts with this commit's merge base (default: as in report)")
    .option('--output <file>', 'write to this file instead of the cache folder');
  command.action((flags: IndexFlags) => prepare(session.io, flags));
}

async function prepare(io: CliIo, flags: IndexFlags): Promise<void> {
  const { base, chosenBy, file, files, symbols } = await indexWith(io, flags);
  const compared = `compared with ${visible(base.slice(0, 12))} (${visible(chosenBy)})`;
  io.stdout.write(`Indexed ${symbols} symbols in ${files} files, ${compared}.\n${visible(file)}\n`);
}

async function indexWith(io: CliIo, flags: IndexFlags): Promise<PreparedIndex> {
  const { output } = flags;
  const place = output === undefined ? {} : { output: resolve(io.cwd, output) };
  try {
    return await watched(io, flags, (options, { prepareIndex }) => prepareIndex({ ...options, ...place }));
  } catch (error) {
    throw fileError(error, 'write the index', output === undefined ? 'in the cache folder' : visible(output));
  }
}
