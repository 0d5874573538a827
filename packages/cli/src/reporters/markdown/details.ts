/**
 * The folded sections of the Markdown report: what changed, where it arrives, the tests, the score's sum, what was accepted,
 * what could not be read. In: a report. Out: lines, empty where there is nothing to say.
 */
import type { Diagnostic, Report, ReportChange } from '@blast-radius/core';
import { countsOf } from '../counts.js';
import { tellingFirst } from '../impacted.js';
import { mixture, pathSentence, silentWords } from '../sentences.js';
import { namesOf, place, plural, symbolOf } from '../words.js';
import { code, prose } from './escape.js';
import type { Drawing } from './drawing.js';
import { cut, folded, placeLink, table } from './section.js';

/** Each change with its compatibility and its own reach. */
export function changeSection(report: Report, { limit, links }: Drawing): readonly string[] {
  const changes = report.changes.filter(({ kind }) => kind !== 'comment');
  const quiet = report.changes.length - changes.length;
  const rows = changes
    .slice(0, limit)
    .map((change) => [
      `${code(symbolOf(change))}<br>${placeLink({ ...change, base: change.kind === 'removed' }, links)}`,
      changeWords(change),
      change.reach.direct,
      change.reach.total,
      change.reach.tests,
    ]);
  const harmless = quiet === 0 ? [] : ['', `<sub>${silentWords(quiet)}</sub>`];
  return folded(`<b>Changed</b>: ${countsOf(report).changes}${mixture(changes)}`, [
    ...table(['what', 'how', 'reaches directly', 'in all', 'files of tests'], rows, changes.length - rows.length),
    ...harmless,
  ]);
}

function changeWords({ compatibility, kind, before, detail }: ReportChange): string {
  const words = [
    compatibility === 'breaking'
      ? '**breaking**'
      : compatibility === 'unknown'
        ? 'compatibility unknown'
        : compatibility,
    kind,
    ...(before === undefined ? [] : [`was ${code(before)}`]),
    ...(detail === undefined ? [] : [prose(detail)]),
  ];
  return words.join(' · ');
}

const GLYPHS = { arrow: '→', ellipsis: '…' };

/** By package, then the nearest symbols with the path to each, then the hubs. */
export function impactSection(report: Report, { limit, links }: Drawing): readonly string[] {
  const { impactedSymbols, impactedFiles } = countsOf(report);
  const reached = report.packages.filter(({ changed, total, tests }) => changed || total > 0 || tests > 0);
  const rows = reached
    .slice(0, limit)
    .map(({ name, root, app, changed, direct, total, tests }) => [
      `${code(name === '' ? root || '(root)' : name)}${app ? ' app' : ''}${changed ? ' (changed)' : ''}`,
      direct,
      total,
      tests,
    ]);
  const nameOf = namesOf(report);
  const nearest = cut(tellingFirst(report), limit, ({ nearest: one, worlds }) => {
    const sure = one.confidence === 'bound' ? '' : `, ${one.confidence}`;
    const where = one.file === '' ? '' : ` ${placeLink(one, links)}`;
    const path = pathSentence(one, (id) => code(nameOf(id)), GLYPHS, false);
    return `- ${code(symbolOf(one))}${where} · ${plural(one.distance, 'hop')}, ${worlds.join(' + ')}${sure}<br><sub>${path}</sub>`;
  });
  const hubs = cut(
    report.hubs,
    limit,
    (hub) =>
      `- ${code(symbolOf(hub))} ${placeLink({ file: hub.file, line: 0 }, links)}: ${plural(hub.behind, 'impacted symbol')} behind it`,
  );
  if (impactedSymbols === 0) return [];
  return folded(`<b>Reached</b>: ${plural(impactedSymbols, 'symbol')} in ${plural(impactedFiles, 'file')}`, [
    ...table(['package', 'files reached directly', 'in all', 'test files'], rows, reached.length - rows.length),
    '',
    '**Nearest**',
    '',
    ...nearest,
    ...(hubs.length === 0 ? [] : ['', '**Most of it passes through**', '', ...hubs]),
  ]);
}

/** The test files. */
export function testSection({ tests }: Report, { limit, links }: Drawing): readonly string[] {
  const list = cut(tests, limit, (file) => `- ${placeLink({ file, line: 0 }, links)}`);
  return folded(`<b>Tests</b>: ${plural(tests.length, 'test file')}`, list);
}

/** The sum's terms, largest first; those of 0 points are left out. */
export function scoreSection({ score }: Report): readonly string[] {
  const rows = score.addends
    .filter(({ points }) => points > 0)
    .map(({ id, points, max, reason }) => [code(id), `${points.toFixed(1)} of ${max}`, prose(reason)]);
  return folded(`<b>Why ${score.value}</b>`, table(['term', 'points', 'because'], rows, 0));
}

/** Flags that a comment or the configuration accepts, with the reason. */
export function acceptedFindings({ suppressed }: Report, { limit, links }: Drawing): readonly string[] {
  const list = cut(suppressed, limit, (one) => {
    const { suppression, rule, message } = one;
    const by = placeLink(suppression, links);
    return `- ${placeLink(one, links)} ${prose(message)} ${code(rule)}<br><sub>accepted in ${by}: ${prose(suppression.reason)}</sub>`;
  });
  return folded(`<b>Accepted</b>: ${plural(suppressed.length, 'finding')}`, list);
}

/** Diagnostics that lose something or make an answer less sure; notes are counted. */
export function aboutTheInput({ diagnostics }: Report, { limit }: Drawing): readonly string[] {
  const telling = diagnostics.filter(({ level }) => level !== 'note').sort(errorsFirst);
  const notes = diagnostics.length - telling.length;
  const list = cut(telling, limit, ({ kind, message, file, line }) => {
    const where = file === undefined ? '' : `${code(place({ file, line: line ?? 0 }))} `;
    return `- ${where}${prose(message)} ${code(kind)}`;
  });
  const more = notes === 0 || telling.length === 0 ? [] : ['', `<sub>${plural(notes, 'note')} not listed.</sub>`];
  return folded(`<b>About the input</b>: ${plural(telling.length, 'diagnostic')}`, [...list, ...more]);
}

function errorsFirst(left: Diagnostic, right: Diagnostic): number {
  return Number(right.level === 'error') - Number(left.level === 'error');
}
