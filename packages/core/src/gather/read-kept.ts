/**
 * A revision beside one that an earlier run kept: the same paths and configuration, other contents in a few files.
 * In: the kept tree, the tree that is wanted. Out: what reading it whole would give, or nothing where the difference could mean
 * more than contents. What the changed files ask is looked up among what they asked then; only for something new is the
 * configuration read and a resolver made. Not here: what "contents only" means (read-sibling.ts).
 */
import type { ModuleRequest } from '../model/facts.js';
import type { FileDiff } from '../model/revision.js';
import type { RepoPath } from '../model/path.js';
import type { Resolution } from '../model/resolution.js';
import type { SourceFile } from '../model/snapshot.js';
import type { FileTree, TreeEntry } from '../model/tree.js';
import { nuxtAutoImports, readRunnerConfigs, readTsconfigs, type Tsconfigs } from './config/index.js';
import type { FactsStore } from './facts-store.js';
import { loggedRequests, type KeptTree } from './kept-tree.js';
import type { ReadRevision } from './read-revision.js';
import { readSibling } from './read-sibling.js';
import { createResolutionLog, createResolver, requestKey, type Resolver } from './resolve/index.js';
import { isSource, wantedFile } from './source-file.js';

/** Reads `tree` beside `kept`; `undefined` where it has to be read whole. */
export async function readBesideKept(
  kept: KeptTree,
  tree: FileTree,
  store: FactsStore,
): Promise<ReadRevision | undefined> {
  const diffs = contentDiffs(kept.entries, tree.entries);
  if (diffs === undefined || kept.implicit.some(({ kind }) => kind === 'auto-import')) return undefined;
  if (kept.leadsNowhere && (await tree.ignored('')).length > 0) return undefined;
  const paths = new Set(diffs.map(({ path }) => path));
  const tsconfigs = once(() => readTsconfigs(tree, kept.workspace));
  const changed = kept.files.filter((file) => paths.has(file.path));
  const isRead = (file: SourceFile): boolean => isSource(file) || file.facts !== undefined;
  const wanted = changed.filter(isRead).map((file) => wantedFile(tree, file));
  const unreadable = await store.load(tree, wanted);
  if (unreadable.length > 0) return undefined;
  const known = knownAnswers(changed);
  const isNew = wanted.some((file) =>
    store.get(file)?.requests.some((request) => known(file.path, request) === undefined),
  );
  const resolver = isNew ? await resolverOf(kept, tree, await tsconfigs()) : undefined;
  const verbatim = new Map(kept.files.map((file) => [file.path, file.verbatim]));
  const revision = await readSibling(
    {
      reading: { tree, workspace: kept.workspace, store, isVerbatim: (path) => verbatim.get(path) === true },
      classified: kept.classified,
      resolved: {
        files: kept.files,
        resolver: { resolve: (from, request) => known(from, request) ?? (resolver as Resolver).resolve(from, request) },
        ...(kept.leadsNowhere ? { ignored: new Set<RepoPath>() } : {}),
      },
      configuration: new Set(kept.configuration),
      implicit: kept.implicit,
      autoImports: (of) => nuxtAutoImports(of, kept.workspace, () => []),
    },
    tree,
    diffs,
  );
  if (revision === undefined) return undefined;
  return {
    revision,
    diagnostics: [...kept.diagnostics, ...resolverDiagnostics(kept, revision.files, paths)],
    skipped: kept.skipped,
    tsconfigs,
    published: kept.published,
    sibling: async (other) => (await readBesideKept(kept, other, store))?.revision,
  };
}

/** What differs, where it is contents only; `undefined` where names, links or submodules differ. */
function contentDiffs(before: readonly TreeEntry[], after: readonly TreeEntry[]): FileDiff[] | undefined {
  if (before.length !== after.length) return undefined;
  const diffs: FileDiff[] = [];
  for (let at = 0; at < before.length; at++) {
    const [left, right] = [before[at]!, after[at]!];
    if (left.path !== right.path || left.kind !== right.kind) return undefined;
    if (left.id === right.id && left.executable === right.executable) continue;
    if (left.kind !== 'file') return undefined;
    diffs.push({ status: left.id === right.id ? 'mode' : 'modified', path: left.path });
  }
  return diffs;
}

/** Where the requests that the files had then lead: requests of one class and specifier have one answer in a file. */
function knownAnswers(
  files: readonly SourceFile[],
): (from: RepoPath, request: ModuleRequest) => Resolution | undefined {
  const byFile = new Map(
    files.map(({ path, facts, resolutions }) => {
      const answers = resolutions.map((one, at) => [requestKey(facts?.requests[at] as ModuleRequest), one] as const);
      return [path, new Map(answers)];
    }),
  );
  return (from, request) => byFile.get(from)?.get(requestKey(request));
}

async function resolverOf(kept: KeptTree, tree: FileTree, tsconfigs: Tsconfigs): Promise<Resolver> {
  const tests = kept.files.flatMap(({ role, path }) => (role === 'test' ? [path] : []));
  return createResolver(tree, kept.workspace, tsconfigs, await readRunnerConfigs(tree, kept.workspace, tests));
}

function resolverDiagnostics(
  kept: KeptTree,
  files: readonly SourceFile[],
  changed: ReadonlySet<RepoPath>,
): ReadRevision['diagnostics'] {
  const log = createResolutionLog();
  files.forEach((file, index) => {
    const said = changed.has(file.path) ? loggedRequests(file) : (kept.logged[index] ?? []);
    for (const [specifier, line, resolution] of said) log.add(file.path, { specifier, line }, resolution);
  });
  return log.diagnostics();
}

/** The first answer again and again. */
export function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined;
  return () => (answer ??= ask());
}
