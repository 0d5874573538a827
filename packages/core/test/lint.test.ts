/** What is judged of texts that are saved nowhere, by the prepared index of a real repository. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MadeRepository } from '@blast-radius/testkit';
import { prepareIndex } from '../src/index.js';
import type { Judgement } from '../src/lint/index.js';
import { look, newCache, newShop, removeCaches } from './lint-shop.js';

let shop: MadeRepository;

beforeAll(async () => {
  shop = newShop();
  newCache();
  await prepareIndex({ root: shop.root, threads: 0 });
});
afterAll(() => {
  shop.dispose();
  removeCaches();
});

function judge(path: string, from: string | RegExp, to: string): Judgement {
  const saved = readFileSync(join(shop.root, path), 'utf8');
  const looked = look(shop.root, path, saved.replace(from, to));
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
  expect(look(shop.root, 'packages/shop/src/new.ts', 'export const x = 1;')).toMatchObject({
    judgement: { changed: [], lost: [] },
  });
});

test('components, JSON and what lies in no repository are not judged', () => {
  for (const path of ['a.vue', 'a.json', 'a.css']) expect(look(shop.root, path, '')).toEqual({ silent: true });
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
