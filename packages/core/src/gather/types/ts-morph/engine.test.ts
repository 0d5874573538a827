/** The portable engine's answers, on sources small enough to be judged by eye. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RepoPath, TypeEngine, TypeProgramInput } from '../../../model/index.js';
import { loadTsMorphEngine } from './engine.js';

let engine: TypeEngine;
beforeAll(async () => {
  engine = await loadTsMorphEngine();
});

function program(texts: Record<RepoPath, string>, more: Partial<TypeProgramInput> = {}): TypeProgramInput {
  const entries = Object.entries(texts);
  const leads = (text: string): [string, RepoPath][] =>
    [...text.matchAll(/from '(\.\/[^']+)'/g)].map((match) => [match[1]!, `${match[1]!.slice(2)}.ts`]);
  return {
    root: '/nowhere',
    installed: false,
    texts: new Map(entries),
    roots: Object.keys(texts),
    resolutions: new Map(entries.map(([path, text]) => [path, new Map(leads(text))])),
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

const A = 'export interface Job { id: string }\nexport const make = (): Job => ({ id: "a" });\n';
const B = "import { make } from './a';\nexport const id: string = make().id;\n";

describe('ts-morph engine', () => {
  it('gives the errors of either revision, and only those', () => {
    const opened = engine.open(program({ 'a.ts': A, 'b.ts': B }));
    expect(opened.diagnostics('b.ts')).toEqual([]);
    opened.update(program({ 'a.ts': A.replace('id: string', 'id: number').replace('"a"', '1'), 'b.ts': B }));
    expect(opened.diagnostics('b.ts')).toMatchObject([{ file: 'b.ts', line: 2, code: 2322 }]);
    opened.update(program({ 'a.ts': A, 'b.ts': B }));
    expect(opened.diagnostics('b.ts')).toEqual([]);
  });

  it('follows a specifier that leads elsewhere in the other revision', () => {
    const texts = { 'a.ts': A, 'b.ts': B, 'c.ts': 'export const make = () => ({ id: 1 });\n' };
    const opened = engine.open(program(texts));
    const input = program(texts);
    const resolutions = new Map([...input.resolutions, ['b.ts', new Map([['./a', 'c.ts']])] as const]);
    opened.update({ ...input, resolutions });
    expect(opened.diagnostics('b.ts')).toMatchObject([{ code: 2322 }]);
  });

  it('names the symbol behind a member, through aliases and destructuring', () => {
    const text =
      "import { make as made } from './a';\nconst { id } = made();\nmade().id;\nlater().x;\ndeclare const later: any;\n";
    const opened = engine.open(program({ 'a.ts': A, 'b.ts': text }));
    const at = [
      text.indexOf('made()'),
      text.indexOf('id }'),
      text.indexOf('id;'),
      text.indexOf('x;'),
      text.indexOf('='),
    ];
    const property = { kind: 'symbol', declarations: [{ file: 'a.ts', line: 1, name: 'id', start: A.indexOf('id') }] };
    expect(opened.symbolsAt('b.ts', at)).toEqual([
      { kind: 'symbol', declarations: [{ file: 'a.ts', line: 2, name: 'make', start: A.indexOf('make') }] },
      property,
      property,
      { kind: 'untyped' },
      { kind: 'none' },
    ]);
  });

  it('prints types in full', () => {
    const text = 'export const a = { b: [1, "x"], c: (n: number) => n };\nexport type T = { d: string };\n';
    const opened = engine.open(program({ 'a.ts': text }));
    const types = opened.typesAt('a.ts', [text.indexOf('a ='), text.indexOf('T ='), 0]);
    expect(types).toEqual(['{ b: (string | number)[]; c: (n: number) => number; }', '{ d: string; }', '']);
  });

  it('doubts where what is unknown meets what is affected', () => {
    const lines = [
      "import { make, type Job } from './a';",
      "import { wrap, other } from 'unknown';",
      'export const wrapped = wrap(make());',
      'export const typed: Job = other;',
      'export const plain = other(1);',
      'export const same = other === make();',
      'expect(make()).toBe(1);',
    ];
    const opened = engine.open(program({ 'a.ts': A, 'b.ts': lines.join('\n') }));
    expect(opened.doubts('b.ts', new Map([['a.ts', [[1, 1]]]]), new Map()).map((one) => one.line)).toEqual([3, 4, 6]);
    expect(opened.doubts('b.ts', new Map(), new Map())).toEqual([]);
    expect(opened.unresolved()).toEqual(new Map([['b.ts', ['unknown']]]));
  });

  it('reads components as TypeScript, and nothing that lies outside', () => {
    const texts = {
      'A.vue': 'export const a = 1;\nexport default {} as any;\n',
      'b.ts':
        "import view, { a } from './A.vue';\nexport const b: string = a;\nimport x from '../../etc/x.js';\nview; x;\n",
    };
    const input = program(texts);
    const resolutions = new Map([['b.ts', new Map([['./A.vue', 'A.vue']])]]);
    const opened = engine.open({ ...input, resolutions });
    expect(opened.diagnostics('b.ts').map((one) => [one.line, one.code])).toEqual([
      [2, 2322],
      [3, 2307],
    ]);
  });
});
