/**
 * Members in small: what a changed member reaches at run time, and what it does not, construct by construct.
 * A caret stands below the declaration it speaks of. The change is asked as a what-if. Types: inline.test.ts.
 */
import { analyze } from '@blast-radius/core';
import { check } from '@blast-radius/testkit';
import { test } from 'vitest';

const holds = (name: string, text: string): void =>
  test(name, () =>
    check(text, async (root, symbol) => (await analyze({ root, symbols: [symbol], threads: 0, env: {} })).impacts),
  );

const JOB = `// @file job.ts
  export class Base { start(): void {} retries = 1; }
  export class Job extends Base {
    name = 'x';
    constructor() { super(); }
    run(): number { return 1; }
    stop(): number { return 2; }
    get state(): number { return 3; }
    handle = (): number => this.run();
    static parse(text: string): string { return text; }
    toJSON(): string { return ''; }
  }`;

holds(
  'constructing is not using: constructor, fields and bases, but no methods',
  `
  ${JOB}
  // @file b.ts
  import { Job } from './job';
  export const make = (): Job => new Job();
  //           ^ affected by job.ts#Job.constructor (runtime)
  //           ^ affected by job.ts#Job.name (runtime)
  //           ^ affected by job.ts#Base.retries (runtime)
  //           ^ affected by job.ts#Job.toJSON (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.state (runtime)
  //           ^ not affected by job.ts#Job.handle (runtime)
  //           ^ not affected by job.ts#Job.parse (runtime)
  //           ^ not affected by job.ts#Base.start (runtime)
  export const check = (value: unknown): boolean => value instanceof Job;
  //           ^ not affected by job.ts#Job.run (runtime)
  export const parse = (): string => Job.parse('x');
  //           ^ affected by job.ts#Job.parse (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.constructor (runtime)
  `,
);

holds(
  'receivers that binding proves',
  `
  ${JOB}
  // @file more.ts
  import { Job } from './job';
  export const job = new Job();
  export const make = (): Job => job;
  export const inferred = () => new Job();
  export const later = async (): Promise<Job> => job;
  export class Holder {
    readonly annotated: Job;
    made = new Job();
    constructor(private readonly given: Job) { this.annotated = given; }
    one(): number { return this.annotated.run(); }
    //           ^ affected by job.ts#Job.run (runtime)
    //           ^ not affected by job.ts#Job.stop (runtime)
    two(): number { return this.made.run(); }
    //           ^ affected by job.ts#Job.run (runtime)
    //           ^ not affected by job.ts#Job.stop (runtime)
    three(): number { return this.given.run(); }
    //           ^ affected by job.ts#Job.run (runtime)
    get current(): Job { return this.made; }
    self(): this { return this; }
  }
  // @file b.ts
  import type { Job } from './job';
  import { Holder, inferred, job, later, make } from './more';
  export const constant = (): number => job.run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const called = (): number => make().run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const local = (): number => { const it = inferred(); return it.run(); };
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const awaited = async (): Promise<number> => (await later()).run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const deep = (holder: Holder): number => holder.self().current.run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ affected by more.ts#Holder.current (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const generic = <T extends Job>(it: T): number => it.run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const asserted = (it: unknown): number => (it as Job).run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const taken = ({ run }: Job): number => run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const nested = (holder: Holder): number => { const { made: { state } } = holder; return state; };
  //           ^ affected by job.ts#Job.state (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  export const computed = (it: Job, key: 'run' | 'stop'): number => it[key]();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ affected by job.ts#Job.stop (runtime)
  `,
);

holds(
  'receivers that binding does not prove: by name, from where the class is made',
  `
  ${JOB}
  // @file b.ts
  import { Job } from './job';
  export const each = (jobs: Job[]): void => jobs.forEach((it) => it.run());
  export const list = [new Job()];
  export const first = (): number => (list[0] as any).run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const main = (): void => each([new Job()]);
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const picked = (): number => { const { stop } = list.at(0)!; return stop(); };
  //           ^ affected by job.ts#Job.stop (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  export const pattern = (): number[] => list.map(({ state }) => state);
  //           ^ affected by job.ts#Job.state (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  export const anyOf = (key: string): unknown => (list.at(0) as any)[key]();
  //           ^ affected by job.ts#Job.run (runtime)
  export const far = (it: { run(): void }): void => it.run();
  //           ^ not affected by job.ts#Job.run (runtime)
  `,
);

