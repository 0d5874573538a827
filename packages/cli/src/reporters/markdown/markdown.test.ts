import { describe, expect, it } from 'vitest';
import type { Report } from '@blast-radius/core';
import { linksFor } from '../links.js';
import { change, commentOnly, flag, impact, report } from '../report.fixture.js';
import { ANCHOR, COMMENT_BYTES, markdownText, SUMMARY_BYTES } from './index.js';

const HEAD = 'b'.repeat(40);
const links = linksFor({ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'shop/shop', GITHUB_SHA: HEAD }, undefined, report().comparison); // prettier-ignore

function draw(found: Report, over: Partial<Parameters<typeof markdownText>[1]> = {}): string {
  return markdownText(found, { limit: 10, most: COMMENT_BYTES, links, gate: [], again: ' --base main', ...over });
}

/** The text above the folds. */
function opened(text: string): string {
  return text.replace(/<details>[\s\S]*?<\/details>/g, '');
}

it('says in the open how bad, what to look at, who and which tests, and folds the rest', () => {
  const rule = { id: 'db/column-dropped', kind: 'schema', severity: 'high', verdict: 'breaking', title: 'Column dropped', cause: 'c', consequence: 'q', remedy: 'Stop reading it first.' } as const; // prettier-ignore
  const evidence = [{ file: 'a.sql', line: 3, side: 'head', text: 'drop column email' }] as const;
  const text = opened(draw(report({ flags: [flag({ evidence })], rules: [rule] })));
  expect(text.split('\n')[0]).toBe(ANCHOR);
  for (const part of [
    '### 🟡 Blast Radius: MODERATE 31.5 / 100',
    `**Column dropped** [\`packages/db/migrations/0002.sql:3\`](<https://github.com/shop/shop/blob/${HEAD}/packages/db/migrations/0002.sql#L3>): Column users.email is dropped.`,
    '`db/column-dropped` · high · breaking · `drop column email`',
    '→ Stop reading it first.',
    `**Breaking change with dependents** \`format\``,
    `reaches [\`apps/web/src/cart.tsx:8\`]`,
    'Reached, though none of their files changed: `@shop/web-team` (1 impacted file)',
    '1 test file: `blast-radius tests --base main`',
    'p1 --> p0',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('Why 31.5');
});

it('links evidence that stands in another file', () => {
  const evidence = [{ file: 'apps/web/client.ts', line: 7, side: 'head', text: 'still asks' }] as const;
  const text = draw(report({ flags: [flag({ evidence })] }));
  expect(text).toContain(
    `\`still asks\` at [\`apps/web/client.ts:7\`](<https://github.com/shop/shop/blob/${HEAD}/apps/web/client.ts#L7>)`,
  );
});

it('links what is gone to the base, and what is new or changed to the head', () => {
  const gone = change({ id: 'gone', symbol: 'gone', file: 'src/gone.ts', kind: 'removed' });
  const here = change({ id: 'here', symbol: 'here', file: 'src/here.ts' });
  const about = (id: string) => flag({ file: `src/${id}.ts`, line: 9, subject: id, changes: [id] });
  const flags = [about('gone'), about('here'), flag({ file: 'src/both.ts', line: 9, changes: ['gone', 'here'] })];
  const text = draw(report({ changes: [gone, here], flags }));
  const base = report().comparison.base;
  const linked = (commit: string) =>
    new Set([...text.matchAll(new RegExp(`blob/${commit}/(src/\\w+\\.ts#L\\d+)`, 'g'))].map(([, at]) => at));
  expect(linked(base)).toEqual(new Set(['src/gone.ts#L9', 'src/gone.ts#L3']));
  expect(linked(HEAD)).toEqual(new Set(['src/here.ts#L9', 'src/here.ts#L3', 'src/both.ts#L9']));
});

describe('an unknown verdict', () => {
  const unknowns = [{ file: 'src/load.ts', line: 4, reason: 'computed import(…)' }];
  const found = report({
    ...commentOnly(),
    unknowns,
    verdict: { known: false, level: 'none', summary: 'Nothing found.' },
  });

  it('stands first and never reads as safe', () => {
    const text = draw(found);
    const [, , heading = '', , warning = ''] = text.split('\n');
    expect(heading).toBe('### 🟣 Blast Radius: UNKNOWN, at least NONE 0 / 100');
    expect(warning).toBe('> [!WARNING]');
    expect(text).toContain('not an all-clear');
    expect(text).not.toMatch(/no effect|🟢|⚪/i);
  });

  it('limits what "nothing found" means', () => {
    expect(draw({ ...found, changes: [change({ compatibility: 'neutral' })] })).toContain('was found in what could be followed.'); // prettier-ignore
  });
});

it('calls comments without effect', () => {
  expect(draw(commentOnly())).toContain('No effect. Only comments or formatting differ.');
  expect(opened(draw(commentOnly()))).not.toContain('Look here');
});

describe('limits', () => {
  const long = (at: number): string => `packages/${'ü`|'.repeat(60)}/${at}.ts`;
  const many = Array.from({ length: 1200 }, (_, at) => at);
  const huge = report({
    changes: many.map((at) => change({ id: `c${at}`, file: long(at) })),
    impacts: many.map((at) => impact({ id: `i${at}`, file: long(at), path: [`c${at}`, `i${at}`] })),
    flags: many.map((at) => flag({ file: long(at), subject: String(at) })),
    unknowns: many.map((line) => ({ file: long(line), line, reason: 'computed import(…)' })),
    verdict: { known: false, level: 'high', summary: 'Much.' },
    tests: many.map(long),
    owners: many.map((at) => ({ owner: `@shop/${at}`, changedFiles: 1, impactedFiles: 0 })),
  });

  it.each([
    [COMMENT_BYTES, Infinity],
    [SUMMARY_BYTES, Infinity],
    [COMMENT_BYTES, 1000],
    [3000, 10],
  ])('keeps %i bytes when asked for %i of each list, and says what it leaves out', (most, limit) => {
    const text = draw(huge, { most, limit });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    expect(text).toContain('Lists were shortened to fit here');
    expect(text).toContain('UNKNOWN, at least');
    expect(text).toMatch(/… and [\d,]+ more/);
    expect(text).toContain('Could not tell: 1,200 unknowns');
    expect(text.split('<details>').length).toBe(text.split('</details>').length);
  });

  it('uses what there is', () => {
    expect(Buffer.byteLength(draw(huge, { limit: Infinity, most: SUMMARY_BYTES }))).toBeGreaterThan(SUMMARY_BYTES / 4);
  });
});

describe('links', () => {
  const { comparison } = report();
  const place = { file: 'src/[id]/a b(c).ts', line: 3 };
  const path = 'src/%5Bid%5D/a%20b%28c%29.ts#L3';
  const base = 'a'.repeat(40);

  it.each([
    [
      'GitHub Actions',
      { GITHUB_SERVER_URL: 'https://ghe.example:8443', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: HEAD },
      undefined,
      `https://ghe.example:8443/o/r/blob/${HEAD}/${path}`,
    ],
    [
      'GitLab CI',
      { CI_PROJECT_URL: 'https://git.example/g/s/r', CI_COMMIT_SHA: HEAD },
      undefined,
      `https://git.example/g/s/r/-/blob/${HEAD}/${path}`,
    ],
    ['no commit', { CI_PROJECT_URL: 'https://git.example/g/s/r' }, undefined, path],
    ['a hostile variable', { CI_PROJECT_URL: 'https://x/y>)<script>', CI_COMMIT_SHA: HEAD }, undefined, path],
    ['an unknown host', {}, 'https://code.example/o/r', path],
    ['nothing', {}, undefined, path],
  ] as const)('%s', (_, env, page, expected) => {
    expect(linksFor(env, page, comparison)(place)).toBe(expected);
  });

  it('take the remote and the compared commits outside CI', () => {
    const at = linksFor({}, 'https://gitlab.com/o/r', { ...comparison, head: HEAD });
    expect(at(place)).toBe(`https://gitlab.com/o/r/-/blob/${HEAD}/${path}`);
    expect(at({ ...place, base: true })).toBe(`https://gitlab.com/o/r/-/blob/${base}/${path}`);
  });
});
