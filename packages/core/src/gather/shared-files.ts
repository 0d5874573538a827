/**
 * Files that are the same in both revisions become one object, so that later steps tell them apart by identity.
 * In: two revisions that share a facts store. Out: the base with the head's objects in it. Linear in the resolutions.
 */
import type { Resolution } from '../model/resolution.js';
import type { Revision, SourceFile } from '../model/snapshot.js';

/** `base`, whose files that equal the head's are the head's. */
export function shareFiles(base: Revision, head: Revision): Revision {
  const byPath = new Map(head.files.map((file) => [file.path, file]));
  return { ...base, files: base.files.map((file) => sharedFile(file, byPath.get(file.path))) };
}

function sharedFile(file: SourceFile, twin: SourceFile | undefined): SourceFile {
  if (twin === undefined || twin === file) return file;
  if (twin.id !== file.id || twin.facts !== file.facts || twin.verbatim !== file.verbatim) return file;
  if (twin.package !== file.package || twin.role !== file.role || twin.language !== file.language) return file;
  const same = file.resolutions.every((one, at) => sameResolution(one, twin.resolutions[at]));
  return same && file.resolutions.length === twin.resolutions.length ? twin : file;
}

function sameResolution(left: Resolution, right: Resolution | undefined): boolean {
  switch (left.kind) {
    case 'file':
      return (
        right?.kind === 'file' &&
        left.path === right.path &&
        left.rule === right.rule &&
        left.confidence === right.confidence &&
        left.types === right.types &&
        sameList(left.also, right.also)
      );
    case 'files':
      return right?.kind === 'files' && left.rule === right.rule && sameList(left.paths, right.paths);
    case 'external':
      return right?.kind === 'external' && left.package === right.package && left.subpath === right.subpath;
    case 'builtin':
      return right?.kind === 'builtin' && left.name === right.name;
    case 'unresolved':
      return right?.kind === 'unresolved' && left.reason === right.reason && left.detail === right.detail;
  }
}

function sameList(left: readonly string[] = [], right: readonly string[] = []): boolean {
  return left === right || (left.length === right.length && left.every((one, at) => one === right[at]));
}
