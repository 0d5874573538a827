/** What callers pass, read off signatures. */
import { expect, test } from 'vitest';
import { extractFacts } from './index.js';

const parametersOf = (text: string): Record<string, string | undefined> =>
  Object.fromEntries(
    extractFacts({ text, language: 'ts' })
      .symbols.slice(1)
      .map((one) => [one.name, one.parameters]),
  );

test.each([
  ['export function f(a: string, b = 1, c?: number, ...rest: string[]) {}', 'a,b?,c?,...rest'],
  ['export function f({ a }: A, [b]: B = [1]) {}', '{},[]?'],
  ['export function f(this: Window) {}', ''],
  ['export const f = async (a: A) => a;', 'a'],
  ['export const f = ((a) => a) as Handler;', undefined],
  ['export const f: Handler = (a) => a;', undefined],
  ['export const f = wrap((a) => a);', undefined],
  ['export function f(a: A): B; export function f(a: C): D; export function f(a: any) {}', undefined],
  ['export function f(a: A): B; export function f(a: any, hidden?: any) {}', 'a'],
  ['declare function f(a: A): B;', 'a'],
  ['export const f = 1;', undefined],
])('%s', (text, parameters) => {
  expect(parametersOf(text)['f']).toBe(parameters);
});

test('members', () => {
  const text = `
    export class C { constructor(private a: A, b?: B) {} m(x) {} get g() { return 1 } p = (y) => y; q: H = (y) => y }
    export interface I { m(a: A, b?: B): void; p: (a: A) => void }
    export type T = { m(): void };
    export const o = { m(a) {}, p: (b) => b };`;
  expect(parametersOf(text)).toMatchObject({
    'C.constructor': 'a,b?',
    'C.m': 'x',
    'C.p': 'y',
    'C.q': undefined,
    'I.m': 'a,b?',
    'I.p': undefined,
    'T.m': '',
    'o.m': 'a',
    'o.p': 'b',
  });
});
