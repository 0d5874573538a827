/** What a declaration's own text proves to break. */
import { expect, test } from 'vitest';
import { extractFacts } from '../gather/facts/index.js';
import type { Language, SymbolFacts } from '../model/facts.js';
import { provenBreaks } from './compatibility.js';
import type { IndexedSymbol } from './file-rows.js';

const NOBODY = {
  directFiles: 0,
  directPackages: 0,
  directApps: 0,
  files: 0,
  packages: 0,
  apps: 0,
  tests: 0,
  named: [],
};

function breaksOf(before: string, after: string, name = 'f', language: Language = 'ts'): string[] {
  const [old, now] = [before, after].map((text) =>
    extractFacts({ text, language }).symbols.find((one) => one.name === name),
  ) as [SymbolFacts, SymbolFacts];
  const base: IndexedSymbol = { ...old, uses: 0, surface: 0, sensitive: [], dependents: NOBODY };
  return provenBreaks(base, now, language === 'ts');
}

test.each([
  ['export function f(a: A) {}', 'export function f(a: A, b: B) {}', ['needs 2 parameters now, not 1 (`b`)']],
  ['export function f(a?: A) {}', 'export function f(a: A) {}', ['needs 1 parameter now, not 0 (`a`)']],
  ['export function f(a: A, b: B) {}', 'export function f(a: A) {}', ['takes at most 1 parameter now (`b`)']],
  ['export function f(a: A) {}', 'export function f() {}', ['takes no parameters now (`a`)']],
  ['export function f(...a: A[]) {}', 'export function f(a?: A) {}', ['takes at most 1 parameter now']],
  [
    'export function f(a: A, b: B) {}',
    'export function f(b: B, a: A) {}',
    ['takes its parameters in another order (a, b → b, a)'],
  ],
  ['export function f() {}', 'export class f {}', ['is a class now and can no longer be called']],
  ['export class f {}', 'export function f() {}', ['is no longer a type']],
  ['export class f {}', 'export interface f {}', ['is only a type now']],
  ['export class f {}', 'export abstract class f {}', ['is abstract now and can no longer be constructed']],
])('%s → %s', (before, after, breaks) => {
  expect(breaksOf(before, after)).toEqual(breaks);
});

test.each([
  ['export function f(a: A) {}', 'export function f(a: A, b?: B) {}'],
  ['export function f(a: A) {}', 'export function f(a: A, b = 1) {}'],
  ['export function f(a: A) {}', 'export function f(a: A, ...b: B[]) {}'],
  ['export function f(a: A) {}', 'export function f(renamed: A) {}'],
  ['export function f(a: A) {}', 'export function f(a: B) {}'],
  ['export function f({ a }: A, { b }: B) {}', 'export function f({ b }: B, { a }: A) {}'],
  ['export function f(a: A): B; export function f(a: C): D; export function f(a: any) {}', 'export function f() {}'],
])('%s → %s proves nothing', (before, after) => {
  expect(breaksOf(before, after)).toEqual([]);
});

test('members', () => {
  const base = 'export class C { m(a: A) {} p = 1; q = 1; static s = 1 }';
  const head = 'export class C { m() {} private p = 1; static q = 1; s = 1 }';
  expect(['C.m', 'C.p', 'C.q', 'C.s'].map((name) => breaksOf(base, head, name))).toEqual([
    ['takes no parameters now (`a`)'],
    ['is private now'],
    ['is static now'],
    ['is no longer static'],
  ]);
});

test('in JavaScript anything may be left out', () => {
  expect(breaksOf('export function f(a) {}', 'export function f(a, b) {}', 'f', 'js')).toEqual([]);
  expect(breaksOf('export function f(a, b) {}', 'export function f(a) {}', 'f', 'js')).toHaveLength(1);
});
