import { describe, expect, test } from 'vitest';
import { exportLines, factsOf, plainUses, requestLines, symbolOf, uses } from '../../../test/facts-lines.js';
import { extractFacts, extractFromProgram, languageOf } from './index.js';
import { nestsTooDeep } from './nesting.js';
import { parse } from './parser.js';

describe('components', () => {
  test('a Vue template uses every binding of both scripts', () => {
    const text = `<script setup lang="ts">\nimport Foo from './Foo.vue';\nimport type { T } from './t';\nconst n: T = 1;\n</script>\n<script lang="ts">\nexport const k = 1;\n</script>\n<template src="./t.html" /><style>a { }</style>`;
    const facts = factsOf(text, 'vue');
    expect(exportLines(facts)).toEqual(['k = k', 'default = default']);
    expect(uses(facts, 'default')).toEqual([
      'read ./t.html# s*',
      'read ./Foo.vue#default s*',
      'type ./t#T ts*',
      'read n s*',
      'read k s*',
    ]);
    expect(symbolOf(facts, 'n').line).toBe(4);
  });

  test('its template is its content, format and comments aside', () => {
    const of = (template: string): string =>
      symbolOf(factsOf(`<script setup>const a = 1</script><template>${template}</template>`, 'vue'), 'default').content;
    expect(of('<p>\n  {{ a }} <!-- c --></p>')).toBe(of('<p> {{ a }} </p>'));
    expect(of('<p>{{ a }}</p>')).not.toBe(of('<b>{{ a }}</b>'));
  });

  test('an options component keeps its default export', () => {
    const facts = factsOf(
      "<script>\nimport a from './a'\nexport default defineComponent({ data() { return a() } })\n</script>",
      'vue',
    );
    expect(exportLines(facts)).toEqual(['default = default']);
    expect(plainUses(facts, 'default')).toEqual([
      'call global:defineComponent',
      'call ./a#default',
      'read ./a#default',
    ]);
  });

  test('Svelte properties are no exports; Astro has a frontmatter', () => {
    const svelte = factsOf(
      '<script context="module">export const load = 1</script>\n<script>export let x; let y = x</script>',
      'svelte',
    );
    expect(exportLines(svelte)).toEqual(['load = load', 'default = default']);
    const astro = factsOf(
      "---\nimport L from './L.astro';\nconst t: string = f();\n---\n<L>{t}</L><script>import './c';</script>",
      'astro',
    );
    expect(requestLines(astro)).toEqual(['import ./L.astro eager', 'import ./c eager']);
    expect(plainUses(astro, 'default')).toEqual(['read ./L.astro#default', 'read t']);
  });
});

describe('JSON', () => {
  test('entries three deep are symbols', () => {
    const facts = factsOf('{"a": {"b": {"c": {"d": 1}}}, "e": [1]}', 'json');
    expect(facts.symbols.map(({ name }) => name)).toEqual([
      '<module>',
      'export=',
      'export=.a',
      'export=.e',
      'export=.a.b',
      'export=.a.b.c',
    ]);
    const edited = factsOf('{"e":[1],"a":{"b":{"c":{"d":2}}}}', 'json');
    const changed = facts.symbols.filter((symbol) => symbolOf(edited, symbol.name).content !== symbol.content);
    expect(changed.map(({ name }) => name)).toEqual(['export=.a.b.c']);
  });

  test('a broken one says so', () => expect(factsOf('{"a": ', 'json').problems).toMatchObject([{ kind: 'syntax' }]));
});

