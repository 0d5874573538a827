/** The rule catalogue: every rule has a case that fires it, one that does not, and its page in docs/rules. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/catalogue/rules/index.js';
import { rulePage, rulePagePath } from '../../src/catalogue/rules/page.js';
import { CODE_CASES } from './code.cases.js';
import { CONTRACT_CASES } from './contract.cases.js';
import { DATABASE_CASES } from './database.cases.js';
import { OPENAPI_CASES } from './openapi.cases.js';
import { flagsOf, type RuleCase } from './rule-case.js';
import { SETTINGS_CASES } from './settings.cases.js';
import { DECLARATION_RULES, declarationFlags, PACKAGE_CASES, packageFlags } from './typescript.cases.js';

const CASES: Readonly<Record<string, RuleCase>> = {
  ...DATABASE_CASES,
  ...CONTRACT_CASES,
  ...OPENAPI_CASES,
  ...SETTINGS_CASES,
  ...CODE_CASES,
};
const DOCS = fileURLToPath(new URL('../../../../docs/rules/', import.meta.url));

/** Rules that need a linked repository, and a checker, have cases of their own kind. */
async function rulesFired(
  id: string,
): Promise<{ readonly fires: readonly string[]; readonly silent: readonly string[] } | undefined> {
  if (DECLARATION_RULES.includes(id)) return declarationFlags(id);
  const steps = PACKAGE_CASES[id];
  return steps === undefined
    ? undefined
    : { fires: await packageFlags(steps.fires), silent: await packageFlags(steps.silent) };
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('fires, with its kind, and only where it should', { timeout: 300_000 }, async () => {
    const named = await rulesFired(id);
    if (named !== undefined) {
      expect(named.fires).toContain(id);
      expect(named.silent).not.toContain(id);
      return;
    }
    const fired = (await flagsOf(CASES[id]!.fires)).filter((flag) => flag.rule === id);
    expect(fired.map(({ kind }) => kind)).toContain(rule.kind);
    const silent = await flagsOf(CASES[id]!.silent);
    expect(silent.map((flag) => flag.rule)).not.toContain(id);
  });

  test('has the page that its row prints', () => {
    expect(readFileSync(`${DOCS}${rulePagePath(rule)}`, 'utf8'), 'run node scripts/rule-docs.mjs').toBe(rulePage(rule));
  });
});

test('rules, cases and pages are the same', () => {
  const ids = RULES.map(({ id }) => id).sort();
  expect(new Set(ids).size).toBe(ids.length);
  const cases = [...Object.keys(CASES), ...DECLARATION_RULES, ...Object.keys(PACKAGE_CASES)];
  expect(cases.sort()).toEqual(ids);
  const pages = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('/'));
  expect(pages.sort()).toEqual(RULES.map((rule) => rulePagePath(rule)).sort());
});
