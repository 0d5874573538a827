/**
 * Scratch checkouts of a repository at a commit, which benchmarks may edit.
 * In: a local git folder or a URL. Out: a folder below `.work/checkouts`, clean, at that commit.
 * Runs git without hooks; nothing of the checked-out code is ever executed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { WORK } from './places.mjs';

/** Output of a git command in `folder`, trimmed. Throws where git fails. */
export function git(folder, args, input) {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, input, stdio: ['pipe', 'pipe', 'pipe'] };
  return execFileSync(
    'git',
    ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args],
    options,
  ).trim();
}

/**
 * A clean checkout of `commit`, made on first use and reset on every other.
 * @param source local git folder (objects are shared, not copied) or URL.
 * @param name   folder name to make; the commit is appended.
 */
export function checkoutAt(source, commit, name) {
  const folder = join(WORK, 'checkouts', `${name}-${commit.slice(0, 12)}`);
  if (!existsSync(join(folder, '.git'))) {
    mkdirSync(join(WORK, 'checkouts'), { recursive: true });
    const share = existsSync(source) ? ['--shared'] : [];
    git(WORK, ['clone', '--quiet', '--no-checkout', '--no-tags', ...share, '--', source, folder]);
    git(folder, ['update-ref', '--no-deref', 'HEAD', commit]);
    git(folder, ['read-tree', 'HEAD']);
    skipAbsent(folder);
  }
  git(folder, ['checkout-index', '--all', '--force', '--quiet']);
  git(folder, ['clean', '-fdq']);
  git(folder, ['update-index', '-q', '--refresh']);
  return folder;
}

/** Partial clones lack some large blobs: their paths are marked so that the checkout counts as clean without them. */
function skipAbsent(folder) {
  const staged = git(folder, ['ls-files', '--stage', '-z']).split('\0').filter(Boolean);
  const entries = staged.map((line) => ({ blob: line.split(' ')[1], path: line.slice(line.indexOf('\t') + 1) }));
  const answers = git(
    folder,
    ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
    entries.map(({ blob }) => blob).join('\n'),
  );
  const absent = new Set(
    answers
      .split('\n')
      .filter((line) => line.endsWith(' missing'))
      .map((line) => line.split(' ')[0]),
  );
  const paths = entries.filter(({ blob }) => absent.has(blob)).map(({ path }) => path);
  if (paths.length > 0) git(folder, ['update-index', '--skip-worktree', '-z', '--stdin'], paths.join('\0') + '\0');
}
