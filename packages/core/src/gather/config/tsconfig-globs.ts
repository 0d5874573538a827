/**
 * `files`, `include` and `exclude` of a tsconfig as one question: does it cover this path?
 * In: the patterns as written and the folder they are relative to. Out: a predicate over repository paths.
 * Not here: which extensions the compiler would take. A config whose globs cover a file speaks for it.
 * Source: TypeScript's `getSubPatternFromSpec` (`*`, `?` and `**` only; no braces).
 */
import { isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';

/** Patterns relative to the folder of the config that wrote them. */
export interface GlobList {
  readonly folder: RepoPath;
  readonly patterns: readonly string[];
}

/** What decides a config's coverage, after inheritance. */
export interface CoverageInput {
  /** Folder of the config itself. */
  readonly folder: RepoPath;
  readonly files?: GlobList;
  readonly include?: GlobList;
  readonly exclude?: GlobList;
  /** Folders that are left out where `exclude` is not written: `outDir`, `declarationDir`. */
  readonly outputs: readonly RepoPath[];
}

/** A predicate over repository paths. */
export type PathTest = (path: RepoPath) => boolean;

/** True for the paths that the config speaks for. Never throws; a pattern that leaves the repository matches nothing. */
export function toCoverage(input: CoverageInput): PathTest {
  const files = new Set(input.files?.patterns.flatMap((name) => asArray(joinPath(input.files?.folder ?? '', name))));
  const include =
    input.include ?? (input.files === undefined ? { folder: input.folder, patterns: ['**/*'] } : undefined);
  const included = anyOf((include?.patterns ?? []).map((pattern) => includeTest(include?.folder ?? '', pattern)));
  const excluded =
    input.exclude === undefined
      ? anyOf(input.outputs.filter((folder) => folder !== '').map((folder) => (path) => isInside(path, folder)))
      : anyOf(input.exclude.patterns.map((pattern) => excludeTest(input.exclude?.folder ?? '', pattern)));
  return (path) => files.has(path) || (included(path) && !excluded(path));
}

function asArray(path: RepoPath | undefined): RepoPath[] {
  return path === undefined ? [] : [path];
}

function anyOf(tests: readonly PathTest[]): PathTest {
  return (path) => tests.some((test) => test(path));
}

function includeTest(folder: RepoPath, pattern: string): PathTest {
  const full = joinPath(folder, pattern);
  if (full === undefined) return () => false;
  if (/(?:^|\/)\*\*\/\*$/.test(full)) {
    const start = full.replace(/\/?\*\*\/\*$/, '');
    if (!/[*?]/.test(start)) return (path) => isInside(path, start) && !hasHiddenSegment(path, start);
  }
  if (!/[*?]/.test(full)) return (path) => isInside(path, full);
  // A last segment without wildcard and extension names a folder.
  const last = full.slice(full.lastIndexOf('/') + 1);
  const isFolder = last === '**' || (!/[*?.]/.test(last) && last !== '');
  const expression = new RegExp(`^${toExpression(isFolder ? `${full.replace(/\/?\*\*$/, '')}/**/*` : full, true)}$`);
  return (path) => expression.test(path);
}

function excludeTest(folder: RepoPath, pattern: string): PathTest {
  const full = joinPath(folder, pattern);
  if (full === undefined) return () => false;
  if (!/[*?]/.test(full)) return (path) => isInside(path, full);
  const expression = new RegExp(`^${toExpression(full, false)}(?:$|/)`);
  return (path) => expression.test(path);
}

/** Segments that begin with a dot, and package folders, are only included where the pattern names them. */
function hasHiddenSegment(path: RepoPath, start: RepoPath): boolean {
  const rest = start === '' ? path : path.slice(start.length + 1);
  return (
    rest.startsWith('.') ||
    rest.includes('/.') ||
    /(?:^|\/)(?:node_modules|bower_components|jspm_packages)\//.test(rest)
  );
}

/** `*` and `?` stay inside a segment. Linear: each `**` is one lazy group over whole segments. */
function toExpression(pattern: string, including: boolean): string {
  const anyFolders = including ? '(?:(?!node_modules/)[^/.][^/]*/)*?' : '(?:[^/]+/)*?';
  const parts = pattern
    .replace(/^\//, '')
    .replace(/(?:\*\*\/)+/g, '**/')
    .split('/');
  let expression = '';
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part === '**') expression += last ? '.*' : anyFolders;
    else expression += segmentExpression(part, including) + (last ? '' : '/');
  }
  return expression;
}

function segmentExpression(part: string, including: boolean): string {
  const body = part
    .replace(/\*+/g, '*')
    .replace(/[$()+.[\\\]^{|}]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return including && /^[*?]/.test(part) ? `(?!\\.)${body}` : body;
}
