import { describe, expect, test } from 'vitest';
import { exportLines, factsOf, plainUses, requestLines, symbolOf, uses } from '../../../test/facts-lines.js';
import { SymbolFlag } from '../../model/facts.js';

describe('ES modules', () => {
  test('entries in ECMA-262’s terms', () => {
    const facts = factsOf(`
      import d, { a as b, type T } from './a';
      import * as ns from './ns';
      import './side';
      export { b as c, ns, own as 'str ing' };
      export { x as default } from './x';
      export * from './s'; export * as all from './s2'; export type { U } from './u';
      const own = 1; export const { p, q: [r] } = ns.v; export default d;`);
    expect(exportLines(facts)).toEqual([
      'c = ./a#a',
      'ns = ./ns#*',
      'str ing = own',
      'default = ./x#x',
      '* = ./s',
      'all = ./s2#*',
      'U = ./u#U (type)',
      'p = p',
      'r = r',
      'default = ./a#default',
    ]);
    expect(requestLines(facts)).toEqual([
      'import ./a eager',
      'import ./ns eager',
      'import ./side eager',
      'export ./x eager',
      'export ./s eager',
      'export ./s2 eager',
      'export ./u typeOnly',
    ]);
    expect(plainUses(facts, 'p')).toEqual(['read ./ns#*.v.p']);
  });

  test('imports that only types use are elidable in TypeScript, never in JavaScript', () => {
    const text = "import { A } from './a'; import { b } from './b'; export const x = b; export type X = A;";
    expect(requestLines(factsOf(text))).toEqual(['import ./a elidable eager', 'import ./b eager']);
    expect(requestLines(factsOf("import { A } from './a'; /** @type {A} */ export const x = 1;", 'js'))).toEqual([
      'import ./a eager',
    ]);
  });

  test('decorator metadata keeps the types of parameters', () => {
    const facts = factsOf("import { S, D } from './s'; @D() export class C { constructor(private s: S) {} }");
    expect(requestLines(facts)).toEqual(['import ./s eager']);
    expect(uses(facts, 'C')).toEqual(['decorate ./s#D e']);
  });

  test('files that a component decorator names', () => {
    const facts = factsOf(`import { Component } from '@angular/core';
      @Component({ selector: 'x', templateUrl: './x.html', styleUrls: ['x.css', '../theme.scss'], styleUrl: dynamic })
      export class X {}
      @Component({ templateUrl: 'https://cdn.example/x.html', styleUrl: '/assets/y.css' })
      export class Y {}`);
    expect(requestLines(facts)).toEqual([
      'import @angular/core eager',
      'path ./x.html',
      'path ./x.css',
      'path ../theme.scss',
    ]);
    expect(uses(facts, 'X').filter((line) => line.includes('./x'))).toEqual(['read ./x.html# e*', 'read ./x.css# e*']);
  });

  test('default exports', () => {
    expect(exportLines(factsOf('export default function Foo() {}'))).toEqual(['default = Foo']);
    expect(exportLines(factsOf('const a = 1; export { a as default }'))).toEqual(['default = a']);
    const facts = factsOf('export default { a: 1, b: { c() { return this.d } } }');
    expect(facts.symbols.map(({ name }) => name)).toEqual([
      '<module>',
      'default',
      'default.a',
      'default.b',
      'default.b.c',
    ]);
    expect(plainUses(facts, 'default.b.c')).toEqual(['read default.b.d']);
  });

  test('TypeScript’s own forms', () => {
    const facts = factsOf(
      "import x = require('./x'); import y = N.z; namespace N { export const z = x.q } export = N;",
    );
    expect(exportLines(facts)).toEqual(['export= = N']);
    expect(facts.imports).toMatchObject([{ name: 'export=', local: 'x' }]);
    expect(plainUses(facts, 'y')).toEqual(['read N.z']);
    expect(plainUses(facts, 'N.z')).toEqual(['read ./x#export=.q']);
  });
});

describe('CommonJS', () => {
  test('exports', () => {
    const facts = factsOf(
      `const x = require('./x'); const { a, b: c } = require('./y'); const s = x;
       exports.f = function () { return exports.g(a) }; exports.g = s; exports.h = x.h; exports.i = require('./z').i;
       Object.defineProperty(exports, 'j', { get: function () { return x.j } });
       __exportStar(require('./s'), exports); Object.assign(module.exports, require('./t'));
       if (s) exports.k = require('./k');`,
      'js',
    );
    expect(exportLines(facts)).toEqual([
      'f = exports.f',
      'g = s',
      'h = ./x#h',
      'i = ./z#i',
      'j = ./x#j',
      '* = ./s',
      '* = ./t',
      'k = ./k#export=',
    ]);
    expect(plainUses(facts, 'exports.f')).toEqual(['call s', 'read ./y#a']);
    expect(facts.traits).toMatchObject({ esm: false, cjs: true });
  });

  test('module.exports', () => {
    expect(exportLines(factsOf("module.exports = require('./x')", 'js'))).toEqual(['export= = ./x#export=']);
    const facts = factsOf("const a = 1; module.exports = { a, b() {}, ...require('./x') }", 'js');
    expect(exportLines(facts)).toEqual(['export= = export=', '* = ./x']);
    expect(facts.symbols.map(({ name }) => name)).toEqual(['<module>', 'a', 'export=', 'export=.a', 'export=.b']);
  });

  test('a createRequire is a require', () => {
    const facts = factsOf(
      "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); export const x = () => require('./y').z;",
    );
    expect(plainUses(facts, 'x')).toEqual(['read ./y#.z']);
  });
});

