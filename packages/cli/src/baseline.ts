/**
 * A former report as a baseline. In: the file of an earlier `--json`. Out: that report.
 * A file that is no report is the caller's mistake. Not here: what is compared (gate.ts).
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report } from '@blast-radius/core';
import { CommandLineError, fileError } from './usage.js';
import { visible } from './visible.js';

/** The report version that this CLI's gate compares with; `REPORT_VERSION` of the library. */
const VERSION: Report['version'] = 1;

const LISTS = ['changes', 'impacts', 'unknowns'] as const;

/** Reads a baseline. Throws a usage error where the file can't be read or is no report of this version. */
export async function readBaseline(cwd: string, file: string): Promise<Report> {
  const name = visible(file);
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw fileError(error, 'read the baseline', name);
  }
  const report = parse(text.replace(/^\ufeff/, ''));
  if (report === undefined) throw new CommandLineError(`The baseline ${name} is not the output of a \`--json\` run.`);
  if (report.version !== VERSION) {
    throw new CommandLineError(
      `The baseline ${name} has report version ${visible(String(report.version))}, this is version ${VERSION}: write it again with this version.`,
    );
  }
  return report;
}

function parse(text: string): Report | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  const lists = value as Record<string, unknown>;
  return LISTS.every((name) => isRecordList(lists[name])) ? (value as Report) : undefined;
}

function isRecordList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}
