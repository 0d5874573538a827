/**
 * The revision beside one that is read: the same paths and configuration, other contents in a few files.
 * In: the revision that was read, the other tree, what differs. Out: what reading the other tree whole would give,
 * or nothing where the difference could mean more than contents. Much cheaper: all other files are the same objects.
 */
import type { FileDiff } from '../model/revision.js';
import type { RepoPath } from '../model/path.js';
import type { ImplicitDependency, Revision, SourceFile } from '../model/snapshot.js';
import type { FileTree } from '../model/tree.js';
import { ignoredTargets } from './generated-files.js';
import type { Resolver } from './resolve/index.js';
import { isSource, jsonTargets, leadsNowhere, type Reading, refined, sourceFile, wantedFile } from './source-file.js';
import type { ClassifiedFile } from './workspace/index.js';

/** A revision that was read whole, with what it was made of. */
export interface WholeReading {
  readonly reading: Reading;
  /** With the roles that their paths give them. */
  readonly classified: readonly ClassifiedFile[];
  readonly resolved: ResolvedBefore;
  /** Files that configuration was read from. */
  readonly configuration: ReadonlySet<RepoPath>;
  /** What does not depend on any source's content. */
  readonly implicit: readonly ImplicitDependency[];
  readonly autoImports: (tree: FileTree, files: readonly SourceFile[]) => Promise<readonly ImplicitDependency[]>;
}

/** Of `ResolvedFiles`, what counts. */
export interface ResolvedBefore {
  readonly files: readonly SourceFile[];
  readonly resolver: Pick<Resolver, 'resolve'>;
  /** Files that git ignores; absent where nothing asked for them. */
  readonly ignored?: ReadonlySet<RepoPath>;
}

/** `tree` as a revision, if it differs from `whole` by `diffs`; `undefined` where it has to be read whole. */
export async function readSibling(
  whole: WholeReading,
  tree: FileTree,
  diffs: readonly FileDiff[],
): Promise<Revision | undefined> {
  if (!diffs.every((diff) => isContent(diff) && !whole.configuration.has(diff.path))) return undefined;
  const reading: Reading = { ...whole.reading, tree };
  const paths = new Set(diffs.map((diff) => diff.path));
  const beside = new Map(whole.resolved.files.flatMap((file) => (paths.has(file.path) ? [[file.path, file]] : [])));
  const isRead = (file: ClassifiedFile): boolean => isSource(file) || beside.get(file.path)?.facts !== undefined;
  const changed = whole.classified.filter((file) => paths.has(file.path));
  await reading.store.load(tree, changed.filter(isRead).map((file) => wantedFile(tree, file))); // prettier-ignore
  const files = new Map<RepoPath, SourceFile>();
  for (const file of changed) {
    const made = sourceFile(reading, whole.resolved.resolver, refined(reading, file), isRead(file));
    if (!fits(made, beside.get(file.path), whole.resolved)) return undefined;
    files.set(file.path, made);
  }
  const all = whole.resolved.files.map((file) => files.get(file.path) ?? file);
  const implicit = [...whole.implicit, ...(await whole.autoImports(tree, all))];
  return { label: tree.label, workspace: reading.workspace, implicit, files: all };
}

/** Neither names nor links nor submodules differ. */
function isContent({ status, special }: FileDiff): boolean {
  return (status === 'modified' || status === 'mode') && special !== 'symlink' && special !== 'submodule';
}

/** True where no other file reads otherwise because of this one: same role, same readability, same files drawn in. */
function fits(file: SourceFile, beside: SourceFile | undefined, { ignored }: ResolvedBefore): boolean {
  if (beside === undefined || file.role !== beside.role) return false;
  if ((file.facts === undefined) !== (beside.facts === undefined)) return false;
  if (ignored === undefined && leadsNowhere(file)) return false;
  return drawnIn(file, ignored) === drawnIn(beside, ignored);
}

/** JSON and ignored files that are read because some file leads there. */
function drawnIn(file: SourceFile, ignored: ReadonlySet<RepoPath> = new Set()): string {
  return [...new Set(jsonTargets(file.resolutions)), ...ignoredTargets([file], ignored)].sort().join('\0');
}
