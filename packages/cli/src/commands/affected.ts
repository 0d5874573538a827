/**
 * `affected`: the packages that the change is in or reaches, for people and task runners.
 */
import { Option, type Command } from 'commander';
import { analyzeWith, loadLibrary } from '../analysis.js';
import {
  addComparisonFlags,
  addOutputFlags,
  addRepositoryFlags,
  type AnalysisFlags,
  type OutputFlags,
} from '../flags.js';
import type { CliIo } from '../io.js';
import { deliver } from '../output.js';
import { affectedText, AFFECTED_FORMATS, type AffectedFormat } from '../reporters/affected.js';
import type { Session } from '../session.js';
import { CommandLineError } from '../usage.js';
import { warnUnknown } from '../unknown.js';

interface AffectedFlags extends AnalysisFlags, OutputFlags {
  readonly format?: AffectedFormat;
}

const HELP = `
Examples:
  $ blast-radius affected --base origin/main
  $ filters=$(blast-radius affected --format turbo)
    [ -z "$filters" ] || eval "turbo run test $filters"
  $ projects=$(blast-radius affected --format nx)
    [ -z "$projects" ] || eval "nx run-many -t test $projects"

With nothing affected it prints nothing. A task runner without a filter runs everything: hence the test for
an empty answer. Names that a shell could misread are quoted: hence the eval.

Exit codes: 0 done; 2 could not run.`;

/** Declares `affected`. */
export function addAffectedCommand(program: Command, session: Session): void {
  const command = program
    .command('affected')
    .description('The packages that the change is in or reaches; also as Turborepo and Nx filters.')
    .addHelpText('after', HELP);
  addOutputFlags(addComparisonFlags(addRepositoryFlags(command))).addOption(
    new Option('--format <format>', 'how to print them (default: names)').choices(AFFECTED_FORMATS),
  );
  command.action((flags: AffectedFlags) => listAffected(session.io, flags));
}

async function listAffected(io: CliIo, flags: AffectedFlags): Promise<void> {
  if (flags.json === true && (flags.format ?? 'json') !== 'json') {
    throw new CommandLineError(`--json and --format ${flags.format} say two things; give one.`);
  }
  const report = await analyzeWith(io, flags);
  const { affectedPackages } = await loadLibrary();
  const format = flags.json === true ? 'json' : (flags.format ?? 'names');
  await deliver(io, flags.output, affectedText(affectedPackages(report), format));
  warnUnknown(io, report, 'more packages may be affected');
}
