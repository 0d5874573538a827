/**
 * Every story under fixtures/: its base and head become a git history, and the report must be the one written down.
 * `UPDATE=1 pnpm test golden` writes expected.json anew; read the difference before you commit it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fixtureCases, materialise, type FixtureCase } from '@blast-radius/testkit';
import { analyze, type AnalyzeOptions } from '@blast-radius/core';
import { describe, expect, test } from 'vitest';
import { project } from './projection.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const UPDATE = process.env['UPDATE'] === '1';
/** A longer file is not read: split the story. */
const LONGEST = 150;

describe.each(fixtureCases(FIXTURES))('$name', (story) => {
  test('is as written down, by every way of running it', async () => {
    const made = materialise(story.base, story.head);
    try {
      const ask = (more: AnalyzeOptions) => analyze({ root: made.root, base: 'main', env: {}, ...more });
      const report = await ask({ threads: 0 });
      const text = `${JSON.stringify(project(report), undefined, 2)}\n`;
      compare(story, text);
      expect(JSON.stringify(await ask({ threads: 2 }))).toBe(JSON.stringify(report));
      const committed = await ask({ threads: 0, head: 'change' });
      expect(project(committed)).toEqual(project(report));
      const reference = await ask({ threads: 0, parser: 'typescript-estree' });
      expect(project(reference)).toEqual(project(report));
    } finally {
      made.dispose();
    }
  });
});

function compare(story: FixtureCase, text: string): void {
  if (UPDATE) writeFileSync(story.expected, text);
  if (!existsSync(story.expected)) throw new Error(`${story.name} has no expected.json: run UPDATE=1 and read it`);
  expect(text).toBe(readFileSync(story.expected, 'utf8'));
  expect(text.split('\n').length).toBeLessThanOrEqual(LONGEST);
}
