/**
 * What part a file plays, by its path; and, once its facts are known, by what it calls.
 * In: a repo-relative path. Out: role and language.
 * Not here: which files are left out (classify.ts).
 */
import type { FileFacts, Language } from '../../model/facts.js';
import { baseNameOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileRole } from '../../model/snapshot.js';

const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ['ts', 'ts'],
  ['mts', 'ts'],
  ['cts', 'ts'],
  ['tsx', 'tsx'],
  ['js', 'js'],
  ['mjs', 'js'],
  ['cjs', 'js'],
  ['jsx', 'jsx'],
  ['vue', 'vue'],
  ['svelte', 'svelte'],
  ['astro', 'astro'],
]);

/** JSON files that tools read, not sources: manifests, compiler settings, locks, task runners. */
const TOOL_JSON =
  /^(?:package|package-lock|npm-shrinkwrap|composer|deno|jsr|project|nx|lerna|rush|turbo|tsconfig.*|jsconfig.*|.*\.tsbuildinfo)\.jsonc?$/;

/**
 * How a file is parsed; `undefined` for resources. `x.d.ts` and `x.d.css.ts` are declarations;
 * JSON is a language unless a tool owns it (`package.json`, `tsconfig.json`, lockfiles).
 */
export function languageOf(path: RepoPath): Language | undefined {
  const name = baseNameOf(path);
  if (/\.d\.(?:[^.]+\.)?[mc]?ts$/.test(name)) return 'dts';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (extension === 'json') return TOOL_JSON.test(name) || name.startsWith('.') ? undefined : 'json';
  return name.includes('.') ? LANGUAGES.get(extension) : undefined;
}

const TEST_NAME =
  /[.\-_](?:test|tests|spec|specs|e2e|e2e-spec|e2e-test|cy|bench|test-d|spec-d)\.(?:[mc]?[jt]sx?|vue|svelte)$/;
const TEST_FOLDER =
  /(?:^|\/)(?:tests?|e2e|specs?|cypress|playwright|[\w-]*integration[-_]tests?|[\w-]+-e2e|e2e-[\w-]+)\//;
const JEST_FOLDER = /(?:^|\/)__tests__\//;
const SUPPORT_FOLDER =
  /(?:^|\/)(?:__mocks__|__fixtures__|__testfixtures__|__test__|__testutils__|test-?(?:utils?|helpers?|support|setup))\//;
const SUPPORT_NAME =
  /(?:^|\/)(?:test-?(?:utils?|helpers?|setup)|setup-?tests?|(?:vitest|jest|mocha)[.-](?:setup|global-?setup))(?:\.[\w-]+)*\.[mc]?[jt]sx?$/i;
const FIXTURES =
  /(?:^|\/)(?:fixtures?|mocks?|stubs?|support|helpers?|utils?|setup|snapshots|__snapshots__|__mocks__|__fixtures__)\//;
const GENERATED = /(?:^|\/)(?:__generated__|generated|\.generated)\/|[.\-_](?:gen|generated)\.[\w.]+$/;
const CONFIG =
  /(?:^|\/)(?:[^/]+\.(?:config|conf|workspace)\.(?:[mc]?[jt]sx?|json)|\.[\w-]+rc(?:\.[mc]?[jt]s|\.json)?|\.?(?:eslintrc|prettierrc|babelrc|mocharc|lintstagedrc|stylelintrc|commitlintrc|pnpmfile|dependency-cruiser|size-limit|pnp)\.[mc]?[jt]s|(?:gulpfile|Gruntfile|jakefile|karma\.conf|protractor\.conf)\.[mc]?[jt]s)$/i;

/** Files that look like tests here are what is tested: a runner's or a code mod's own input. */
const TESTED = /(?:^|\/)(?:__mocks__|__fixtures__|__testfixtures__)\//;

/** The role of a file by its path alone; {@link refineRole} mends it once the file's facts are known. */
export function roleOf(path: RepoPath): FileRole {
  const language = languageOf(path);
  if (language === undefined) return 'resource';
  const code = language !== 'json';
  if (code && JEST_FOLDER.test(path)) return testFolderRole(path);
  if (code && TEST_NAME.test(path)) return SUPPORT_FOLDER.test(path) ? 'test-support' : 'test';
  if (SUPPORT_FOLDER.test(path) || TEST_FOLDER.test(path) || JEST_FOLDER.test(path)) return 'test-support';
  if (code && SUPPORT_NAME.test(path)) return 'test-support';
  if (language === 'dts') return 'declaration';
  if (GENERATED.test(path)) return 'generated';
  if (!code) return 'resource';
  return CONFIG.test(path) ? 'config' : 'source';
}

/** Jest takes every file in `__tests__` as a test, save what is plainly there to help. */
function testFolderRole(path: RepoPath): FileRole {
  if (TEST_NAME.test(path)) return 'test';
  const below = path.slice(path.lastIndexOf('__tests__/') + '__tests__'.length);
  return FIXTURES.test(below) || SUPPORT_NAME.test(path) || languageOf(path) === 'dts' ? 'test-support' : 'test';
}

/**
 * The role once the facts are in: test support that calls `describe`, `it` or `test` is a test, in a folder of helpers only
 * where it is named as one; a file that lies in `__tests__` by its place but calls none of them is support.
 */
export function refineRole(file: { readonly path: RepoPath; readonly role: FileRole }, facts: FileFacts): FileRole {
  const ownTest = TEST_NAME.test(file.path) && !TESTED.test(file.path);
  if (file.role === 'test-support' && facts.traits.callsTestApi && (ownTest || !SUPPORT_FOLDER.test(file.path)))
    return 'test';
  if (file.role === 'test' && !facts.traits.callsTestApi && !TEST_NAME.test(file.path)) return 'test-support';
  return file.role;
}
