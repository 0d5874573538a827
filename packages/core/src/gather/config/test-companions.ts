/**
 * Files that belong to tests by their place: `__mocks__` folders and stored snapshots.
 * In: a tree, the test files. Out: implicit dependencies. Not here: setup files (runner-configs.ts).
 */
import { compareText, directoryOf, isInside } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { ImplicitDependency } from '../../model/snapshot.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';

const MOCK = /(?:^|\/)__mocks__\/.+\.[cm]?[jt]sx?$/;

/** From the tests of a package to every file in its `__mocks__` folders: runners put them in place by name. */
export function mockFolderDependencies(
  tree: FileTree,
  workspace: Workspace,
  tests: readonly RepoPath[],
): ImplicitDependency[] {
  const roots = workspace.packages.map((one) => one.root).sort((a, b) => b.length - a.length);
  const byRoot = new Map<RepoPath, readonly RepoPath[]>();
  return tree.entries
    .filter(({ path, kind }) => kind === 'file' && MOCK.test(path))
    .flatMap(({ path }) => {
      const root = roots.find((one) => isInside(path, one)) ?? '';
      const from = byRoot.get(root) ?? tests.filter((test) => isInside(test, root));
      byRoot.set(root, from);
      return from.length === 0
        ? []
        : [{ kind: 'mocks-folder', from, to: path, source: `${directoryOf(path)} is put in place of modules` }];
    });
}

/** From a test to its stored snapshots: Jest's and Vitest's `__snapshots__/x.snap`, Playwright's `x-snapshots/`. */
export function snapshotDependencies(tree: FileTree, tests: readonly RepoPath[]): ImplicitDependency[] {
  const known = new Set(tests);
  return tree.entries
    .flatMap(({ path, kind }): ImplicitDependency[] => {
      const test = kind === 'file' ? testOfSnapshot(path) : undefined;
      if (test === undefined || !known.has(test)) return [];
      return [{ kind: 'snapshot', from: [test], to: path, source: `${path} holds what ${test} expects` }];
    })
    .sort((a, b) => compareText(a.to, b.to));
}

function testOfSnapshot(path: RepoPath): RepoPath | undefined {
  const stored = /^(.*?)__snapshots__\/(.+)\.(?:snap|ambr|shot)$/.exec(path);
  if (stored !== null) return `${stored[1]}${stored[2]}`;
  return /^(.+\.[cm]?[jt]sx?)-snapshots\/.+$/.exec(path)?.[1];
}
