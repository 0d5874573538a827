/**
 * Access paths as they grow, and lists of origins without repeats.
 * In: packages, steps, origins. Out: origins. Not here: where a value comes from (resolver.ts).
 */
import { functionKey, type Origin, type Step } from './origin.js';

/** Origins of one value. */
export const CHOICE_LIMIT = 6;
/** Steps of a path. */
const STEP_LIMIT = 40;

/** What an import of a package is; `*` and the default are the package itself. */
export function externalPath(pkg: string, subpath: string, name: string): Origin & { kind: 'path' } {
  const whole = name === 'default' || name === '*' || name === 'export=';
  return { kind: 'path', pkg, subpath, steps: whole ? [] : [{ token: `M:${name}` }] };
}

/** One step on; a path of {@link STEP_LIMIT} steps stays as it is. */
export function stepped(origin: Origin & { kind: 'path' }, step: Step): Origin & { kind: 'path' } {
  if (origin.steps.length >= STEP_LIMIT) return origin;
  return { ...origin, steps: [...origin.steps, step] };
}

/** Without repeats, at most {@link CHOICE_LIMIT}. */
export function distinct(origins: readonly Origin[]): readonly Origin[] {
  if (origins.length < 2) return origins;
  const seen = new Set<string>();
  return origins
    .filter((one) => {
      const key = keyOf(one);
      return key === undefined || (!seen.has(key) && seen.add(key));
    })
    .slice(0, CHOICE_LIMIT);
}

function keyOf(one: Origin): string | undefined {
  switch (one.kind) {
    case 'path':
      return `${one.pkg}${one.subpath} ${one.steps.map(({ token, call }) => `${token}@${call ? `${call.file.path}:${call.index}` : ''}`).join(' ')}`;
    case 'function':
      return `f ${functionKey(one.file, one.fn)}`;
    case 'class':
    case 'instance':
      return `${one.kind} ${one.file.path} ${one.symbol}`;
    case 'module':
      return `module ${one.file.path}`;
    default:
      return typeof one.value === 'object' ? undefined : `value ${String(one.value)}`;
  }
}
