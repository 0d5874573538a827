/**
 * Files of a known revision (kept by an earlier run, or the head of this one) that hold in a tree with other names: the same text in the
 * same place, whose requests looked for nothing that came or went.
 * In: the known tree, the tree that is read. Out: files by what is known so far; none where configuration differs. Not here: a tree of the
 * same names (read-kept.ts).
 */
import { isInside, type RepoPath } from '../model/path.js';
import { hasFacts, type SourceFile } from '../model/snapshot.js';
import type { FileTree, TreeEntry } from '../model/tree.js';
import type { Workspace, WorkspacePackage } from '../model/workspace.js';
import type { Governed } from './config/index.js';
import type { KnownTree } from './kept-tree.js';
import { probesOf } from './resolve/index.js';
import { jsonTargets, sourcesIn } from './source-file.js';
import type { ClassifiedFile } from './workspace/index.js';

/** See the file's head. */
export class KeptFiles {
  readonly #index: ReadonlyMap<RepoPath, number>;
  readonly #delta: ReadonlySet<number>;
  readonly #taken = new Set<RepoPath>();

  private constructor(
    readonly kept: KnownTree,
    private readonly tree: FileTree,
    private readonly changed: readonly TreeEntry[],
  ) {
    this.#index = new Map(kept.files.map(({ path }, index) => [path, index]));
    this.#delta = new Set(changed.flatMap(({ path }) => probesOf(path)));
  }

  /** `undefined` where the trees differ by more than files, or the workspace is another. */
  static beside(kept: KnownTree, tree: FileTree, workspace: Workspace): KeptFiles | undefined {
    if (kept.implicit.some(({ kind }) => kind === 'auto-import')) return undefined;
    if (JSON.stringify(kept.workspace) !== JSON.stringify(workspace)) return undefined;
    const before = new Map(kept.entries.map((entry) => [entry.path, entry]));
    const changed = tree.entries.filter(({ path, kind }) => before.get(path)?.kind !== kind);
    const gone = kept.entries.filter(({ path, kind }) => tree.byPath.get(path)?.kind !== kind);
    if ([...changed, ...gone].some(({ kind }) => kind !== 'file')) return undefined;
    return new KeptFiles(kept, tree, [...changed, ...gone]);
  }

  /** The file that was there with the same text and the same place in its package; its requests may lead elsewhere. */
  sameText({ path, package: owner, role, language }: ClassifiedFile): SourceFile | undefined {
    const at = this.#index.get(path);
    const file = at === undefined ? undefined : this.kept.files[at]!;
    const then = at === undefined ? undefined : this.kept.classified[at]!;
    const isSame =
      file?.id === this.tree.byPath.get(path)?.id &&
      then?.role === role &&
      then.package === owner &&
      then.language === language;
    return isSame ? file : undefined;
  }

  /** The same configuration was read, out of the same files, and it says the same. */
  isConfigured(configuration: readonly RepoPath[], settings: string): boolean {
    const { kept, tree } = this;
    if (settings !== kept.settings || configuration.join('\0') !== kept.configuration.join('\0')) return false;
    const ids = new Map(kept.entries.map(({ path, id }) => [path, id]));
    return configuration.every((path) => ids.get(path) === tree.byPath.get(path)?.id);
  }

  /** The file as it was, if its requests cannot lead elsewhere. */
  take(file: ClassifiedFile): SourceFile | undefined {
    const known = this.sameText(file);
    if (known === undefined || this.#meets(this.kept.probes, this.#index.get(file.path)!)) return undefined;
    this.#taken.add(file.path);
    return known;
  }

  /** Where the file stood, if it is taken as it was. */
  takenAt(path: RepoPath): number | undefined {
    return this.#taken.has(path) ? this.#index.get(path) : undefined;
  }

  /** What its tsconfigs govern, which are the same. */
  governed(): Governed {
    const { files, implicit } = this.kept;
    return { files: new Set(sourcesIn(files)), dependencies: implicit.filter(({ kind }) => kind === 'tsconfig') };
  }

  /** True where the entries that a package lets others import may differ. */
  isRepublished({ id, root }: WorkspacePackage): boolean {
    return this.#meets(this.kept.publishedProbes, id) || this.changed.some(({ path }) => isInside(path, root));
  }

  /** JSON files that only files lead to which were not taken: whether anybody still does would have to be asked of all. */
  mayBeDropped(files: readonly SourceFile[]): boolean {
    const others = this.kept.files.filter(({ path }) => !this.#taken.has(path));
    const now = new Set(files.flatMap((file) => (this.#taken.has(file.path) ? [] : jsonTargets(file.resolutions))));
    return others.some(({ resolutions }) => jsonTargets(resolutions).some((path) => !now.has(path)));
  }

  /** Some file led to this JSON file. */
  isRead(path: RepoPath): boolean {
    const at = this.#index.get(path);
    return at !== undefined && hasFacts(this.kept.files[at]!);
  }

  #meets({ starts, values }: KnownTree['probes'], at: number): boolean {
    for (let one = starts[at]!; one < starts[at + 1]!; one++) if (this.#delta.has(values[one]!)) return true;
    return false;
  }
}
