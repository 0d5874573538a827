/**
 * What a manifest no longer promises: subpaths, conditions, types, commands, engines, peers, the module type.
 * In: a package in both revisions. Out: findings. Pure. Source: Node's packages documentation; cargo-semver-checks for the idea.
 */
import type { Manifest, Published, PublishedEntry, SurfaceFinding, WorkspacePackage } from '../../model/index.js';
import { finding } from './difference.js';

/** One package, both revisions; entries are its own. */
export interface PackagePair {
  readonly before: WorkspacePackage;
  readonly after: WorkspacePackage;
  readonly entries: { readonly before: readonly PublishedEntry[]; readonly after: readonly PublishedEntry[] };
  readonly stricter: Published['stricter'];
}

/** See the file's head. */
export function manifestFindings({ before, after, entries, stricter }: PackagePair): SurfaceFinding[] {
  const [old, now] = [before.manifest, after.manifest];
  if (old === undefined || now === undefined) return [];
  const at = (entry: string, rule: string, detail: string): SurfaceFinding => ({
    ...finding(rule, detail),
    entry,
    name: '',
    file: now.path,
    line: 0,
  });
  return [
    ...entryFindings(entries, at),
    ...conditionFindings(old, now, at),
    ...Object.keys(old.bin)
      .filter((name) => !Object.hasOwn(now.bin, name))
      .map((name) => at('package.json', 'pkg-bin-removed', name)),
    ...(moduleType(old) === moduleType(now)
      ? []
      : [at('package.json', 'pkg-module-type-changed', `now ${moduleType(now)}`)]),
    ...stricter
      .filter(({ path }) => path === now.path)
      .map(({ field, name, before: was, after: is }) =>
        at(
          'package.json',
          field === 'engines' ? 'pkg-engines-raised' : 'pkg-peer-narrowed',
          `${name} ${is}${was === '' ? '' : `, was ${was}`}`,
        ),
      ),
  ];
}

type At = (entry: string, rule: string, detail: string) => SurfaceFinding;

/** Who spells out `exports` for every file flips nothing by `type`. */
function moduleType({ type }: Manifest): string {
  return type ?? 'commonjs';
}

function entryFindings({ before, after }: PackagePair['entries'], at: At): SurfaceFinding[] {
  const now = new Map(after.map((one) => [one.subpath, one]));
  const old = new Map(before.map((one) => [one.subpath, one]));
  const lost = before.flatMap(({ subpath, file }) => {
    const entry = now.get(subpath);
    if (entry === undefined) return [at(subpath, 'entry-removed', subpath)];
    return file !== undefined && entry.file === undefined
      ? [at(subpath, 'entry-removed', `${subpath} leads nowhere`)]
      : [];
  });
  return [
    ...lost,
    ...after.filter(({ subpath }) => !old.has(subpath)).map(({ subpath }) => at(subpath, 'entry-added', subpath)),
  ];
}

function conditionFindings(old: Manifest, now: Manifest, at: At): SurfaceFinding[] {
  const [before, after] = [conditionsOf(old), conditionsOf(now)];
  return [...before].flatMap(([subpath, conditions]) => {
    const kept = after.get(subpath);
    if (kept === undefined) return [];
    return [...conditions]
      .filter((one) => !kept.has(one))
      .map((one) => at(subpath, one === 'types' ? 'types-entry-removed' : 'condition-removed', one));
  });
}

/** Conditions by subpath; what a `default` stands beside falls back to it, and is no promise of its own. */
function conditionsOf({ exports, types }: Manifest): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  if (exports === undefined) return types === undefined ? found : new Map([['.', new Set(['types'])]]);
  const isMap = isTable(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  const table = isMap ? (exports as Readonly<Record<string, unknown>>) : { '.': exports };
  for (const [subpath, value] of Object.entries(table)) {
    const conditions = new Set<string>();
    collect(value, conditions, 0);
    if (subpath === '.' && types !== undefined) conditions.add('types');
    found.set(subpath, conditions);
  }
  return found;
}

function collect(value: unknown, into: Set<string>, depth: number): void {
  if (!isTable(value) || depth > MAP_DEPTH) return;
  for (const [condition, nested] of Object.entries(value)) {
    if (condition !== 'default') into.add(condition);
    collect(nested, into, depth + 1);
  }
}

/** Real maps nest three or four deep. */
const MAP_DEPTH = 12;

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
