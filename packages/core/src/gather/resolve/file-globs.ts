/**
 * Globs and template-string patterns over the known files.
 * In: a pattern as a repository path with `*` in it. Out: the files, ordered by path.
 * Not here: what the pattern is relative to (resolver.ts).
 */
import picomatch from 'picomatch';
import { compareText } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';

/** Longer patterns, or ones with more wildcards, are not compiled: the analysed code is not trusted. */
const MAX_LENGTH = 400;
const MAX_WILDCARDS = 12;

/**
 * Files that a glob of the source names (`import.meta.glob('./pages/**\/*.vue')`).
 * @param sorted all paths, ordered by code unit. Only those below the pattern's fixed folder are looked at.
 */
export function matchGlob(sorted: readonly RepoPath[], pattern: RepoPath): readonly RepoPath[] {
  if (!isReasonable(pattern)) return [];
  const matches = picomatch(pattern, { dot: /(?:^|\/)\./.test(pattern), nonegate: true, noext: true });
  return below(sorted, fixedFolder(pattern)).filter((path) => matches(path));
}

/**
 * Files that a specifier with holes can name: a hole is part of one segment (or, where that finds nothing, several);
 * an extension and `/index` may be left out.
 */
export function matchTemplate(sorted: readonly RepoPath[], pattern: RepoPath): readonly RepoPath[] {
  if (!isReasonable(pattern)) return [];
  const candidates = below(sorted, fixedFolder(pattern));
  const within = templateExpression(pattern, '[^/]*');
  const matched = candidates.filter((path) => within.test(path));
  if (matched.length > 0) return matched;
  const across = templateExpression(pattern, '.*');
  return candidates.filter((path) => across.test(path));
}

function isReasonable(pattern: string): boolean {
  return pattern.length <= MAX_LENGTH && (pattern.match(/[*?{[(]/g)?.length ?? 0) <= MAX_WILDCARDS;
}

function templateExpression(pattern: string, hole: string): RegExp {
  const stem = pattern.replace(/\.[cm]?jsx?$/, '');
  const body = stem
    .split(/\*+/)
    .map((text) => text.replace(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join(hole);
  const tail = stem === pattern ? '(?:\\.[A-Za-z.]{1,12}|/index\\.[A-Za-z.]{1,8})?' : '\\.[cm]?[jt]sx?';
  return new RegExp(`^${body}${tail}$`);
}

/** The folder before the first wildcard, with a slash at its end; `''` for the root. */
export function fixedFolder(pattern: string): string {
  const wild = pattern.search(/[*?{[(!]/);
  const fixed = wild < 0 ? pattern : pattern.slice(0, wild);
  return fixed.slice(0, fixed.lastIndexOf('/') + 1);
}

/** Paths that begin with `prefix`: one run of the sorted list. O(log n + run). */
export function below(sorted: readonly RepoPath[], prefix: string): readonly RepoPath[] {
  if (prefix === '') return sorted;
  const start = lowerBound(sorted, prefix);
  let end = start;
  while (end < sorted.length && sorted[end]?.startsWith(prefix) === true) end++;
  return sorted.slice(start, end);
}

function lowerBound(sorted: readonly RepoPath[], value: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareText(sorted[middle] ?? '', value) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
