/**
 * A repository with a prepared index, and a text linted in it as an editor does: by either ESLint, saved or not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareIndex } from '@blast-radius/core';
import { materialise, type MadeRepository } from '@blast-radius/testkit';
import * as typescriptParser from '@typescript-eslint/parser';
import { ESLint as ESLint10, type Linter } from 'eslint';
import { ESLint as ESLint9 } from 'eslint9';
import { vi } from 'vitest';
import plugin from '../src/index.js';

/** Both majors, by what they call themselves. */
export const MAJORS = [
  ['9', ESLint9 as unknown as typeof ESLint10],
  ['10', ESLint10],
] as const;

/** ESLint's own parser, and the one for TypeScript. */
export const PARSERS = { espree: {}, typescript: { languageOptions: { parser: typescriptParser } } } as const;

/** Gives the process a cache folder of its own. Returns its removal. */
export function useOwnCache(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'blast-radius-eslint-'));
  vi.stubEnv('BLAST_RADIUS_CACHE', folder);
  return () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  };
}

/** A repository whose base is the files, indexed. */
export async function indexed(files: Readonly<Record<string, string>>): Promise<MadeRepository> {
  const manifest = { 'package.json': '{ "name": "root", "private": true, "type": "module" }' };
  const made = materialise({ ...manifest, ...files }, { ...manifest, ...files });
  await prepareIndex({ root: made.root, threads: 0 });
  return made;
}

/** What is linted, and how. */
export interface LintInput {
  readonly ESLint: typeof ESLint10;
  readonly root: string;
  readonly parser: keyof typeof PARSERS;
  readonly rules: Linter.RulesRecord;
  readonly settings?: Record<string, unknown>;
}

/** ESLint over a repository with these rules of the plugin and no others. */
export function linter({ ESLint, root, parser, rules, settings = {} }: LintInput) {
  const config: Linter.Config = {
    files: ['**/*.{js,ts,vue}'],
    plugins: { 'blast-radius': plugin },
    rules,
    settings,
    ...PARSERS[parser],
  };
  return new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [config] });
}

/** The messages for a text that is not saved. */
export async function lintUnsaved(input: LintInput, file: string, text: string): Promise<Linter.LintMessage[]> {
  const [result] = await linter(input).lintText(text, { filePath: join(input.root, file) });
  return result?.messages ?? [];
}
