/**
 * Where files stand in a workspace, as far as joining asks: their packages, and which packages use which.
 * In: a workspace, the package folders of files. Out: `Places`. Declared dependencies count, at any distance.
 */
import type { Workspace } from '../../model/workspace.js';
import type { Places } from './join.js';

/** Closures are made once a package, when asked. */
export function placesIn({ packages }: Workspace, packageOf: (file: string) => string): Places {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const byRoot = new Map(packages.map((one) => [one.root as string, one]));
  const closures = new Map<string, ReadonlySet<string>>();
  const closureOf = (folder: string): ReadonlySet<string> => {
    let found = closures.get(folder);
    if (found !== undefined) return found;
    const roots = new Set([folder]);
    for (const root of roots)
      for (const name of byRoot.get(root)?.workspaceDependencies ?? []) {
        const used = byName.get(name);
        if (used !== undefined) roots.add(used.root);
      }
    closures.set(folder, (found = roots));
    return found;
  };
  return { packageOf, uses: (folder, other) => closureOf(folder).has(other) };
}
