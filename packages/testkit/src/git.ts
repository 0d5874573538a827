/**
 * A git that answers the same on every machine: no user or system configuration, no hooks, fixed author and date.
 * In: a folder and arguments. Out: standard output as text.
 * Not here: what to commit (materialise.ts).
 */
import { execFileSync } from 'node:child_process';
import { devNull } from 'node:os';

/** Author, committer and date of every commit that tests make: same tree, same commit id. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'Fixture',
  GIT_AUTHOR_EMAIL: 'fixture@example.org',
  GIT_AUTHOR_DATE: '2024-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Fixture',
  GIT_COMMITTER_EMAIL: 'fixture@example.org',
  GIT_COMMITTER_DATE: '2024-01-01T00:00:00Z',
};

/**
 * Runs git in `folder`.
 * @returns standard output. Throws, with git's own words, where git fails.
 */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'core.autocrlf=false', '-c', 'core.hooksPath=', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...withoutGit(process.env), ...IDENTITY, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' },
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Inside a hook or a rebase git sets `GIT_DIR` and its kin, which would point at the wrong repository. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
}
