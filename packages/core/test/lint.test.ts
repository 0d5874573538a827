/** The prepared index from end to end: made of a real repository, opened, and asked about texts that are saved nowhere. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@typescript-eslint/typescript-estree';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { git, inlineWorkspace, materialise, type MadeRepository } from '@blast-radius/testkit';
import { analyze, prepareIndex } from '../src/index.js';
import { lookUp, type Judgement, type Looked } from '../src/lint/index.js';

const FILES = `
  // @file package.json
  { "name": "root", "private": true, "workspaces": ["packages/*"] }
  // @file packages/money/package.json
  { "name": "money", "exports": "./src/index.ts" }
  // @file packages/money/src/index.ts
  export * from './format';
  export { round as roundMoney } from './round';
  // @file packages/money/src/format.ts
  import { round } from './round';
  export interface Options { readonly symbol: string; readonly digits?: number }
  export function format(amount: number, options?: Options): string { return digits(round(amount)) + options?.symbol; }
  function digits(amount: number): string { return String(amount); }
  export const unused = 1;
  // @file packages/money/src/round.ts
  export function round(amount: number): number { return Math.round(amount); }
  // @file packages/shop/package.json
  { "name": "shop", "dependencies": { "money": "*" } }
  // @file packages/shop/src/cart.ts
  import { format, roundMoney, type Options } from 'money';
  const options: Options = { symbol: '€' };
  export const total = (amount: number) => format(roundMoney(amount), options);
  // @file packages/shop/src/page.ts
  import { total } from './cart';
  export const page = () => total(1) + require(process.env.PLUGIN);
  // @file packages/shop/src/cart.test.ts
  import { total } from './cart';
  test('total', () => total(1));
`;

let shop: MadeRepository;
const caches: string[] = [];
const newCache = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'blast-radius-lint-'));
  caches.push(folder);
  vi.stubEnv('BLAST_RADIUS_CACHE', folder);
  return folder;
};

beforeAll(async () => {
  const { files } = inlineWorkspace(FILES);
  shop = materialise(files, files);
  newCache();
  await prepareIndex({ root: shop.root, threads: 0 });
});
afterAll(() => {
  shop.dispose();
  vi.unstubAllEnvs();
  for (const folder of caches) rmSync(folder, { recursive: true });
});

function look(path: string, text: string, root = shop.root): Looked {
  const program = parse(text, { range: true, comment: true, jsx: true });
  return lookUp({ file: join(root, path), text, hasBom: false, program, comments: () => program.comments ?? [] });
}

function judge(path: string, from: string | RegExp, to: string): Judgement {
  const saved = readFileSync(join(shop.root, path), 'utf8');
  const looked = look(path, saved.replace(from, to));
  if (!('judgement' in looked)) throw new Error(JSON.stringify(looked));
  return looked.judgement;
}

const FORMAT = 'packages/money/src/format.ts';
const ROUND = 'packages/money/src/round.ts';
const changedNames = ({ changed }: Judgement): string[] => changed.map(({ name, how }) => `${name} ${how}`);

describe('changed symbols', () => {
  test('a text that is saved as it was, and one in another format, change nothing', () => {
    expect(judge(FORMAT, 'nothing like this', '').changed).toEqual([]);
    expect(judge(FORMAT, /^export function/m, '// a comment\nexport  function').changed).toEqual([]);
  });

  test('a body, with the dependents behind its file', () => {
    const { changed } = judge(FORMAT, 'String(amount)', 'amount.toFixed(2)');
    expect(changed).toMatchObject([{ name: 'digits', how: 'body', breaks: [], line: 4 }]);
    expect(changed[0]?.dependents).toMatchObject({ directFiles: 0, files: 2, packages: 1, tests: 0 });
  });

  test('a signature, with direct dependents by name', () => {
    const { changed } = judge(FORMAT, 'options?: Options', 'options: Options');
    expect(changed).toMatchObject([
      { name: 'format', how: 'surface', breaks: ['needs 2 parameters now, not 1 (`options`)'] },
    ]);
    expect(changed[0]?.dependents).toEqual({
      directFiles: 1,
      directPackages: 1,
      directApps: 0,
      files: 2,
      packages: 1,
      apps: 0,
      tests: 0,
      named: ['packages/shop/src/cart.ts'],
    });
  });

  test('a call of something else with the same shape of text', () => {
    expect(changedNames(judge(FORMAT, 'digits(round(amount))', 'round(digits(amount))'))).toEqual(['format body']);
  });

  test('a type that a signature names', () => {
    expect(changedNames(judge(FORMAT, 'options?: Options', 'options?: Other'))).toEqual(['format surface']);
  });

  test('a member that is gone, at what it was part of', () => {
    const { changed } = judge(FORMAT, ' readonly digits?: number', '');
    expect(changed).toContainEqual(
      expect.objectContaining({ name: 'Options.digits', how: 'removed', line: 2, breaks: ['is no longer there'] }),
    );
  });

  test('a local name that changes changes nobody', () => {
    expect(judge(FORMAT, /digits\(/g, 'written(').changed).toEqual([]);
  });

  test('tests are counted apart', () => {
    const { changed } = judge('packages/shop/src/cart.ts', 'amount: number', 'amount: bigint');
    expect(changed[0]?.dependents).toMatchObject({ directFiles: 1, tests: 1, named: ['packages/shop/src/page.ts'] });
  });
});

describe('exports that are gone', () => {
  test('directly, and through a barrel', () => {
    const { lost } = judge(FORMAT, 'export function format', 'function format');
    expect(lost).toMatchObject([
      { name: 'format', throughStar: false, declared: { name: 'format', line: 3, typeOnly: false } },
    ]);
    expect(lost[0]?.dependents.named).toEqual(['packages/shop/src/cart.ts']);
  });

  test('a type', () => {
    const { lost } = judge(FORMAT, 'export interface', 'interface');
    expect(lost).toMatchObject([{ name: 'Options', declared: { typeOnly: true }, dependents: { directFiles: 1 } }]);
  });

  test('renamed', () => {
    expect(judge(ROUND, 'function round', 'function rounded').lost).toMatchObject([
      { name: 'round', declared: { name: 'rounded' } },
    ]);
  });

  test('a forwarded name, and names that came through a star', () => {
    const barrel = 'packages/money/src/index.ts';
    expect(judge(barrel, /\nexport \{ round.*/, '').lost).toMatchObject([
      { name: 'roundMoney', throughStar: false, dependents: { directFiles: 1 } },
    ]);
    const { lost } = judge(barrel, /export \*.*\n/, '');
    expect(lost.map(({ name, throughStar }) => [name, throughStar]).sort()).toEqual([
      ['Options', true],
      ['format', true],
    ]);
    expect(judge(barrel, /export \*.*\n/, "export { format, type Options } from './format';\n").lost).toEqual([]);
    expect(judge(barrel, './format', './elsewhere').lost).toEqual([]);
  });

  test('one that stands for something else is not gone', () => {
    const barrel = 'packages/money/src/index.ts';
    const { lost, retargeted } = judge(barrel, 'round as roundMoney', 'ceil as roundMoney');
    expect(lost).toEqual([]);
    expect(retargeted).toMatchObject([{ name: 'roundMoney', line: 2, dependents: { directFiles: 1 } }]);
    expect(judge(barrel, './round', './elsewhere').retargeted).toMatchObject([{ name: 'roundMoney' }]);
    expect(judge(barrel, 'export { round', 'export { unused } from "./format";\nexport { round').retargeted).toEqual(
      [],
    );
    const swapped = 'export { digits as format };\nfunction format';
    expect(judge(FORMAT, 'export function format', swapped).retargeted).toMatchObject([{ name: 'format', line: 3 }]);
    expect(judge(FORMAT, 'export function format', 'export { format };\nfunction format').retargeted).toEqual([]);
    expect(judge(FORMAT, 'export interface Options', 'export const Options = 1;\nexport interface Options').retargeted).toEqual([]); // prettier-ignore
  });

  test('one that nobody takes has no dependents', () => {
    expect(judge(FORMAT, /export const unused.*/, '').lost).toMatchObject([
      { name: 'unused', dependents: { directFiles: 0, tests: 0 } },
    ]);
  });
});

