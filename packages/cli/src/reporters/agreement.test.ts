/**
 * The same report in every format: what each says in numbers, read back from what it prints, must be what the JSON lists hold.
 * Over every story under fixtures/ and the shop.
 */
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze, type Report } from '@blast-radius/core';
import { fixtureCases, materialise, type MadeRepository } from '@blast-radius/testkit';
import type { CliIo } from '../io.js';
import { renderReport, type RenderOptions } from './formats.js';

const FIXTURES = fileURLToPath(new URL('../../../../fixtures', import.meta.url));
const STORIES = [
  { name: 'shop', base: `${FIXTURES}/shop/base`, head: `${FIXTURES}/shop/head` },
  ...fixtureCases(FIXTURES),
];

/** A story with new type errors; a checker for each of them would add a minute and no number. */
const TYPED = 'checked/breaks-two-hops';

/** What can be read from a format; a format that has no word for a number leaves it out. */
interface Said {
  readonly score: number;
  readonly known: boolean;
  readonly changes: number;
  readonly impacted: number;
  readonly impactedFiles: number;
  readonly tests: number;
  readonly flags: number;
  readonly suppressed: number;
  readonly unknowns: number;
  readonly breaks: number;
}

const options: Omit<RenderOptions, 'root'> = {
  io: silent(),
  color: false,
  toFile: true,
  limit: Infinity,
  gate: [],
  again: '',
};

function silent(): CliIo {
  const stream = { write: () => true };
  return {
    stdin: (async function* () {})(),
    stdout: stream,
    stderr: stream,
    env: {},
    cwd: '/',
    platform: 'linux',
    now: () => 0,
  };
}

/** The number in the first match; 0 where there is none, since empty sections are not printed. */
function number(text: string, pattern: RegExp): number {
  return Number((pattern.exec(text)?.[1] ?? '0').replaceAll(',', ''));
}

function fromJson(text: string): Said {
  const report = JSON.parse(text) as Report;
  const outside = report.impacts.filter(({ test }) => !test);
  return {
    score: report.score.value,
    known: report.verdict.known,
    changes: report.changes.filter(({ kind }) => kind !== 'comment').length,
    impacted: new Set(outside.map(({ id }) => id)).size,
    impactedFiles: report.stats.impactedFiles,
    tests: report.tests.length,
    flags: report.flags.length,
    suppressed: report.suppressed.length,
    unknowns: report.unknowns.length,
    breaks: report.types?.breaks.length ?? 0,
  };
}

function fromText(text: string): Partial<Said> {
  return {
    score: number(text, /(?:^|\n)(?:UNKNOWN, at least )?[A-Z]+ ([\d.]+) \/ 100/),
    known: !/^UNKNOWN, at least /m.test(text),
    changes: number(text, /^Changed: ([\d,]+)/m),
    impacted: number(text, /^(?:Nearest impacts|Impacts): \d+ of ([\d,]+)/m),
    tests: number(text, /^Run: ([\d,]+) test/m),
    flags: number(text, /^Sensitive: ([\d,]+) flag/m),
    suppressed: number(text, /([\d,]+) accepted with a reason/),
    unknowns: number(text, /^Could not tell: ([\d,]+) unknown/m),
    breaks: number(text, /^Breaks at compile time: ([\d,]+) new/m),
  };
}

function fromMarkdown(text: string): Partial<Said> {
  return {
    score: number(text, /Blast Radius: (?:UNKNOWN, at least )?[A-Z]+ ([\d.]+) \/ 100/),
    known: !text.includes('Blast Radius: UNKNOWN'),
    changes: number(text, /<b>Changed<\/b>: ([\d,]+)/),
    impacted: number(text, /<b>Reached<\/b>: ([\d,]+) symbol/),
    impactedFiles: number(text, /<b>Reached<\/b>: [\d,]+ symbols? in ([\d,]+) file/),
    tests: number(text, /<b>Tests<\/b>: ([\d,]+) test/),
    suppressed: number(text, /<b>Accepted<\/b>: ([\d,]+) finding/),
    unknowns: number(text, /Could not tell: ([\d,]+) unknown/),
  };
}

function fromSarif(text: string): Said {
  const [run] = (JSON.parse(text) as Log).runs;
  const counts = run?.properties?.['counts'] as {
    score: number;
    known: boolean;
    changes: number;
    impactedSymbols: number;
    impactedFiles: number;
    tests: number;
  };
  const results = run?.results ?? [];
  const count = (source: string, accepted = false): number =>
    results.filter(
      ({ properties, suppressions }) => properties?.['source'] === source && (suppressions?.length !== 0) === accepted,
    ).length;
  return {
    ...counts,
    impacted: counts.impactedSymbols,
    flags: count('flag'),
    suppressed: count('flag', true),
    unknowns: count('unknown'),
    breaks: count('break'),
  };
}

function fromAnnotations(text: string): Partial<Said> {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  return {
    score: number(line, /([\d.]+) \/ 100/),
    known: !line.includes('UNKNOWN'),
    changes: number(line, /([\d,]+) changes?,/),
    impacted: number(line, /([\d,]+) impacted symbol/),
    impactedFiles: number(line, / in ([\d,]+) file/),
    tests: number(line, /([\d,]+) test file/),
    flags: number(line, /([\d,]+) flag/),
    breaks: number(line, /([\d,]+) new type error/),
    unknowns: number(line, /([\d,]+) unknown/),
  };
}

function fromCodeQuality(text: string): Partial<Said> {
  const issues = JSON.parse(text) as { check_name: string }[];
  const count = (name: RegExp): number => issues.filter((one) => name.test(one.check_name)).length;
  return {
    flags: count(/^(?!unknown\/not-followed|compile\/new-type-error|change\/breaking)/),
    unknowns: count(/^unknown\/not-followed$/),
    breaks: count(/^compile\/new-type-error$/),
  };
}

describe.each(STORIES)('$name', ({ name, base, head }) => {
  let made: MadeRepository;
  let said: Said;
  let draw: (format: Parameters<typeof renderReport>[0]) => Promise<string>;
  beforeAll(async () => {
    made = materialise(base, head);
    const types = name === TYPED ? 'ts-morph' : 'off';
    const report = await analyze({ root: made.root, base: 'main', threads: 0, env: {}, types });
    draw = (format) => renderReport(format, report, { ...options, root: made.root });
    said = fromJson(await draw('json'));
  }, 120_000);
  afterAll(() => made.dispose());

  it('says the same in every format', async () => {
    const sarif = fromSarif(await draw('sarif'));
    expect(pick(said, sarif)).toEqual(pick(sarif, said));
    const readers = [
      ['text', fromText],
      ['markdown', fromMarkdown],
      ['summary', fromMarkdown],
      ['github', fromAnnotations],
      ['gitlab', fromCodeQuality],
    ] as const;
    for (const [format, read] of readers)
      expect({ format, ...said }).toMatchObject({ format, ...read(await draw(format)) });
  });
});

/** Of `record` what `like` has too. */
function pick(record: object, like: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key in like));
}

it('reads numbers that are there, so that the tests above can fail', () => {
  expect(fromText('Changed: 1,234 (2 breaking)\nUNKNOWN, at least LOW 3.5 / 100')).toMatchObject({
    changes: 1234,
    score: 3.5,
    known: false,
  });
  expect(STORIES.map(({ name }) => name)).toContain(TYPED);
  expect(STORIES.length).toBeGreaterThan(50);
});
