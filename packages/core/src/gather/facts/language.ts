/**
 * Which language a path stands for, by its ending alone.
 * Not here: whether a file is source, generated or vendored.
 */
import type { Language } from '../../model/facts.js';
import type { RepoPath } from '../../model/path.js';

const BY_EXTENSION: Readonly<Record<string, Language>> = {
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'jsx',
  vue: 'vue',
  svelte: 'svelte',
  astro: 'astro',
  json: 'json',
};

/** `x.d.ts`, `x.d.mts`, and TypeScript's `x.d.css.ts`. */
const DECLARATION_FILE = /\.d\.([^./]+\.)?[mc]?ts$/;

/** The language of a path; `undefined` where the extractor has nothing to say about such a file. */
export function languageOf(path: RepoPath): Language | undefined {
  if (DECLARATION_FILE.test(path)) return 'dts';
  const dot = path.lastIndexOf('.');
  if (dot < 0 || path.indexOf('/', dot) >= 0) return undefined;
  const extension = path.slice(dot + 1).toLowerCase();
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
}

/** True for languages whose unused imports the compiler drops. */
export function isTypeScript(language: Language): boolean {
  return language === 'ts' || language === 'tsx' || language === 'dts';
}
