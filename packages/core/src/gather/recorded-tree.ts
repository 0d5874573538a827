/**
 * A tree that notes which of its files were asked for: whatever configuration was read from.
 * In: a tree. Out: the same tree, and the paths read through it. Not here: what is read.
 */
import type { RepoPath } from '../model/path.js';
import type { FileTree } from '../model/tree.js';

/** A tree and the paths read through it so far. */
export interface RecordedTree {
  readonly tree: FileTree;
  readonly paths: ReadonlySet<RepoPath>;
}

/** `tree`, with its reads noted. */
export function recordReads(tree: FileTree): RecordedTree {
  const paths = new Set<RepoPath>();
  return {
    paths,
    tree: {
      ...tree,
      read: (wanted) => {
        for (const path of wanted) paths.add(path);
        return tree.read(wanted);
      },
      text: (path) => {
        paths.add(path);
        return tree.text(path);
      },
    },
  };
}
