/**
 * Whether a dependency range surely leaves a workspace version out.
 * In: a range as a manifest writes it, a version. Out: true only where it is certain; when in doubt the workspace is meant.
 * Not here: full semver ranges.
 */

/** True where `range` is a plain version, `^` or `~` range of another major (or, below 1.0, minor) than `version`. */
export function rangeExcludes(range: string, version: string | undefined): boolean {
  const wanted = /^([\^~]?)v?(\d+)\.(\d+)(?:\.(\d+))?(-[\w.+-]+)?$/.exec(range.trim());
  const actual = /^v?(\d+)\.(\d+)\.(\d+)(-[\w.+-]+)?$/.exec(version?.trim() ?? '');
  if (wanted === null || actual === null) return false;
  // Placeholder versions that a release tool writes over, and prereleases, say nothing.
  if (/^0\.0\.0/.test(version ?? '') || actual[4] !== undefined || wanted[5] !== undefined) return false;
  const [, operator, major, minor] = wanted;
  if (major !== actual[1]) return true;
  return (operator !== '^' || major === '0') && minor !== actual[2];
}
