import { describe, expect, test } from 'vitest';
import { SymbolFlag } from '../../model/facts.js';
import { factsOf, plainUses, symbolOf, uses } from '../../../test/facts-lines.js';

const IMPORTS = `import { a, b, T } from './m';\nimport * as ns from './ns';\n`;

/** What `f` uses, unmarked. */
function usesOfF(body: string): string[] {
  return plainUses(factsOf(`${IMPORTS}${body}`), 'f');
}

describe('values', () => {
  test.each([
    ['a parameter shadows', 'function f(a: number) { return a }', []],
    ['a default sees the outside, not the body', 'function f(x = a) { var a = 1; return [x, a] }', ['read ./m#a']],
    ['var hoists out of blocks', 'function f() { if (b) { var a = 1 } return a }', ['read ./m#b']],
    ['let stays in its block', 'function f() { { let a = 1; void a } return a }', ['read ./m#a']],
    ['functions hoist', 'function f() { a(); function a() {} }', []],
    [
      'a loop variable ends with the loop',
      'function f() { for (const a of b) void a; return a }',
      ['read ./m#b', 'read ./m#a'],
    ],
    ['catch binds', 'function f() { try {} catch (a) { void a } }', []],
    ['a named function expression knows itself', 'function f() { return function a() { return a } }', []],
    ['destructuring binds', 'function f({ a, x: [b] }: any) { return [a, b] }', []],
    ['keys and labels are no references', 'function f(o: any) { a: for (;;) break a; return { a: o.b } }', []],
    ['shorthand is one', 'function f() { return { a } }', ['read ./m#a']],
    ['switch is one block', 'function f(x: any) { switch (x) { case 1: let a = 1; default: return a } }', []],
    ['a class name binds', 'function f() { class a {} return new a() }', []],
    ['enum members bind in the enum', 'function f() { enum E { a = 1, c = a } return E }', []],
  ])('%s', (_, body, expected) => expect(usesOfF(body)).toEqual(expected));

  test('assignment writes, a member of it too', () => {
    expect(plainUses(factsOf('let x = 0; const o = { y: 1 }; function f() { x++; o.y = 2; delete o.y }'), 'f')).toEqual(
      ['write x', 'write o.y'],
    );
  });
});

describe('types', () => {
  test.each([
    ['a type parameter shadows', 'function f<T>(x: T): T { return x }', []],
    ['a value does not shadow a type', 'function f(T: number): T { return null! }', ['type ./m#T']],
    ['a type does not shadow a value', 'function f() { type a = string; return a as unknown as a }', ['read ./m#a']],
    ['infer binds in the true branch only', 'function f(x: string extends infer T ? T : T) {}', ['type ./m#T']],
    ['mapped keys bind', 'function f(x: { [T in string]: T }) {}', []],
    ['typeof is about the value', 'function f(x: typeof ns.q) {}', ['typeof ./ns#*.q']],
    ['members of types', "function f(x: T['k']['l']) {}", ['type ./m#T.k.l']],
    ['qualified names', 'function f(x: ns.A.B) {}', ['type ./ns#*.A.B']],
    ['import types', "function f(x: import('./i').A) {}", ['type ./i#.A']],
    ['predicates', 'function f(a: unknown): a is T { return true }', ['type ./m#T']],
  ])('%s', (_, body, expected) => expect(usesOfF(body)).toEqual(expected));
});

describe('paths', () => {
  test.each([
    ['static chains', "function f() { ns.a.b(); ns['c']?.d }", ['call ./ns#*.a.b', 'read ./ns#*.c.d']],
    ['a computed key escapes before it', 'function f(k: string) { return ns.a[k] }', ['read ./ns#*.a']],
    [
      'destructuring takes members',
      'function f() { const { a, b: { c } } = ns; }',
      ['read ./ns#*.a', 'read ./ns#*.b.c'],
    ],
    ['rest takes all', 'function f() { const { a, ...r } = ns; return r }', ['read ./ns#*', 'read ./ns#*.a']],
    ['a constant is another name', 'function f() { const y = ns.a; y.b() }', ['read ./ns#*.a', 'call ./ns#*.a.b']],
    [
      'awaited imports',
      "async function f() { const { q } = await import('./l'); return q() }",
      ['read ./l#.q', 'call ./l#.q'],
    ],
    ['imports then', "function f() { return import('./l').then((m) => m.q()) }", ['read ./l#', 'call ./l#.q']],
    ['required members', "function f() { return require('./l').q }", ['read ./l#.q']],
  ])('%s', (_, body, expected) => expect(usesOfF(body)).toEqual(expected));

  test('what escapes is marked', () => {
    expect(uses(factsOf(`${IMPORTS}function f() { a.x(); b(a, { ...ns }) }`), 'f')).toEqual([
      'call ./m#a.x',
      'call ./m#b',
      'read ./m#a *',
      'read ./ns#* *',
    ]);
  });

  test('JSX renders components, not intrinsic elements', () => {
    const facts = factsOf(`${IMPORTS}const f = () => <div a={a}><T /><ns.X {...b} /></div>`, 'tsx');
    expect(plainUses(facts, 'f')).toEqual(['call #', 'read ./m#a', 'render ./m#T', 'render ./ns#*.X', 'read ./m#b']);
  });

  test('the element tells nobody what is inside', () => {
    expect(uses(factsOf(`${IMPORTS}export function f() { return <T x={a()} /> }`, 'tsx'), 'f')).toEqual([
      'call # *',
      'render ./m#T',
      'call ./m#a',
    ]);
  });
});

