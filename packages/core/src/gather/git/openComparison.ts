/**
 * The steps from a folder and options to two trees and their differences, in order.
 * In: what the caller asked. Out: trees, diffs, the comparison in words, diagnostics.
 * Not here: any of the steps' work.
 */
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type Comparison,
  type Diagnostic,
  type FileDiff,
  type FileTree,
  type RepoPath,
  UsageError,
} from '../../model/index.js';
import { ByteCache, openFolder } from '../disk/index.js';
import { type Choice, chooseCommits, chooseHead } from './base.js';
import type { Environment } from './ciTarget.js';
import { emptyTree, openCommit } from './commitTree.js';
import { compareTrees } from './fileDiffs.js';
import { listAbsent, ObjectReader } from './objects.js';
import { openRepository, type Repository } from './repository.js';
import { describeTree, describeUnreadable } from './treeDiagnostics.js';
import { openWorkingTree } from './workingTree.js';

/** What to open; see `AnalyzeOptions` for the meaning of each. */
export interface ComparisonRequest {
  /** Any folder; relative ones start at the working directory. */
  readonly root: string;
  readonly base?: string | undefined;
  readonly exactBase?: boolean | undefined;
  readonly head?: string | undefined;
  readonly patch?: string | undefined;
  readonly files?: readonly RepoPath[] | undefined;
  readonly symbols?: readonly string[] | undefined;
  readonly env?: Environment | undefined;
  /** False: only the head is wanted. */
  readonly compare: boolean;
}

/** Two states of a repository, readable until `close`. */
export interface OpenedComparison {
  /** Absolute top of the repository, or the folder itself without git; links resolved. */
  readonly root: string;
  /** What names the repository, over all its worktrees: git's common folder, or `root` without git. */
  readonly identity: string;
  /** The asked folder relative to `root`; usually `''`. */
  readonly scope: RepoPath;
  readonly comparison: Comparison;
  /** Absent where nothing is compared: `compare: false`, `files` or `symbols`, a folder without git. */
  readonly base?: FileTree;
  readonly head: FileTree;
  /** Ordered by path. */
  readonly diffs: readonly FileDiff[];
  readonly diagnostics: readonly Diagnostic[];
  /** Ends git; the trees can't be relied on afterwards. */
  close(): void;
}

/**
 * Opens what `request` asks for. Nothing is checked out, written, fetched or run.
 * @throws UsageError for what only the caller can mend: options that exclude each other, an unknown folder or commit,
 *   a clone that lacks the base (with the command that fetches it), a patch that does not apply.
 */
export async function openComparison(request: ComparisonRequest): Promise<OpenedComparison> {
  requireOneQuestion(request);
  const folder = await realFolder(request.root);
  const found = await openRepository(folder);
  return 'reason' in found ? openPlain(folder, found.reason, request) : openFromGit(found, request);
}

function requireOneQuestion({ base, exactBase, patch, files, symbols }: ComparisonRequest): void {
  const whatIf = (files?.length ?? 0) + (symbols?.length ?? 0) > 0;
  if (patch !== undefined && base !== undefined)
    throw new UsageError('Give a base or a patch, not both: a patch is compared with the head without it.');
  if (whatIf && base !== undefined)
    throw new UsageError('Give a base, or files and symbols to suppose changed, not both.');
  if (whatIf && patch !== undefined)
    throw new UsageError('Give a patch, or files and symbols to suppose changed, not both.');
  if (exactBase === true && base === undefined) throw new UsageError('An exact base needs a base; give --base too.');
}

async function realFolder(root: string): Promise<string> {
  const absolute = resolve(root);
  const found = await stat(absolute).catch(() => undefined);
  if (found === undefined) throw new UsageError(`The folder ${absolute} does not exist.`);
  if (!found.isDirectory()) throw new UsageError(`${absolute} is not a folder; give the folder that holds it.`);
  return realpath(absolute);
}

const isWhatIf = ({ files, symbols }: ComparisonRequest): boolean => (files?.length ?? 0) + (symbols?.length ?? 0) > 0;

async function openPlain(root: string, reason: string, request: ComparisonRequest): Promise<OpenedComparison> {
  const option = request.base !== undefined ? '--base' : request.head !== undefined ? '--head' : undefined;
  if (option !== undefined) throw new UsageError(`${option} needs git, but ${reason}.`);
  const note: Diagnostic = {
    kind: 'not-a-repository',
    level: 'note',
    message: `${reason}; the folder is read as it is.`,
  };
  const tree = await openFolder(root);
  const opened = { root, identity: root, scope: '', close: () => undefined };
  if (request.patch !== undefined) return { ...opened, ...(await putPatch(tree, request.patch, 'sha1', [note])) };
  const comparison = {
    base: tree.label,
    head: tree.label,
    chosenBy: isWhatIf(request) ? WHAT_IF : 'nothing to compare with: no git',
  };
  return { ...opened, comparison, head: tree, diffs: [], diagnostics: [note, ...describeTree(tree)] };
}