describe('merging and ambient names', () => {
  test('one name is one symbol', () => {
    const facts = factsOf(
      'export function f(a: A): B; export function f(a: any) {} export namespace f { export const x = 1 } interface I { a: 1 } interface I { b: 1 }',
    );
    expect(facts.symbols.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'module <module>',
      'function f',
      'variable f.x',
      'interface I',
      'property I.a',
      'property I.b',
    ]);
    expect(exportLines(facts)).toEqual(['f = f']);
  });

  test('scripts and augmentations declare for other files', () => {
    expect(factsOf('interface A {} var b = 1').ambient.map(({ name, request }) => [name, request])).toEqual([
      ['b', -1],
      ['A', -1],
    ]);
    const facts = factsOf(
      "export {}; declare global { interface Window { x: 1 } } declare module './m' { interface M { y: 1 } }",
    );
    expect(
      facts.ambient.map(({ name, symbol, request }) => [
        name,
        facts.symbols[symbol]?.name,
        facts.requests[request]?.specifier,
      ]),
    ).toEqual([
      ['Window', 'global.Window', undefined],
      ['M', 'module:./m.M', './m'],
    ]);
    expect(requestLines(facts)).toEqual(['augmentation ./m typeOnly']);
  });
});

describe('the module initialiser', () => {
  test('evaluates calls, not functions and literals', () => {
    const facts = factsOf(
      `import { a, b, c, d, e, g, h } from './m';
       const x = () => a(); const y = b(() => c()); const z = { k: d, l: () => e() };
       class K { static s = g(); m = h(); }`,
    );
    expect(plainUses(facts, '<module>')).toEqual(['call ./m#b', 'call ./m#c', 'call ./m#g']);
    const eager = facts.symbols.filter(({ flags }) => flags & SymbolFlag.eager).map(({ name }) => name);
    expect(eager).toEqual(['<module>', 'y', 'K', 'K.s']);
  });

  test('reordered imports are a change of it, renamed ones are not', () => {
    const [one, two, three] = [
      "import './a'; import './b';",
      "import './b'; import './a';",
      "import'./a';\nimport './b'",
    ].map((text) => symbolOf(factsOf(text), '<module>').content);
    expect(one).not.toBe(two);
    expect(one).toBe(three);
  });

  test('mutations belong to what they mutate', () => {
    const text = `
      import { app as server, list } from './app';
      export const registry = new Map(); const setup = () => {};
      server.get('/', list); server.route('/x').get(() => list());
      if (list) registry.set('k', list);
      setup(registry); console.log(registry); Object.assign(registry, server);
      describe('x', () => { registry.clear() });`;
    const facts = factsOf(text);
    const mutations = facts.symbols.filter(({ kind }) => kind === 'mutation').map(({ name }) => name);
    expect(mutations).toEqual(['app~', 'list~', 'registry~']);
    expect(plainUses(facts, 'app~')).toEqual([
      'write ./app#app',
      'call ./app#app.get',
      'read ./app#list',
      'call ./app#app.route',
      'call ./app#app.route.().get',
      'call ./app#list',
    ]);
    expect(plainUses(facts, 'registry~')[0]).toBe('write registry');
    const edited = factsOf(text.replace("'/x'", "'/y'"));
    expect(symbolOf(edited, '<module>').content).toBe(symbolOf(facts, '<module>').content);
    expect(symbolOf(edited, 'app~').content).not.toBe(symbolOf(facts, 'app~').content);
    expect(facts.traits.callsTestApi).toBe(true);
  });

  test('calls of test runners', () => {
    const calls = (text: string): boolean => factsOf(text, 'js').traits.callsTestApi;
    expect(calls("tester.run('x', rule, { valid: ['a'], invalid: [] })")).toBe(true);
    expect(calls("QUnit.module('x'); QUnit.test('y', (assert) => {})")).toBe(true);
    expect(calls("Deno.test('x', () => {})")).toBe(true);
    expect(calls("import tape from 'tape'; tape('x', (t) => t.end())")).toBe(true);
    expect(calls("import runner from '@acme/fixture-runner'; runner(import.meta.url);")).toBe(true);
    expect(calls("import { run } from './cases.js'; run('x', __dirname);")).toBe(true);
    expect(calls("import { run } from './cases.js'; export const cases = run(import.meta.url);")).toBe(false);
    expect(calls("import { run } from './cases.js'; run('x');")).toBe(false);
    expect(calls("tester.run('x', rule, { cases: [] }); app.run(1)")).toBe(false);
    expect(calls("QUnit.start(); pattern.test('x')")).toBe(false);
    expect(calls("const tape = (x) => x; tape('x')")).toBe(false);
  });
});

