/**
 * The steps of gathering, in order: compare, read both revisions, read what else differs.
 * In: the caller's options. Out: a `Snapshot`, which is all that analysis sees. Not here: any of the steps' work.
 */
import type { Diagnostic } from '../model/diagnostic.js';
import type { AnalyzeOptions } from '../model/options.js';
import type { RepoPath } from '../model/path.js';
import type { FileDiff } from '../model/revision.js';
import type { Revision, Snapshot, SourceFile } from '../model/snapshot.js';
import type { FileTree } from '../model/tree.js';
import { createFactsStore, type ExtractBatch, type FactsStore } from './facts-store.js';
import { openComparison } from './git/index.js';
import { readRevision, type ReadRevision } from './read-revision.js';
import { readInstallDeltas, type InstallDeltas } from './workspace/index.js';

/** A snapshot and where it was taken. */
export interface Taken {
  readonly snapshot: Snapshot;
  /** Absolute folder of the repository's top. */
  readonly root: string;
  /** The asked folder below it; `''` is all of it. */
  readonly scope: RepoPath;
  readonly skipped: Readonly<Record<string, number>>;
}

/**
 * Reads what the options ask for; `compare: false` reads the head alone.
 * @throws UsageError for the caller's mistakes; see `openComparison`.
 */
export async function takeSnapshot(
  options: AnalyzeOptions & { readonly compare: boolean },
  extract: ExtractBatch,
): Promise<Taken> {
  const phase = options.onPhase;
  phase?.('comparing revisions', 0, 1);
  const opened = await openComparison({
    ...options,
    root: options.root ?? process.cwd(),
    env: options.env ?? process.env,
  });
  try {
    const store = createFactsStore(extract);
    const head = await readRevision(opened.head, store, (done, total) => phase?.('reading files', done, total));
    const base = opened.base && (await readBase(opened.base, opened.diffs, head, store, phase));
    const snapshot = await assemble(opened, head, base);
    return { snapshot, root: opened.root, scope: opened.scope, skipped: head.skipped };
  } finally {
    opened.close();
  }
}

/** Files by which other files' links, packages or roles are decided. */
const STRUCTURAL =
  /(^|\/)(package|project|lerna|nx|turbo|rush|deno|tsconfig[^/]*|jsconfig[^/]*)\.jsonc?$|(^|\/)(pnpm-workspace\.yaml|CODEOWNERS|\.gitignore|\.mocharc[^/]*|auto-imports\.d\.ts|components\.d\.ts)$|\.config\.[^/]+$|(^|\/)vitest\.[^/]+$/;

/** The base: beside the head where only contents of source files differ, whole otherwise. */
async function readBase(
  tree: FileTree,
  diffs: readonly FileDiff[],
  head: ReadRevision,
  store: FactsStore,
  phase: AnalyzeOptions['onPhase'],
): Promise<Revision> {
  const contentsOnly = diffs.every(
    (diff) => (diff.status === 'modified' || diff.status === 'mode') && !diff.special && !STRUCTURAL.test(diff.path),
  );
  if (contentsOnly)
    return head.sibling(
      tree,
      diffs.map((diff) => diff.path),
    );
  const read = await readRevision(tree, store, (done, total) => phase?.('reading the base', done, total));
  return read.revision;
}

type Opened = Awaited<ReturnType<typeof openComparison>>;

async function assemble(opened: Opened, head: ReadRevision, base: Revision | undefined): Promise<Snapshot> {
  const texts = await changedTexts(opened);
  const problems = sourceProblems(head.revision);
  const installs = await installDeltas(opened, base, head.revision);
  return {
    comparison: opened.comparison,
    ...(base === undefined ? {} : { base: shareFiles(base, head.revision) }),
    head: head.revision,
    diffs: opened.diffs,
    lockfiles: installs.deltas,
    texts,
    diagnostics: [...opened.diagnostics, ...head.diagnostics, ...installs.diagnostics, ...problems],
  };
}

/** Files that are the same in both revisions become one object, so that later steps tell them apart by identity. */
function shareFiles(base: Revision, head: Revision): Revision {
  const byPath = new Map(head.files.map((file) => [file.path, file]));
  return { ...base, files: base.files.map((file) => sharedFile(file, byPath.get(file.path))) };
}

function sharedFile(file: SourceFile, twin: SourceFile | undefined): SourceFile {
  if (
    !twin ||
    twin.facts !== file.facts ||
    twin.id !== file.id ||
    twin.package !== file.package ||
    twin.role !== file.role
  )
    return file;
  return JSON.stringify(twin.resolutions) === JSON.stringify(file.resolutions) ? twin : file;
}

/** Texts longer than this are not compared by meaning. */
const TEXT_LIMIT = 1 << 20;

/** Texts of changed files that analysis compares itself: JSON and YAML, whatever they are for. */
async function changedTexts({ base, head, diffs }: Opened): Promise<Snapshot['texts']> {
  const texts: { base: Record<RepoPath, string>; head: Record<RepoPath, string> } = { base: {}, head: {} };
  if (!base) return texts;
  for (const diff of diffs) {
    if (diff.special || !/\.(jsonc?|ya?ml)$/.test(diff.path)) continue;
    const before = diff.status === 'added' ? undefined : await base.text(diff.basePath ?? diff.path);
    const after = diff.status === 'removed' ? undefined : await head.text(diff.path);
    if (before !== undefined && before.length <= TEXT_LIMIT) texts.base[diff.basePath ?? diff.path] = before;
    if (after !== undefined && after.length <= TEXT_LIMIT) texts.head[diff.path] = after;
  }
  return texts;
}

async function installDeltas(
  { base, head, diffs }: Opened,
  before: Revision | undefined,
  after: Revision,
): Promise<InstallDeltas> {
  if (!base || !before) return { deltas: [], diagnostics: [] };
  return readInstallDeltas({ base, head, diffs, workspaceBase: before.workspace, workspaceHead: after.workspace });
}

/** What was wrong with source texts: each a record, the first hundred; the rest counted. */
function sourceProblems(revision: Revision): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const file of revision.files) {
    for (const problem of file.facts?.problems ?? []) {
      const kind =
        problem.kind === 'binary' ? 'binary-file' : problem.kind === 'too-large' ? 'file-too-large' : 'syntax-error';
      diagnostics.push({ kind, level: 'warning', message: problem.message, file: file.path, line: problem.line });
    }
  }
  return diagnostics;
}
