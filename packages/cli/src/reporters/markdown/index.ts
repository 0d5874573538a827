/**
 * The report as Markdown: the one comment under a pull request, or a job's summary. Half a minute's reading first, the rest folded.
 * In: a report, links. Out: text within a limit in bytes. Lists are shortened until it fits, and each says what it leaves out.
 * Sources: GitHub's limits (65,536 characters a comment, 1 MiB a job summary).
 */
import { Buffer } from 'node:buffer';
import type { Report } from '@blast-radius/core';
import { comparisonWords } from '../sentences.js';
import type { Drawing, MarkdownOptions } from './drawing.js';
import { prose } from './escape.js';
import { aboutTheInput, acceptedFindings, changeSection, impactSection, scoreSection, testSection } from './details.js';
import { verdict } from './headline.js';
import { lookFirst, reviewers, testsToRun } from './actions.js';
import { picture } from './picture.js';

/** By it a comment is found again, to be replaced. */
export const ANCHOR = '<!-- blast-radius:report -->';

/** For a comment: GitHub counts characters, which are never more than bytes. GitLab takes more. */
export const COMMENT_BYTES = 65_536;
/** For `$GITHUB_STEP_SUMMARY`. */
export const SUMMARY_BYTES = 1_048_576;

/** Shorter and shorter lists; with the last, lists are counts only, so that it fits whatever names are in them. */
const RUNGS = [1000, 300, 100, 50, 25, 10, 5, 3, 1, 0] as const;

/** Draws a report. */
export function markdownText(report: Report, options: MarkdownOptions): string {
  const limits = [options.limit, ...RUNGS.filter((rung) => rung < options.limit)];
  let text = '';
  for (const [rung, limit] of limits.entries()) {
    text = document(report, { ...options, limit, shortened: rung > 0 });
    if (Buffer.byteLength(text) <= options.most) break;
  }
  return text;
}

function document(report: Report, drawing: Drawing): string {
  const sections = [
    verdict(report, drawing),
    lookFirst(report, drawing),
    reviewers(report, drawing),
    testsToRun(report, drawing),
    picture(report),
    changeSection(report, drawing),
    impactSection(report, drawing),
    testSection(report, drawing),
    scoreSection(report),
    acceptedFindings(report, drawing),
    aboutTheInput(report, drawing),
    footer(report, drawing),
  ];
  const blocks = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${[ANCHOR, ...blocks].join('\n\n')}\n`;
}

function footer({ comparison }: Report, { shortened }: Drawing): readonly string[] {
  return [
    `<sub>${prose(comparisonWords(comparison, '→'))}.${shortened ? ' Lists were shortened to fit here; `--json` has all of it.' : ''}</sub>`,
  ];
}
