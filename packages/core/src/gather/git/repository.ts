/**
 * Finds the repository that a folder lies in and learns the few facts about it that everything else needs.
 * In: a folder. Out: a `Repository`, or why there is none. Not here: refs, trees.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type RepoPath, UsageError } from '../../model/index.js';
import type { ObjectFormat } from '../disk/index.js';
import { Git } from './command.js';

/** A repository that git agrees to read. */
export interface Repository {
  readonly git: Git;
  /** Absolute folder that holds `.git`, with links resolved. */
  readonly top: string;
  /** Absolute folder of git's own that all worktrees share, with links resolved. */
  readonly commonFolder: string;
  /** The asked folder, relative to the top. */
  readonly scope: RepoPath;
  readonly format: ObjectFormat;
  readonly shallow: boolean;
  /** Objects may be absent on purpose (a clone with a filter). */
  readonly partial: boolean;
  /** `origin` where there is one, else the first remote by name, else `origin`. */
  readonly remote: string;
  readonly detached: boolean;
}

/** Why a folder is treated as having no git: one sentence. */
export interface NoRepository {
  readonly reason: string;
}

/** Settings by environment, which the hardening rests on, came with 2.31 (March 2021). */
const OLDEST_GIT = [2, 31] as const;

/**
 * @param folder absolute, with links resolved.
 * @throws UsageError where git is there but refuses: another user's repository, a git that is too old, a bare repository.
 */
export async function openRepository(folder: string): Promise<Repository | NoRepository> {
  const top = findTop(folder);
  if (top === undefined) return { reason: `${folder} is not in a git repository` };
  const plain = new Git(top);
  const [version, configured, facts, head] = await Promise.all([
    plain.run(['version']),
    plain.run(['config', '--list', '--name-only', '-z']),
    plain.run(['rev-parse', '--is-shallow-repository', '--show-object-format', '--git-common-dir']),
    plain.run(['symbolic-ref', '--quiet', 'HEAD']),
  ]);
  if (version.code === -1) return { reason: `git could not be run, though ${top} is a git repository` };
  requireGit(version.stdout.toString());
  const failed = [facts, configured].find(({ code }) => code !== 0);
  if (failed !== undefined) return refusal(top, failed.stderr);
  const names = [...new Set(configured.stdout.toString('utf8').split('\0'))];
  const [shallow, format, ...common] = facts.stdout.toString().replace(/\n$/, '').split('\n');
  return {
    git: new Git(top, names),
    top,
    commonFolder: realPath(resolve(top, common.join('\n'))),
    scope: relative(top, folder).split(sep).join('/'),
    format: format === 'sha256' ? 'sha256' : 'sha1',
    shallow: shallow === 'true',
    partial: names.some((name) => name === 'extensions.partialclone' || /^remote\..*\.promisor$/s.test(name)),
    remote: remoteOf(names),
    detached: head.code !== 0,
  };
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function findTop(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (['HEAD', 'objects', 'refs'].every((name) => existsSync(join(at, name)))) throw isBare(at);
    if (dirname(at) === at) return undefined;
  }
}

function isBare(folder: string): UsageError {
  return new UsageError(
    `${folder} is a bare repository, which has no files to read; give a clone of it, or a folder made by: git worktree add`,
  );
}

function requireGit(version: string): void {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const [oldMajor, oldMinor] = OLDEST_GIT;
  if (Number(major) > oldMajor || (Number(major) === oldMajor && Number(minor) >= oldMinor)) return;
  throw new UsageError(`git ${oldMajor}.${oldMinor} or newer is needed; this is ${version.trim()}.`);
}

function refusal(top: string, stderr: string): NoRepository {
  if (/dubious ownership|safe\.directory/.test(stderr)) {
    throw new UsageError(
      `git refuses to read ${top} because another user owns it; if you trust it, run: git config --global --add safe.directory '${top}'`,
    );
  }
  return { reason: `git can't read ${top} (${stderr.split('\n')[0]?.replace(/^fatal: /, '') ?? ''})` };
}

function remoteOf(names: readonly string[]): string {
  const remotes = names.flatMap((name) => /^remote\.(.+)\.url$/s.exec(name)?.[1] ?? []).sort();
  return remotes.includes('origin') ? 'origin' : (remotes[0] ?? 'origin');
}