holds(
  'an instance that leaves what is seen takes its class with it',
  `
  ${JOB}
  // @file b.ts
  import { Job } from './job';
  import framework, { use } from 'framework';
  export const annotated = (it: Job): string => JSON.stringify(it);
  //           ^ affected by job.ts#Job.run (runtime)
  export const made = (): unknown => use(new Job());
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ affected by job.ts#Base.start (runtime)
  export const inside = (): unknown => framework({ plugins: [new Job()] });
  //           ^ affected by job.ts#Job.run (runtime)
  export const theClass = (): unknown => use(Job);
  //           ^ affected by job.ts#Job.run (runtime)
  export const cast = (): unknown => new Job() as any;
  //           ^ affected by job.ts#Job.run (runtime)
  export const lazy = (): unknown => use(() => new Job());
  //           ^ affected by job.ts#Job.run (runtime)
  const own = (it: Job): number => it.stop();
  export const inHouse = (): number => own(new Job());
  //           ^ affected by job.ts#Job.stop (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  export const kept = (): number => { const all: Job[] = []; all.push(new Job()); return all.length; };
  //           ^ not affected by job.ts#Job.run (runtime)
  `,
);

holds(
  'classes that code outside knows stay whole',
  `
  // @file a.ts
  import { Component, type Plugin, injectable } from 'framework';
  export class View extends Component { draw(): void {} }
  export class Deep extends View { more(): void {} }
  export class Tool implements Plugin { apply2(): void {} }
  @injectable()
  export class Service { serve(): void {} }
  const Mixed = (B: new () => object) => class extends B { mixed(): void {} };
  export class Mixin extends Mixed(Object) { own(): void {} }
  // @file b.ts
  import { Deep, Mixin, Service, Tool, View } from './a';
  export const view = (): unknown => new View();
  //           ^ affected by a.ts#View.draw (runtime)
  export const deep = (): unknown => new Deep();
  //           ^ affected by a.ts#Deep.more (runtime)
  //           ^ affected by a.ts#View.draw (runtime)
  export const tool = (): unknown => new Tool();
  //           ^ affected by a.ts#Tool.apply2 (runtime)
  export const service = (): unknown => new Service();
  //           ^ affected by a.ts#Service.serve (runtime)
  export const mixin = (): unknown => new Mixin();
  //           ^ affected by a.ts#Mixin.own (runtime)
  //           ^ affected by a.ts#Mixed (runtime)
  `,
);

holds(
  'dispatch: overrides, interfaces, abstract members, super',
  `
  // @file a.ts
  export abstract class Shape {
    abstract area(): number;
    twice(): number { return this.area() * 2; }
    name(): string { return 'shape'; }
  }
  export class Square extends Shape {
    area(): number { return this.#side(); }
    #side(): number { return 1; }
    override name(): string { return super.name(); }
  }
  // @file b.ts
  import { Square, type Shape } from './a';
  export const through = (shape: Shape): number => shape.area();
  //           ^ affected by a.ts#Square.area (runtime)
  //           ^ affected by a.ts#Square.#side (runtime)
  export const template = (): number => new Square().twice();
  //           ^ affected by a.ts#Square.area (runtime)
  //           ^ not affected by a.ts#Square.name (runtime)
  export const named = (): string => new Square().name();
  //           ^ affected by a.ts#Shape.name (runtime)
  //           ^ not affected by a.ts#Square.area (runtime)
  `,
);

holds(
  'an annotation does not hide a class of the same structure',
  `
  // @file a.ts
  export class Client { get2(): number { return 1; } }
  export class Fake { get2(): number { return 2; } more(): void {} }
  export class Other { post(): number { return 2; } }
  export const load = (client: Client): number => client.get2();
  // @file b.ts
  import { Fake, Other, load } from './a';
  export const run = (): number => load(new Fake());
  //           ^ affected by a.ts#Fake.get2 (runtime)
  //           ^ not affected by a.ts#Fake.more (runtime)
  export const other = (): Other => new Other();
  //           ^ not affected by a.ts#Other.post (runtime)
  `,
);

