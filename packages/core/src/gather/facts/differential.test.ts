/** Both parsers give equal facts: on this project's own sources, and on all files below `BLAST_CORPUS` where that is set. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { extractFacts, languageOf } from './index.js';

const OWN_SOURCES = fileURLToPath(new URL('../..', import.meta.url));

/** Source files below a folder, sorted; links are not followed. */
function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '.git' ? [] : sourcesBelow(path);
    const language = entry.isFile() ? languageOf(entry.name) : undefined;
    return language === undefined || language === 'json' ? [] : [path];
  });
}

/** Files for which the two parsers disagree. */
function disagreements(folder: string): { files: number; different: string[] } {
  const files = sourcesBelow(folder);
  const different = files.filter((path) => {
    const language = languageOf(path);
    if (language === undefined) return false;
    const text = readFileSync(path, 'utf8');
    const [one, two] = (['oxc', 'typescript-estree'] as const).map((parser) =>
      JSON.stringify(extractFacts({ text, language, parser })),
    );
    return one !== two;
  });
  return { files: files.length, different };
}

test('on the own sources', () => {
  const { files, different } = disagreements(OWN_SOURCES);
  expect(files).toBeGreaterThan(50);
  expect(different).toEqual([]);
}, 120_000);

test.runIf(process.env['BLAST_CORPUS'] !== undefined)(
  'on a corpus',
  () => {
    expect(disagreements(process.env['BLAST_CORPUS'] ?? '').different).toEqual([]);
  },
  3_600_000,
);