describe('texts that are not well', () => {
  test('one broken statement costs only itself', () => {
    const facts = factsOf(
      "import a from './a';\nexport const x = a();\nexport const y = = require('./y');\nexport const z = 1;\n",
    );
    expect(facts.problems[0]).toMatchObject({ kind: 'syntax', line: 3 });
    expect(facts.symbols.map(({ name, line }) => `${name}:${line}`)).toEqual(['<module>:1', 'x:2', 'z:4']);
    expect(requestLines(facts)).toEqual(['import ./a eager', 'require ./y eager']);
    expect(plainUses(facts, '<module>')).toContain('read ./y#');
  });

  test('bytes and giants give one symbol', () => {
    expect(factsOf('a\0b').problems).toMatchObject([{ kind: 'binary' }]);
    const giant = factsOf(`import './a';\n${'x;\n'.repeat(2_000_000)}`);
    expect(giant.problems).toMatchObject([{ kind: 'too-large' }]);
    expect([giant.symbols.length, requestLines(giant)]).toEqual([1, ['import ./a eager']]);
  });

  test.each([
    ['brackets', (n: number) => `import './a'; const x = ${'['.repeat(n)}${']'.repeat(n)}`],
    ['sums', (n: number) => `import './a'; const x = ${'1+'.repeat(n)}1`],
    ['calls', (n: number) => `import './a'; a${'.b(1, 2)'.repeat(n)}`],
    ['conditions', (n: number) => `import './a'; x = ${'a?{}:'.repeat(n)}1`],
    ['keywords', (n: number) => `import './a'; type X = ${'keyof '.repeat(n)}A`],
    ['type arguments', (n: number) => `import './a'; type X = ${'A<B,'.repeat(n)}C${'>'.repeat(n)}`],
    ['loops', (n: number) => `import './a'; ${'for(;;)'.repeat(n)}1`],
  ])('deeply nested %s are survived', (_, text) => {
    for (const depth of [300, 3000, 30_000]) expect(requestLines(factsOf(text(depth)))).toEqual(['import ./a eager']);
  });

  test('long sums and chains are read, not given up', () => {
    expect(plainUses(factsOf(`import { a } from './a'; const x = ${'"s" +\n'.repeat(3000)}a`), 'x')).toEqual([
      'read ./a#a',
    ]);
    expect(plainUses(factsOf(`import { a } from './a'; export const x = a${'\n.b(1)'.repeat(700)}`), 'x')).toContain(
      'call ./a#a.b',
    );
  });

  test('what nests deeper than the walk follows is read coarsely', () => {
    const text = `import { a } from './a'; export const x = ${'['.repeat(500)}${'(() => '.repeat(60)}a, import('./l')${')'.repeat(60)}${']'.repeat(500)}`;
    const facts = factsOf(text);
    expect(facts.problems).toEqual([]);
    expect(plainUses(facts, 'x')).toEqual(expect.arrayContaining(['read ./a#a', 'read ./l#']));
  });

  test('top-level return and JavaScript with types parse', () => {
    expect(factsOf("if (a) return;\nmodule.exports = require('./x')", 'js').problems).toEqual([]);
    expect(factsOf('// @flow\nimport type { A } from "./a";\nexport function f(x: A) {}', 'js').problems).toEqual([]);
  });
});

test('offsets are UTF-16: names behind emoji keep their lines and texts', () => {
  const facts = factsOf('const a = "😀é";\nexport const b = <p>😀 {a}</p>;', 'tsx');
  expect(plainUses(facts, 'b')).toEqual(['call #', 'read a']);
  expect(symbolOf(facts, 'b').line).toBe(2);
});

test('languages by path', () => {
  const paths = [
    'a/b.ts',
    'b.mts',
    'c.d.cts',
    'd.d.css.ts',
    'e.jsx',
    'f.cjs',
    'g.vue',
    'h.json',
    'i.d/j',
    'k.css',
    'constructor.toString',
  ];
  expect(paths.map(languageOf)).toEqual([
    'ts',
    'ts',
    'dts',
    'dts',
    'jsx',
    'js',
    'vue',
    'json',
    undefined,
    undefined,
    undefined,
  ]);
});

test('a program that is parsed already gives the same facts', () => {
  const text = "// @ts-nocheck\nimport { a } from './a';\nexport class B { c = a() }\n";
  const parsed = parse(text, 'ts', 'typescript-estree');
  if (parsed === undefined) throw new Error('did not parse');
  expect(extractFromProgram({ program: parsed.program, text, language: 'ts', comments: parsed.comments() })).toEqual(
    extractFacts({ text, language: 'ts' }),
  );
});

test('type arguments, however many, do not nest; tags do', () => {
  const generated = 'export interface A { b: C<d>; e: F<g> | undefined }\n'.repeat(2000);
  expect(nestsTooDeep(generated, false)).toBe(false);
  expect(nestsTooDeep(`const x = ${'<a>'.repeat(2000)}`)).toBe(true);
  expect(nestsTooDeep(`const x = ${'<a>'.repeat(20_000)}y`, false)).toBe(true);
});