describe('requests that are no imports', () => {
  test('paths that aliases stand for are not read where the aliases are given', () => {
    const ask = (text: string): string[] =>
      requestLines(factsOf(`import { defineConfig, resolve } from 'x'; ${text}`)).slice(1);
    expect(ask("export default defineConfig({ resolve: { alias: { '@': resolve(__dirname, 'src') } } })")).toEqual([]);
    expect(
      ask("export default { resolve: { alias: [{ find: 'a', replacement: resolve(__dirname, 'a.ts') }] } }"),
    ).toEqual([]);
    expect(ask("const alias = { '@': fileURLToPath(new URL('./src', import.meta.url)) };")).toEqual([]);
    expect(ask("export default { moduleNameMapper: { 'css$': resolve(__dirname, 'a.ts') } }")).toEqual(['path ./a.ts']);
    expect(
      ask("export default defineConfig({ test: { alias: {}, setupFiles: [resolve(__dirname, 'setup.ts')] } })"),
    ).toEqual(['path ./setup.ts']);
    expect(ask("export default { transform: { '.css$': resolve(__dirname, 'css.ts') } }")).toEqual(['path ./css.ts']);
  });

  test.each([
    ["const f = () => import('./a')", ['dynamic-import ./a']],
    ['const f = (n: string) => import(`./a/${n}.ts`)', ['dynamic-import ./a/*.ts pattern']],
    ["const f = (n: string) => import('./a/' + n)", ['dynamic-import ./a/* pattern']],
    ["require.resolve('./a'); import.meta.resolve('./b')", ['require-resolve ./a', 'require-resolve ./b']],
    ["type A = import('./a').B", ['import-type ./a typeOnly']],
    [
      '/// <reference path="./a.d.ts" />\n/// <reference types="node" />',
      ['reference-path ./a.d.ts typeOnly', 'reference-types node typeOnly'],
    ],
    ["import.meta.glob(['./a/*.ts', '!./a/b.ts'], { eager: true })", ['glob ./a/*.ts eager pattern']],
    ["require.context('./a', true, /\\.ts$/)", ['glob ./a/**/*.ts pattern']],
    ["new URL('./a.png', import.meta.url)", ['url ./a.png']],
    ["new Worker(new URL('./w.ts', import.meta.url))", ['worker ./w.ts', 'url ./w.ts']],
    ["path.join(__dirname, '..', 'a.json'); `${__dirname}/b.json`", ['path ./../a.json', 'path ./b.json']],
    [
      "vi.mock('./a', () => ({})); jest.requireActual('./b'); vi.mock(import('./c'))",
      ['mock ./a', 'mock ./b', 'dynamic-import ./c', 'mock ./c'],
    ],
  ])('%s', (text, expected) => expect(requestLines(factsOf(text)).toSorted()).toEqual(expected.toSorted()));

  test('mocks are the module’s', () => expect(uses(factsOf("vi.mock('./a')"), '<module>')).toContain('mocks ./a# e'));

  test('JSDoc types are compile-only', () => {
    const facts = factsOf(
      "import { B } from './b';\n/** @param {import('./a').A | B} x */\nexport function f(x) {}",
      'js',
    );
    expect(uses(facts, '<module>')).toEqual(['type ./a#.A t', 'type ./b#B t']);
  });

  test('what can’t be followed is said', () => {
    const facts = factsOf(
      "import { o } from './o'; export function f(k: string) { import(k); o[k](); eval(k); new Proxy(o, {}) }",
    );
    expect(facts.dynamic.map(({ kind }) => kind)).toEqual(['dynamic-import', 'computed-member', 'eval', 'proxy']);
  });

  test('JSDoc types move with their function, and count where they are exchanged', () => {
    const f = '/** @param {A} x */ function f(x) { return x }';
    const g = '/** @param {B} x */ function g(x) { return /** @type {C} */ (x) }';
    const content = (text: string): string => symbolOf(factsOf(text, 'js'), '<module>').content;
    expect(content(`${f}\n${g}\nf()`)).toBe(content(`f()\n${g}\n${f}`));
    expect(content(`${f}\n${g}`)).not.toBe(content(`${f}\n${g}`.replace('{A}', '{B}')));
    expect(content(`${f}\n${g}`)).not.toBe(
      content(`${f}\n${g}`.replace('{A}', '{x}').replace('{B}', '{A}').replace('{x}', '{B}')),
    );
    expect(content(`/** @type {A} */ export const a = 1;\n/** @type {B} */ export const b = 1;`)).not.toBe(
      content(`/** @type {B} */ export const a = 1;\n/** @type {A} */ export const b = 1;`),
    );
  });

  test('pragmas', () => {
    const text =
      "'use client';\n// @ts-nocheck\n/** @jsx h */\n// eslint-disable-next-line\nimport(/* webpackChunkName: \"x\" */ './a');";
    expect(factsOf(text, 'js').traits.pragmas).toEqual([
      'use client',
      '@ts-nocheck',
      '@jsx h',
      'webpackChunkName: "x"',
    ]);
  });
});
