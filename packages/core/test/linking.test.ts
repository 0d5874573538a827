/** What a change reaches, rule by rule of docs/impact-model.md: each case one rule that tools in this field get wrong. */
import { describe, expect, it } from 'vitest';
import { editCase } from './case.js';

describe('re-exports', () => {
  const files = {
    'a.ts': 'export function f(): number { return 1; }\nexport function g(): number { return 2; }',
    'barrel.ts': "export { f as one } from './a';\nexport { f as two } from './a';\nexport * from './a';",
    'one.ts': "import { one } from './barrel';\nexport function useOne(): number { return one(); }",
    'two.ts': "import { two } from './barrel';\nexport function useTwo(): number { return two(); }",
    'star.ts': "import { g } from './barrel';\nexport function useStar(): number { return g(); }",
  };

  it('follows one symbol that a barrel renames twice, and not its neighbour', async () => {
    const result = await editCase(files, { 'a.ts': files['a.ts'].replace('return 1', 'return 10') });
    expect(result.changes).toEqual(['a.ts#f body']);
    expect(result.runtime).toEqual(['one.ts#useOne', 'two.ts#useTwo']);
    expect(result.compile).toEqual([]);
  });

  it('breaks the barrel and its users where the name is gone', async () => {
    const result = await editCase(files, { 'a.ts': 'export function g(): number { return 2; }' });
    expect(result.changes).toEqual(['a.ts#f removed']);
    expect(result.compile).toEqual([
      'barrel.ts#<module>',
      'one.ts#<module>',
      'one.ts#useOne',
      'two.ts#<module>',
      'two.ts#useTwo',
    ]);
  });

  it('goes round a cycle of stars', async () => {
    const cycle = {
      'a.ts': "export * from './b';\nexport function f(): number { return 1; }",
      'b.ts': "export * from './a';\nexport function g(): number { return 2; }",
      'use.ts': "import { f } from './b';\nexport const value = (): number => f();",
    };
    const result = await editCase(cycle, { 'a.ts': cycle['a.ts'].replace('return 1', 'return 3') });
    expect(result.runtime).toEqual(['use.ts#value']);
  });

  it('keeps all that an ambiguous star can mean', async () => {
    const ambiguous = {
      'a.ts': 'export function f(): number { return 1; }',
      'b.ts': 'export function f(): number { return 2; }',
      'all.ts': "export * from './a';\nexport * from './b';",
      'use.ts': "import { f } from './all';\nexport const value = (): number => f();",
    };
    const result = await editCase(ambiguous, { 'b.ts': 'export function f(): number { return 3; }' });
    expect(result.runtime).toEqual(['use.ts#value']);
  });
});

describe('namespaces and members', () => {
  it('narrows static uses of a namespace and widens where it escapes', async () => {
    const files = {
      'a.ts': 'export function f(): number { return 1; }\nexport function g(): number { return 2; }',
      'narrow.ts': "import * as a from './a';\nexport const n = (): number => a.g();",
      'wide.ts': "import * as a from './a';\nexport const w = (): unknown => Object.keys(a);",
    };
    const result = await editCase(files, { 'a.ts': files['a.ts'].replace('return 1', 'return 10') });
    expect(result.runtime).toEqual(['wide.ts#w']);
  });

  it('narrows to one entry of a literal table, unless a statement writes into it', async () => {
    const files = {
      'table.ts': 'export const table = { a: () => 1, b: () => 2 };',
      'use.ts': "import { table } from './table';\nexport function useB(): number { return table.b(); }",
    };
    const edit = files['table.ts'].replace('=> 1', '=> 10');
    expect((await editCase(files, { 'table.ts': edit })).runtime).toEqual(['table.ts#table']);
    const written = { ...files, 'table.ts': `${files['table.ts']}\ntable.b = table.a;` };
    const result = await editCase(written, { 'table.ts': `${edit}\ntable.b = table.a;` });
    expect(result.runtime).toContain('use.ts#useB');
  });
});