test('computed loads, in saved and in unsaved texts', () => {
  const page = 'packages/shop/src/page.ts';
  expect(judge(page, 'nothing', '').unseen).toEqual([{ kind: 'dynamic-require', line: 2, what: '' }]);
  expect(judge(page, 'total(1) + ', '').unseen).toHaveLength(1);
  expect(judge(page, / \+ require.*;/, ';').unseen).toEqual([]);
});

test('files that the base does not have change nothing', () => {
  expect(look('packages/shop/src/new.ts', 'export const x = 1;')).toMatchObject({
    judgement: { changed: [], lost: [] },
  });
});

test('components, JSON and what lies in no repository are not judged', () => {
  for (const path of ['a.vue', 'a.json', 'a.css']) expect(look(path, '')).toEqual({ silent: true });
});

/** What is written for rules; half-written files would show. */
function indexesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('lint-'))
    .map((name) => join(folder, name));
}

describe('the index file', () => {
  const problemOf = (root = shop.root): unknown => look(ROUND, 'export const x = 1;', root);

  test('none, half of one, one of another release', async () => {
    const { files } = inlineWorkspace(FILES);
    const other = materialise(files, files);
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
    const { files } = inlineWorkspace(FILES);
    const other = materialise(files, files);
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
    const { files } = inlineWorkspace(FILES);
    const { root, dispose } = materialise(files, files);
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
    const { files } = inlineWorkspace(FILES);
    const plain = materialise(files, files);
    try {
      rmSync(join(plain.root, '.git'), { recursive: true });
      expect(problemOf(plain.root)).toMatchObject({ problem: 'missing' });
      await prepareIndex({ root: plain.root, threads: 0 });
      expect(look(ROUND, 'export const x = 1;', plain.root)).toMatchObject({
        judgement: { lost: [{ name: 'round' }] },
      });
    } finally {
      plain.dispose();
    }
  });
});

test('rules load no git, no parser, no graph library', () => {
  const entry = fileURLToPath(new URL('../src/lint/index.ts', import.meta.url));
  const loaded = packagesBehind(entry);
  expect([...loaded].sort()).toEqual(['jsonc-parser', 'node:crypto', 'node:fs', 'node:module', 'node:os', 'node:path']);
});

/** Packages that a file's static imports lead to, types left out. */
function packagesBehind(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, clause = '', specifier = ''] of text.matchAll(
      /^(?:import|export(?= [{*]))\s+([^'"();]*?from\s+)?'([^']+)'/gm,
    )) {
      if (/^type\b/.test(clause) || /^\{(?:\s*type [^,]+,?)+\s*\} from/.test(clause)) continue;
      if (specifier.startsWith('.')) queue.push(join(dirname(file), specifier.replace(/\.js$/, '.ts')));
      else packages.add(specifier);
    }
  }
  return packages;
}
