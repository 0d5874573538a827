/**
 * What is to be said about a tree's entries as such.
 * In: a tree. Out: diagnostics on submodules, links, names that differ in case only. Not here: anything about content.
 */
import type { Diagnostic, FileDiff, FileTree, RepoPath } from '../../model/index.js';

/** One diagnostic per kind of thing, with a count. O(entries). */
export function describeTree(tree: FileTree): Diagnostic[] {
  const submodules = tree.entries.filter(({ kind }) => kind === 'submodule').map(({ path }) => path);
  const links = tree.entries.filter(({ kind }) => kind === 'link').map(({ path }) => path);
  return [
    ...some(
      submodules,
      'submodule-skipped',
      (count) => `${count} not read: a submodule is another repository; analyse it by itself.`,
      'submodule',
    ),
    ...some(
      links,
      'symlink-skipped',
      (count) =>
        `${count} not read under the link's own name; imports through it reach what it leads to, where that is in the repository.`,
      'symbolic link',
    ),
    ...caseConflicts(tree),
  ];
}

function some(
  paths: readonly RepoPath[],
  kind: Diagnostic['kind'],
  say: (count: string) => string,
  noun: string,
): Diagnostic[] {
  const [file] = paths;
  if (file === undefined) return [];
  const count = paths.length === 1 ? `1 ${noun} is` : `${paths.length} ${noun}s are`;
  return [{ kind, level: 'note', message: say(count), file, count: paths.length }];
}

/** Files and folders that a case-insensitive disk (macOS, Windows) can't hold side by side. */
function caseConflicts(tree: FileTree): Diagnostic[] {
  const first = new Map<string, RepoPath>();
  const diagnostics: Diagnostic[] = [];
  for (const path of [...[...tree.folders].sort(), ...tree.byPath.keys()]) {
    const folded = path.normalize('NFC').toLowerCase();
    const other = first.get(folded);
    if (other === undefined) first.set(folded, path);
    else if (other !== path) {
      const message = `${JSON.stringify(path)} and ${JSON.stringify(other)} are one name where case does not count (macOS, Windows); rename one.`;
      diagnostics.push({ kind: 'path-case-conflict', level: 'warning', message, file: path });
    }
  }
  return diagnostics;
}

/** Differing files whose content one of the trees should have and has not: partial clones, damaged stores. */
export async function describeUnreadable(
  tree: FileTree,
  diffs: readonly FileDiff[],
  side: 'base' | 'head',
): Promise<Diagnostic[]> {
  const paths = diffs
    .map(({ path, basePath }) => (side === 'base' ? (basePath ?? path) : path))
    .filter((path) => tree.byPath.get(path)?.kind === 'file' && !tree.byPath.get(path)?.id.startsWith('patch:'));
  const lost: RepoPath[] = [];
  for (let start = 0; start < paths.length; start += 500) {
    const chunk = paths.slice(start, start + 500);
    const read = await tree.read(chunk);
    lost.push(...chunk.filter((path) => !read.has(path)));
  }
  const [file] = lost;
  if (file === undefined) return [];
  const message = `The content of ${lost.length} changed files of the ${side} (first: ${file}) is not here or too large; in a partial clone run: git fetch --refetch --no-filter`;
  return [{ kind: 'unreadable-file', level: 'error', message, file, count: lost.length }];
}
