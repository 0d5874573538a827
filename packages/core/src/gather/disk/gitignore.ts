/**
 * `.gitignore` files as found on a walk, for folders that git does not manage.
 * In: the text of each `.gitignore` and its folder. Out: whether a path is ignored; the nearest rule that speaks wins.
 * Not here: git's own excludes (`info/exclude`, `core.excludesFile`), which a folder without git doesn't have.
 */
import ignore, { type Ignore } from 'ignore';
import { directoryOf, type RepoPath } from '../../model/index.js';

/** The rules found so far. A folder's rules must be added before its entries are asked for. */
export class IgnoreRules {
  private readonly byFolder = new Map<RepoPath, Ignore>();

  add(folder: RepoPath, text: string): void {
    this.byFolder.set(folder, ignore({ ignorecase: false, allowRelativePaths: true }).add(text));
  }

  /** Whether `path`, a file or (with `isFolder`) a folder whose parents are not ignored, is ignored. */
  ignores(path: RepoPath, isFolder: boolean): boolean {
    if (this.byFolder.size === 0) return false;
    for (let folder: RepoPath | undefined = directoryOf(path); folder !== undefined;) {
      const verdict = this.verdictOf(folder, path, isFolder);
      if (verdict !== undefined) return verdict;
      folder = folder === '' ? undefined : directoryOf(folder);
    }
    return false;
  }

  private verdictOf(folder: RepoPath, path: RepoPath, isFolder: boolean): boolean | undefined {
    const rules = this.byFolder.get(folder);
    if (rules === undefined) return undefined;
    const below = folder === '' ? path : path.slice(folder.length + 1);
    const { ignored, unignored } = rules.test(isFolder ? `${below}/` : below);
    return ignored ? true : unignored ? false : undefined;
  }
}
