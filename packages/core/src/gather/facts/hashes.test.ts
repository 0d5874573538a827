import { describe, expect, test } from 'vitest';
import { factsOf, symbolOf, uses } from '../../../test/facts-lines.js';
import type { Language } from '../../model/facts.js';

/** Which of the three hashes of `x` differ between two texts. */
function differing(left: string, right: string, name = 'x', language: Language = 'ts'): string[] {
  const [one, two] = [left, right].map((text) => symbolOf(factsOf(text, language), name));
  return (['content', 'shape', 'runtime'] as const).filter((hash) => one?.[hash] !== two?.[hash]);
}

describe('what changes nothing', () => {
  test.each([
    [
      'comments and format',
      'function x(a) { return a+1 }',
      '/** d */ function x(\n a,\n) {\n // c\n return (a + 1);\n}',
    ],
    ['local names', 'function x(a) { const b = a; return { b } }', 'function x(p) { const q = p; return { b: q } }'],
    [
      'imported and top-level names',
      "import { a } from 'm'; function x() { a() }",
      "import { a as b } from 'm'; function x() { b() }",
    ],
    ['quotes and separators', `const x = { 'a': "b", n: 1_000 }`, "const x = { a: 'b', n: 1000 }"],
    ['a leading bar', 'type x = | A | B', 'type x = A | B'],
    ['line ends', 'const x = `a\r\nb`', 'const x = `a\nb`'],
    ['its own name', 'function x() { return x() }', 'function x() { return x(); }'],
  ])('%s', (_, left, right) => expect(differing(left, right)).toEqual([]));

  test('JSX line breaks', () => {
    expect(
      differing('const x = <a>b <i/> c</a>', "const x = (\n <a>\n  b <i />{' '}\n  c\n </a>\n)", 'x', 'tsx'),
    ).toEqual([]);
  });

  test('nothing of it changes the file either', () => {
    const [left, right] = ['const x = 1 // a', '/* b */\nconst x = 1;\n'].map((text) => factsOf(text).traits.content);
    expect(left).toBe(right);
    expect(factsOf('const x = 2').traits.content).not.toBe(left);
  });
});

describe('what changes', () => {
  test.each([
    [
      'a body behind an annotation',
      'function x(): number { return 1 }',
      'function x(): number { return 2 }',
      ['content', 'runtime'],
    ],
    ['a body that says nothing', 'function x() { f(1) }', 'function x() { f(2) }', ['content', 'runtime']],
    ['an inferred result', 'function x() { return 1 }', 'function x() { return 2 }', ['content', 'shape', 'runtime']],
    [
      'a local on the way to the result',
      'function x() { const a = f(1); g(1); return a }',
      'function x() { const a = f(2); g(1); return a }',
      ['content', 'shape', 'runtime'],
    ],
    [
      'a local beside it',
      'function x() { const a = f(1); g(1); return a }',
      'function x() { const a = f(1); g(2); return a }',
      ['content', 'runtime'],
    ],
    ['an annotation', 'function x(a: number) {}', 'function x(a: string) {}', ['content', 'shape']],
    ['a type inside', 'function x() { const a: A = 1 }', 'function x() { const a: B = 1 }', ['content']],
    ['an erased wrapper', 'function x() { f(a as A) }', 'function x() { f(a!) }', ['content']],
    ['a constant literal', "const x = 'a'", "const x = 'b'", ['content', 'shape', 'runtime']],
    ['a variable literal', "let x = 'a'", "let x = 'b'", ['content', 'runtime']],
    ['a parameter', 'function x(a) {}', 'function x(a, b) {}', ['content', 'shape', 'runtime']],
    ['a default', 'function x(a: number = 1) {}', 'function x(a: number = 2) {}', ['content', 'runtime']],
    ['an optional mark', 'function x(a: A) {}', 'function x(a?: A) {}', ['content', 'shape']],
    ['which local is used', 'function x(a, b) { f(a) }', 'function x(a, b) { f(b) }', ['content', 'runtime']],
    [
      'an overload',
      'function x(a: A): B; function x(a) { f() }',
      'function x(a: C): B; function x(a) { f() }',
      ['content', 'shape'],
    ],
    ['async', 'function x(): any {}', 'async function x(): any {}', ['content', 'shape', 'runtime']],
  ])('%s', (_, left, right, expected) => expect(differing(left, right)).toEqual(expected));

  test('members have their own hashes; which there are is the parent’s shape', () => {
    const [one, two] = ['class x { a() { return 1 } }', 'class x { a() { return 2 } }'];
    expect(differing(one, two)).toEqual([]);
    expect(differing(one, two, 'x.a')).toEqual(['content', 'shape', 'runtime']);
    expect(differing(one, 'class x { a() { return 1 } b() {} }')).toEqual(['content', 'shape']);
    expect(differing('class x { a() {} b() {} }', 'class x { b() {} a() {} }')).toEqual([]);
    expect(differing('const x = { a: 1 }', 'const x = { a: 2 }')).toEqual([]);
    expect(differing('const x = { a: 1 }', 'const x = { a: 2 }', 'x.a')).toEqual(['content', 'runtime']);
    expect(differing('const x = { a: 1 } as const', 'const x = { a: 2 } as const', 'x.a')).toContain('shape');
    expect(differing('enum x { a, b }', 'enum x { c, a, b }', 'x.b')).toEqual(['content', 'shape', 'runtime']);
  });

  test('types have no run time', () => {
    expect(symbolOf(factsOf('interface x { a: 1 }'), 'x').runtime).toBe('');
    expect(symbolOf(factsOf('declare function x(): void'), 'x').runtime).toBe('');
  });
});

describe('what others see', () => {
  const imports = "import { a, b, c, T } from './m'; ";

  test.each([
    ['annotations', 'export function f(x: T): T { return a(x) }', ['type ./m#T ts', 'call ./m#a']],
    ['the result without one', 'export function f() { b(); return a() }', ['call ./m#b', 'call ./m#a s']],
    [
      'guards of what is returned',
      'export function f(x: any) { if (a(x)) return x; if (b()) return 1 }',
      ['call ./m#a s', 'call ./m#b'],
    ],
    ['assertions about it', 'export function f(x: any) { a(x); b(1); return x }', ['call ./m#a s', 'call ./m#b']],
    [
      'locals behind it',
      'export function f() { const x = a(); let y = 1; y = b(x); c(); return y }',
      ['call ./m#a s', 'call ./m#b s', 'call ./m#c'],
    ],
    ['bases, not interfaces', 'export class f extends a implements T {}', ['extends ./m#a se', 'implements ./m#T t']],
    ['only the type behind as', 'export const f = a() as T', ['call ./m#a e', 'type ./m#T ts']],
    ['not the body of a value function', 'export const f = () => { a() }', ['call ./m#a']],
  ])('%s', (_, text, expected) => expect(uses(factsOf(imports + text), 'f')).toEqual(expected));
});
