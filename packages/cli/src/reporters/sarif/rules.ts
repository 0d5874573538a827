/**
 * The rules of a run: what code scanning shows beside a result. In: a report. Out: descriptors, in the findings' rules' order.
 * Not here: the words (they come with the report).
 */
import type { ReportingDescriptor } from 'sarif';
import type { FlagSeverity, Report, RiskRule } from '@blast-radius/core';
import { findingRules } from '../findings.js';
import type { OwnRule } from '../own-rules.js';

/** GitHub's bands: over 9 critical, 7 to 8.9 high, 4 to 6.9 medium, below that low. */
const SECURITY_SEVERITY = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.5',
} as const satisfies Record<FlagSeverity, string>;

const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<FlagSeverity, string>;

/** One descriptor a rule that the run can name. */
export function descriptors(report: Report): ReportingDescriptor[] {
  return findingRules(report).map(descriptor);
}

function descriptor(rule: RiskRule | OwnRule): ReportingDescriptor {
  const { id, title, cause, consequence, remedy, severity, verdict } = rule;
  const kind = 'kind' in rule ? rule.kind : undefined;
  const anchor = 'kind' in rule && rule.anchor !== undefined ? `Also known as: ${rule.anchor}.` : undefined;
  const parts = [`Cause: ${cause}`, `Consequence: ${consequence}`, `Remedy: ${remedy}`, ...(anchor ? [anchor] : [])];
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: plain(title) },
    fullDescription: { text: plain(`${cause} ${consequence}`) },
    help: {
      text: plain(parts.join('\n')),
      markdown: parts.map((part) => part.replace(/^[^:]+/, '**$&**')).join('\n\n'),
    },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['blast-radius', ...(kind === undefined ? [] : [kind]), ...(kind === 'auth' ? ['security'] : []), verdict],
      'problem.severity': severity === 'info' ? 'recommendation' : severity === 'high' || severity === 'critical' ? 'error' : 'warning', // prettier-ignore
      ...(kind === 'auth' ? { 'security-severity': SECURITY_SEVERITY[severity] } : {}),
    },
  };
}

/** `db/column-dropped` as `DbColumnDropped`. */
function nameOf(id: string): string {
  return id.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
