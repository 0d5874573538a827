/**
 * The facts of a text do not show whose tree they were read from: ESLint's, either major's, with its own parser or TypeScript's,
 * against the engine's parser. On this project's own sources.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Linter, Rule, SourceCode } from 'eslint';
import * as eslint10 from 'eslint';
import * as eslint9 from 'eslint9';
import { describe, expect, test } from 'vitest';
import { extractFacts, extractFromProgram, languageOf } from '../../core/src/gather/facts/index.js';
import { parse } from '../../core/src/gather/facts/parser.js';
import { PARSERS } from './linted.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LINTERS = [
  ['9', (eslint9 as unknown as typeof eslint10).Linter],
  ['10', eslint10.Linter],
] as const;

/** Every `step`-th source below some folders. */
function sources(folders: readonly string[], ending: RegExp, step: number): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .sort()
        .map((name) => join(folder, name)),
    )
    .filter((name) => ending.test(name) && !/node_modules|[/\\]dist[/\\]/.test(name))
    .filter((_, index) => index % step === 0);
}

/** What a rule is given for a text. */
function sourceCodeOf(
  Linter: typeof eslint10.Linter,
  name: string,
  text: string,
  parser: keyof typeof PARSERS,
): SourceCode {
  let found: SourceCode | undefined;
  const rule: Rule.RuleModule = { create: ({ sourceCode }) => ((found = sourceCode), {}) };
  const config: Linter.Config = {
    files: ['**/*.{mjs,ts}'],
    plugins: { own: { rules: { rule } } },
    rules: { 'own/rule': 'error' },
    ...PARSERS[parser],
  };
  const problems = new Linter({ cwd: ROOT }).verify(text, [config], { filename: join(ROOT, name) });
  if (found === undefined) throw new Error(`${name}: ${problems[0]?.message ?? 'no tree'}`);
  return found;
}

/** Files whose facts differ between the trees, and how many were compared. */
function differences(Linter: typeof eslint10.Linter, names: readonly string[], parser: keyof typeof PARSERS): string[] {
  return names.filter((name) => {
    const text = readFileSync(join(ROOT, name), 'utf8');
    const language = languageOf(name)!;
    const sourceCode = sourceCodeOf(Linter, name, text, parser);
    const comments = sourceCode.getAllComments().map(({ type, value, range = [0, 0] }) => ({ type, value, range }));
    const input = { program: sourceCode.ast, text: sourceCode.text, language, comments };
    const own = extractFacts({ text, language, parser: 'oxc' });
    const whole = JSON.stringify(extractFromProgram(input)) === JSON.stringify(own);
    const quiet = JSON.stringify(extractFromProgram({ ...input, calls: false }));
    const parsed = parse(text, language === 'ts' ? 'ts' : 'js', 'oxc')!;
    const ownQuiet = extractFromProgram({
      ...input,
      program: parsed.program,
      comments: parsed.comments(),
      calls: false,
    });
    // What only calls name (`Infinity` as an argument) is bound last, so that nothing else depends on their being recorded.
    const bindings = own.bindings.slice(0, ownQuiet.bindings.length);
    const same = quiet === JSON.stringify(ownQuiet) && quiet === JSON.stringify({ ...own, bindings, calls: '' });
    return !whole || !same;
  });
}

describe.each(LINTERS)('ESLint %s', (_, Linter) => {
  test('its own parser', () => {
    const names = sources(['scripts', 'benchmarks'], /\.mjs$/, 1);
    expect(names.length).toBeGreaterThan(5);
    expect(differences(Linter, names, 'espree')).toEqual([]);
  }, 60_000);

  test('TypeScript’s parser', () => {
    const names = sources(['packages/core/src', 'packages/cli/src', 'packages/eslint-plugin'], /\.ts$/, 5);
    expect(names.length).toBeGreaterThan(50);
    expect(differences(Linter, names, 'typescript')).toEqual([]);
  }, 60_000);
});
