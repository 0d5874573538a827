/**
 * Sentences about parts of a report that the formats for people share. In: records. Out: plain text, repository text in it
 * not escaped. Not here: escapes, colours, layout.
 */
import type { Comparison, Compatibility, Report, ReportChange, ReportImpact } from '@blast-radius/core';
import type { Glyphs } from '../terminal.js';
import { digits, EDGE_WORDS, plural } from './words.js';

/** `1e4b23d5d5f8 → working tree (--base main)`. */
export function comparisonWords({ base, head, chosenBy }: Comparison, arrow: string): string {
  const states = base === head ? head : `${shortCommit(base)} ${arrow} ${shortCommit(head)}`;
  return chosenBy === '' ? states : `${states} (${chosenBy})`;
}

/** Forty hexadecimal digits say no more than twelve. */
function shortCommit(label: string): string {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(label) ? label.slice(0, 12) : label;
}

/** The library's sentence, opened by `No effect` where that is proven. */
export function headlineSentence(report: Report): string {
  const { summary } = report.verdict;
  if (!hasNoEffect(report) || /^no effect/i.test(summary)) return summary;
  return `No effect. ${summary}`;
}

/** Everything is known, and nothing that differs (comments, formatting) can be observed. */
export function hasNoEffect(report: Report): boolean {
  const silent = report.changes.every(({ kind }) => kind === 'comment');
  return report.verdict.known && report.score.value === 0 && silent && report.impacts.length === 0;
}

/** Worst first. */
const COMPATIBILITIES: readonly Compatibility[] = ['breaking', 'unknown', 'additive', 'neutral'];

/** `, 2 breaking, 5 additive`: the first of a long list say little about the rest. */
export function mixture(changes: readonly ReportChange[]): string {
  if (changes.length < 2) return '';
  const counts = COMPATIBILITIES.map((kind) => ({
    kind,
    count: changes.filter(({ compatibility }) => compatibility === kind).length,
  }));
  const present = counts.filter(({ count }) => count > 0);
  const words = present.map(
    ({ kind, count }) => `${digits(count)} ${kind === 'unknown' ? 'of unknown compatibility' : kind}`,
  );
  return ` (${words.join(', ')})`;
}

/** Changes that are counted nowhere else. */
export function silentWords(count: number): string {
  return `${plural(count, 'change')} of comments, formatting or documentation only, which nothing observes.`;
}

/** Direct, two-hop and full reach are kept apart: full closures of a repository look alike. */
export function reachSentence({ kind, reach }: ReportChange): string {
  const tests = reach.tests === 0 ? '' : `; ${plural(reach.tests, 'file of tests', 'files of tests')}`;
  if (reach.total === 0) {
    if (kind === 'comment') return 'no effect';
    return reach.tests === 0
      ? 'nothing that was followed depends on it'
      : `reached only by ${plural(reach.tests, 'file of tests', 'files of tests')}`;
  }
  const places = [
    plural(reach.files, 'file'),
    ...(reach.packages === 0 ? [] : [plural(reach.packages, 'other package')]),
    ...(reach.apps === 0 ? [] : [plural(reach.apps, 'app')]),
  ];
  return (
    `reaches ${reach.direct} directly, ${reach.twoHop} within two hops, ${plural(reach.total, 'symbol')} in all ` +
    `(${places.join(', ')})${tests}`
  );
}

/** Steps at each end of a long path that are shown; what lies between is counted. */
const ENDS = 3;

/** `format, called by priceLabel, rendered by Cart`. */
export function pathSentence(
  impact: Pick<ReportImpact, 'path' | 'via'>,
  nameOf: (id: string) => string,
  glyphs: Pick<Glyphs, 'arrow' | 'ellipsis'>,
  whole: boolean,
): string {
  const [first = '', ...rest] = impact.path.map(nameOf);
  const steps = rest.map((name, index) => {
    const kind = impact.via[index];
    return `${kind === undefined ? glyphs.arrow : EDGE_WORDS[kind]} ${name}`;
  });
  const hidden = whole ? 0 : steps.length - 2 * ENDS;
  const kept =
    hidden > 1 ? [...steps.slice(0, ENDS), `${glyphs.ellipsis} ${hidden} more`, ...steps.slice(-ENDS)] : steps;
  return [first, ...kept].join(', ');
}

/** `2 changed files, 5 impacted files`. */
export function ownership(changed: number, impacted: number): string {
  const parts = [
    ...(changed === 0 ? [] : [plural(changed, 'changed file')]),
    ...(impacted === 0 ? [] : [plural(impacted, 'impacted file')]),
  ];
  return parts.join(', ');
}
