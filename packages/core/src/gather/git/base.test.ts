import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, materialise } from '@blast-radius/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../model/index.js';
import { type ComparisonRequest, openComparison } from './index.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

/** `main` with one commit more than the branch `change` has, both in a remote; the clone has `change` checked out. */
function cloned(...options: string[]): { root: string; fork: string; main: string; change: string } {
  const made = materialise({ 'a.ts': '1\n' }, { 'a.ts': '2\n' });
  undo.push(made.dispose);
  git(made.root, 'checkout', '-q', 'main');
  commit(made.root, 'later');
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  undo.push(() => rmSync(parent, { recursive: true, force: true }));
  const root = join(parent, 'clone');
  git(parent, 'clone', '-q', ...options, `file://${made.root}`, root);
  return { root, fork: made.base, main: git(made.root, 'rev-parse', 'main').trim(), change: made.head };
}

function commit(root: string, text: string): string {
  writeFileSync(join(root, 'b.ts'), `${text}\n`);
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', text);
  return git(root, 'rev-parse', 'HEAD').trim();
}

async function choose(
  root: string,
  request: Partial<ComparisonRequest> = {},
): Promise<[base: string, head: string, by: string]> {
  const opened = await openComparison({ root, compare: true, env: {}, ...request });
  opened.close();
  const note = opened.diagnostics.some(({ kind }) => kind === 'base-chosen');
  expect(note).toBe(request.base === undefined);
  return [opened.comparison.base, opened.comparison.head, opened.comparison.chosenBy];
}

async function refusal(root: string, request: Partial<ComparisonRequest>): Promise<string> {
  const error: unknown = await openComparison({ root, compare: true, env: {}, ...request }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

describe('a base that is asked for', () => {
  it('means its merge base with the head, unless exactly it is wanted', async () => {
    const { root, fork, main, change } = cloned();
    const head = 'origin/change';
    expect(await choose(root, { base: 'origin/main', head })).toEqual([
      fork,
      change,
      '--base origin/main: its merge base with the head',
    ]);
    expect(await choose(root, { base: 'origin/main', head, exactBase: true })).toEqual([
      main,
      change,
      '--base origin/main, exactly',
    ]);
  });

  it('is refused in one sentence that says what to do', async () => {
    const { root } = cloned();
    expect(await refusal(root, { base: 'gone' })).toBe(
      '--base gone is not a commit in this clone; run: git fetch origin +refs/heads/gone:refs/remotes/origin/gone',
    );
    expect(await refusal(root, { base: 'deadbeefdeadbeef' })).toContain('run: git fetch origin deadbeefdeadbeef');
    expect(await refusal(root, { base: 'x; rm -rf ~' })).toContain(`git fetch origin 'x; rm -rf ~'`);
    expect(await refusal(root, { head: 'gone' })).toContain('--head gone is not a commit');
    expect(await refusal(root, { base: 'main..change' })).toContain('not the range');
    for (const base of ['--output=x', '', 'a\nb'])
      expect(await refusal(root, { base })).toContain("can't be the name of a commit");
    expect(await refusal(root, { base: 'HEAD:a.ts' })).toContain('is not a commit');
    expect(await refusal(root, { base: 'main', patch: '' })).toContain('not both');
    expect(await refusal(root, { exactBase: true })).toContain('give --base too');
  });

  it('that shares no history is refused, and taken exactly', async () => {
    const { root } = cloned();
    git(root, 'checkout', '-q', '--orphan', 'island');
    const island = commit(root, 'island');
    expect(await refusal(root, { base: 'origin/main' })).toContain('use --exact-base');
    expect((await choose(root, { base: 'origin/main', exactBase: true, head: island }))[1]).toBe(island);
  });

  it('in a shallow clone that lacks the common ancestor names the command that mends it', async () => {
    const { root } = cloned('--depth=1', '--no-single-branch', '--branch=change');
    const message = await refusal(root, { base: 'origin/main' });
    expect(message).toMatch(/shallow .* run: git fetch --unshallow origin$/);
    git(root, 'fetch', '-q', '--unshallow', 'origin');
    expect((await choose(root, { base: 'origin/main' }))[2]).toContain('merge base');
  });
});

describe('a base that nobody asked for', () => {
  it('is the merge base with the target branch that CI names', async () => {
    const { root, fork, change } = cloned('--branch=change');
    const rows: [Record<string, string>, string][] = [
      [{ GITHUB_BASE_REF: 'main' }, 'GITHUB_BASE_REF: merge base with refs/remotes/origin/main'],
      [{ GITHUB_BASE_REF: '', CHANGE_TARGET: 'main' }, 'CHANGE_TARGET: merge base with refs/remotes/origin/main'],
      [
        { SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main' },
        'SYSTEM_PULLREQUEST_TARGETBRANCH: merge base with refs/remotes/origin/main',
      ],
      [{ CI_MERGE_REQUEST_DIFF_BASE_SHA: fork }, `CI_MERGE_REQUEST_DIFF_BASE_SHA: ${fork}`],
      [{ TRAVIS_BRANCH: 'change', TRAVIS_PULL_REQUEST: 'false' }, 'merge base with origin/main'],
      [{ TRAVIS_BRANCH: 'main', TRAVIS_PULL_REQUEST: '7' }, 'TRAVIS_BRANCH: merge base with refs/remotes/origin/main'],
    ];
    for (const [env, by] of rows) expect(await choose(root, { env, head: 'HEAD' })).toEqual([fork, change, by]);
  });

  it('is refused with the fetch command where CI names a branch that is not here', async () => {
    const { root } = cloned('--depth=1', '--branch=change');
    expect(await refusal(root, { env: { GITHUB_BASE_REF: 'main' } })).toBe(
      'GITHUB_BASE_REF names main as the target of this change, but it is not in this clone; ' +
        'run: git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main',
    );
    expect(await refusal(root, { env: { GITHUB_BASE_REF: '--upload-pack=x' } })).toMatch(
      /run: git fetch --unshallow origin$/,
    );
  });

  it('is the merge base with the remote default branch', async () => {
    const { root, fork } = cloned('--branch=change');
    expect(await choose(root)).toEqual([fork, 'working tree', 'merge base with origin/main']);
  });

  it('is HEAD itself on the default branch, and the parent of a given head there', async () => {
    const { root, main, fork } = cloned();
    expect(await choose(root)).toEqual([
      main,
      'working tree',
      'HEAD against the working tree: the head is in origin/main',
    ]);
    expect(await choose(root, { head: 'HEAD' })).toEqual([
      fork,
      main,
      'first parent of the head: the head is in origin/main',
    ]);
    expect((await choose(root, { head: fork }))[0]).toBe('empty tree');
  });

  it('is HEAD where there is no remote', async () => {
    const made = materialise({ 'a.ts': '1\n' }, { 'a.ts': '2\n' });
    undo.push(made.dispose);
    expect(await choose(made.root)).toEqual([
      made.head,
      'working tree',
      'HEAD against the working tree: no target branch is known here',
    ]);
  });
});
