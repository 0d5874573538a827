/**
 * Findings as a GitLab Code Quality report. In: a report. Out: JSON text.
 * Source: docs.gitlab.com, "Code Quality report format": a flat list, fingerprints unique in it, paths without `./`.
 */
import type { FlagSeverity, Report } from '@blast-radius/core';
import { visible } from '../visible.js';
import { findingsOf, sentenceOf, type Finding } from './findings.js';
import { jsonText } from './json.js';

const SEVERITIES = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
} as const satisfies Record<FlagSeverity, string>;

/** The report's findings. One without a place stands at the first changed file, since GitLab shows no other. */
export function codeQualityText(report: Report): string {
  const home = report.changes.find(({ file }) => file !== '')?.file ?? 'package.json';
  return jsonText(findingsOf(report).map((finding) => issueOf(finding, home)));
}

function issueOf(finding: Finding, home: string): unknown {
  const { rule, title, severity, fingerprint, file, line } = finding;
  return {
    description: visible(`${title}: ${sentenceOf(finding)}`),
    check_name: rule,
    fingerprint,
    severity: SEVERITIES[severity],
    location: { path: visible(file === '' ? home : file), lines: { begin: Math.max(1, line) } },
  };
}
