/**
 * Names of commits to commit ids, and the common ancestor of two.
 * In: what people and CI services write. Out: ids, or `undefined`. Names go to git on standard input,
 * so that none can be taken for an option. Not here: which name to choose, error sentences.
 */
import { UsageError } from '../../model/index.js';
import type { Git } from './command.js';

/**
 * The commits that `names` mean, in order; `undefined` for what is unknown here.
 * @throws UsageError for a name that can't be one (empty, begins with `-`, holds a line break).
 */
export async function resolveCommits(git: Git, names: readonly string[]): Promise<(string | undefined)[]> {
  names.forEach(requireName);
  if (names.length === 0) return [];
  const input = names.map((name) => `${name}^{commit}\n`).join('');
  const { stdout } = await git.run(['cat-file', '--batch-check=%(objectname) %(objecttype)'], input);
  const lines = stdout.toString('utf8').split('\n');
  return names.map((_, at) => /^([0-9a-f]{40,64}) commit$/.exec(lines[at] ?? '')?.[1]);
}

function requireName(name: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name === '' || name.startsWith('-') || /[\u0000-\u001f\u007f]/.test(name)) {
    throw new UsageError(`${JSON.stringify(name)} can't be the name of a commit; give a branch, a tag or a commit id.`);
  }
}

/** A best common ancestor of two commits; `undefined` where they have none here. */
export async function mergeBase(git: Git, left: string, right: string): Promise<string | undefined> {
  if (left === right) return left;
  const { code, stdout } = await git.run(['merge-base', '--all', left, right]);
  if (code !== 0) return undefined;
  return stdout.toString('utf8').trim().split('\n').sort()[0];
}
