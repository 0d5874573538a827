/**
 * What to do about a report, unfolded: where to look first, who should look, which tests to run.
 * In: a report. Out: lines. Reviewers come from what is reached, not only from what is touched.
 */
import type { Report, ReportOwner } from '@blast-radius/core';
import { countsOf } from '../counts.js';
import { findingRules, findingsOf, type Finding } from '../findings.js';
import { pathFinder } from '../paths.js';
import { ownership } from '../sentences.js';
import { digits, plural } from '../words.js';
import { code, prose } from './escape.js';
import type { Links } from '../links.js';
import type { Drawing } from './drawing.js';
import { cut, folded, placeLink } from './section.js';

/** Findings that stand open; the rest is folded. */
const MOST_OPEN = 5;
/** … and of one rule. */
const MOST_OF_RULE = 2;
/** Dependents that are named with a finding. */
const MOST_DEPENDENTS = 3;

/** New type errors, sensitive changes and breaking changes, gravest first. Harmless findings are counted. */
export function lookFirst(report: Report, drawing: Drawing): readonly string[] {
  const all = findingsOf(report).filter(({ source }) => source !== 'unknown');
  const grave = all.filter(({ severity, level }) => severity !== 'info' || level !== 'note');
  const quiet = all.length - grave.length;
  if (grave.length === 0) return nothingFound(report, quiet);
  const remedies = new Map(findingRules(report).map(({ id, remedy }) => [id, remedy]));
  const pathsOf = pathFinder(report);
  const draw = (one: Finding): string => finding(one, { drawing, remedies, pathsOf });
  const open = varied(grave).slice(0, drawing.limit);
  const rest = grave.filter((one) => !open.includes(one));
  const shown = Math.max(0, drawing.limit - open.length);
  return [
    `#### Look here first: ${digits(grave.length)}`,
    '',
    ...open.map(draw),
    ...(rest.length === 0 ? [] : ['', ...folded(`${plural(rest.length, 'more finding')}`, cut(rest, shown, draw))]),
    ...(quiet === 0 ? [] : ['', `<sub>${plural(quiet, 'harmless finding')} not shown.</sub>`]),
  ];
}

/** The gravest, but not five times the same. */
function varied(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  const first = findings.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= MOST_OF_RULE;
  });
  return first.slice(0, MOST_OPEN);
}

function nothingFound(report: Report, quiet: number): readonly string[] {
  const { known, changes } = countsOf(report);
  if (changes === 0) return [];
  const where = known ? '' : ' in what could be followed';
  const harmless = quiet === 0 ? '' : ` ${plural(quiet, 'harmless finding')} not shown.`;
  return [`No sensitive change, new type error or breaking change with dependents was found${where}.${harmless}`];
}

interface FindingSource {
  readonly drawing: Drawing;
  /** Of rules that have not been named yet. */
  readonly remedies: Map<string, string>;
  readonly pathsOf: ReturnType<typeof pathFinder>;
}

/** `- **Column dropped** place: sentence`, then rule, evidence and dependents, then the remedy. */
function finding(one: Finding, { drawing, remedies, pathsOf }: FindingSource): string {
  const { links } = drawing;
  const { rule, title, symbol, message, file } = one;
  const what = [
    `**${title}**`,
    ...(symbol === undefined ? [] : [code(symbol)]),
    ...(file === '' ? [] : [placeLink(one, links)]),
  ];
  const reached = pathsOf(one)
    .flatMap(({ steps }) => steps.slice(-1))
    .slice(0, MOST_DEPENDENTS)
    .map((step) => placeLink(step, links));
  const facts = [...factsOf(one, links), ...(reached.length === 0 ? [] : [`reaches ${reached.join(', ')}`])];
  const remedy = remedies.get(rule);
  remedies.delete(rule); // Said once.
  return [
    `- ${what.join(' ')}: ${prose(message)}`,
    `<sub>${facts.join(' · ')}</sub>`,
    ...(remedy === undefined ? [] : [`<sub>→ ${remedy}</sub>`]),
  ].join('<br>\n  ');
}

function factsOf({ rule, severity, flag }: Finding, links: Links): string[] {
  const evidence = flag?.evidence[0];
  const elsewhere = evidence !== undefined && evidence.file !== flag?.file;
  const at = elsewhere ? ` at ${placeLink({ ...evidence, base: evidence.side === 'base' }, links)}` : '';
  return [
    code(rule),
    severity,
    ...(flag === undefined ? [] : [flag.verdict]),
    ...(flag?.security === undefined ? [] : [`security ${flag.security}`]),
    ...(evidence === undefined ? [] : [`${evidence.side === 'base' ? 'was ' : ''}${code(evidence.text)}${at}`]),
  ];
}

/** Owners of what is reached; named in code spans, so that a comment pings nobody. */
export function reviewers({ owners }: Report, { limit }: Drawing): readonly string[] {
  if (owners.length === 0) return [];
  const touched = owners.filter(({ changedFiles }) => changedFiles > 0);
  const reached = owners.filter(({ changedFiles }) => changedFiles === 0);
  return [
    '#### Who should look',
    '',
    ...ownerLine('Their files changed', touched, limit),
    ...ownerLine('Reached, though none of their files changed', reached, limit),
  ];
}

function ownerLine(title: string, owners: readonly ReportOwner[], limit: number): readonly string[] {
  if (owners.length === 0) return [];
  const names = owners
    .slice(0, limit)
    .map((one) => `${code(one.owner)} (${ownership(one.changedFiles, one.impactedFiles)})`);
  const left = owners.length - names.length;
  return [`- ${title}: ${[...names, ...(left > 0 ? [`${left} more`] : [])].join(', ')}`];
}

/** How many, and the command that lists them. */
export function testsToRun({ tests, verdict }: Report, { again }: Drawing): readonly string[] {
  if (tests.length === 0) return [];
  const doubt = verdict.known ? '' : ' (there may be more: see above)';
  return [
    '#### Tests to run',
    '',
    `${plural(tests.length, 'test file')}${doubt}: ${code(`blast-radius tests${again}`)}`,
  ];
}
