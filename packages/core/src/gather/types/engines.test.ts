/** Two engines, the same sources, the same questions: the same answers. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RepoPath, TypeEngine, TypeProgram, TypeProgramInput } from '../../model/index.js';
import { loadNativeEngine } from './native/engine.js';
import { nodeTypesFolder } from './node-types.js';
import { loadTsMorphEngine } from './ts-morph/engine.js';

/** There is no native compiler for every platform. */
const load = await loadNativeEngine();
const describeBoth = describe.skipIf(load.kind === 'missing');

let engines: readonly TypeEngine[] = [];
beforeAll(async () => {
  if (load.kind === 'loaded') engines = [await loadTsMorphEngine(), load.engine];
});
afterAll(() => {
  for (const engine of engines) engine.close();
});

/** The order of errors at one position, and the words of a message, are the compiler's own affair. */
function byPlace(left: { start: number; code: number }, right: { start: number; code: number }): number {
  return left.start - right.start || left.code - right.code;
}

type Leads = Record<RepoPath, Record<string, RepoPath>>;

function input(
  texts: Record<RepoPath, string>,
  leads: Leads = {},
  more: Partial<TypeProgramInput> = {},
): TypeProgramInput {
  const paths = Object.keys(texts);
  const relative = (path: RepoPath): [string, RepoPath][] =>
    paths
      .map((other) => [`./${other.replace(/\.d\.ts$|\.tsx?$/, '')}`, other] as const)
      .concat([])
      .filter(([specifier]) => texts[path]!.includes(`'${specifier}'`))
      .map(([specifier, other]) => [specifier, other]);
  const resolutions = paths.map(
    (path) => [path, new Map([...relative(path), ...Object.entries(leads[path] ?? {})])] as const,
  );
  return {
    root: '/nowhere',
    installed: false,
    texts: new Map(Object.entries(texts)),
    roots: paths.filter((path) => /\.(?:[cm]?[jt]sx?|vue)$/.test(path)),
    resolutions: new Map(resolutions),
    ambient: [],
    compilerOptions: {
      strict: true,
      target: 'es2022',
      module: 'preserve',
      noEmit: true,
      skipLibCheck: true,
      types: [],
    },
    ...more,
  };
}

/** Every answer to every question about one file; names of what lies outside are the engine's own affair. */
function answers(
  program: TypeProgram,
  file: RepoPath,
  text: string,
  affected: ReadonlyMap<RepoPath, [number, number][]>,
): unknown {
  const at = [...text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*|'[^'\n]*'/gu)].map(({ index }) => index);
  const symbols = program.symbolsAt(file, at).map((one, index) => {
    const declarations =
      one.kind === 'symbol' ? one.declarations.map((each) => (each.file === undefined ? 'outside' : each)) : [];
    return { at: text.slice(at[index], at[index]! + 12), kind: one.kind, declarations: [...new Set(declarations)] };
  });
  return {
    diagnostics: program
      .diagnostics(file)
      .map(({ file: at, start, line, code }) => ({ at, start, line, code }))
      .sort(byPlace),
    symbols,
    types: program.typesAt(file, at).map((type, index) => [text.slice(at[index], at[index]! + 12), type]),
    doubts: program.doubts(file, affected, new Map()),
    tainted: program.doubts(file, affected, affected),
  };
}

function all(
  program: TypeProgram,
  { texts }: TypeProgramInput,
  affected: ReadonlyMap<RepoPath, [number, number][]>,
): unknown {
  const files = [...texts].map(([file, text]) => [file, answers(program, file, text, affected)] as const);
  return { files: Object.fromEntries(files), unresolved: program.unresolved() };
}

