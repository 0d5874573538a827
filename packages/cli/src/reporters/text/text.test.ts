import { describe, expect, it } from 'vitest';
import type { Report } from '@blast-radius/core';
import { terminalFor, type Terminal } from '../../terminal.js';
import { change, commentOnly, flag, impact, report } from '../report.fixture.js';
import { reportText } from './index.js';

const plain: Terminal = terminalOf({ LANG: 'C.UTF-8' });
const options = { limit: 10, gate: [], again: '' };

function terminalOf(env: Record<string, string>, columns?: number): Terminal {
  const stdout = { write: () => true, isTTY: columns !== undefined, ...(columns === undefined ? {} : { columns }) };
  const io = { stdin: noInput(), stdout, stderr: stdout, env, cwd: '/', platform: 'linux', now: () => 0 };
  return terminalFor(io, undefined, false);
}

async function* noInput(): AsyncIterable<string> {}

function draw(found: Report, terminal = plain): string {
  return reportText(found, terminal, options);
}

it('says what changed, what it reaches by which path, whom to ask and what to run', () => {
  const text = draw(report());
  for (const part of [
    'aaaaaaaaaaaa → working tree (--base main)',
    'MODERATE 31.5 / 100',
    'reach  31.5  of 40  1 file depends directly',
    'format  packages/money/src/format.ts:3',
    'breaking · signature · parameter added',
    'reaches 1 directly, 2 within two hops, 2 symbols in all (2 files, 1 other package, 1 app); 1 file of tests',
    'Cart  apps/web/src/cart.tsx:8  1 hop · runtime',
    'format, called by Cart',
    'apps/web/test/cart.test.ts',
    '@shop/web-team',
    'blast-radius why apps/web/src/cart.tsx#Cart ',
    '1,234 symbols',
  ]) {
    expect(text).toContain(part);
  }
});

describe('verdicts', () => {
  it('calls comments without effect', () => {
    expect(draw(commentOnly())).toContain('No effect. Only comments');
  });

  it('never lets nothing found read as safe where something is unknown', () => {
    const unknowns = [{ file: 'src/load.ts', line: 4, reason: 'computed import(`./${name}`)' }];
    const text = draw({
      ...commentOnly(),
      unknowns,
      verdict: { known: false, level: 'none', summary: 'Nothing found.' },
    });
    expect(text).toContain('UNKNOWN, at least NONE 0 / 100');
    expect(text).toContain('not an all-clear');
    expect(text).toContain('src/load.ts:4  computed import');
    expect(text).not.toContain('No effect');
  });

  it('does not call a change that reaches nothing by name "no effect"', () => {
    const found = { ...commentOnly(), changes: [change({ reach: commentOnly().changes[0]!.reach })] };
    expect(draw(found)).not.toContain('No effect');
    expect(draw(found)).toContain('nothing that was followed depends on it');
  });
});

describe('the terminal', () => {
  it('has ASCII only where the locale is not UTF-8', () => {
    expect(draw(report(), terminalOf({ LANG: 'C' }))).toMatch(/^[\n -~]*$/);
    expect(draw(report(), terminalOf({ LC_ALL: 'de_DE.ISO-8859-1', LANG: 'C.UTF-8' }))).toMatch(/^[\n -~]*$/);
  });

  it('is coloured only where it is one, or where it is forced', () => {
    expect(draw(report())).not.toContain('\u001b');
    expect(draw(report(), terminalOf({ FORCE_COLOR: '1' }))).toContain('\u001b[');
    expect(draw(report(), terminalOf({ FORCE_COLOR: '1', NO_COLOR: '1' }))).not.toContain('\u001b');
    expect(draw(report(), terminalOf({ TERM: 'xterm' }, 80))).toContain('\u001b[');
  });

  it('wraps sentences at its width', () => {
    const reason = 'many files depend directly on it and that takes quite some words to say here';
    const score = { ...report().score, addends: [{ id: 'reach', points: 1, max: 40, reason }] };
    const lines = draw(report({ score }), terminalOf({ NO_COLOR: '1', LANG: 'C.UTF-8' }, 60)).split('\n');
    expect(lines.filter((line) => line.length > 60 && !line.includes('blast-radius '))).toEqual([]);
  });

  it('keeps a short last column in its row, however narrow', () => {
    const name = `@shop/${'w'.repeat(24)}`;
    const text = draw(report({ packages: [{ ...report().packages[0]!, name }] }), terminalOf({ NO_COLOR: '1' }, 58));
    expect(text).toMatch(new RegExp(`${name} +1 +1 +1 +app\n`));
  });

  it('is never sent the control characters of a repository', () => {
    const evil = 'a\u001b[2J\u009b31m\n\u202eb';
    const found = report({
      changes: [change({ symbol: evil, file: evil, rule: evil, detail: evil, before: evil })],
      impacts: [impact({ symbol: evil, file: evil, path: [evil, evil] })],
      packages: [{ ...report().packages[0]!, name: evil }],
      owners: [{ owner: evil, changedFiles: 1, impactedFiles: 1 }],
      tests: [evil],
      hubs: [{ id: evil, symbol: evil, file: evil, behind: 2 }],
      flags: [flag({ rule: evil, file: evil, message: evil, subject: evil })],
      unknowns: [{ file: evil, line: 1, reason: evil }],
      diagnostics: [{ kind: 'syntax-error', level: 'error', message: evil, file: evil }],
      comparison: { base: evil, head: evil, chosenBy: evil },
      verdict: { known: false, level: 'low', summary: evil },
      stats: { ...report().stats, skipped: { [evil]: 1 } },
    });
    const text = reportText(found, plain, { ...options, gate: [evil] });
    expect(text).toContain('a\\x1b[2J\\x9b31m\\x0a\\u{202e}b');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

it('shows the first of long lists and says how to see the rest', () => {
  const impacts = Array.from({ length: 12 }, (_, index) => impact({ id: `${index}`, symbol: `s${index}` }));
  const text = draw(report({ impacts }));
  expect(text).toContain('s9 ');
  expect(text).not.toContain('s10 ');
  expect(text).toContain('… 2 more: --verbose');
});

it('shows the gravest flags first, and counts harmless and accepted ones', () => {
  const suppression = {
    by: 'config',
    rules: ['db/*'],
    file: 'blast-radius.config.json',
    line: 1,
    reason: 'empty',
  } as const;
  const text = draw(
    report({
      flags: [
        flag({ rule: 'db/index-dropped', severity: 'medium', message: 'Index i is dropped.' }),
        flag({ rule: 'db/table-added', severity: 'info', verdict: 'safe', message: 'Table t is added.' }),
        flag(),
      ],
      suppressed: [{ ...flag(), suppression }],
    }),
  );
  expect(text.indexOf('db/column-dropped')).toBeLessThan(text.indexOf('db/index-dropped'));
  expect(text).not.toContain('db/table-added');
  expect(text).toContain('1 harmless not shown; 1 accepted with a reason');
});

it('counts changes by compatibility, worst first', () => {
  const changes = [
    change(),
    change({ id: 'b', compatibility: 'unknown' }),
    change({ id: 'c', compatibility: 'unknown' }),
  ];
  expect(draw(report({ changes }))).toContain('Changed: 3 (1 breaking, 2 of unknown compatibility)');
});

it('shows a symbol once, with every world that reaches it', () => {
  const text = draw(report({ impacts: [impact(), impact({ world: 'compile', distance: 2 })] }));
  expect(text.match(/Cart  apps/g)).toHaveLength(1);
  expect(text).toContain('1 hop · runtime + compile');
});
