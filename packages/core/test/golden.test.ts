/**
 * Every story under fixtures/: its base and head become a git history, and the report must be the one written down.
 * `UPDATE=1 npx -y pnpm@12 test golden` writes expected.json anew; read the difference before you commit it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixtureCases, materialise, type MadeRepository } from '@blast-radius/testkit';
import { analyze, type AnalyzeOptions, type Report, type TypesMode } from '@blast-radius/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { project } from './projection.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const UPDATE = process.env['UPDATE'] === '1';
/** A longer file is not read: split the story. */
const LONGEST = 150;

/** Stories whose expected.json is right and the engine is not yet, with what it gets wrong. Each must fail until it is mended. */
const KNOWN_FAULTS: Readonly<Record<string, string>> = {};

/** Stories of `checked/` are about what the type checker adds; the others about the graph alone. */
function typesOf(name: string): TypesMode {
  return name.startsWith('checked/') ? 'ts-morph' : 'off';
}

describe.each(fixtureCases(FIXTURES))('$name', (story) => {
  const faulty = story.name in KNOWN_FAULTS;
  let made: MadeRepository;
  let report: Report;
  const ask = (more: AnalyzeOptions): Promise<Report> =>
    analyze({ root: made.root, base: 'main', threads: 0, env: {}, types: typesOf(story.name), ...more });

  beforeAll(async () => {
    made = materialise(story.base, story.head);
    report = await ask({});
  });
  afterAll(() => made.dispose());

  (faulty ? test.fails : test)('is as written down', () => {
    const text = `${JSON.stringify(project(report), undefined, 2)}\n`;
    if (UPDATE && !faulty) writeFileSync(story.expected, text);
    if (!existsSync(story.expected)) throw new Error(`${story.name} has no expected.json: run UPDATE=1 and read it`);
    expect(text).toBe(readFileSync(story.expected, 'utf8'));
    expect(text.split('\n').length).toBeLessThanOrEqual(LONGEST);
  });

  test('says the same in threads, of the commit, and by the reference parser', async () => {
    expect(JSON.stringify(await ask({ threads: 2 }))).toBe(JSON.stringify(report));
    expect(project(await ask({ head: 'change' }))).toEqual(project(report));
    expect(project(await ask({ parser: 'typescript-estree' }))).toEqual(project(report));
  });

  test('says the same while it fills a cache, and out of it', async () => {
    const cacheDir = mkdtempSync(join(tmpdir(), 'blast-radius-cache-'));
    try {
      expect(JSON.stringify(await ask({ cacheDir }))).toBe(JSON.stringify(report));
      expect(JSON.stringify(await ask({ cacheDir }))).toBe(JSON.stringify(report));
    } finally {
      rmSync(cacheDir, { recursive: true, force: true });
    }
  }, 90_000);
});

test('every known fault is a story', () => {
  const names = new Set(fixtureCases(FIXTURES).map((story) => story.name));
  expect(Object.keys(KNOWN_FAULTS).filter((name) => !names.has(name))).toEqual([]);
});
