/**
 * The language in small: for each construct, which declarations a changed symbol reaches and which not.
 * A caret stands below the declaration it speaks of. The change is "its signature", asked as a what-if.
 */
import { analyze } from '@blast-radius/core';
import { check } from '@blast-radius/testkit';
import { test } from 'vitest';

const holds = (name: string, text: string): void =>
  test(name, () =>
    check(text, async (root, symbol) => (await analyze({ root, symbols: [symbol], threads: 0, env: {} })).impacts),
  );

holds(
  'lexical scope: shadowing, hoisting, defaults, destructuring',
  `
  // @file a.ts
  export const x = (): number => 1;
  // @file b.ts
  import { x } from './a';
  export const shadowed = (x: number): number => x;
  //           ^ not affected by a.ts#x
  export const catching = (): unknown => { try { return 1; } catch (x) { return x; } };
  //           ^ not affected by a.ts#x
  export const property = (o: { x: number }): number => o.x;
  //           ^ not affected by a.ts#x
  export function hoisted(): number { return inner(); function inner() { return x(); } }
  //              ^ affected by a.ts#x (runtime)
  export const defaulted = (n = x()): number => n;
  //           ^ affected by a.ts#x (runtime)
  export const picked = ({ n = x() } = {}): number => n;
  //           ^ affected by a.ts#x (runtime)
  export const short = (): { x: () => number } => ({ x });
  //           ^ affected by a.ts#x (runtime)
  `,
);

holds(
  'types and values of one name part ways',
  `
  // @file a.ts
  export interface Box { size: number }
  export const Box = (size: number): Box => ({ size });
  export type Only = string;
  // @file b.ts
  import { Box, type Only } from './a';
  export const make = (): number => Box(1).size;
  //           ^ affected by a.ts#Box (runtime)
  export const read = (only: Only): string => only;
  //           ^ affected by a.ts#Only (compile)
  //           ^ not affected by a.ts#Only (runtime)
  //           ^ not affected by a.ts#Box
  `,
);

holds(
  'a written type stops a change, an inferred one passes it on',
  `
  // @file a.ts
  export type Id = number;
  // @file b.ts
  import type { Id } from './a';
  export const inferred = (raw: unknown) => raw as Id;
  export const written = (raw: unknown): boolean => (raw as Id) > 0;
  // @file c.ts
  import { inferred, written } from './b';
  export const passes = (): string => String(inferred(1));
  //           ^ affected by a.ts#Id (compile)
  export const stops = (): string => String(written(1));
  //           ^ not affected by a.ts#Id
  `,
);

holds(
  'exports by every spelling',
  `
  // @file a.ts
  const hidden = (): number => 1;
  export { hidden as shown, hidden as 'any name' };
  export default (): number => hidden();
  // @file barrel.ts
  export { default, default as named } from './a';
  export * as ns from './a';
  // @file b.ts
  import unnamed, { named, ns } from './barrel';
  import { 'any name' as any } from './a';
  export const one = (): number => unnamed();
  //           ^ affected by a.ts#default (runtime)
  export const two = (): number => named();
  //           ^ affected by a.ts#default (runtime)
  export const three = (): number => ns.shown();
  //           ^ affected by a.ts#hidden (runtime)
  //           ^ not affected by a.ts#default
  export const four = (): number => any();
  //           ^ affected by a.ts#hidden (runtime)
  //           ^ not affected by a.ts#default
  `,
);

holds(
  'what a module evaluates, and what it only declares',
  `
  // @file a.ts
  export const make = (): string => 'x';
  export const tag = (value: unknown, context: unknown): void => void [value, context];
  // @file b.ts
  import { make, tag } from './a';
  export class Eager {
    static field = make();
  }
  @tag
  export class Decorated {}
  export enum Level { Low = make().length }
  export const lazy = { get it() { return make(); } };
  // @file c.ts
  import './b';
  export const beside = (): number => 1;
  //           ^ not affected by a.ts#make
  // @file b.test.ts
  import { test } from 'vitest';
  //       ^ affected by a.ts#make (runtime)
  //       ^ affected by a.ts#tag (runtime)
  import './c';
  test('loads', () => {});
  `,
);

