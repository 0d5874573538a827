/** The repository that tests of the prepared index ask about, and cache folders of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@typescript-eslint/typescript-estree';
import { inlineWorkspace, materialise, type MadeRepository } from '@blast-radius/testkit';
import { vi } from 'vitest';
import { lookUp, type Looked } from '../src/lint/index.js';

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

/** A copy with its history: the same state on `main` and `change`. */
export function newShop(): MadeRepository {
  const { files } = inlineWorkspace(FILES);
  return materialise(files, files);
}

const caches: string[] = [];

/** A new cache folder for this process, until the next. */
export function newCache(): string {
  const folder = mkdtempSync(join(tmpdir(), 'blast-radius-lint-'));
  caches.push(folder);
  vi.stubEnv('BLAST_RADIUS_CACHE', folder);
  return folder;
}

/** Removes them all. */
export function removeCaches(): void {
  vi.unstubAllEnvs();
  for (const folder of caches.splice(0)) rmSync(folder, { recursive: true });
}

/** What is said of a text, saved or not. */
export function look(root: string, path: string, text: string): Looked {
  const program = parse(text, { range: true, comment: true, jsx: true });
  return lookUp({ file: join(root, path), text, hasBom: false, program, comments: () => program.comments ?? [] });
}
