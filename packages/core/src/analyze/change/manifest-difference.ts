/**
 * What differs between two texts of a `package.json` or `project.json`, in words.
 * Fields that lead elsewhere (`exports`, `main`) show as retargeted imports, ranges as lockfile changes; here they are only named.
 */
import { parse } from 'jsonc-parser';

/** Fields that decide how code of the package runs, wherever they are not followed by linking. */
const RUNTIME_FIELDS = new Set([
  'type',
  'sideEffects',
  'imports',
  'exports',
  'main',
  'module',
  'browser',
  'bin',
  'engines',
  'targets',
  'implicitDependencies',
]);

/** The changed top-level fields; `runtime` where one of them decides how code runs. Broken texts compare as empty. */
export function manifestDifference(
  base: string | undefined,
  head: string | undefined,
): { detail: string; runtime: boolean } {
  const before = fields(base);
  const after = fields(head);
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();
  const details = changed.map((key) =>
    isTable(before[key]) || isTable(after[key]) ? `${key}: ${tableDifference(before[key], after[key])}` : key,
  );
  return { detail: details.join('; '), runtime: changed.some((key) => RUNTIME_FIELDS.has(key)) };
}

function fields(text: string | undefined): Record<string, unknown> {
  const value: unknown = text === undefined ? {} : parse(text);
  return isTable(value) ? value : {};
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NAMED = 6;

function tableDifference(base: unknown, head: unknown): string {
  const before = isTable(base) ? base : {};
  const after = isTable(head) ? head : {};
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();
  const rest = keys.length - NAMED;
  return keys.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