/** Compares all answers to each revision in turn, and gives those of ts-morph to the last one. */
function compare(
  revisions: readonly TypeProgramInput[],
  affected: Record<RepoPath, [number, number][]> = {},
): Record<string, string[]> {
  const [first, ...others] = revisions;
  const [reference, native] = engines.map((engine) => engine.open(first!));
  const lines = new Map(Object.entries(affected));
  expect(all(native!, first!, lines)).toEqual(all(reference!, first!, lines));
  for (const next of others) {
    reference!.update(next);
    native!.update(next);
    expect(all(native!, next, lines)).toEqual(all(reference!, next, lines));
  }
  const last = revisions.at(-1)!;
  return Object.fromEntries(
    [...last.texts.keys()].map((file) => [file, native!.diagnostics(file).map(({ line, code }) => `${line}:${code}`)]),
  );
}

const A = 'export interface Job { id: string }\nexport const make = (): Job => ({ id: "a" });\n';

describeBoth('both engines', () => {
  it('find the same errors in either revision', () => {
    const b = "import { make } from './a';\nexport const id: string = make().id;\n";
    const base = input({ 'a.ts': A, 'b.ts': b });
    const head = input({ 'a.ts': A.replace('id: string', 'id: number').replace('"a"', '1'), 'b.ts': b });
    expect(compare([base, head])).toEqual({ 'a.ts': [], 'b.ts': ['2:2322'] });
    expect(compare([base, head, base])).toEqual({ 'a.ts': [], 'b.ts': [] });
  });

  it('say chains of messages alike', () => {
    const text = [
      "import type { Job } from './a';",
      'interface Deep { one: { two: { three: Job } } }',
      'const x = { one: { two: { three: { id: 1 } } } };',
      'export const y: Deep = x;',
      'export const z: Job = { id: "b", more: 1 };',
      'function f(a: number, b?: string): void;',
      'function f(a: string): void;',
      'function f() {}',
      'f(true);',
      'let v = 1; let v = 2;',
      'switch (1) { case 1: { break } }',
      'export default nothing;',
    ].join('\n');
    expect(compare([input({ 'a.ts': A, 'b.ts': text })])['b.ts']?.length).toBeGreaterThan(4);
  });

  it('follow one specifier to different files, by the file that names it', () => {
    const use =
      "import { value } from 'pkg/deep';\nimport type { value as T } from 'pkg/deep';\nexport const n: number = value;\nexport type V = typeof T;\n";
    const texts = {
      'a.ts': 'export const value = 1;\n',
      'b.ts': 'export const value = "x";\n',
      'u/a.ts': use,
      'u/b.ts': use,
    };
    const leads = { 'u/a.ts': { 'pkg/deep': 'a.ts' }, 'u/b.ts': { 'pkg/deep': 'b.ts' } };
    expect(compare([input(texts, leads)])).toMatchObject({ 'u/a.ts': [], 'u/b.ts': ['3:2322'] });
    const turned = { 'u/a.ts': { 'pkg/deep': 'b.ts' }, 'u/b.ts': { 'pkg/deep': 'a.ts' } };
    expect(compare([input(texts, leads), input(texts, turned)])).toMatchObject({ 'u/a.ts': ['3:2322'], 'u/b.ts': [] });
  });

  it('keep identity and defaults through unbuilt output, aliases and every kind of import', () => {
    const texts = {
      'src/index.ts':
        'export default class Box { private secret = 1; open(): number { return this.secret; } }\nexport const made = new Box();\n',
      'src/old.ts': 'class Old { x = 1 }\nnamespace Old { export const y = 2 }\nexport = Old;\n',
      'use.ts': [
        "import Box, { made } from '../dist/index.js';",
        "import type Same from '@alias';",
        "import Old = require('old');",
        "export * as all from '@alias';",
        "export { default as Again } from /* why */ '@alias';",
        'const same: Same = made; const box: Box = same;',
        "const later = async () => (await import('@alias')).made.open();",
        "type T = import('@alias').default;",
        'const t: T = box; const w: string = Old.y; const v: string = t.open(); t.secret;',
        'later().then((n: string) => n);',
        'const text = "import x from \'@alias\'";',
        'export { same, w, v, text };',
      ].join('\n'),
    };
    const leads = { 'use.ts': { '../dist/index.js': 'src/index.ts', '@alias': 'src/index.ts', old: 'src/old.ts' } };
    expect(
      compare([
        input(texts, leads, {
          compilerOptions: {
            strict: true,
            target: 'es2022',
            module: 'commonjs',
            moduleResolution: 'bundler',
            skipLibCheck: true,
            types: [],
          },
        }),
      ])['use.ts'],
    ).toEqual(['9:2322', '9:2322', '9:2341', '10:2345']);
  });

  it('know what leads nowhere, what is declared as a module, and what was added since', () => {
    const text =
      "import a from './gone';\nimport b from 'nobody';\nimport c from 'known';\nimport './x.css';\nimport d from './y.svg';\nimport { e } from './late';\nexport { a, b, c, d, e };\n// import z from 'comment'\nexport const s = \"import q from 'string'\";\n";
    const types =
      "declare module 'known' { const known: number; export default known; }\ndeclare module '*.svg' { const svg: string; export default svg; }\ndeclare module '*.css';\n";
    const base = { 'u.ts': text, 'types.d.ts': types };
    compare([input(base), input({ ...base, 'late.ts': 'export const e = 1;\n' }), input(base)]);
  });

  it('go on without a file that is referred to by path or as a type package', () => {
    const text =
      '/// <reference path="./gone.d.ts" />\n/// <reference types="nobody" />\n/// <reference path="types.d.ts" />\nexport const a: string = here;\n';
    const found = compare([input({ 'src/a.ts': text, 'src/types.d.ts': 'declare const here: number;\n' })]);
    expect(found['src/a.ts']).toEqual(['1:6053', '2:2688', '4:2322']);
  });

  it('take an empty tuple for what it is', () => {
    const text = [
      "import { make, type Job } from './a';",
      'declare function f(t: readonly []): void;',
      'const none = () => f([]);',
      'const empty: [] = []; const [first = 1] = []; const held = { e: [] as [], m: make() };',
      'export { none, empty, first, held };',
    ].join('\n');
    compare([input({ 'a.ts': A, 'b.ts': text })], { 'a.ts': [[1, 1]] });
  });

  it('doubt more where the native compiler cannot say what a union holds', () => {
    const text =
      "import type { Job } from './a';\ndeclare function g(t: [Job] | []): void;\nexport const some = (job: Job | undefined) => g(job ? [job] : []);\n";
    const doubts = engines.map((engine) =>
      engine.open(input({ 'a.ts': A, 'b.ts': text })).doubts('b.ts', new Map([['a.ts', [[1, 1]]]]), new Map()),
    );
    expect(doubts).toEqual([[], [{ line: 3, written: false, flow: expect.any(String), bare: expect.any(Boolean) }]]);
  });

  it('add to modules of the repository by name', () => {
    const texts = {
      'pkg/index.ts': 'export interface Options { one: number }\n',
      'more.ts': "import 'pkg';\ndeclare module 'pkg' { interface Options { two: number } }\n",
      'near.ts': "import './pkg/index';\ndeclare module './pkg/index' { interface Options { three: number } }\n",
      'use.ts': "import type { Options } from 'pkg';\nexport const o: Options = { one: 1, two: 2 };\n",
    };
    const to = { pkg: 'pkg/index.ts' };
    expect(
      compare([input(texts, { 'more.ts': to, 'use.ts': to, 'near.ts': { './pkg/index': 'pkg/index.ts' } })])['use.ts'],
    ).toEqual(['2:2741']);
  });

  it('count in UTF-16 units', () => {
    const text =
      "// é😀 ünï\nimport { make } from './a';\nexport const ärger = make(), b: number = '😀' + ärger.id; ärger.nope;\r\nexport const c: number = ärger.id;\n";
    compare([input({ 'a.ts': A, 'b.ts': text, 'c.ts': `\ufeff${text}` })]);
  });

  it('name members behind destructuring, literals, unions, generics and classes', () => {
    const text = [
      "import { make as made, type Job } from './a';",
      'const { id, ...rest } = made();',
      'const { id: renamed = "x" } = made();',
      'const job: Job = { id };',
      "const other: Job = { 'id': 'y' };",
      'interface Cat { name: string; purr(): void }',
      'interface Dog { name: string; bark(): void }',
      'declare const pet: Cat | Dog;',
      'pet.name;',
      'type Keyed = { [K in keyof Job]: Job[K] };',
      'declare const keyed: Keyed, partial: Partial<Job>, some: any, unknown: unknown;',
      "keyed.id; partial.id; some.x; some.y.z; keyed['id'];",
      'class Base<T> { #p = 1; protected value!: T; get it(): T { return this.value; } static s = 1 }',
      'class Sub extends Base<Job> { override get it(): Job { return super.it; } f() { return this.it.id + this.value.id; } }',
      'new Sub().it.id; Sub.s; Base.s;',
      'enum E { A, B = 2 }',
      'E.A; type EE = E.B;',
      'function g<T extends Job>(t: T, ...r: T[]): T["id"] { return t.id; }',
      'g(job).length; [job].map((j) => j.id);',
      'namespace N { export const inner = 1; export namespace M { export type X = Job } }',
      'N.inner; let nm: N.M.X;',
      '({ id: nm.id } = job);',
      'export default { id, job };',
      'export { job as task, rest, renamed, other };',
      'label: for (const k in job) { break label; }',
      'const fn = function (this: Job, { id: inner }: Job) { return this.id + inner; };',
      'made?.()?.id; fn; unknown;',
    ].join('\n');
    compare([input({ 'a.ts': A, 'b.ts': text })], { 'a.ts': [[1, 1]] });
  });

  it('doubt the same lines', () => {
    const text = [
      "import { make, type Job } from './a';",
      "import { wrap, other, Parent, type Unknown } from 'unknown';",
      'export const wrapped = wrap(make());',
      'export const typed: Job = other;',
      'export const plain = other(1);',
      'export const same = other === make();',
      'expect(make()).toBe(1);',
      'class Child extends Parent implements Job { id = "x" }',
      'class Fine extends Parent { id = "x" }',
      'function take(job: Job, n: number) { return job.id + n; }',
      'take(other, 1); take(make(), other);',
      'const list: Job[] = [other]; const record: Record<string, Job> = { a: other };',
      'const f: (job: Job) => void = (j) => wrap(j.id);',
      'const back = (): Job => { return other; };',
      'const u: Unknown = make();',
      'const loose: { a: any } = { a: 1 }; const strict: { a: Job } = loose;',
      'tag`${make()}`; other`${make()}`;',
      'for (const each of other as Job[]) each.id;',
      'const promise: Promise<Job> = other(); promise.then((j) => other.x(j));',
      'declare function id<T>(t: T): T; id(other); const k: keyof Job = other;',
      'other.a = make(); make().id = other.b;',
      'if (make() instanceof other) { }',
      'const written = JSON.parse("1") as any; const job: Job = written; written(make());',
      'other.each((item) => item.take(make())); const { deep: [first] } = other; first.use(make()); const [a1] = written; a1(make());',
      'const { id: only } = make(); other(only); const copy = make; other([{ copy }], () => copy);',
      'type Wrapped = Unknown<Job>; type Alias = Unknown<number>; const w: Wrapped = 1; let late; late = other; late.x = make();',
      'let never; never === make(); function local(p, { q }, ...rest) { p.x(make()); q(make()); rest[0](make()); const r = p; r.y = make(); }',
      'const chosen = other ? make() : other; const sum = (await other)!.a[0].b + make(); new other(...[make()]);',
      'export default other;',
      'export { list, record, f, back, u, strict, k, Child, Fine };',
    ].join('\n');
    const base = input({ 'a.ts': A, 'b.ts': text });
    compare([base], { 'a.ts': [[1, 1]] });
    compare([base], { 'a.ts': [[2, 2]] });
    compare([base], { 'b.ts': [[9, 10]] });
  });

  it('read JSX, JSON, JavaScript and components', () => {
    const texts = {
      'jsx.d.ts':
        'declare namespace JSX { interface IntrinsicElements { div: { id?: string } } interface Element { ok: true } }\n',
      'view.tsx':
        "import data from './data.json';\nexport const View = (p: { n: number }) => <div id={data.a} />;\nexport const bad = <View n='1' />;\n",
      'data.json': '{ "a": 1 }',
      'plain.js': 'export const p = (a) => a;\n/** @type {string} */\nexport const q = 1;\n',
      'A.vue': 'export const a = 1;\nexport default {} as any;\n',
      'u.ts':
        "import view, { a } from './A.vue';\nimport { p, q } from './plain.js';\nexport const b: string = a;\nview; p(1); q.length;\nimport x from '../../etc/x.js';\nx;\n",
    };
    const leads = {
      'u.ts': { './A.vue': 'A.vue', './plain.js': 'plain.js' },
      'view.tsx': { './data.json': 'data.json' },
    };
    const options = {
      strict: true,
      target: 'es2022',
      module: 'preserve',
      jsx: 'preserve',
      skipLibCheck: true,
      types: [],
    };
    for (const more of [{}, { allowJs: true }, { allowJs: true, checkJs: true }, { resolveJsonModule: false }]) {
      compare([input(texts, leads, { compilerOptions: { ...options, ...more } })]);
    }
  });

  it('know Node where its types are given', () => {
    const folder = nodeTypesFolder();
    expect(folder).toBeDefined();
    const text =
      "import { readFileSync } from 'node:fs';\nimport path from 'path';\nexport const a: string = readFileSync('x');\nexport const b: Buffer = path.join('a');\nprocess.exitt();\n";
    const found = compare([input({ 'a.ts': text }, {}, { ambient: [`${folder}/index.d.ts`] })]);
    expect(found['a.ts']?.map((one) => one.split(':')[0])).toEqual(['3', '4', '5']);
  });
});

