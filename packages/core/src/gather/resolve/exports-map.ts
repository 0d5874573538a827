/**
 * A manifest's `exports` or `imports`: all targets of a subpath, the likeliest source first.
 * In: the map as written, a subpath (`.`, `./button`, `#internal`). Out: targets in order of preference.
 * Node takes the first condition that holds; here none is known to hold, so every target is a candidate.
 * Not here: which target exists (package-entry.ts). Source: Node's PACKAGE_EXPORTS_RESOLVE.
 */
import { isObject } from '../workspace/documents.js';

/** One target with the conditions that lead to it. */
export interface Target {
  /** As written, `*` filled in: `./dist/index.js`; for `imports` also a package. */
  readonly path: string;
  readonly rank: number;
  /** Only types are promised at it. */
  readonly types: boolean;
}

/** `undefined`: the map has no such subpath, or says `null`. Never throws. */
export function targetsOf(map: unknown, subpath: string, custom: readonly string[]): readonly Target[] | undefined {
  const found = matchSubpath(map, subpath);
  if (found === undefined) return undefined;
  const targets: Target[] = [];
  collect(found.value, [], { star: found.star, custom, targets, depth: 0 });
  if (targets.length === 0) return undefined;
  return targets.sort((left, right) => left.rank - right.rank);
}

interface Match {
  readonly value: unknown;
  /** What `*` stands for. */
  readonly star?: string;
}

function matchSubpath(map: unknown, subpath: string): Match | undefined {
  const isMap = isObject(map) && Object.keys(map).some((key) => key.startsWith('.') || key.startsWith('#'));
  if (!isMap) return subpath === '.' && map !== undefined && map !== null ? { value: map } : undefined;
  if (Object.hasOwn(map, subpath) && !subpath.includes('*')) return { value: map[subpath] };
  let best: { readonly key: string; readonly prefix: number } | undefined;
  for (const key of Object.keys(map)) {
    const prefix = prefixLength(key, subpath);
    if (prefix > (best?.prefix ?? -1)) best = { key, prefix };
  }
  if (best === undefined) return undefined;
  const tail = best.key.slice(best.key.indexOf('*') + 1);
  const isFolder = best.key.endsWith('/');
  return {
    value: map[best.key],
    star: subpath.slice(best.prefix, isFolder ? undefined : subpath.length - tail.length),
  };
}

/** Length of what stands before the `*` (or of a folder key) where the key matches; −1 where not. */
function prefixLength(key: string, subpath: string): number {
  if (key.endsWith('/') && key.length > 1) return subpath.startsWith(key) ? key.length : -1;
  const star = key.indexOf('*');
  if (star < 0 || !subpath.startsWith(key.slice(0, star))) return -1;
  const tail = key.slice(star + 1);
  return subpath.length > star + tail.length - 1 && subpath.endsWith(tail) ? star : -1;
}

interface Collection {
  readonly star: string | undefined;
  readonly custom: readonly string[];
  readonly targets: Target[];
  depth: number;
}

function collect(value: unknown, conditions: readonly string[], into: Collection): void {
  // Real maps nest three or four deep.
  if (conditions.length > 12 || into.targets.length > 200) return;
  if (typeof value === 'string') {
    const filled = fill(value, into.star);
    into.targets.push({ path: filled, ...weigh(conditions, into.custom) });
  } else if (Array.isArray(value)) {
    for (const item of value.slice(0, 20)) collect(item, conditions, into);
  } else if (isObject(value)) {
    for (const [condition, nested] of Object.entries(value)) collect(nested, [...conditions, condition], into);
  }
}

function fill(target: string, star: string | undefined): string {
  if (star === undefined) return target;
  return target.endsWith('/') ? target + star : target.replaceAll('*', () => star);
}

/** Conditions by which projects point at their own source in development. */
const SOURCE_CONDITION =
  /^(?:source|src|development|dev|bun|deno|typescript|ts|workspace|internal|monorepo|local|live)$|^@|source|[-_:]src$/;
const ORDER = ['import', 'module', 'module-sync', 'node', 'require', 'browser', 'default'];

function weigh(conditions: readonly string[], custom: readonly string[]): Pick<Target, 'rank' | 'types'> {
  const types = conditions.some((condition) => condition === 'types' || condition.startsWith('types@'));
  if (conditions.some((condition) => custom.includes(condition))) return { rank: types ? 1 : 0, types };
  if (conditions.some((condition) => SOURCE_CONDITION.test(condition))) return { rank: types ? 3 : 2, types };
  if (types) return { rank: 50, types };
  const known = ORDER.indexOf(conditions[0] ?? 'default');
  const unusual = conditions.some((condition) => !ORDER.includes(condition));
  return { rank: (known < 0 ? 30 : 10 + known) + (unusual ? 20 : 0), types };
}
