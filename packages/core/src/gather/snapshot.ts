/**
 * The steps of gathering, in order: compare, read both revisions, read what else differs.
 * In: the caller's options. Out: a `Snapshot`, which is all that analysis sees. Not here: any of the steps' work.
 */
import type { AnalyzeOptions } from '../model/options.js';
import type { RepoPath } from '../model/path.js';
import type { AnalyzedColumns } from '../model/kept.js';
import type { ImplicitDependency, KnownFile, Revision, Snapshot, SourceFile } from '../model/snapshot.js';
import type { Published } from '../model/published.js';
import type { FileTree } from '../model/tree.js';
import { readDeclarations } from './declarations/index.js';
import { decode, type ExtractBatch, type FactsStore } from './facts-store.js';
import { keepRevision, type KeptRevision } from './kept-revisions.js';
import { openComparison } from './git/index.js';
import type { KnownTree } from './kept-tree.js';
import { once } from './read-kept.js';
import { stricterRequirements } from './published/index.js';
import { readRevision, type ReadRevision } from './read-revision.js';
import { inScope } from './scope.js';
import { readResourceEnds, readResourceImports, type ResourceImports } from './resources/index.js';
import { readSensitive } from './sensitive/index.js';
import { readProjectConfig } from './sensitive/project-config.js';
import { shareFiles } from './shared-files.js';
import { sourceProblems } from './source-problems.js';
import { Standing } from './standing.js';
import type { TypeComparison } from './types/check.js';
import { readInstallDeltas, type InstallDeltas } from './workspace/index.js';

/** A snapshot and where it was taken. */
export interface Taken {
  readonly snapshot: Snapshot;
  /** Absolute folder of the repository's top. */
  readonly root: string;
  /** The asked folder below it; `''` is all of it. */
  readonly scope: RepoPath;
  readonly skipped: Readonly<Record<string, number>>;
  /** What the head's packages let others import. */
  readonly published: Published['head'];
  /** Both revisions with their trees, for the type checker; absent where nothing is compared. Of use until `close`. */
  readonly types?: () => Promise<TypeComparison>;
  /** Keeps the head for later runs; absent where there is nothing to gain or nowhere to keep it. */
  keep?(columns: AnalyzedColumns, counts: (file: SourceFile) => Pick<KnownFile, 'specifiers' | 'resolved'>): void;
  /** Ends whatever reads the trees. The snapshot stays readable until `close`. */
  closeTrees(): void;
  /** Ends everything. */
  close(): void;
}

/**
 * Reads what the options ask for; `compare: false` reads the head alone.
 * @param standing what earlier readings of the repository left, and this one leaves; it is the caller's to close.
 * @throws UsageError for the caller's mistakes; see `openComparison`.
 */
export async function takeSnapshot(
  options: AnalyzeOptions & { readonly compare: boolean },
  extract: ExtractBatch,
  standing?: Standing,
): Promise<Taken> {
  const phase = options.onPhase;
  phase?.('comparing revisions', 0, 1);
  const opened = await openScoped(options);
  const held = standing ?? new Standing();
  const kept = held.cache(options, opened.identity);
  const close = (): void => {
    if (standing === undefined) held.close();
    opened.close();
  };
  try {
    const store = held.store(extract);
    const files = kept.cache?.trees;
    const former = held.former([...(opened.base ? [opened.base] : []), opened.head], store);
    phase?.('reading files', 0, 1);
    const head = await readHead(opened.head, store, former, phase);
    if (opened.base !== undefined) phase?.('reading the base', 0, 1);
    const base = await readBase(opened, head, store, former, phase);
    phase?.('reading what changed', 0, 1);
    kept.cache?.facts.save();
    const gathered = { ...opened, diagnostics: [...opened.diagnostics, ...kept.diagnostics] };
    const known = former?.links.columns.resourceImports;
    const imports = await readResourceImports(opened.head, opened.base, opened.diffs, head.revision.workspace, known);
    const plain = await assemble(gathered, head, base, imports);
    const snapshot = former === undefined ? plain : { ...plain, kept: former.links };
    const types = base === undefined ? {} : { types: once(() => typeComparison(opened, head, base)) };
    const keep = (analyzed: AnalyzedColumns, counts: Counts): void => {
      const columns = { ...analyzed, resourceImports: imports.written };
      if (files !== undefined) keepRevision(files, opened.head, head, columns, counts);
      if (head.keep !== undefined) standing?.keep(opened.head, head.keep, columns);
    };
    const { root, scope } = opened;
    return {
      snapshot,
      root,
      scope,
      skipped: head.skipped,
      published: head.published,
      ...types,
      ...((files ?? standing) && head.keep && !former?.isNear(head.revision) && { keep }),
      closeTrees: () => opened.close(),
      close,
    };
  } catch (fault) {
    close();
    throw fault;
  }
}

