/**
 * `report`, the default command: what changed, what it can reach, the score, and the gate.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { Report } from '@blast-radius/core';
import { analyzeWith, repeatedAnalysis } from '../analysis.js';
import { readBaseline } from '../baseline.js';
import {
  addColorFlags,
  addComparisonFlags,
  addOutputFlags,
  addRepositoryFlags,
  parseCount,
  parseScore,
  repeatFlags,
  type AnalysisFlags,
  type OutputFlags,
} from '../flags.js';
import { gate, type GateOptions, type GateResult } from '../gate.js';
import { addFormatFlag, type Rendering } from '../format.js';
import type { CliIo } from '../io.js';
import { deliver } from '../output.js';
import type { Session } from '../session.js';
import { CommandLineError } from '../usage.js';
import { visible } from '../visible.js';

/** Flags of `report`. */
interface ReportFlags extends AnalysisFlags, OutputFlags {
  readonly format?: readonly Rendering[];
  readonly failOver?: number;
  readonly allowUnknown?: boolean;
  readonly baseline?: string;
  readonly verbose?: boolean;
  readonly watch?: boolean;
  readonly limit: number;
}

const HELP = `
Examples:
  $ blast-radius                                    this branch, or the working tree, against its base
  $ blast-radius report --base v1.2.0 --head main   between two commits
  $ gh pr diff 42 | blast-radius report --patch -   a patch that is not applied yet
  $ blast-radius report --symbol src/money.ts#format --assume removed
                                                    what if this were gone?
  $ blast-radius report --json --output report.json
  $ blast-radius report --format markdown=comment.md --format sarif=radius.sarif --format github
                                                    several formats of one run; one may go to standard output

Gate: with --fail-over N the command fails
  1  when the score is over N (and, with --baseline, at least one change or impact is not in the baseline)
  3  when it is not, but something near the change could not be followed, and not --allow-unknown
     (with --baseline, only unknowns that are not in it count)
Changes are compared by symbol, kind and compatibility, impacts by symbol and world, unknowns by file and reason.

Exit codes: 0 done, or the gate passed; 1 over the limit; 2 could not run; 3 could not tell. 1 wins over 3.`;

/** Declares `report`. */
export function addReportCommand(program: Command, session: Session): void {
  const command = program
    .command('report', { isDefault: true })
    .description('What changed, what it can break, and a score for it (the default command).')
    .allowExcessArguments()
    .addHelpText('after', HELP);
  addComparisonFlags(addRepositoryFlags(command));
  addGateFlags(command);
  addColorFlags(addFormatFlag(addOutputFlags(command)))
    .option('--verbose', 'list everything instead of the first few')
    .option('--watch', 'report again whenever a file changes or another commit is checked out, until it is ended')
    .addOption(new Option('--limit <n>', 'how many of each list').argParser(parseCount).default(10));
  command.action(async (flags: ReportFlags) => {
    const [word] = command.args;
    if (word !== undefined) throw unknownCommand(program, word);
    session.exitCode = await (flags.watch === true ? watch(session.io, flags) : report(session.io, flags));
  });
}

function addGateFlags(command: Command): void {
  command
    .optionsGroup('Gate:')
    .addOption(new Option('--fail-over <n>', 'exit 1 when the score is over n (0-100)').argParser(parseScore))
    .option('--allow-unknown', 'let what could not be followed pass, instead of exit 3')
    .option('--baseline <file>', 'a former --json report; what is in it does not count');
}

function unknownCommand(program: Command, word: string): CommandLineError {
  const names = program.commands.map((command) => command.name()).join(', ');
  return new CommandLineError(`There is no command \`${visible(word)}\`; the commands are ${names}.`);
}

async function report(io: CliIo, flags: ReportFlags, analysis = analyzeWith): Promise<number> {
  const renderings = renderingsOf(io, flags);
  const options = await gateOptions(io, flags);
  const found = await analysis(io, flags);
  const result = gate(found, options);
  for (const rendering of renderings) {
    await deliver(io, rendering.file, await render(rendering, { io, flags, found, result }));
  }
  if (!renderings.some(({ format, file }) => format === 'text' && file === undefined)) {
    for (const sentence of result.sentences) io.stderr.write(`${sentence}\n`);
  }
  return result.exitCode;
}

