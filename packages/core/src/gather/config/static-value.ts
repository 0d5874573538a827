/**
 * What a config file's expression is known to be without running it.
 * A hole is what can't be known; it swallows nothing around it: an object with a hole in it is still an object.
 * Not here: how a value is found (static-eval.ts).
 */
import { joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Node } from '../facts/syntax.js';

/** The unknown value. */
export const HOLE: unique symbol = Symbol('hole');

/** The repository's root inside absolute paths that a config builds (`path.resolve(__dirname, 'src')`). */
export const ROOT_MARK = '/<repository>';

/** A known value, or a hole. Objects have no prototype. */
export type StaticValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | typeof HOLE
  | StaticPattern
  | StaticFunction
  | StaticExternal
  | StaticNamespace
  | readonly StaticValue[]
  | StaticObject;

/** What `{…}` makes. */
export interface StaticObject {
  readonly [key: string]: StaticValue;
}

/** A regular expression as written; never compiled here. */
export class StaticPattern {
  constructor(
    readonly source: string,
    readonly flags: string,
  ) {}
}

/** A function of the analysed code, with the scope it closes over. */
export class StaticFunction {
  constructor(
    readonly node: Node,
    readonly scope: StaticScope,
  ) {}
}

/** Something imported from a package or builtin: `path`'s `resolve`. `name` is `*` for the module itself. */
export class StaticExternal {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}
}

/** The exports of another file of the repository. */
export class StaticNamespace {
  constructor(readonly exported: (name: string) => StaticValue) {}
}

/** Where a name's value comes from; evaluated at first use. */
export interface StaticScope {
  /** Folder of the file, for `__dirname`. */
  readonly file: RepoPath;
  readonly names: Map<string, () => StaticValue>;
  readonly parent?: StaticScope;
}

/** One evaluation: what it may still cost (nodes, nesting), and the way back into it. */
export interface Budget {
  steps: number;
  depth: number;
  readonly evaluate: (node: Node | null | undefined, scope: StaticScope, budget: Budget) => StaticValue;
}

/** True for what `{…}` makes. */
export function isStaticObject(value: StaticValue): value is StaticObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) === null;
}

/** An empty object that inherits nothing, so that `__proto__` and `constructor` are ordinary keys. */
export function emptyObject(): Record<string, StaticValue> {
  return Object.create(null) as Record<string, StaticValue>;
}

/** The value at a path of keys; `undefined` where something on the way is missing or unknown. */
export function valueAt(value: StaticValue, ...keys: readonly string[]): StaticValue {
  let current = value;
  for (const key of keys) {
    if (!isStaticObject(current)) return undefined;
    current = current[key];
  }
  return current === HOLE ? undefined : current;
}

/** The items of an array; a lone known value counts as one. */
export function itemsOf(value: StaticValue): readonly StaticValue[] {
  if (Array.isArray(value)) return value as readonly StaticValue[];
  return value === undefined || value === HOLE || value === null ? [] : [value];
}

/** The strings among {@link itemsOf}. */
export function textsOf(value: StaticValue): readonly string[] {
  return itemsOf(value).filter((item) => typeof item === 'string');
}

/** Own entries of an object, in written order; none for anything else. */
export function entriesOf(value: StaticValue): readonly (readonly [string, StaticValue])[] {
  return isStaticObject(value) ? Object.entries(value) : [];
}

/** Deeper nesting than this is not merged: the stronger side wins whole. */
const MAX_MERGE_DEPTH = 12;

/** Both values as one: objects key by key, arrays one after the other, else the second unless it is unknown. */
export function mergeValues(weak: StaticValue, strong: StaticValue, depth = 0): StaticValue {
  if (strong === HOLE || strong === undefined) return weak;
  if (Array.isArray(weak) && Array.isArray(strong)) return [...weak, ...strong] as readonly StaticValue[];
  if (!isStaticObject(weak) || !isStaticObject(strong) || depth > MAX_MERGE_DEPTH) return strong;
  const merged = emptyObject();
  for (const [key, value] of Object.entries(weak)) merged[key] = value;
  for (const [key, value] of Object.entries(strong)) merged[key] = mergeValues(merged[key], value, depth + 1);
  return merged;
}

/**
 * The repository path that a config string means.
 * @param text   absolute with {@link ROOT_MARK}, `<rootDir>/x`, `file:` URL, or relative.
 * @param folder what relative strings and `<rootDir>` are relative to.
 * @returns `undefined` for what leaves the repository or is a bare name (a package).
 */
export function toRepoPath(text: string, folder: RepoPath): RepoPath | undefined {
  const plain = text.replace(/^file:\/\//, '');
  if (plain === ROOT_MARK) return '';
  if (plain.startsWith(`${ROOT_MARK}/`)) return joinPath('', plain.slice(ROOT_MARK.length + 1));
  const rooted = /^<rootDir>\/?/.exec(plain);
  if (rooted !== null) return joinPath(folder, plain.slice(rooted[0].length));
  if (/^\.{1,2}(?:\/|$)/.test(plain)) return joinPath(folder, plain);
  return plain.startsWith('/') ? joinPath(folder, plain.slice(1)) : undefined;
}
