/**
 * Findings as GitHub Actions workflow commands: marks on the lines of a pull request, from nothing but the log.
 * In: a report. Out: lines for standard output. Not here: the job summary (markdown/).
 * Source: docs.github.com, "Workflow commands for GitHub Actions"; @actions/core's own escapes; ten marks of each level a step.
 */
import type { Report } from '@blast-radius/core';
import { visible } from '../visible.js';
import { countsOf, scoreWords } from './counts.js';
import { findingsOf, sentenceOf, type Finding, type FindingLevel } from './findings.js';
import { plural } from './words.js';

/** GitHub shows ten of each level a step and drops the rest in silence. */
export const MARKS_PER_LEVEL = 10;

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const satisfies Record<FindingLevel, string>;
/** A mark is read in a margin. */
const LONGEST = 1000;

/** The gravest findings as commands, then one line with the verdict and how many are not marked. */
export function annotationsText(report: Report): string {
  const findings = findingsOf(report);
  const levels = Object.keys(COMMANDS) as FindingLevel[];
  const shown = levels.flatMap((level) => findings.filter((one) => one.level === level).slice(0, MARKS_PER_LEVEL));
  return [...shown.map(command), verdictLine(report, findings.length - shown.length), ''].join('\n');
}

function command(finding: Finding): string {
  const { level, title, file, line, rule } = finding;
  const properties = [
    ...(file === '' ? [] : [`file=${property(file)}`, `line=${Math.max(1, line)}`]),
    `title=${property(`${title} (${rule})`)}`,
  ];
  return `::${COMMANDS[level]} ${properties.join(',')}::${data(sentenceOf(finding))}`;
}

function verdictLine(report: Report, unmarked: number): string {
  const counts = countsOf(report);
  const numbers = [
    plural(counts.changes, 'change'),
    `${plural(counts.impactedSymbols, 'impacted symbol')} in ${plural(counts.impactedFiles, 'file')}`,
    plural(counts.tests, 'test file'),
    plural(counts.flags, 'flag'),
    plural(counts.breaks, 'new type error'),
    plural(counts.unknowns, 'unknown'),
  ];
  const rest =
    unmarked === 0
      ? ''
      : ` ${plural(unmarked, 'more finding')} ${unmarked === 1 ? 'is' : 'are'} not marked: GitHub shows ${MARKS_PER_LEVEL} of a level.`;
  return `Blast Radius: ${scoreWords(counts)}; ${numbers.join(', ')}.${rest}`;
}

/** The text after `::`. */
function data(text: string): string {
  return visible(text.slice(0, LONGEST)).replaceAll('%', '%25');
}

/** The text of a property. `visible` has spelt line ends out already. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
