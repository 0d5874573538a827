/** The folder of the nearest manifest above a file: what is one schema lies in one package. In: a tree, a path. Out: a folder. */
import { directoryOf, type RepoPath } from '../../../model/path.js';
import type { FileTree } from '../../../model/tree.js';

/** `''` where there is none. */
export function packageFolder({ byPath }: FileTree, path: RepoPath): RepoPath {
  let folder = directoryOf(path);
  while (folder !== '' && !byPath.has(`${folder}/package.json`)) folder = directoryOf(folder);
  return folder;
}
