/**
 * `impact SYMBOL|FILE`: who depends on it now, without any diff.
 */
import { Option, type Command } from 'commander';
import { withRepository } from '../analysis.js';
import {
  addColorFlags,
  addOutputFlags,
  addRepositoryFlags,
  assumeOption,
  parseCount,
  repeatFlags,
  type AnalysisFlags,
  type OutputFlags,
} from '../flags.js';
import type { CliIo } from '../io.js';
import { deliver } from '../output.js';
import type { Session } from '../session.js';

interface ImpactFlags extends AnalysisFlags, OutputFlags {
  readonly verbose?: boolean;
  readonly limit: number;
}

const HELP = `
Examples:
  $ blast-radius impact src/money.ts                 what depends on anything in this file
  $ blast-radius impact src/money.ts#format          … on this symbol
  $ blast-radius impact formatPrice --assume removed … and what breaks if it goes
  $ blast-radius impact src/money.ts:12 --json

--assume body follows run-time dependents only; signature (the default) follows types too;
removed also counts those who only import or re-export the name.

Exit codes: 0 done; 2 could not run, or there is no such symbol.`;

/** Declares `impact`. */
export function addImpactCommand(program: Command, session: Session): void {
  const command = program
    .command('impact')
    .description('Who depends on a symbol or a file now: what a change of it would reach.')
    .argument('<symbol-or-file...>', 'file, file#Class.member, file:line, or a name that is unique')
    .addHelpText('after', HELP);
  addRepositoryFlags(command).addOption(assumeOption());
  addColorFlags(addOutputFlags(command))
    .option('--verbose', 'list everything instead of the first few')
    .addOption(new Option('--limit <n>', 'how many of each list').argParser(parseCount).default(10));
  command.action((written: readonly string[], flags: ImpactFlags) => impact(session.io, written, flags));
}

async function impact(io: CliIo, written: readonly string[], flags: ImpactFlags): Promise<void> {
  const report = await withRepository(io, flags, (repository) => repository.impact(written, flags.assume));
  if (flags.json === true) {
    const { jsonText } = await import('../reporters/json.js');
    return deliver(io, flags.output, jsonText(report));
  }
  const { terminalFor } = await import('../terminal.js');
  const { reportText } = await import('../reporters/text/index.js');
  const terminal = terminalFor(io, flags.color, flags.output !== undefined);
  const text = reportText(report, terminal, {
    limit: flags.verbose === true ? Infinity : flags.limit,
    gate: [],
    again: repeatFlags({ ...flags, symbol: written }),
    subject: supposition(written, flags.assume ?? 'signature'),
  });
  await deliver(io, flags.output, text);
}

/** The question that the report answers. */
function supposition(written: readonly string[], assume: NonNullable<AnalysisFlags['assume']>): string {
  const what = written.join(', ');
  if (assume === 'removed') return `If ${what} were removed`;
  return `If the ${assume} of ${what} changed`;
}
