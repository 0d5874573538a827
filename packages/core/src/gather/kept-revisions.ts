/**
 * What one run takes of an earlier run's revision, and leaves for the next.
 * In: the cache, the trees that are compared. Out: revisions read beside the kept one, and a way to keep the head.
 * Not here: reading beside it (read-kept.ts), the file (gather/cache).
 */
import type { KeptColumns } from '../model/kept.js';
import { hasFacts, type KeptLinks, type KnownFile, type Revision, type SourceFile } from '../model/snapshot.js';
import type { FileTree } from '../model/tree.js';
import { treeDigest, type TreeFile, type TreeFiles } from './cache/index.js';
import type { FactsStore } from './facts-store.js';
import { readTree, treeColumns, type KeptTree } from './kept-tree.js';
import { readBesideKept } from './read-kept.js';
import { readRevision, type Progress, type ReadRevision } from './read-revision.js';
import { shareFiles } from './shared-files.js';

/** A revision of an earlier run, at hand. */
export interface KeptRevision {
  /** For the snapshot. */
  readonly links: KeptLinks;
  /** `tree` at the cost of what differs; `undefined` where it has to be read whole. */
  read(tree: FileTree): Promise<ReadRevision | undefined>;
  /** `tree`, read whole, but for files that would be read just so again. */
  readWhole(tree: FileTree, onProgress?: Progress): Promise<ReadRevision>;
  /** A revision that was read whole, with the kept one's files where they are the same. */
  share(revision: Revision): Revision;
  /** So little differs from a shared revision that keeping that one too would gain nothing. */
  isNear(revision: Revision): boolean;
}

/** Files that are linked anew in about the time that another revision takes to be written. */
const NEAR = 64;

/** The kept revision that is nearest to the trees: one of them, else the one used last. */
export function findKept(files: TreeFiles, trees: readonly FileTree[], store: FactsStore): KeptTree | undefined {
  const found = files.find(trees.map(({ entries }) => treeDigest(entries)));
  return found && opened(found, store);
}

/** What can be done beside a kept revision, with a store that has its facts. */
export function besideKept(kept: KeptTree, store: FactsStore): KeptRevision {
  const whole = { label: 'kept', workspace: kept.workspace, files: kept.files, implicit: kept.implicit };
  return {
    links: { files: kept.files, columns: kept.columns },
    read: (tree) => readBesideKept(kept, tree, store),
    readWhole: (tree, onProgress) => readRevision(tree, store, onProgress, kept),
    share: (revision) => shareFiles(revision, whole),
    isNear: ({ files: now }) => {
      const shared = new Set(kept.files);
      return now.length - now.filter((file) => shared.has(file)).length <= NEAR;
    },
  };
}

function opened(file: TreeFile, store: FactsStore): KeptTree | undefined {
  return readTree(file.columns, store, (path) => file.fault(`the facts of ${path} are no longer kept`));
}

/** Keeps a head that was read whole and linked. */
export function keepRevision(
  files: TreeFiles,
  tree: FileTree,
  read: ReadRevision,
  columns: KeptColumns,
  counts: (file: SourceFile) => Pick<KnownFile, 'specifiers' | 'resolved'>,
): void {
  if (read.keep === undefined) return;
  const known = read.keep.files.map((file, at) => ({
    hasFacts: hasFacts(file),
    ...(file.known ?? counts(file)),
    marks: columns.marks[at]!,
  }));
  const written = treeColumns({ ...read.keep, tree, columns, known });
  if (written !== undefined) files.save(treeDigest(tree.entries), written);
}