describe('worlds', () => {
  const files = {
    'types.ts': 'export interface Money { amount: number }',
    'total.ts':
      "import type { Money } from './types';\nexport function total(money: Money): number { return money.amount; }\nexport function half(money: Money) { return { half: money }; }",
    'explicit.ts':
      "import { total } from './total';\nexport function twice(): number { return total({ amount: 1 }) * 2; }",
    'behind.ts': "import { twice } from './explicit';\nexport function four(): number { return twice() * 2; }",
  };

  it('a type change reaches who uses the type, passes through signatures and stops at written ones', async () => {
    const result = await editCase(files, { 'types.ts': 'export interface Money { amount: bigint }' });
    expect(result.runtime).toEqual([]);
    expect(result.compile).toContain('total.ts#total');
    expect(result.compile).toContain('explicit.ts#twice');
    expect(result.compile).not.toContain('behind.ts#four');
  });

  it('a body change has no compile-time reach', async () => {
    const result = await editCase(files, {
      'total.ts': files['total.ts'].replace('return money.amount', 'return money.amount + 1'),
    });
    expect(result.compile).toEqual([]);
    expect(result.runtime).toEqual(['behind.ts#four', 'explicit.ts#twice']);
  });

  it('an inferred return type passes on', async () => {
    const inferred = {
      'a.ts': 'export function make() { return { a: 1 }; }',
      'b.ts': "import { make } from './a';\nexport function wrap() { const made = make(); return made; }",
      'c.ts': "import { wrap } from './b';\nexport function use(): number { return wrap().a; }",
    };
    const result = await editCase(inferred, { 'a.ts': 'export function make() { return { b: 1 }; }' });
    expect(result.changes).toEqual(['a.ts#make signature']);
    expect(result.compile).toEqual(['b.ts#wrap', 'c.ts#use']);
  });
});

describe('initialisers and mutation', () => {
  it('chains through three modules, and does not drag in a sibling', async () => {
    const files = {
      'effect.ts': 'globalThis.x = 1;\nexport function sibling(): number { return 1; }',
      'middle.ts': "import './effect';\nexport const m = 1;",
      'top.ts': "import { m } from './middle';\nexport function t(): number { return m; }",
      'side.ts': "import { sibling } from './effect';\nexport function s(): number { return sibling(); }",
    };
    const result = await editCase(files, { 'effect.ts': files['effect.ts'].replace('x = 1', 'x = 2') });
    expect(result.changes).toEqual(['effect.ts#x~ body']);
    const loaders = ['middle.ts#<module>', 'side.ts#<module>', 'top.ts#<module>'];
    expect(result.runtime).toEqual(['effect.ts#<module>', ...loaders]);
  });

  it('whoever reads a value depends on the statements that mutate it', async () => {
    const files = {
      'app.ts': "import { createApp } from 'framework';\nexport const app = createApp();",
      'routes.ts': "import { app } from './app';\nimport { listUsers } from './users';\napp.get('/users', listUsers);",
      'users.ts': 'export function listUsers(): number { return 1; }',
      'server.ts': "import { app } from './app';\nimport './routes';\nexport function start(): void { app.listen(1); }",
    };
    const result = await editCase(files, { 'users.ts': 'export function listUsers(): number { return 2; }' });
    expect(result.runtime).toContain('server.ts#start');
    const route = await editCase(files, { 'routes.ts': files['routes.ts'].replace("'/users'", "'/people'") });
    expect(route.runtime).toContain('server.ts#start');
  });
});

describe('dispatch', () => {
  it('reaches a caller of the interface through the class that implements it', async () => {
    const files = {
      'port.ts': 'export interface Port { send(text: string): void }',
      'mail.ts':
        "import type { Port } from './port';\nexport class Mail implements Port {\n  send(text: string): void { console.log(text); }\n}",
      'use.ts': "import type { Port } from './port';\nexport function notify(port: Port): void { port.send('x'); }",
    };
    const result = await editCase(files, {
      'mail.ts': files['mail.ts'].replace('console.log(text)', 'console.warn(text)'),
    });
    expect(result.runtime).toContain('use.ts#notify');
    expect(result.compile).toEqual([]);
  });

  it('reaches a base method that a subclass overrides', async () => {
    const files = {
      'base.ts': 'export abstract class Base {\n  run(): void { this.step(); }\n  step(): void {}\n}',
      'sub.ts':
        "import { Base } from './base';\nexport class Sub extends Base {\n  override step(): void { console.log(1); }\n}",
    };
    const result = await editCase(files, { 'sub.ts': files['sub.ts'].replace('log(1)', 'log(2)') });
    expect(result.runtime).toContain('base.ts#Base.run');
  });
});

