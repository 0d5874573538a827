/**
 * What differs between two revisions' settings.
 * In: one changed file. Out: a record for each path that differs, in the head's order, removed ones last. Pure.
 */
import type { Setting, SettingsChange } from '../../../model/index.js';

/** One setting that differs. */
export interface SettingDifference {
  readonly path: string;
  /** Absent = not there. */
  readonly before?: string;
  readonly after?: string;
  /** In the head; for a removed one in the base. */
  readonly line: number;
}

/** Every difference of a file. */
export function differencesOf({ base, head }: SettingsChange): SettingDifference[] {
  const before = new Map(base.map((one) => [one.path, one]));
  const after = new Map(head.map((one) => [one.path, one]));
  const changed = head.flatMap(({ path, value, line }): SettingDifference[] => {
    const old = before.get(path);
    if (old === undefined) return [{ path, after: value, line }];
    return old.value === value ? [] : [{ path, before: old.value, after: value, line }];
  });
  const gone = base.flatMap(({ path, value, line }): SettingDifference[] =>
    after.has(path) ? [] : [{ path, before: value, line: nearestLine(path, head) ?? line }],
  );
  return [...changed, ...gone];
}

/** Where a removed setting was: the first of what is left of its holder. */
function nearestLine(path: string, head: readonly Setting[]): number | undefined {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const holder = path.slice(0, at + 1);
    const found = head.find((one) => one.path.startsWith(holder));
    if (found !== undefined) return found.line;
  }
  return undefined;
}

const SECRET_NAME = /secret|password|passwd|token|api_?key|private_?key|credential|(?:^|_)(?:pwd|pass|key|auth|dsn)$/i;
const SECRET_VALUE = /:\/\/[^/\s:@]+:[^/\s@]+@|-----BEGIN|^(?:sk|pk|ghp|gho|xox[abp]|AKIA)[-_A-Za-z0-9]{12,}/;

/** A value as it may be printed: never what may be a secret. */
export function printable(path: string, value: string): string {
  if (value === '') return 'nothing';
  if (SECRET_NAME.test(path.split('/').at(-1)!) || SECRET_VALUE.test(value)) return '(not shown)';
  const folded = value.slice(0, 400).replace(/\s+/g, ' ').trim();
  return folded.length > 80 ? `${folded.slice(0, 79)}…` : folded;
}

/** Keys that are shipped to browsers are no secrets, whatever they are named. */
const PUBLIC_NAME = /public|publishable|^(?:VITE|REACT_APP|NEXT_PUBLIC|EXPO_PUBLIC|NUXT_PUBLIC|GATSBY)_/i;

/** True where a key is named like a secret. */
export function isSecretName(key: string): boolean {
  return SECRET_NAME.test(key) && !PUBLIC_NAME.test(key);
}
