/**
 * Chooses the two commits that are compared.
 * In: what was asked, the environment, the repository. Out: commit ids and, in words, who chose them.
 * Order: `base` → the CI's target branch → the remote's default branch → `HEAD` against the working tree.
 * Not here: reading either tree.
 */
import { type Diagnostic, UsageError } from '../../model/index.js';
import { type CiTarget, ciTargets, type Environment } from './ciTarget.js';
import { mergeBase, resolveCommits } from './refs.js';
import type { Repository } from './repository.js';

/** The part of the options that says what to compare. */
export interface Asked {
  readonly base?: string | undefined;
  readonly exactBase?: boolean | undefined;
  readonly head?: string | undefined;
  readonly env: Environment;
}

/** Two states, by commit id. */
export interface Choice {
  /** `undefined`: the empty tree. */
  readonly base: string | undefined;
  /** `undefined`: the working tree. */
  readonly head: string | undefined;
  readonly chosenBy: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** @throws UsageError where `base`, `head` or the CI's branch is not here, with the command that mends it. */
export async function chooseCommits(repository: Repository, asked: Asked): Promise<Choice> {
  const { head, tip } = await chooseHead(repository, asked.head);
  if (asked.base !== undefined) {
    return { ...(await explicitBase(repository, asked, tip)), head, diagnostics: [] };
  }
  if (tip === undefined) {
    const message = 'The branch has no commit yet, so every file counts as added.';
    const unborn: Diagnostic = { kind: 'unborn-head', level: 'note', message };
    return { base: undefined, head, chosenBy: 'no commit yet: the empty tree', diagnostics: [unborn] };
  }
  const found = (await ciBase(repository, asked.env, tip)) ?? (await defaultBranchBase(repository, tip));
  const chosen = found !== undefined && found.base !== tip ? found : await nearestBase(repository, asked, tip, found);
  return { ...chosen, head, diagnostics: [chosenNote(chosen)] };
}

/** The head that was asked for, and the commit that merge bases are taken with. */
export async function chooseHead(
  repository: Repository,
  asked: string | undefined,
): Promise<{ readonly head: string | undefined; readonly tip: string | undefined }> {
  const [tip] = await resolveCommits(repository.git, [asked ?? 'HEAD']);
  if (asked !== undefined && tip === undefined) throw unknownName(repository, '--head', asked);
  return { head: asked === undefined ? undefined : tip, tip };
}

type Base = Pick<Choice, 'base' | 'chosenBy'>;

async function explicitBase(repository: Repository, asked: Asked, tip: string | undefined): Promise<Base> {
  const name = asked.base ?? '';
  const [named] = await resolveCommits(repository.git, [name]);
  if (named === undefined) throw unknownName(repository, '--base', name);
  if (asked.exactBase === true) return { base: named, chosenBy: `--base ${name}, exactly` };
  if (tip === undefined) return { base: named, chosenBy: `--base ${name}; the branch has no commit yet` };
  const common = await mergeBase(repository.git, named, tip);
  if (common === undefined) throw noCommonAncestor(repository, name);
  return {
    base: common,
    chosenBy: common === named ? `--base ${name}` : `--base ${name}: its merge base with the head`,
  };
}

async function ciBase(repository: Repository, env: Environment, tip: string): Promise<Base | undefined> {
  const targets = ciTargets(env);
  for (const target of targets) {
    const names = namesOf(target, repository.remote).filter((name) => !name.startsWith('-'));
    const commits = await resolveCommits(repository.git, names);
    const at = commits.findIndex((commit) => commit !== undefined);
    const commit = commits[at];
    if (commit === undefined) continue;
    const common = await mergeBase(repository.git, commit, tip);
    if (common === undefined) throw noCommonAncestor(repository, names[at] ?? target.name);
    const what = common === commit && target.kind === 'commit' ? names[at] : `merge base with ${names[at]}`;
    return { base: common, chosenBy: `${target.variable}: ${what}` };
  }
  const lost = targets.find(({ kind }) => kind === 'branch') ?? targets[0];
  if (lost === undefined) return undefined;
  throw new UsageError(
    `${lost.variable} names ${lost.name} as the target of this change, but it is not in this clone; run: ${fetchCommand(repository, lost.name)}`,
  );
}

function namesOf({ kind, name }: CiTarget, remote: string): string[] {
  return kind === 'commit' ? [name] : [`refs/remotes/${remote}/${name}`, `refs/heads/${name}`];
}

async function defaultBranchBase(repository: Repository, tip: string): Promise<Base | undefined> {
  const { git, remote, shallow } = repository;
  const prefix = `refs/remotes/${remote}`;
  const symbolic = await git.run(['symbolic-ref', '--quiet', `${prefix}/HEAD`]);
  const names = [symbolic.stdout.toString('utf8').trim(), `${prefix}/main`, `${prefix}/master`].filter((n) => n !== '');
  const commits = await resolveCommits(git, names);
  const at = commits.findIndex((commit) => commit !== undefined);
  const commit = commits[at];
  if (commit === undefined) return undefined;
  const name = (names[at] ?? '').replace('refs/remotes/', '');
  const common = await mergeBase(git, commit, tip);
  if (common === undefined && shallow) throw noCommonAncestor(repository, name);
  return common === undefined ? undefined : { base: common, chosenBy: `merge base with ${name}` };
}

/** On the default branch itself, or without one: what is not committed, or what the head commit did. */
async function nearestBase({ git }: Repository, asked: Asked, tip: string, found: Base | undefined): Promise<Base> {
  const why =
    found === undefined
      ? 'no target branch is known here'
      : `the head is in ${found.chosenBy.replace(/.*merge base with /, '')}`;
  if (asked.head === undefined) return { base: tip, chosenBy: `HEAD against the working tree: ${why}` };
  const [parent] = await resolveCommits(git, [`${tip}^1`]);
  return parent === undefined
    ? { base: undefined, chosenBy: 'the head has no parent: the empty tree' }
    : { base: parent, chosenBy: `first parent of the head: ${why}` };
}

function chosenNote({ base, chosenBy }: Base): Diagnostic {
  const message = `No base was given; compared with ${base?.slice(0, 12) ?? 'the empty tree'} (${chosenBy}). Choose another with --base.`;
  return { kind: 'base-chosen', level: 'note', message };
}

function unknownName(repository: Repository, option: string, name: string): UsageError {
  if (name.includes('..')) {
    return new UsageError(`${option} takes one commit, not the range ${name}; give its two ends as --base and --head.`);
  }
  return new UsageError(`${option} ${name} is not a commit in this clone; run: ${fetchCommand(repository, name)}`);
}

function noCommonAncestor(repository: Repository, name: string): UsageError {
  return new UsageError(
    repository.shallow
      ? `This clone is shallow and lacks the common ancestor of ${name} and the head; run: git fetch --unshallow ${quote(repository.remote)}`
      : `${name} and the head have no common ancestor; use --exact-base to compare them as they are.`,
  );
}

function fetchCommand({ shallow, remote }: Repository, name: string): string {
  const depth = shallow ? '--unshallow ' : '';
  const branch = name.startsWith(`${remote}/`) ? name.slice(remote.length + 1) : name;
  if (branch.startsWith('-')) return `git fetch ${depth}${quote(remote)}`; // never print what git would take for an option
  const isBranch = /^[\w./-]+$/.test(branch) && !/^[0-9a-f]{7,64}$/.test(branch) && !branch.startsWith('refs/');
  const refspec = isBranch ? `+refs/heads/${branch}:refs/remotes/${remote}/${branch}` : quote(branch);
  return `git fetch ${depth}${quote(remote)} ${refspec}`;
}

/** For a POSIX shell, only where it is needed. */
function quote(word: string): string {
  return /^[\w./@^~:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
