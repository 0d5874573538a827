/**
 * `why SYMBOL`: the paths by which the change gets to a symbol.
 */
import { Option, type Command } from 'commander';
import { analyzeWith, loadLibrary, withRepository } from '../analysis.js';
import {
  addComparisonFlags,
  addColorFlags,
  addOutputFlags,
  addRepositoryFlags,
  parseCount,
  type AnalysisFlags,
  type OutputFlags,
} from '../flags.js';
import type { CliIo } from '../io.js';
import { deliver } from '../output.js';
import type { Session } from '../session.js';
import { CommandLineError } from '../usage.js';

interface WhyFlags extends AnalysisFlags, OutputFlags {
  readonly limit: number;
}

const HELP = `
Examples:
  $ blast-radius why Cart                                a name that is unique
  $ blast-radius why src/cart.ts#Cart.total              a member of a file's class
  $ blast-radius why apps/web/src/page.tsx:42 --base main
                                                         whatever stands at that line

Each step is a dependency that the code has; each path is a shortest one in its world (run time or compile time).

Exit codes: 0 done, also where no change gets there; 2 could not run, or there is no such symbol.`;

/** Declares `why`. */
export function addWhyCommand(program: Command, session: Session): void {
  const command = program
    .command('why')
    .description('How the change gets to a symbol: the path, step by step.')
    .argument('<symbol>', 'file#Class.member, file:line, or a name that is unique')
    .addHelpText('after', HELP);
  addColorFlags(addOutputFlags(addComparisonFlags(addRepositoryFlags(command)))).addOption(
    new Option('--limit <n>', 'how many paths').argParser(parseCount).default(10),
  );
  command.action((written: string, flags: WhyFlags) => explain(session.io, written, flags));
}

async function explain(io: CliIo, written: string, flags: WhyFlags): Promise<void> {
  const report = await analyzeWith(io, flags);
  const { why } = await loadLibrary();
  const paths = why(report, written);
  if (paths.length === 0) await demandSymbol(io, written, flags);
  if (flags.json === true) {
    const { jsonText } = await import('../reporters/json.js');
    return deliver(io, flags.output, jsonText({ known: report.verdict.known, paths: paths.slice(0, flags.limit) }));
  }
  const { terminalFor } = await import('../terminal.js');
  const { whyText } = await import('../reporters/text/why.js');
  const terminal = terminalFor(io, flags.color, flags.output !== undefined);
  await deliver(io, flags.output, whyText(report, written, paths, terminal, flags.limit));
}

/** A name that means nothing must not read as "no change gets there". */
async function demandSymbol(io: CliIo, written: string, flags: AnalysisFlags): Promise<void> {
  const found = await withRepository(io, flags, (repository) => repository.find(written));
  if (found.nodes.length > 0) return;
  const candidates = found.candidates.length === 0 ? '' : ` Close to it: ${found.candidates.slice(0, 5).join(', ')}.`;
  throw new CommandLineError(`${found.message ?? `There is no symbol \`${written}\`.`}${candidates}`);
}
