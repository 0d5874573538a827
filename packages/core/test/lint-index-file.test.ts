/** The file of the prepared index: written whole, found again, told apart from one that no longer fits. */
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { git, type MadeRepository } from '@blast-radius/testkit';
import { analyze, prepareIndex } from '../src/index.js';
import type { Looked } from '../src/lint/index.js';
import { look, newCache, newShop, removeCaches } from './lint-shop.js';

const ROUND = 'packages/money/src/round.ts';
let shop: MadeRepository;

beforeAll(() => {
  shop = newShop();
});
afterAll(() => {
  shop.dispose();
  removeCaches();
});

/** What is written for rules; half-written files would show. */
function indexesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('lint-'))
    .map((name) => join(folder, name));
}

describe('the index file', () => {
  const problemOf = (root = shop.root): unknown => look(root, ROUND, 'export const x = 1;');

  test('none, half of one, one of another release', async () => {
    const other = newShop();
    try {
      const folder = newCache();
      expect(problemOf(other.root)).toMatchObject({ problem: 'missing', root: other.root });
      const { file } = await prepareIndex({ root: other.root, threads: 0 });
      expect(problemOf(other.root)).toHaveProperty('judgement');
      const bytes = readFileSync(file);
      truncateSync(file, bytes.length - 100);
      expect(problemOf(other.root)).toMatchObject({ problem: 'other-version' });
      writeFileSync(file, bytes.toString('latin1').replace(/"facts":\d/, '"facts":0'), 'latin1');
      expect(problemOf(other.root)).toMatchObject({ problem: 'other-version' });
      writeFileSync(file, bytes);
      expect(problemOf(other.root)).toHaveProperty('judgement');
      expect(indexesIn(folder)).toEqual([file]);
    } finally {
      other.dispose();
    }
  });

  test('the same repository gives the same bytes', async () => {
    newCache();
    const first = readFileSync((await prepareIndex({ root: shop.root, threads: 0 })).file);
    const second = readFileSync((await prepareIndex({ root: join(shop.root, 'packages'), threads: 0 })).file);
    expect(second.equals(first)).toBe(true);
  });

  test('a report refreshes it where HEAD moved, not otherwise, and not for another question', async () => {
    const folder = newCache();
    await analyze({ root: shop.root, base: 'main', threads: 0 });
    expect(indexesIn(folder)).toEqual([]);
    await analyze({ root: shop.root, threads: 0 });
    const [file = ''] = indexesIn(folder);
    const made = readFileSync(file);
    writeFileSync(file, made.subarray(0, 4096));
    await analyze({ root: shop.root, threads: 0 });
    expect(readFileSync(file)).toHaveLength(Math.min(4096, made.length));
    git(shop.root, 'commit', '-q', '--allow-empty', '-m', 'more');
    await analyze({ root: shop.root, threads: 0 });
    expect(readFileSync(file).length).toBe(made.length);
  });

  /** A repository on `change`, with a log of where `HEAD` was; `then` is done to it after its index was made. */
  async function problemAfter(base: string | undefined, then: (root: string) => void): Promise<unknown> {
    const other = newShop();
    try {
      newCache();
      git(other.root, 'config', 'core.logAllRefUpdates', 'true');
      git(other.root, 'commit', '-q', '--allow-empty', '-m', 'mine');
      await prepareIndex({ root: other.root, threads: 0, ...(base === undefined ? {} : { base }) });
      then(other.root);
      const looked = problemOf(other.root) as Looked;
      return 'problem' in looked ? looked.problem : 'judged';
    } finally {
      other.dispose();
    }
  }

  const commit = (root: string, ...more: string[]): string =>
    git(root, 'commit', '-q', '--allow-empty', '-m', 'commit: more', ...more);

  test.each<[string, (root: string) => void]>([
    ['a commit', (root) => commit(root)],
    ['an amended one', (root) => commit(root, '--amend')],
  ])('%s leaves it fresh', async (_, then) => {
    expect(await problemAfter('main', then)).toBe('judged');
  });

  test.each<[string, (root: string) => void]>([
    ['a checkout', (root) => git(root, 'checkout', '-q', '-b', 'elsewhere', 'main')],
    [
      'a merge that a commit ended',
      (root) => {
        git(root, 'checkout', '-q', 'main');
        commit(root);
        git(root, 'checkout', '-q', 'change');
        git(root, 'merge', '-q', '--no-ff', '--no-commit', 'main');
        commit(root);
      },
    ],
    [
      'a picked commit that a commit ended',
      (root) => {
        git(root, 'cherry-pick', '--no-commit', '--allow-empty', 'main');
        writeFileSync(join(root, '.git/CHERRY_PICK_HEAD'), git(root, 'rev-parse', 'main'));
        commit(root);
      },
    ],
    [
      'a fast-forward merge of a branch called commit',
      (root) => {
        git(root, 'checkout', '-q', '-b', 'commit');
        commit(root);
        git(root, 'checkout', '-q', 'change');
        git(root, 'merge', '-q', 'commit');
      },
    ],
  ])('%s makes it stale', async (_, then) => {
    expect(await problemAfter('main', then)).toBe('stale');
  });

  test('what is compared with HEAD itself is stale after any commit', async () => {
    expect(await problemAfter(undefined, () => undefined)).toBe('judged');
    expect(await problemAfter(undefined, (root) => commit(root))).toBe('stale');
  });

  test('a report on some packages leaves the index of all of them alone', async () => {
    const { root, dispose } = newShop();
    try {
      const folder = newCache();
      await analyze({ root, scope: ['money'], threads: 0 });
      expect(indexesIn(folder)).toEqual([]);
      const { file } = await prepareIndex({ root, threads: 0 });
      const whole = readFileSync(file);
      git(root, 'commit', '-q', '--allow-empty', '-m', 'more');
      await analyze({ root, scope: ['money'], threads: 0 });
      expect(readFileSync(file).equals(whole)).toBe(true);
      await analyze({ root, threads: 0 });
      expect(problemOf(root)).toMatchObject({ judgement: { lost: [{ dependents: { files: 3 } }] } });
    } finally {
      dispose();
    }
  });

  test('no folder is made for a file that the user names', async () => {
    const output = join(newCache(), 'not/there/radius.index');
    await expect(prepareIndex({ root: shop.root, threads: 0, output })).rejects.toThrow(/ENOENT/);
    expect(existsSync(join(output, '../..'))).toBe(false);
  });

  test('each worktree has its own, in one folder', async () => {
    const folder = newCache();
    const beside = `${shop.root}-beside`;
    git(shop.root, 'worktree', 'add', '-q', '--detach', beside);
    try {
      await prepareIndex({ root: shop.root, threads: 0 });
      expect(problemOf(beside)).toMatchObject({ problem: 'missing', root: beside });
      await prepareIndex({ root: beside, threads: 0 });
      expect(problemOf(beside)).toHaveProperty('judgement');
      expect(indexesIn(folder)).toHaveLength(2);
    } finally {
      git(shop.root, 'worktree', 'remove', '--force', beside);
    }
  });

  test('a folder without git', async () => {
    newCache();
    const plain = newShop();
    try {
      rmSync(join(plain.root, '.git'), { recursive: true });
      expect(problemOf(plain.root)).toEqual({ silent: true });
      await prepareIndex({ root: plain.root, threads: 0 });
      expect(look(plain.root, ROUND, 'export const x = 1;')).toMatchObject({
        judgement: { lost: [{ name: 'round' }] },
      });
    } finally {
      plain.dispose();
    }
  });
});
