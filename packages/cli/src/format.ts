/**
 * `--format NAME` and `--format NAME=FILE`, which may be given more than once.
 * In: what was written. Out: renderings. Not here: what a format looks like (reporters/).
 */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { visible } from './visible.js';

/** Values of `--format` of `report`. */
export const REPORT_FORMATS = ['text', 'json', 'markdown', 'summary', 'sarif', 'github', 'gitlab'] as const;

/** See {@link REPORT_FORMATS}. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** One format of a run. */
export interface Rendering {
  readonly format: ReportFormat;
  /** Where it goes; standard output (or `--output`) where absent. */
  readonly file?: string;
}

/** Declares `--format`. */
export function addFormatFlag(command: Command): Command {
  return command.addOption(
    new Option(
      '--format <name[=file]>',
      `${REPORT_FORMATS.join(', ')}; again for more formats of one run, each with a file of its own`,
    ).argParser(collect),
  );
}

function collect(written: string, before: readonly Rendering[] | undefined): readonly Rendering[] {
  const at = written.indexOf('=');
  const name = at < 0 ? written : written.slice(0, at);
  const format = REPORT_FORMATS.find((one) => one === name);
  if (format === undefined) {
    throw new InvalidArgumentError(
      `There is no format \`${visible(name)}\`; the formats are ${REPORT_FORMATS.join(', ')}.`,
    );
  }
  const file = at < 0 ? undefined : written.slice(at + 1);
  if (file === '') throw new InvalidArgumentError('A file name must stand behind the equals sign.');
  return [...(before ?? []), { format, ...(file === undefined ? {} : { file }) }];
}