holds(
  'tables, enums and namespaces by member',
  `
  // @file a.ts
  export const table = { one: () => 1, two: { deep: () => 2, flat: () => 3 } } as const;
  export const checked = { get: () => 1, put: () => 2 } satisfies Record<string, () => number>;
  export const frozen = Object.freeze({ a: () => 1, b: () => 2 });
  export enum Level { Low = 'low', High = 'high' }
  export namespace Geo { export const lat = (): number => 1; export const lon = (): number => 2; }
  // @file b.ts
  import { checked, frozen, Geo, Level, table } from './a';
  export const entry = (): number => table.two.deep();
  //           ^ affected by a.ts#table.two.deep (runtime)
  //           ^ not affected by a.ts#table.two.flat (runtime)
  //           ^ not affected by a.ts#table.one (runtime)
  export const taken = (): number => { const { two: { flat } } = table; return flat(); };
  //           ^ affected by a.ts#table.two.flat (runtime)
  //           ^ not affected by a.ts#table.two.deep (runtime)
  export const satisfied = (): number => checked.get();
  //           ^ affected by a.ts#checked.get (runtime)
  //           ^ not affected by a.ts#checked.put (runtime)
  export const ice = (): number => frozen['a']();
  //           ^ affected by a.ts#frozen.a (runtime)
  //           ^ not affected by a.ts#frozen.b (runtime)
  export const level = (): string => Level.Low;
  //           ^ affected by a.ts#Level.Low (runtime)
  //           ^ not affected by a.ts#Level.High (runtime)
  export const geo = (): number => Geo.lat();
  //           ^ affected by a.ts#Geo.lat (runtime)
  //           ^ not affected by a.ts#Geo.lon (runtime)
  export const any = (key: 'one'): number => table[key]();
  //           ^ affected by a.ts#table.one (runtime)
  //           ^ affected by a.ts#table.two.deep (runtime)
  `,
);

holds(
  'dispatch by structure: who has all that an interface demands and is made somewhere',
  `
  // @file a.ts
  export interface Store { read(key: string): string; drop(key: string): void; readonly size?: number }
  export const use = (store: Store): string => store.read('x');
  // @file b.ts
  export class Memory { read(key: string): string { return key; } drop(): void {} }
  export class Half { read(key: string): string { return key; } }
  export class Secret extends Memory { more(): void {} }
  export const literal = { read: (key: string): string => key, drop: (): void => {} };
  export const short = { read: (key: string): string => key };
  // @file c.ts
  import { Half, literal, Memory, Secret } from './b';
  export const all = (): unknown[] => [new Memory(), new Half(), new Secret(), literal.drop];
  // @file d.ts
  import type { Store } from './a';
  export const through = (store: Store): string => store.read('y');
  //           ^ affected by b.ts#Memory.read (runtime)
  //           ^ affected by b.ts#literal.read (runtime)
  //           ^ not affected by b.ts#Half.read (runtime)
  //           ^ not affected by b.ts#short.read (runtime)
  //           ^ not affected by b.ts#Memory.drop (runtime)
  `,
);

holds(
  'more than one way to a member: aliases, loops, accessors, statics, overloads, values of parameters',
  `
  ${JOB}
  // @file b.ts
  import { Job } from './job';
  import * as jobs from './job';
  export const renamed = (): number => { const K = Job; const it = new K(); return it.run(); };
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const star = (): number => new jobs.Job().stop();
  //           ^ affected by job.ts#Job.stop (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  export const bound = (it: Job): (() => number) => it.run.bind(it);
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const optional = (it?: Job): number | undefined => it?.run?.();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const handled = (): number => new Job().handle();
  //           ^ affected by job.ts#Job.handle (runtime)
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const inherited = (it: Job): void => it.start();
  //           ^ affected by job.ts#Base.start (runtime)
  export function pick(it: Job): number;
  export function pick(it: string): string;
  export function pick(it: Job | string): number | string { return typeof it === 'string' ? it : it.run(); }
  export const picked = (): unknown => pick(new Job());
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const swapped = (): number => { let it: any; it = new Job(); return it.stop(); };
  //           ^ affected by job.ts#Job.stop (runtime)
  //           ^ not affected by job.ts#Job.run (runtime)
  export const reflected = (key: string): unknown => Reflect.get(new Job(), key);
  //           ^ affected by job.ts#Job.run (runtime)
  export const prototype = (): number => Job.prototype.run.call({} as Job);
  //           ^ affected by job.ts#Job.run (runtime)
  class Local extends Job { override run(): number { return super.run(); } }
  export const local = (): number => new Local().run();
  //           ^ affected by job.ts#Job.run (runtime)
  //           ^ not affected by job.ts#Job.stop (runtime)
  export const inner = (): number => { class Inner extends Job {} return new Inner().run(); };
  //           ^ affected by job.ts#Job.run (runtime)
  export const proxied = (): Job => new Proxy(new Job(), {});
  //           ^ affected by job.ts#Job.run (runtime)
  export const created = (): Job => Object.create(Job.prototype);
  //           ^ affected by job.ts#Job.run (runtime)
  export const assigned = (): unknown => Object.assign({}, { job: new Job() });
  //           ^ affected by job.ts#Job.run (runtime)
  `,
);

