/**
 * `rank`: the symbols, files or packages on which most of the repository depends.
 */
import { Option, type Command } from 'commander';
import { withRepository } from '../analysis.js';
import {
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

interface RankFlags extends AnalysisFlags, OutputFlags {
  readonly by: 'symbols' | 'files' | 'packages';
  readonly within?: string;
  readonly limit: number;
  readonly method: 'auto' | 'exact' | 'estimate';
}

const HELP = `
Examples:
  $ blast-radius rank                         the symbols to be most careful with
  $ blast-radius rank --by packages           the same for packages
  $ blast-radius rank --by files --within packages/ui --limit 50

"direct" counts those who depend on it in one step, "all" those who do in any number of steps. Both are exact, but that in a
graph of several hundred thousand symbols "all" may be estimated; the output then says how well.

Exit codes: 0 done; 2 could not run.`;

/** Declares `rank`. */
export function addRankCommand(program: Command, session: Session): void {
  const command = program
    .command('rank')
    .description('The symbols, files or packages with the largest blast radius.')
    .addHelpText('after', HELP);
  addRepositoryFlags(command)
    .optionsGroup('Ranking:')
    .addOption(new Option('--by <what>', 'what to rank').choices(['symbols', 'files', 'packages']).default('symbols'))
    .option('--within <dir>', 'only what lies in this folder')
    .addOption(new Option('--limit <n>', 'how many').argParser(parseCount).default(20))
    .addOption(
      new Option('--method <how>', 'how "all" is counted: exactly where that does not take long, always, or never')
        .choices(['auto', 'exact', 'estimate'])
        .default('auto'),
    );
  addColorFlags(addOutputFlags(command));
  command.action((flags: RankFlags) => rank(session.io, flags));
}

async function rank(io: CliIo, flags: RankFlags): Promise<void> {
  const { by, limit, within, method } = flags;
  const ranking = await withRepository(io, flags, (repository) =>
    repository.rank({ by, limit, method, ...(within === undefined ? {} : { within: folder(within) }) }),
  );
  if (flags.json === true) {
    const { jsonText } = await import('../reporters/json.js');
    return deliver(io, flags.output, jsonText({ by, ...ranking }));
  }
  const { terminalFor } = await import('../terminal.js');
  const { rankText } = await import('../reporters/text/rank.js');
  await deliver(io, flags.output, rankText(ranking, by, terminalFor(io, flags.color, flags.output !== undefined)));
}

/** `./packages/ui/` as the library writes folders. */
function folder(written: string): string {
  return written
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}
