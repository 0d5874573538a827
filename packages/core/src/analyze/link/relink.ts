/**
 * Which files can link otherwise in the base than in the head.
 * In: both revisions' module tables, and what the head's links were made from. Out: paths. Whoever is not among them has the same edges in both, and is linked once.
 */
import type { RepoPath } from '../../model/path.js';
import type { Resolution } from '../../model/resolution.js';
import { sameFacts, type SourceFile } from '../../model/snapshot.js';
import { ambientDifference } from './ambient.js';
import { GLOBAL_OBJECTS } from './binding-targets.js';
import type { FileLinks } from './file-links.js';
import type { ModuleTable } from './module-table.js';
import type { Asked } from './trace.js';

/**
 * Paths whose links may differ: changed, resolving elsewhere, or linked by looking at such a file.
 * @param links the head's, with their traces: until it meets the first file that differs, linking goes the same way in both.
 */
export function differentlyLinked(head: ModuleTable, base: ModuleTable, links: readonly FileLinks[]): Set<RepoPath> {
  const changed = changedFiles(head, base);
  const sourcesIn = ({ byPath }: ModuleTable): SourceFile[] =>
    [...changed].flatMap((path) => byPath.get(path)?.source ?? []);
  const globals = ambientDifference(sourcesIn(base), sourcesIn(head)).names;
  const different = new Set(changed);
  for (const { file, asked } of links) if (asked.meets(changed) || usesAny(asked, globals)) different.add(file.path);
  return different;
}

/** Paths of files that are in one revision only, say something else or lead elsewhere. */
function changedFiles(head: ModuleTable, base: ModuleTable): Set<RepoPath> {
  const changed = new Set<RepoPath>();
  for (const file of head.files) {
    const before = base.byPath.get(file.path);
    if (!before || !sameFacts(before.source, file.source) || !sameResolutions(before.source, file.source))
      changed.add(file.path);
  }
  for (const file of base.files) if (!head.byPath.has(file.path)) changed.add(file.path);
  return changed;
}

/** One of the names is used without being declared, perhaps through the global object. */
export function usesAny({ globals }: Pick<Asked, 'globals'>, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  for (const name of globals()) if (names.has(name) || GLOBAL_OBJECTS.has(name)) return true;
  return false;
}

function sameResolutions(left: SourceFile, right: SourceFile): boolean {
  if (left === right || left.resolutions === right.resolutions) return true;
  return (
    left.resolutions.length === right.resolutions.length &&
    left.resolutions.every((one, index) => sameResolution(one, right.resolutions[index] as Resolution))
  );
}

function sameResolution(left: Resolution, right: Resolution): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === 'file' && right.kind === 'file')
    return left.path === right.path && left.types === right.types && left.also?.join('\0') === right.also?.join('\0');
  if (left.kind === 'files' && right.kind === 'files') return left.paths.join('\0') === right.paths.join('\0');
  if (left.kind === 'external' && right.kind === 'external')
    return left.package === right.package && left.subpath === right.subpath;
  return true;
}
