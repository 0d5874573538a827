/**
 * What changed manifests ask of those who install the package: engines and peers, whose ranges a library compares.
 * In: manifests' texts of both revisions. Out: requirements that are stricter than before. Never throws; ranges that are none are no ranges.
 */
import type { RepoPath } from '../../model/path.js';
import type { StricterRequirement } from '../../model/published.js';
import { isObject, parseJson, stringRecordOf } from '../workspace/documents.js';

type Texts = Readonly<Record<RepoPath, string>>;

/**
 * Manifests that both revisions have, by path. Loads the library only where a range differs. A peer of the same repository that is released
 * with the package, each asking for the other's version of the day, asks for nothing more.
 */
export async function stricterRequirements(base: Texts, head: Texts): Promise<StricterRequirement[]> {
  const found: StricterRequirement[] = [];
  const siblings = { before: versionsIn(base), after: versionsIn(head) };
  for (const path of Object.keys(head)
    .filter((one) => /(?:^|\/)package\.json$/.test(one))
    .sort()) {
    const [before, after] = [manifestOf(base[path]), manifestOf(head[path])];
    if (before === undefined || after === undefined) continue;
    for (const field of ['engines', 'peerDependencies'] as const)
      found.push(...(await stricterIn({ path, field, before, after }, siblings)));
  }
  return found;
}

interface Field {
  readonly path: RepoPath;
  readonly field: StricterRequirement['field'];
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** Versions of the changed packages, by name. */
type Versions = ReadonlyMap<string, string>;

function versionsIn(texts: Texts): Versions {
  return new Map(
    Object.keys(texts).flatMap((path) => {
      const { name, version } = manifestOf(texts[path]) ?? {};
      return typeof name === 'string' && typeof version === 'string' ? [[name, version] as const] : [];
    }),
  );
}

async function stricterIn(
  { path, field, before, after }: Field,
  siblings: { readonly before: Versions; readonly after: Versions },
): Promise<StricterRequirement[]> {
  const [old, now] = [stringRecordOf(before[field]), stringRecordOf(after[field])];
  const changed = Object.keys(now).filter((name) => old[name] !== now[name] && !isOptional(after, field, name));
  if (changed.length === 0) return [];
  const { default: subset } = await import('semver/ranges/subset.js');
  const isOfTheDay = (name: string, range: string | undefined, versions: Versions): boolean =>
    range !== undefined && versions.has(name) && isWithin(subset, versions.get(name)!, range);
  return changed.flatMap((name) => {
    const [was = '*', is] = [old[name], now[name]!];
    if (isOfTheDay(name, old[name], siblings.before) && isOfTheDay(name, is, siblings.after)) return [];
    return isWithin(subset, was, is) ? [] : [{ path, field, name, before: old[name] ?? '', after: is }];
  });
}

/** Whatever `was` takes, `is` takes too. `workspace:` and the like are no ranges: nothing is known, nothing is said. */
function isWithin(subset: (sub: string, of: string) => boolean, was: string, is: string): boolean {
  try {
    return subset(was.replace(/^workspace:/, ''), is.replace(/^workspace:/, ''));
  } catch {
    return true;
  }
}

function isOptional(manifest: Readonly<Record<string, unknown>>, field: string, name: string): boolean {
  const meta = manifest['peerDependenciesMeta'];
  const about = field === 'peerDependencies' && isObject(meta) ? meta[name] : undefined;
  return isObject(about) && about['optional'] === true;
}

function manifestOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const value: unknown = text === undefined ? undefined : parseJson(text).value;
  return isObject(value) ? value : undefined;
}
