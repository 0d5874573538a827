/** A rule as its page in docs/rules. In: a row. Out: Markdown. `node scripts/rule-docs.mjs` writes them all. */
import type { RiskRule } from './rule.js';

/** Where the page is, below docs/rules. */
export function rulePagePath({ id }: RiskRule): string {
  return `${id}.md`;
}

/** The page. */
export function rulePage({ id, kind, severity, verdict, title, cause, consequence, remedy, anchor }: RiskRule): string {
  return [
    `# ${title}`,
    '',
    `\`${id}\` · ${kind} · ${severity} · ${verdict}`,
    '',
    `**Cause.** ${cause}`,
    '',
    `**Consequence.** ${consequence}`,
    '',
    `**Remedy.** ${remedy}`,
    '',
    ...(anchor === undefined ? [] : [`**Also known as.** ${anchor}.`, '']),
    `Accept a finding with a reason: \`blast-radius-ignore ${id} -- why\` in a comment on the line before it, or in`,
    'the configuration (see [Accepting findings](../README.md#accepting-findings)).',
    '',
  ].join('\n');
}
