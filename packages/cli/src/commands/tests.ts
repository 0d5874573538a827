/**
 * `tests`: the affected test files, one a line, for any runner.
 */
import type { Command } from 'commander';
import type { Report } from '@blast-radius/core';
import { analyzeWith } from '../analysis.js';
import {
  addComparisonFlags,
  addOutputFlags,
  addRepositoryFlags,
  type AnalysisFlags,
  type OutputFlags,
} from '../flags.js';
import type { CliIo } from '../io.js';
import { deliver } from '../output.js';
import type { Session } from '../session.js';
import { warnUnknown } from '../unknown.js';
import { visible } from '../visible.js';

interface TestsFlags extends AnalysisFlags, OutputFlags {
  readonly null?: boolean;
}

const HELP = `
Examples:
  $ blast-radius tests --base origin/main
  $ blast-radius tests -0 | xargs -0 -r npx vitest run
  $ blast-radius tests -0 | xargs -0 -r npx jest --runTestsByPath

Paths are relative to the repository's root. With nothing affected it prints nothing (xargs -r then runs nothing).
Where something near the change could not be followed, standard error says so: more tests may be affected.

Exit codes: 0 done; 2 could not run.`;

/** Declares `tests`. */
export function addTestsCommand(program: Command, session: Session): void {
  const command = program
    .command('tests')
    .description('The test files that the change can affect, one a line.')
    .addHelpText('after', HELP);
  addOutputFlags(addComparisonFlags(addRepositoryFlags(command))).option(
    '-0, --null',
    'end each path with NUL, and print it as it is: safe for any file name',
  );
  command.action((flags: TestsFlags) => listTests(session.io, flags));
}

async function listTests(io: CliIo, flags: TestsFlags): Promise<void> {
  const report = await analyzeWith(io, flags);
  await deliver(io, flags.output, await render(report, flags));
  warnUnknown(io, report, 'more tests may be affected');
}

async function render({ tests, verdict, unknowns }: Report, flags: TestsFlags): Promise<string> {
  if (flags.json === true) {
    const { jsonText } = await import('../reporters/json.js');
    return jsonText({ known: verdict.known, tests, unknowns });
  }
  return tests.map((file) => (flags.null === true ? `${file}\0` : `${visible(file)}\n`)).join('');
}