/** Every file that a run writes is left out, or it would be a change. */
async function watch(io: CliIo, flags: ReportFlags): Promise<never> {
  if (flags.head !== undefined || flags.patch !== undefined) {
    throw new CommandLineError('--watch follows the working tree: leave out --head and --patch.');
  }
  const { root, cacheDir, timingOutput } = flags;
  const own = [
    ...renderingsOf(io, flags).map(({ file }) => file),
    cacheDir,
    timingOutput,
    io.env['BLAST_RADIUS_CACHE'],
  ];
  const { whenChanged } = await import('../watching.js');
  const analysis = repeatedAnalysis();
  return whenChanged(io, { root, own: own.filter((path) => path !== undefined) }, () => report(io, flags, analysis));
}

/** `--json` and `--output` are short for one format; without any it is text. */
function renderingsOf(io: CliIo, { json, output, format, timingOutput }: ReportFlags): readonly Rendering[] {
  if (json === true && format !== undefined) {
    throw new CommandLineError('--json is short for --format json: give one of them.');
  }
  const renderings = placed(format ?? [{ format: json === true ? 'json' : 'text' }], output);
  requireOwnPlaces(io, [...renderings.flatMap(({ file }) => file ?? []), ...(timingOutput === undefined ? [] : [timingOutput])]); // prettier-ignore
  return renderings;
}

/** With the file of `--output` for the one format that has none. */
function placed(asked: readonly Rendering[], output: string | undefined): readonly Rendering[] {
  const open = asked.filter(({ file }) => file === undefined);
  if (open.length > 1) {
    const names = open.map((one) => one.format).join(' and ');
    throw new CommandLineError(`Only one format can go to one place: give ${names} files of their own, as in --format ${open[0]!.format}=FILE.`); // prettier-ignore
  }
  if (output === undefined) return asked;
  if (open.length === 0) throw new CommandLineError('--output has nothing to write: each --format names its own file.');
  return asked.map((one) => (one.file === undefined ? { ...one, file: output } : one));
}

/** Two results in one file are one result that is lost; a device takes any number. */
function requireOwnPlaces({ cwd }: CliIo, files: readonly string[]): void {
  const seen = new Set<string>();
  for (const file of files) {
    const place = resolve(cwd, file);
    if (seen.has(place) && statSync(place, { throwIfNoEntry: false })?.isFile() !== false)
      throw new CommandLineError(`${visible(file)} is named for two results, of which one would be lost: give each a file of its own.`); // prettier-ignore
    seen.add(place);
  }
}

/** The baseline is read before the analysis, so that a wrong name is said at once. */
async function gateOptions(io: CliIo, flags: ReportFlags): Promise<GateOptions> {
  const { failOver, allowUnknown, baseline } = flags;
  if (allowUnknown === true && failOver === undefined) {
    throw new CommandLineError('--allow-unknown belongs to a gate: give --fail-over too.');
  }
  return {
    ...(failOver === undefined ? {} : { failOver }),
    ...(allowUnknown === undefined ? {} : { allowUnknown }),
    ...(baseline === undefined ? {} : { baseline: await readBaseline(io.cwd, baseline) }),
  };
}

interface Rendered {
  readonly io: CliIo;
  readonly flags: ReportFlags;
  readonly found: Report;
  readonly result: GateResult;
}

async function render({ format, file }: Rendering, { io, flags, found, result }: Rendered): Promise<string> {
  const { renderReport } = await import('../reporters/formats.js');
  const again = repeatFlags(flags);
  const limit = flags.verbose === true ? Infinity : flags.limit;
  return renderReport(format, found, { io, root: resolve(io.cwd, flags.root ?? '.'), color: flags.color, toFile: file !== undefined, limit, gate: result.sentences, again }); // prettier-ignore
}