holds(
  'what answers for an interface: for a test only what it makes too, for other code whatever may',
  `
  // @file router.ts
  export interface Router { match(path: string): number }
  export const route = (router: Router): number => router.match('/');
  //           ^ affected by near.ts#Near.match (runtime)
  //           ^ affected by far.ts#Far.match (runtime)
  // @file near.ts
  import type { Router } from './router';
  export class Near implements Router { match(): number { return 1; } }
  // @file far.ts
  import type { Router } from './router';
  export class Far implements Router { match(): number { return 2; } }
  // @file near.test.ts
  import { test } from 'vitest';
  //       ^ affected by near.ts#Near.match (runtime)
  //       ^ not affected by far.ts#Far.match
  import { Near } from './near';
  import { route } from './router';
  test('routes', () => { route(new Near()); });
  `,
);

holds(
  'an object that gives itself, or is only written into, does not use its methods',
  `
  // @file chain.ts
  export class Chain {
    constructor(fields: object) { Object.assign(this, fields); }
    one(): unknown { if (Math.random() > 1) return this; return this; }
    two(): number { return 2; }
    three(): number { return this.#hidden(); }
    any(name: string): unknown { return (this as any)[name](); }
    fill(name: string, value: unknown): void { (this as any)[name] = value; }
    set size(value: number) {}
    #hidden(): number { return 3; }
  }
  // @file b.ts
  import { Chain } from './chain';
  import { send } from 'outside';
  export const made = (): unknown => new Chain({});
  //           ^ affected by chain.ts#Chain.size (runtime)
  //           ^ not affected by chain.ts#Chain.two (runtime)
  export const chained = (chain: Chain): unknown => chain.one();
  //           ^ affected by chain.ts#Chain.one (runtime)
  //           ^ not affected by chain.ts#Chain.two (runtime)
  export const sent = (chain: Chain): void => send(chain.one());
  //           ^ affected by chain.ts#Chain.two (runtime)
  export const filled = (chain: Chain): void => chain.fill('two', 2);
  //           ^ affected by chain.ts#Chain.size (runtime)
  //           ^ not affected by chain.ts#Chain.two (runtime)
  export const picked = (chain: Chain): unknown => chain.any('two');
  //           ^ affected by chain.ts#Chain.two (runtime)
  `,
);

holds(
  'JSX calls the functions of a runtime that a pragma or the tsconfig names',
  `
  // @file tsconfig.json
  { "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "#view", "paths": { "#view/*": ["./view/*"] } } }
  // @file view/jsx-runtime.ts
  export const jsx = (): string => '';
  // @file other/jsx-runtime.ts
  export const jsx = (): string => '';
  // @file page.tsx
  export const Page = (): unknown => <p />;
  //           ^ affected by view/jsx-runtime.ts#jsx (runtime)
  //           ^ not affected by other/jsx-runtime.ts#jsx
  // @file letter.tsx
  /** @jsxImportSource ./other */
  export const Letter = (): unknown => <p />;
  //           ^ affected by other/jsx-runtime.ts#jsx (runtime)
  //           ^ not affected by view/jsx-runtime.ts#jsx
  `,
);
