/** Real merged commits to replay. In: a full-history checkout. Out: commit ids, newest first. Nothing is checked out. */
import { git } from '../checkout.mjs';

const SOURCE = /\.(?:[mc]?[jt]s|[jt]sx|vue|svelte|astro)$/;

/**
 * The newest commits of the first-parent line that `wanted` takes, at most `count`.
 * @param options `all`: those without a source file too; `wanted`: by the paths that a commit touches.
 */
export function mergedCommits(root, { from, count, all = false, wanted = () => true }) {
  const ids = git(root, ['rev-list', '--first-parent', '--min-parents=1', `--max-count=${count * 20}`, from]).split(
    '\n',
  );
  const commits = [];
  for (const commit of ids) {
    if (commits.length === count) break;
    const paths = git(root, ['diff-tree', '-r', '--name-only', '--no-renames', `${commit}^`, commit]).split('\n');
    if ((all || paths.some((path) => SOURCE.test(path))) && wanted(paths)) commits.push(commit);
  }
  return commits;
}