async function openScoped(options: AnalyzeOptions & { readonly compare: boolean }): Promise<Opened> {
  const { root = process.cwd(), env = process.env, scope = [] } = options;
  const opened = await openComparison({ ...options, root, env });
  try {
    return await inScope(opened, scope);
  } catch (fault) {
    opened.close();
    throw fault;
  }
}

type Counts = (file: SourceFile) => Pick<KnownFile, 'specifiers' | 'resolved'>;

async function readHead(
  tree: FileTree,
  store: FactsStore,
  former: KeptRevision | undefined,
  phase: AnalyzeOptions['onPhase'],
): Promise<ReadRevision> {
  const beside = await former?.read(tree);
  if (beside !== undefined) return beside;
  const progress = (done: number, total: number): void => phase?.('reading files', done, total);
  if (former === undefined) return readRevision(tree, store, progress);
  const head = await former.readWhole(tree, progress);
  return { ...head, revision: former.share(head.revision) };
}

/** What the types of the base are read from, and what its packages let others import. */
type BaseRead = Pick<ReadRevision, 'revision' | 'tsconfigs' | 'published'> & { readonly tree: FileTree };

async function typeComparison(
  { root, diffs, ...opened }: Opened,
  head: ReadRevision,
  base: BaseRead,
): Promise<TypeComparison> {
  const before = new Map(diffs.map((diff) => [diff.path, diff.status === 'added' ? undefined : (diff.basePath ?? diff.path)])); // prettier-ignore
  return {
    root: root.replaceAll('\\', '/'),
    base: { ...base, tsconfigs: await base.tsconfigs() },
    head: { revision: head.revision, tree: opened.head, tsconfigs: await head.tsconfigs() },
    basePath: (path) => (before.has(path) ? before.get(path) : path),
  };
}

/** The base: beside the head where only contents of source files differ, else whole, but for files that would be read just so again. */
async function readBase(
  opened: Opened,
  head: ReadRevision,
  store: FactsStore,
  former: KeptRevision | undefined,
  phase: AnalyzeOptions['onPhase'],
): Promise<BaseRead | undefined> {
  if (opened.base === undefined) return undefined;
  const tree = withIgnoredOf(opened.base, opened.head);
  const sibling = await head.sibling(tree, opened.diffs);
  if (sibling !== undefined) return { revision: sibling, tree, tsconfigs: head.tsconfigs, published: head.published };
  const beside = await former?.read(tree);
  if (beside !== undefined) return { ...beside, tree };
  const progress = (done: number, total: number): void => phase?.('reading the base', done, total);
  const read = await (former?.readWhole(tree, progress) ??
    readRevision(tree, store, progress, head.keep && knownTree(opened.head, head.keep)));
  return {
    revision: former?.share(read.revision) ?? read.revision,
    tree,
    tsconfigs: read.tsconfigs,
    published: read.published,
  };
}

function knownTree(
  { entries }: FileTree,
  { files, classified, reading }: NonNullable<ReadRevision['keep']>,
): KnownTree {
  return { ...reading, entries, files, classified };
}

/**
 * A commit with the generated files that lie on the disk now: it has none of its own, and its imports of them must not
 * look as if they had led nowhere. Where the head is a commit too, it lends nothing.
 */
