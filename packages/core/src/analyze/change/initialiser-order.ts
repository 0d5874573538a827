/**
 * Whether the modules that a file loads run their initialisers in another order than before.
 * In: both revisions and a file. Out: yes or no. Modules that evaluate nothing, and those loaded in one revision only, do not count.
 * Only the file's own imports: a new order further up is a change of that file.
 */
import type { RepoPath } from '../../model/path.js';
import type { Revision, Snapshot } from '../../model/snapshot.js';

/** Compares the order of the effectful modules that both revisions of the file load. */
export function initialisersReordered({ base, head }: Snapshot, basePath: RepoPath, headPath: RepoPath): boolean {
  if (!base) return false;
  const before = loadedBy(base, basePath);
  const after = loadedBy(head, headPath);
  const common = new Set(before.filter((path) => after.includes(path)));
  if (common.size < 2) return false;
  const kept = after.filter((path) => common.has(path));
  return before.filter((path) => common.has(path)).some((path, index) => path !== kept[index]);
}

function loadedBy(revision: Revision, path: RepoPath): RepoPath[] {
  const file = fileAt(revision, path);
  const loaded = new Set<RepoPath>();
  file?.facts?.requests.forEach((request, index) => {
    const resolution = file.resolutions[index];
    if (!request.eager || request.typeOnly || request.elidable || resolution?.kind !== 'file') return;
    const target = fileAt(revision, resolution.path);
    if ((target?.facts?.symbols[0]?.references.length ?? 0) > 0) loaded.add(resolution.path);
  });
  return [...loaded];
}

/** Binary search: files are ordered by path. */
function fileAt({ files }: Revision, path: RepoPath): Revision['files'][number] | undefined {
  let low = 0;
  let high = files.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const file = files[middle]!;
    if (file.path === path) return file;
    if (file.path < path) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
