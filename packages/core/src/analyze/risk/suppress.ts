/**
 * Which flags somebody has accepted, by a comment or the configuration.
 * In: flags and suppressions. Out: both lists. Pure; nothing is lost: a suppressed flag keeps its record and gets the reason.
 */
import picomatch from 'picomatch';
import type { RiskFlag, Suppression } from '../../model/index.js';

/** The suppression that holds for a flag; the first one written. */
export function suppressionOf(flag: RiskFlag, suppressions: readonly Suppression[]): Suppression | undefined {
  return suppressions.find((one) => one.rules.some((rule) => ruleMatches(rule, flag.rule)) && placeMatches(one, flag));
}

/** `*`, `db/*` or an id. */
function ruleMatches(pattern: string, rule: string): boolean {
  if (pattern === '*' || pattern === rule) return true;
  return pattern.endsWith('/*') && rule.startsWith(pattern.slice(0, -1));
}

function placeMatches({ by, file, target, files }: Suppression, flag: RiskFlag): boolean {
  if (by === 'comment') return file === flag.file && (target === 0 || target === flag.line);
  return files === undefined || picomatch.isMatch(flag.file, [...files], { dot: true });
}