describe('members', () => {
  const text = `
    import { Base, Svc } from './m';
    export class C extends Base {
      private readonly other: Svc;
      static n = 1;
      constructor(private readonly svc: Svc) { super() }
      run() { this.svc.go(); this.other.stop(); return this.run }
      static make() { return this.n + super.make() }
      get v() { return super.v }
    }
    export const o = { a() { return this.b }, b: 1 };
    export function f(s: Svc, { k }: Svc) { s.go(); const t = new Svc(); t.stop(); }`;
  const facts = factsOf(text);

  test('this is the own class', () => {
    expect(plainUses(facts, 'C.run')).toEqual([
      'call C.prototype.svc.go',
      'call C.prototype.other.stop',
      'read C.prototype.run',
    ]);
    expect(plainUses(facts, 'C.make')).toEqual(['read C.n', 'call ./m#Base.make']);
    expect(plainUses(facts, 'C.v')).toEqual(['read ./m#Base.prototype.v']);
  });

  test('this in an object literal is that object', () => expect(plainUses(facts, 'o.a')).toEqual(['read o.b']));

  test('declared and constructed types give members', () => {
    expect(uses(facts, 'f')).toEqual([
      'type ./m#Svc ts',
      'read ./m#Svc.prototype.k i*',
      'call ./m#Svc.prototype.go i',
      'construct ./m#Svc',
      'call ./m#Svc.prototype.stop',
    ]);
  });

  test('fields say what they hold', () => {
    expect(symbolOf(facts, 'C.svc').value?.path).toEqual(['prototype']);
    expect(symbolOf(facts, 'C.other').value?.path).toEqual(['prototype']);
    expect(symbolOf(facts, 'C.n').value).toBeUndefined();
  });

  test('heritage is recorded', () => {
    expect(facts.symbols.find(({ name }) => name === 'C')?.heritage).toMatchObject([{ kind: 'extends', path: [] }]);
    expect(plainUses(facts, 'C.constructor')).toEqual(['type ./m#Svc', 'construct ./m#Base']);
  });
});

describe('what binding can not follow', () => {
  const head = "import { Job, make, sink } from './m';";
  const of = (body: string): string => `${head} export const f = (x: any, k: string, n: number) => { ${body} };`;

  test.each<readonly [name: string, body: string, members: readonly string[]]>([
    ['a member of a parameter', 'x.run(); x.a.b = 1', ['run', 'a', 'b']],
    ['taken apart', 'const { run, deep: { stop } } = x; ({ late: k } = x)', ['run', 'deep', 'stop', 'late']],
    ['of each in a loop', 'for (const { run } of x) run(); for (const y of x) y.stop()', ['run', 'stop']],
    ['behind a computed one', 'x[k].run()', ['run']],
    ['by a text', "x['run']()", ['run']],
    ['of a callback', 'x((y) => y.run())', ['run']],
    ['none of what is proven', "new Job().run(); make().run(); (x as Job).run(); [1].map(String); ''.trim()", []],
    ['none of elements', 'x[0]; x[n + 1]', []],
  ])('%s', (_, body, members) => expect(symbolOf(factsOf(of(body)), 'f').members ?? []).toEqual(members));

  test('a parameter taken apart', () => {
    const facts = factsOf('export const f = ({ run, ...rest }, [{ stop }]) => run(rest);', 'js');
    expect(symbolOf(facts, 'f').members).toEqual(['run', 'stop']);
  });

  test.each([
    ['x[k]()', SymbolFlag.callsAny],
    ['x[k]', SymbolFlag.readsAny],
    ['const { [k]: y } = x', SymbolFlag.readsAny],
    ['x[n]; x[x.length - 1]; for (let i = 0; i < n; i++) x[i]', 0],
  ])('computed: %s', (body, flag) => {
    expect(symbolOf(factsOf(of(body)), 'f').flags & (SymbolFlag.callsAny | SymbolFlag.readsAny)).toBe(flag);
  });

  test('what is passed on, and to whom', () => {
    const facts = factsOf(of('const j = new Job(); sink(j); x(j, [new Job()]); x.push(j); return j as any'));
    const handed = symbolOf(facts, 'f').handed?.map(({ path, to }) => [path, to?.path]);
    expect(handed).toEqual([
      [['prototype'], []],
      [['prototype'], undefined],
    ]);
  });

  test.each([
    ['(): Job => make()', ['prototype']],
    ['async (): Promise<Job> => make()', ['prototype']],
    ['() => new Job()', ['prototype']],
    ['() => { const j = make(); return j; }', ['()']],
    ['(x) => { if (x) return new Job(); return new Job(); }', undefined],
    ['function* () { return new Job(); }', undefined],
  ])('what a call of %s gives', (init, path) => {
    expect(symbolOf(factsOf(`${head} export const f = ${init};`), 'f').returns?.path).toEqual(path);
  });
});
