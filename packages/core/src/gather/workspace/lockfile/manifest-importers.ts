/**
 * Direct dependencies by the manifests, for lockfiles that do not list them (Yarn classic, npm's first format).
 * In: the workspace and the lockfile's folder. Out: name and range per workspace package.
 */
import { isInside } from '../../../model/path.js';
import type { RepoPath } from '../../../model/path.js';
import { declaredRanges } from '../manifest.js';
import type { LockContext } from './lock-graph.js';

/** What each package that this lockfile can be for declares. */
export function manifestImporters({ folder, workspace }: LockContext): readonly {
  readonly importer: RepoPath;
  readonly ranges: readonly (readonly [string, string])[];
}[] {
  return workspace.packages.flatMap(({ root, member, manifest }) => {
    const governed = isInside(root, folder) && (member || folder !== '' || root === folder);
    return manifest === undefined || !governed ? [] : [{ importer: root, ranges: declaredRanges(manifest) }];
  });
}

/** Names of the workspace's packages. */
export function workspaceNames({ workspace }: LockContext): ReadonlySet<string> {
  return new Set(workspace.packages.filter(({ member }) => member).map(({ name }) => name));
}
