/**
 * The warning of commands whose output is a bare list: a list can't say that it may be too short.
 * In: a report. Out: lines on standard error.
 */
import type { Report } from '@blast-radius/core';
import type { CliIo } from './io.js';
import { countUnknowns } from './reporters/counts.js';
import { plural } from './reporters/words.js';
import { visible } from './visible.js';

/** Unknowns named before the rest is only counted. */
const NAMED = 5;

/** Says on standard error what could not be followed, and what that means for the list; silent where all is known. */
export function warnUnknown(io: CliIo, { verdict, unknowns }: Report, consequence: string): void {
  if (verdict.known && unknowns.length === 0) return;
  const all = countUnknowns(unknowns);
  const what = all === 0 ? 'something' : plural(all, 'thing');
  io.stderr.write(`warning: ${consequence}: ${what} near the change could not be followed\n`);
  for (const { file, line, reason } of unknowns.slice(0, NAMED)) {
    io.stderr.write(`  ${visible(line > 0 ? `${file}:${line}` : file)}  ${visible(reason)}\n`);
  }
  if (unknowns.length > NAMED) io.stderr.write(`  and ${all - NAMED} more (blast-radius report lists them)\n`);
}