describe('changes', () => {
  const files = {
    'a.ts': 'export function f(first: number): number {\n  const sum = first + 1;\n  return sum;\n}',
    'b.ts': "import { f } from './a';\nexport const use = (): number => f(1);",
  };

  it('comments, formatting, renamed locals and redundant parentheses are no change', async () => {
    const text =
      '// note\nexport function f(one: number): number {\n    const total = (one + 1)\n    return (total)\n}';
    const result = await editCase(files, {
      'a.ts': text,
      'b.ts': "import { f as g } from './a';\n\nexport const use = (): number => g(1);",
    });
    expect(result.changes).toEqual([]);
  });

  it('a move with its importers updated is a move and nothing else', async () => {
    const result = await editCase(
      { ...files, 'c.ts': 'export const other = 1;' },
      {
        'a.ts': null,
        'c.ts': `export const other = 1;\n${files['a.ts']}`,
        'b.ts': files['b.ts'].replace('./a', './c'),
      },
    );
    expect(result.changes).toContain('c.ts#f moved');
    expect([...result.runtime, ...result.compile]).toEqual([]);
  });

  it('a move that an importer did not follow is a retargeted importer', async () => {
    const result = await editCase(
      { ...files, 'c.ts': 'export const other = 1;' },
      { 'a.ts': 'export {};', 'c.ts': `export const other = 1;\n${files['a.ts']}` },
    );
    expect(result.changes).toContain('c.ts#f moved');
    expect(result.changes).toContain('b.ts#use retargeted');
  });

  it('a rename reaches who still uses the old name', async () => {
    const result = await editCase(files, { 'a.ts': files['a.ts'].replace('function f', 'function g') });
    expect(result.changes).toEqual(['a.ts#g renamed']);
    expect(result.compile).toEqual(['b.ts#<module>', 'b.ts#use']);
  });

  it('a rename that is local to its file reaches nobody', async () => {
    const local = {
      'a.ts': 'function inner(): number { return 1; }\nexport function outer(): number { return inner(); }',
    };
    const result = await editCase(local, { 'a.ts': local['a.ts'].replaceAll('inner', 'renamed') });
    expect(result.changes).toEqual(['a.ts#renamed renamed']);
    expect(result.runtime).toEqual([]);
  });

  it('an export that is taken away is gone for its importers', async () => {
    const result = await editCase(files, { 'a.ts': files['a.ts'].replace('export ', '') });
    expect(result.changes).toEqual(['a.ts#f removed']);
    expect(result.compile).toEqual(['b.ts#<module>', 'b.ts#use']);
  });

  it('a new index that a specifier now finds retargets its importer', async () => {
    const shadowed = {
      'lib.ts': 'export const v = 1;',
      'lib/index.ts': 'export const v = 2;',
      'use.ts': "import { v } from './lib';\nexport const u = (): number => v;",
    };
    const result = await editCase(shadowed, { 'lib.ts': null });
    expect(result.changes).toContain('use.ts#u retargeted');
  });
});

describe('CommonJS', () => {
  it('links required names to exports, whole or destructured', async () => {
    const files = {
      'lib.js': 'function a() { return 1; }\nfunction b() { return 2; }\nmodule.exports = { a, b };',
      'whole.js': "const lib = require('./lib');\nexports.useA = () => lib.a();",
      'part.js': "const { b } = require('./lib');\nexports.useB = () => b();",
    };
    const result = await editCase(files, { 'lib.js': files['lib.js'].replace('return 1', 'return 10') });
    expect(result.runtime).toContain('whole.js#exports.useA');
    expect(result.runtime).not.toContain('part.js#exports.useB');
  });
});

describe('workspace', () => {
  it('leads an entry in an unbuilt dist to its source', async () => {
    const files = {
      'package.json': '{"name":"root","private":true,"workspaces":["packages/*"]}',
      'packages/lib/package.json': '{"name":"@acme/lib","main":"dist/index.js","types":"dist/index.d.ts"}',
      'packages/lib/src/index.ts': 'export function f(): number { return 1; }',
      'packages/app/package.json': '{"name":"@acme/app","dependencies":{"@acme/lib":"*"}}',
      'packages/app/src/main.ts': "import { f } from '@acme/lib';\nexport function run(): number { return f(); }",
    };
    const result = await editCase(files, { 'packages/lib/src/index.ts': 'export function f(): number { return 2; }' });
    expect(result.runtime).toEqual(['packages/app/src/main.ts#run']);
  });

  it('a task runner input that is the whole repository makes no package depend on everything', async () => {
    const files = {
      'package.json': '{"name":"root","private":true,"workspaces":["packages/*"]}',
      'nx.json':
        '{"namedInputs":{"sharedGlobals":["{workspaceRoot}/babel.config.json"]},"targetDefaults":{"format":{"inputs":["{workspaceRoot}/**/*"]}}}',
      'babel.config.json': '{"a":1}',
      'packages/a/package.json': '{"name":"a"}',
      'packages/a/index.ts': 'export function f(): number { return 1; }',
      'packages/b/package.json': '{"name":"b"}',
    };
    expect(
      (await editCase(files, { 'packages/a/index.ts': 'export function f(): number { return 2; }' })).runtime,
    ).toEqual([]);
    const shared = await editCase(files, { 'babel.config.json': '{"a":2}' });
    expect(shared.runtime).toContain('packages/b/package.json#package.json');
  });
});
