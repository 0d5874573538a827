/** SARIF against its official schema, and what GitHub's code scanning asks for beyond it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Report } from '@blast-radius/core';
import { ATTACKS, hostileReport } from '../hostile.fixture.js';
import { change, flag, impact, report } from '../report.fixture.js';
import { MOST_RESULTS, sarifText } from './index.js';

const require = createRequire(import.meta.url);
const isValid = (() => {
  const folder = require.resolve('@microsoft/jest-sarif/package.json').replace('package.json', '');
  const ajv = new Ajv04.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(`${folder}lib/schemas/sarif-2.1.0-rtm.5.json`, 'utf8')));
  return (log: unknown): string[] => {
    validate(log);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
})();

function runOf(found: Report): Run {
  const log = JSON.parse(sarifText(found, '1.2.3')) as Log;
  return log.runs[0] as Run;
}

const rule = { id: 'auth/guard-removed-from-route', kind: 'auth', severity: 'high', verdict: 'risky', title: 'Guard removed', cause: 'A `guard` is gone.', consequence: 'Anybody may call.', remedy: 'Put it back.' } as const; // prettier-ignore
const guard = flag({ rule: rule.id, kind: 'auth', severity: 'high', verdict: 'risky', security: 'weakened', file: 'apps/api/a b.ts', line: 9, subject: 'GET /users', message: 'requireAuth no longer guards GET /users.' }); // prettier-ignore
const types = { engine: 'native', version: '7', installed: true, checkedFiles: 1, spared: 0, doubtful: 0, suspects: [], notInstalled: 0, breaks: [{ file: 'a.ts', line: 1, code: 2322, message: 'No.' }] } as const; // prettier-ignore
const full = report({
  flags: [guard, flag({ severity: 'info', verdict: 'safe', rule: 'db/table-added' })],
  suppressed: [{ ...flag({ line: 0 }), suppression: { by: 'comment', rules: ['db/*'], file: 'x.sql', line: 2, reason: 'empty table' } }], // prettier-ignore
  rules: [rule],
  unknowns: [
    { file: 'src/load.ts', line: 0, reason: 'computed import' },
    { file: '', line: 0, reason: '7 more places' },
  ],
  diagnostics: [{ kind: 'syntax-error', level: 'error', message: 'Broken.', file: 'b.ts', line: 2, count: 3 }],
  types,
});

describe('the official schema', () => {
  it('holds for a full report and an empty one', () => {
    expect(isValid(JSON.parse(sarifText(full, '1.2.3')))).toEqual([]);
    expect(isValid(JSON.parse(sarifText(report({ changes: [], impacts: [] }), '1.2.3')))).toEqual([]);
  });

  it('refuses what is no SARIF, so that the test above can fail', () => {
    const log = JSON.parse(sarifText(full, '1.2.3')) as { runs: { results: Record<string, unknown>[] }[] };
    log.runs[0]!.results[0]!['level'] = 'grave';
    expect(isValid(log)).not.toEqual([]);
  });

  it.each(ATTACKS.map((evil) => [JSON.stringify(evil).slice(0, 40), evil] as const))('holds for %s', (_, evil) => {
    expect(isValid(JSON.parse(sarifText(hostileReport(evil), '1.2.3')))).toEqual([]);
  });
});

it('puts the gravest first, with level, place, path and who accepted what', () => {
  const { results = [], tool } = runOf(full);
  expect(results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual([
    'error auth/guard-removed-from-route',
    'error compile/new-type-error',
    'error db/column-dropped',
    'warning unknown/not-followed',
    'warning unknown/not-followed',
    'warning change/breaking',
    'note db/table-added',
  ]);
  for (const { ruleId, ruleIndex } of results) {
    if (ruleIndex !== undefined) expect(tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
  }
  const [first] = results as [Result];
  expect(first.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('apps/api/a%20b.ts');
  const breaking = results.find(({ ruleId }) => ruleId === 'change/breaking');
  const steps = breaking?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location?.message?.text);
  expect(steps).toEqual(['format', 'called by Cart']);
  expect(
    results.filter(({ suppressions }) => suppressions?.length !== 0).map(({ suppressions }) => suppressions),
  ).toEqual([[expect.objectContaining({ kind: 'inSource', justification: 'empty table' })]]);
});

it('gives rules of access a security severity and every rule its help', () => {
  const { rules = [] } = runOf(full).tool.driver;
  expect(rules[0]?.properties).toMatchObject({
    'security-severity': '8.0',
    tags: expect.arrayContaining(['security']),
  });
  for (const one of rules) {
    expect(one.help?.text).toMatch(/^Cause: [^`]+Remedy: /s);
    expect(one.help?.markdown).toContain('**Remedy**');
    expect(one.properties?.tags?.length).toBeLessThanOrEqual(20);
  }
});

describe('fingerprints', () => {
  const prints = (found: Report): string[] =>
    (runOf(found).results ?? []).map(
      ({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash'] ?? '',
    );

  it('stay when lines move, messages count otherwise, and other findings come', () => {
    const before = report({ flags: [guard] });
    const after = report({
      flags: [flag(), { ...guard, line: 90, message: 'requireAuth no longer guards GET /users; 3 more.' }],
      changes: [change({ line: 80, reach: { ...change().reach, total: 7 } })],
    });
    expect(prints(after)).toEqual(expect.arrayContaining(prints(before)));
  });

  it('tell equal findings of one report apart', () => {
    const all = prints(report({ flags: [guard, { ...guard, line: 12 }] }));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("GitHub's limits", () => {
  const many = (count: number): Report['flags'] =>
    Array.from({ length: count }, (_, at) =>
      flag({ subject: `t${at}`, severity: at === count - 1 ? 'critical' : 'medium' }),
    );

  it('cuts the mildest past 25,000 results, and says so', () => {
    const { results = [], invocations } = runOf(report({ flags: many(MOST_RESULTS + 10), changes: [] }));
    expect(results).toHaveLength(MOST_RESULTS);
    expect(results[0]?.level).toBe('error');
    const [note] = invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(note?.message.text).toMatch(/^10 findings of 25010, the mildest, are not in this file/);
  });

  it('leaves paths out before a file is too large, gzipped', () => {
    const noise = (at: number): string =>
      Array.from({ length: 900 }, (_, index) => ((at * 7919 + index * at * 31) % 9973).toString(36)).join('');
    const changes = Array.from({ length: 3000 }, (_, at) =>
      change({ id: `c${at}`, symbol: noise(at), file: `f${at}.ts` }),
    );
    const impacts = changes.flatMap(({ id }, at) =>
      [1, 2].map((nth) =>
        impact({
          id: `${id}i${nth}`,
          symbol: noise(at * 10 + nth),
          file: `${id}${nth}.ts`,
          path: [id, `${id}i${nth}`],
        }),
      ),
    );
    const text = sarifText(report({ changes, impacts }), '1.2.3');
    expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
    expect(text).toContain('Paths to dependents are left out');
    expect(text).not.toContain('codeFlows');
  });
});