holds(
  'classes: a member reaches who calls it, and who may call any of them',
  `
  // @file a.ts
  export class Job {
    retries = 0;
    constructor(readonly name: string) {}
    run(): void {}
    stop(): void {}
    static parse(text: string): string { return text; }
  }
  // @file b.ts
  import { Job } from './a';
  export const start = (job: Job): void => job.run();
  //           ^ affected by a.ts#Job.run (runtime)
  //           ^ not affected by a.ts#Job.stop (runtime)
  //           ^ not affected by a.ts#Job.constructor (runtime)
  export const parse = (text: string): string => Job.parse(text);
  //           ^ affected by a.ts#Job.parse (runtime)
  //           ^ not affected by a.ts#Job.run (runtime)
  export const make = (): Job => new Job('a');
  //           ^ affected by a.ts#Job.constructor (runtime)
  export const escape = (): string => JSON.stringify(new Job('b'));
  //           ^ affected by a.ts#Job.stop (runtime)
  `,
);

holds(
  'declarations that merge, in one file and over two',
  `
  // @file a.ts
  export function pad(text: string): string;
  export function pad(text: number): string;
  export function pad(text: string | number): string { return String(text); }
  export namespace pad { export const width = 2; }
  export interface Theme { colour: string }
  // @file more.ts
  declare module './a' {
    interface Theme { size: number }
  }
  export {};
  // @file b.ts
  import { pad, type Theme } from './a';
  export const label = (): string => pad('x');
  //           ^ affected by a.ts#pad (runtime)
  export const paint = (theme: Theme): number => theme.size;
  //           ^ affected by a.ts#Theme (compile)
  //           ^ affected by more.ts#Theme (compile)
  `,
);

holds(
  'not only import: dynamic, type, url, reference',
  `
  // @file a.ts
  export const x = (): number => 1;
  export type T = number;
  // @file env.d.ts
  declare const VERSION: string;
  // @file worker.ts
  import { x } from './a';
  postMessage(x());
  // @file b.ts
  /// <reference path="./env.d.ts" />
  export const dynamic = async (): Promise<number> => (await import('./a')).x();
  //           ^ affected by a.ts#x (runtime)
  export const typed = (t: import('./a').T): string => String(t);
  //           ^ affected by a.ts#T (compile)
  //           ^ not affected by a.ts#x
  export const spawn = (): Worker => new Worker(new URL('./worker.ts', import.meta.url));
  //           ^ affected by a.ts#x (runtime)
  export const version = (): string => VERSION;
  //           ^ affected by env.d.ts#VERSION (compile)
  `,
);

holds(
  'JSX: elements, members of a namespace, lower-case names that are none',
  `
  // @file ui.tsx
  export const Button = () => null;
  export const Menu = { Item: () => null, Label: () => null };
  export const div = () => null;
  // @file page.tsx
  import * as ui from './ui';
  import { Menu, div } from './ui';
  export const One = () => <ui.Button />;
  //           ^ affected by ui.tsx#Button (runtime)
  //           ^ not affected by ui.tsx#Menu.Item
  export const Two = () => <Menu.Item />;
  //           ^ affected by ui.tsx#Menu.Item (runtime)
  //           ^ not affected by ui.tsx#Menu.Label
  export const Three = () => <div />;
  //           ^ not affected by ui.tsx#div
  export const used = div;
  `,
);

holds(
  'a test that mocks a module away is still said to depend on it, by its mock',
  `
  // @file mail.ts
  export const send = (): string => 'sent';
  // @file signup.ts
  import { send } from './mail';
  export const signup = (): string => send();
  //           ^ affected by mail.ts#send (runtime)
  // @file signup.test.ts
  import { test, vi } from 'vitest';
  //       ^ affected by mail.ts#send
  import { signup } from './signup';
  vi.mock('./mail');
  test('signs up', () => { signup(); });
  `,
);