const WHAT_IF = 'supposed changes to the head';

async function openFromGit(repository: Repository, request: ComparisonRequest): Promise<OpenedComparison> {
  const cache = new ByteCache();
  const choice = choose(repository, request);
  const absent = repository.partial ? absentIn(repository, choice) : undefined;
  const objects = new ObjectReader(repository.git, cache, absent);
  const { top: root, commonFolder: identity, scope } = repository;
  const opened = { root, identity, scope, close: () => objects.close() };
  try {
    const head = await openHead(repository, request, { choice, objects, cache });
    const diagnostics = [...(await choice).diagnostics, ...head.diagnostics];
    if (repository.detached && request.head === undefined) diagnostics.push(DETACHED);
    if (request.patch !== undefined) {
      return { ...opened, ...(await putPatch(head.tree, request.patch, repository.format, diagnostics)) };
    }
    return {
      ...opened,
      ...(await finish(repository, request, { ...(await choice), objects, head: head.tree, diagnostics })),
    };
  } catch (error) {
    objects.close();
    throw error;
  }
}

const DETACHED: Diagnostic = {
  kind: 'detached-head',
  level: 'note',
  message: 'HEAD is detached: no branch is checked out; the commit itself is taken.',
};

/** Only a comparison of revisions needs a base. */
async function choose(
  repository: Repository,
  request: ComparisonRequest,
): Promise<Choice & { readonly tip?: string | undefined }> {
  if (request.compare && request.patch === undefined && !isWhatIf(request)) {
    return chooseCommits(repository, { ...request, env: request.env ?? process.env });
  }
  const chosen = await chooseHead(repository, request.head);
  return { ...chosen, base: undefined, chosenBy: isWhatIf(request) ? WHAT_IF : 'nothing is compared', diagnostics: [] };
}

function absentIn(repository: Repository, choice: Promise<Choice>): Promise<ReadonlySet<string>> {
  return choice.then(
    async ({ base, head }) =>
      listAbsent(
        repository.git,
        [...new Set([base, head ?? 'HEAD'])].filter((name) => name !== undefined),
      ),
    () => new Set<string>(),
  );
}

interface Sources {
  readonly choice: Promise<Choice>;
  readonly objects: ObjectReader;
  readonly cache: ByteCache;
}

/** The working tree does not wait for the choice of a base; both run at once. */
async function openHead(
  repository: Repository,
  request: ComparisonRequest,
  { choice, objects, cache }: Sources,
): Promise<{ readonly tree: FileTree; readonly diagnostics: readonly Diagnostic[] }> {
  if (request.head === undefined) {
    const [opened] = await Promise.all([openWorkingTree(repository, objects, cache), choice]);
    return opened;
  }
  const { head } = await choice;
  return { tree: await openCommit(repository.git, head ?? 'HEAD', objects), diagnostics: [] };
}

type Finished = Pick<OpenedComparison, 'comparison' | 'head' | 'diffs' | 'diagnostics'> & { readonly base?: FileTree };

interface Gathered extends Omit<Choice, 'head'> {
  readonly head: FileTree;
  readonly objects: ObjectReader;
}

async function finish({ git }: Repository, request: ComparisonRequest, gathered: Gathered): Promise<Finished> {
  const { head, objects, chosenBy, diagnostics } = gathered;
  if (!request.compare || isWhatIf(request)) {
    const comparison = { base: head.label, head: head.label, chosenBy };
    return { comparison, head, diffs: [], diagnostics: [...diagnostics, ...describeTree(head)] };
  }
  const base = gathered.base === undefined ? emptyTree() : await openCommit(git, gathered.base, objects);
  const diffs = await compareTrees(base, head);
  return {
    comparison: { base: base.label, head: head.label, chosenBy },
    base,
    head,
    diffs,
    diagnostics: [
      ...diagnostics,
      ...describeTree(head),
      ...(await describeUnreadable(base, diffs, 'base')),
      ...(await describeUnreadable(head, diffs, 'head')),
    ],
  };
}

async function putPatch(
  base: FileTree,
  patch: string,
  format: Repository['format'],
  diagnostics: readonly Diagnostic[],
): Promise<Finished> {
  const { patchTree } = await import('./patchedTree.js');
  const patched = await patchTree(base, patch, format);
  const head = patched.tree;
  return {
    comparison: { base: base.label, head: head.label, chosenBy: 'the patch that was given' },
    base,
    head,
    diffs: markBinary(await compareTrees(base, head, patched.renames), head),
    diagnostics: [...diagnostics, ...describeTree(head), ...patched.diagnostics],
  };
}

/** Content that the patch does not spell out is binary, though there are no bytes to see it by. */
function markBinary(diffs: readonly FileDiff[], head: FileTree): FileDiff[] {
  return diffs.map((diff) => {
    const isUnknown = head.byPath.get(diff.path)?.id.startsWith('patch:') === true;
    return isUnknown && diff.special === undefined ? { ...diff, special: 'binary' } : diff;
  });
}
