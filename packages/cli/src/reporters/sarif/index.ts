/**
 * Findings as SARIF 2.1.0, for code scanning. In: a report. Out: JSON text, within GitHub's limits.
 * Sources: OASIS SARIF 2.1.0; docs.github.com, "SARIF support for code scanning" (which properties are read, how much).
 * What does not fit is cut, the mildest first, and a notification in the run says so.
 */
import { gzipSync } from 'node:zlib';
import type { Log, Notification, ReportingDescriptor, Run } from 'sarif';
import type { Comparison, Diagnostic, Report } from '@blast-radius/core';
import { visible } from '../../visible.js';
import { countsOf, scoreWords } from '../counts.js';
import { findingsOf, type Finding } from '../findings.js';
import { jsonText } from '../json.js';
import { encodePath } from '../links.js';
import { pathFinder } from '../paths.js';
import { plural } from '../words.js';
import { resultOf } from './results.js';
import { descriptors } from './rules.js';

/** GitHub refuses a run with more results, and shows the first 5,000. */
export const MOST_RESULTS = 25_000;
/** GitHub refuses a larger file, gzipped; a margin is left for the uploader's own additions. */
const MOST_BYTES = 9_500_000;
/** Text shorter than this fits, however badly it packs. */
const SMALL = MOST_BYTES / 2;

/** How much of a report is written; each rung says less than the one before. */
interface Rung {
  readonly results: number;
  readonly withPaths: boolean;
}

const RUNGS: readonly Rung[] = [
  { results: MOST_RESULTS, withPaths: true },
  { results: MOST_RESULTS, withPaths: false },
  { results: 5_000, withPaths: false },
  { results: 500, withPaths: false },
];

/** @param toolVersion the version of this program. */
export function sarifText(report: Report, toolVersion: string): string {
  const findings = findingsOf(report, true);
  let text = '';
  for (const rung of RUNGS) {
    text = jsonText(logOf(report, findings, rung, toolVersion));
    if (text.length < SMALL || gzipSync(text).length <= MOST_BYTES) break;
  }
  return text;
}

function logOf(report: Report, findings: readonly Finding[], rung: Rung, toolVersion: string): Log {
  const kept = findings.slice(0, rung.results);
  const rules = descriptors(report);
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const pathsOf = rung.withPaths ? pathFinder(report) : () => [];
  const run: Run = {
    tool: driver(rules, toolVersion),
    automationDetails: { id: 'blast-radius/' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [...cutNotes(findings, rung), ...report.diagnostics.map(notification)],
      },
    ],
    results: kept.map((finding) => resultOf(finding, ruleIndex.get(finding.rule), pathsOf(finding))),
    properties: { comparison: comparisonOf(report.comparison), summary: visible(report.verdict.summary), verdict: scoreWords(countsOf(report)), counts: countsOf(report) }, // prettier-ignore
  };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}

function comparisonOf({ base, head, chosenBy }: Comparison): Comparison {
  return { base: visible(base), head: visible(head), chosenBy: visible(chosenBy) };
}

function driver(rules: ReportingDescriptor[], toolVersion: string): Run['tool'] {
  return {
    driver: {
      name: 'Blast Radius',
      semanticVersion: toolVersion,
      rules,
      shortDescription: { text: 'What a change can break, and how sure that is.' },
    },
  };
}

function cutNotes(findings: readonly Finding[], { results, withPaths }: Rung): Notification[] {
  const cut = findings.length - results;
  const texts = [
    ...(cut > 0 ? [`${plural(cut, 'finding')} of ${findings.length}, the mildest, ${cut === 1 ? 'is' : 'are'} not in this file, to keep within the limits of code scanning.`] : []), // prettier-ignore
    ...(withPaths ? [] : ['Paths to dependents are left out, to keep within the limits of code scanning.']),
  ];
  return texts.map((text) => ({ level: 'warning', message: { text } }));
}

function notification({ kind, level, message, file, line, count }: Diagnostic): Notification {
  return {
    level,
    descriptor: { id: `input/${kind}` },
    message: { text: visible(count === undefined ? message : `${message} (${count} places)`) },
    ...(file === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodePath(file), uriBaseId: '%SRCROOT%' },
                ...(line === undefined || line < 1 ? {} : { region: { startLine: line } }),
              },
            },
          ],
        }),
  };
}
