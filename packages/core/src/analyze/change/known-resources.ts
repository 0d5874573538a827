/**
 * Changed resource files whose whole effect on contracts is read: tables, columns, environment keys.
 * In: the rows of both revisions. Out: per file, whether something that others may rely on is gone, or only new things are there.
 * Asked only where code of the repository is known to rely on it. A file with a statement or line that was not understood is none of these: its effect stays unknown.
 */
import type { RepoPath } from '../../model/path.js';
import type { ResourceEnd } from '../../model/resource-end.js';
import type { Snapshot } from '../../model/snapshot.js';

/** What a changed resource does to its contracts. */
export interface KnownEffect {
  readonly compatibility: 'breaking' | 'additive';
  readonly rule: string;
}

/** Formats of which every line is read. */
const WHOLLY_READ = /\.sql$|(?:^|\/)\.env(?:\.[\w-]+)*$/i;
const GONE = /^(?:drop|rename|alter|modify|change|truncate)\b/i;

/** The effect of a changed file; `undefined` where it is not wholly known. */
export function knownEffect({ resources }: Snapshot, path: RepoPath, basePath: RepoPath): KnownEffect | undefined {
  if (!WHOLLY_READ.test(path)) return undefined;
  const before = resources.base.filter(({ file }) => file === basePath);
  const after = resources.head.filter(({ file }) => file === path);
  if (before.length + after.length === 0 || [...before, ...after].some(({ name }) => name === '')) return undefined;
  const [old, now] = [saying(before), saying(after)];
  const added = after.filter((one) => old.get(keyOf(one)) !== one.says);
  const lost = before.filter((one) => now.get(keyOf(one)) !== one.says);
  if (lost.length > 0) return lost.some((one) => !now.has(keyOf(one))) ? GONE_EFFECT : undefined;
  if (added.some(({ says }) => GONE.test(says))) return GONE_EFFECT;
  return added.length > 0 ? NEW_EFFECT : undefined;
}

const GONE_EFFECT: KnownEffect = { compatibility: 'breaking', rule: 'what it declared is gone or different' };
const NEW_EFFECT: KnownEffect = { compatibility: 'additive', rule: 'only declares what was not there' };

function saying(ends: readonly ResourceEnd[]): Map<string, string> {
  return new Map(ends.map((one) => [keyOf(one), one.says]));
}

function keyOf({ role, name, column = '' }: ResourceEnd): string {
  return `${role} ${name} ${column}`;
}