function withIgnoredOf(base: FileTree, head: FileTree): FileTree {
  const isLent = (path: RepoPath): boolean => !base.byPath.has(path) && !head.byPath.has(path);
  return {
    ...base,
    ignored: async (folder) => (await head.ignored(folder)).filter(isLent),
    read: async (paths) => {
      const lent = paths.filter(isLent);
      if (lent.length === 0) return base.read(paths);
      return new Map([...(await base.read(paths.filter((path) => !isLent(path)))), ...(await head.read(lent))]);
    },
  };
}

type Opened = Awaited<ReturnType<typeof openComparison>>;

async function assemble(
  opened: Opened,
  head: ReadRevision,
  before: BaseRead | undefined,
  drawnIn: ResourceImports,
): Promise<Snapshot> {
  const base = before?.revision;
  const texts = await changedTexts(opened);
  const problems = sourceProblems(head.revision);
  const installs = await installDeltas(opened, base, head.revision);
  const files = opened.base && { base: opened.base, head: opened.head, diffs: opened.diffs };
  const read = files === undefined ? undefined : await readSensitive(files);
  const config = read?.config ?? (await readProjectConfig(opened.head));
  const declarations = files === undefined ? undefined : await readDeclarations(files.base, files.head, files.diffs);
  const withImports = (revision: Revision, imports: readonly ImplicitDependency[]): Revision =>
    imports.length === 0 ? revision : { ...revision, implicit: [...revision.implicit, ...imports] };
  return {
    comparison: opened.comparison,
    ...(base === undefined ? {} : { base: withImports(shareFiles(base, head.revision), drawnIn.base) }),
    head: withImports(head.revision, drawnIn.head),
    diffs: opened.diffs,
    lockfiles: installs.deltas,
    texts,
    catalogue: config.catalogue,
    resources: await readResourceEnds(opened.head, opened.base, opened.diffs),
    ...(declarations === undefined ? {} : { declarations }),
    ...(before === undefined ? {} : { published: await readPublished(before, head, texts) }),
    ...(read === undefined ? {} : { sensitive: read.sensitive }),
    diagnostics: [
      ...opened.diagnostics,
      ...head.diagnostics,
      ...installs.diagnostics,
      ...problems,
      ...(read?.diagnostics ?? config.diagnostics),
    ],
  };
}

async function readPublished(base: BaseRead, head: ReadRevision, texts: Snapshot['texts']): Promise<Published> {
  const stricter = await stricterRequirements(texts.base, texts.head);
  return { base: base.published, head: head.published, stricter };
}

/** Texts longer than this are not compared by meaning. */
const TEXT_LIMIT = 1 << 20;

/** Texts of changed files that analysis compares itself: JSON and YAML, whatever they are for. */
async function changedTexts({ base, head, diffs }: Opened): Promise<Snapshot['texts']> {
  const texts: { base: Record<RepoPath, string>; head: Record<RepoPath, string> } = { base: {}, head: {} };
  if (!base) return texts;
  const compared = diffs.filter((diff) => !diff.special && /\.(jsonc?|ya?ml)$/.test(diff.path));
  const before = compared.flatMap((diff) => (diff.status === 'added' ? [] : [diff.basePath ?? diff.path]));
  const after = compared.flatMap((diff) => (diff.status === 'removed' ? [] : [diff.path]));
  await Promise.all([readTexts(base, before, texts.base), readTexts(head, after, texts.head)]);
  return texts;
}

async function readTexts(tree: FileTree, paths: readonly RepoPath[], into: Record<RepoPath, string>): Promise<void> {
  const bytes = await tree.read(paths);
  for (const path of paths) {
    const text = decode(bytes.get(path) ?? new Uint8Array());
    if (bytes.has(path) && text.length <= TEXT_LIMIT) into[path] = text;
  }
}

async function installDeltas(
  { base, head, diffs }: Opened,
  before: Revision | undefined,
  after: Revision,
): Promise<InstallDeltas> {
  if (!base || !before) return { deltas: [], diagnostics: [] };
  return readInstallDeltas({ base, head, diffs, workspaceBase: before.workspace, workspaceHead: after.workspace });
}
