/**
 * Writes docs/rules from the rule catalogue: a page a rule, and the list in README.md. Needs a build.
 * `packages/core/test/rules/rules.test.ts` proves that the pages are those of the rows.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES } from '../packages/core/dist/catalogue/rules/index.js';
import { rulePage, rulePagePath } from '../packages/core/dist/catalogue/rules/page.js';

const docs = fileURLToPath(new URL('../docs/rules/', import.meta.url));
for (const area of new Set(RULES.map(({ id }) => id.split('/')[0])))
  rmSync(`${docs}${area}`, { recursive: true, force: true });
for (const rule of RULES) {
  const path = `${docs}${rulePagePath(rule)}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, rulePage(rule));
}
const readme = `${docs}README.md`;
const START = '<!-- rules -->';
const text = readFileSync(readme, 'utf8');
const kept = text.slice(0, text.indexOf(START) + START.length);
const rows = RULES.map(
  (rule) =>
    `| [\`${rule.id}\`](${rulePagePath(rule)}) | ${rule.kind} | ${rule.severity} | ${rule.verdict} | ${rule.title} |`,
);
writeFileSync(
  readme,
  `${kept}\n\n| rule | kind | severity | verdict | what |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`,
);
console.log(`docs/rules: ${RULES.length} pages`);