describeBoth('both engines, with packages installed', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'engines-'));
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    put(
      'repo/node_modules/.pnpm/lib@1/node_modules/lib/package.json',
      '{"name":"lib","version":"1.0.0","exports":{".":{"types":"./t.d.ts","default":"./i.js"}}}',
    );
    put(
      'repo/node_modules/.pnpm/lib@1/node_modules/lib/t.d.ts',
      "export * from 'inner';\nexport declare const lib: number;\n",
    );
    put('repo/node_modules/.pnpm/lib@1/node_modules/inner/index.d.ts', 'export declare const inner: string;\n');
    put('repo/node_modules/untyped/index.js', 'module.exports = 1;\n');
    put('outside/index.d.ts', 'export declare const out: number;\n');
    put('repo/src/secret.ts', 'export const secret = 1;\n');
    symlinkSync('.pnpm/lib@1/node_modules/lib', join(root, 'repo/node_modules/lib'));
    symlinkSync('../../outside', join(root, 'repo/node_modules/outside'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const text =
    "import { lib, inner } from 'lib';\nimport { out } from 'outside';\nimport { secret } from './secret';\nimport u from 'untyped';\nexport const a: string = lib, b: number = inner, c: string = out, d: string = secret;\nu;\n";

  it('read what lies below the root, and neither links out of it nor files that git does not have', () => {
    const at = join(root, 'repo').replaceAll('\\', '/');
    expect(compare([input({ 'src/a.ts': text }, {}, { root: at, installed: true })])['src/a.ts']).toEqual([
      '2:2307',
      '3:2307',
      '4:7016',
      '5:2322',
      '5:2322',
    ]);
    expect(compare([input({ 'src/a.ts': text }, {}, { root: at })])['src/a.ts']).toEqual([
      '1:2307',
      '2:2307',
      '3:2307',
      '4:2307',
    ]);
  });
});
