/**
 * The top of the Markdown report: how bad, in one sentence why, what the gate decided, and first of all what could not be told.
 * In: a report. Out: lines. An unknown verdict never reads as a good one.
 */
import type { Report, ScoreLevel } from '@blast-radius/core';
import { countsOf, countUnknowns, scoreWords } from '../counts.js';
import { headlineSentence } from '../sentences.js';
import { plural } from '../words.js';
import { prose } from './escape.js';
import type { Drawing } from './drawing.js';
import { cut, placeLink } from './section.js';

const SIGNS = { none: '⚪', low: '🟢', moderate: '🟡', high: '🟠', critical: '🔴' } as const satisfies Record<
  ScoreLevel,
  string
>;

/** Unknowns that are shown before the rest is counted: they stand above everything else. */
const MOST_UNKNOWNS = 5;

/** Verdict, sentence, gate, unknowns. */
export function verdict(report: Report, drawing: Drawing): readonly string[] {
  const counts = countsOf(report);
  const sign = counts.known ? SIGNS[counts.level] : '🟣';
  return [
    `### ${sign} Blast Radius: ${scoreWords(counts)}`,
    '',
    ...unknowns(report, drawing),
    prose(headlineSentence(report)),
    ...drawing.gate.flatMap((sentence) => ['', `**${prose(sentence)}**`]),
  ];
}

function unknowns({ unknowns, verdict }: Report, { limit, links }: Drawing): readonly string[] {
  if (verdict.known) return [];
  const items = cut(unknowns, Math.min(limit, MOST_UNKNOWNS), (one) =>
    one.file === '' ? `- ${prose(one.reason)}` : `- ${placeLink(one, links)} ${prose(one.reason)}`,
  );
  const all = countUnknowns(unknowns);
  const title = `**Could not tell: ${plural(all, 'unknown')}.** What depends on the change through ${all === 1 ? 'it' : 'these'} is not counted: the score is a lower bound, not an all-clear.`;
  return ['> [!WARNING]', `> ${title}`, ...items.map((item) => `> ${item}`), ''];
}
