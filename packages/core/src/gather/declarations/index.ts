/**
 * Declarations of the source files that differ, both revisions.
 * In: two trees and their differences. Out: shapes by path. Linear in the changed texts, which are parsed once more for it.
 * Not here: what a difference breaks (analyze/surface).
 */
import type { DeclaredShape, DeclaredShapes } from '../../model/declaration.js';
import type { RepoPath } from '../../model/path.js';
import type { FileDiff } from '../../model/revision.js';
import type { FileTree } from '../../model/tree.js';
import { decode } from '../facts-store.js';
import { languageOf } from '../workspace/roles.js';
import { shapesOf } from './shapes.js';

export { shapesOf } from './shapes.js';

/** Longer texts are generated. */
const TEXT_LIMIT = 1 << 20;

/** Reads the shapes of changed sources. Never throws for what is in them. */
export async function readDeclarations(
  base: FileTree,
  head: FileTree,
  diffs: readonly FileDiff[],
): Promise<DeclaredShapes> {
  const changed = diffs.filter(
    ({ special, status, path }) => special === undefined && status !== 'mode' && isCode(path),
  );
  const before = changed.flatMap((diff) => (diff.status === 'added' ? [] : [diff.basePath ?? diff.path]));
  const after = changed.flatMap((diff) => (diff.status === 'removed' ? [] : [diff.path]));
  return { base: await shapesIn(base, before), head: await shapesIn(head, after) };
}

function isCode(path: RepoPath): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

async function shapesIn(
  tree: FileTree,
  paths: readonly RepoPath[],
): Promise<Record<RepoPath, readonly DeclaredShape[]>> {
  const bytes = await tree.read(paths);
  const shapes: Record<RepoPath, readonly DeclaredShape[]> = {};
  for (const path of paths) {
    const content = bytes.get(path);
    const language = languageOf(path);
    if (content === undefined || language === undefined || content.length > TEXT_LIMIT) continue;
    shapes[path] = shapesOf(decode(content), language);
  }
  return shapes;
}
