/**
 * One state of the repository, read and resolved.
 * In: a tree and the shared facts store. Out: a `Revision` and its diagnostics.
 * Order: workspace, files, facts, configuration, resolutions. Not here: any of these steps' work.
 */
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../model/diagnostic.js';
import { compareText, type RepoPath } from '../model/path.js';
import type { PublishedEntry } from '../model/published.js';
import type { FileDiff } from '../model/revision.js';
import { type ImplicitDependency, type Revision, type SourceFile } from '../model/snapshot.js';
import type { FileTree } from '../model/tree.js';
import type { Workspace } from '../model/workspace.js';
import {
  nuxtAutoImports,
  readRunnerConfigs,
  readTsconfigs,
  tsconfigDependencies,
  type RunnerConfigs,
  type Tsconfigs,
} from './config/index.js';
import type { FactsStore } from './facts-store.js';
import { KeptFiles } from './kept-files.js';
import type { KeptReading, KnownTree, TreeToKeep } from './kept-tree.js';
import { resolvedFiles } from './resolved-files.js';
import { readSibling } from './read-sibling.js';
import { recordReads } from './recorded-tree.js';
import { type ConfiguredReading, isSource, refined, sourcesIn, wantedFile } from './source-file.js';
import { classifyFiles, readWorkspace } from './workspace/index.js';

/** A revision and what was met while reading it. */
export interface ReadRevision {
  readonly revision: Revision;
  readonly diagnostics: readonly Diagnostic[];
  /** Files left out, by why. */
  readonly skipped: Readonly<Record<string, number>>;
  tsconfigs(): Promise<Tsconfigs>;
  /** For the runs to come; absent where the tree holds what only this run sees. */
  readonly keep?: Omit<TreeToKeep, 'columns' | 'known' | 'tree'>;
  /** What published packages let others import. */
  readonly published: readonly PublishedEntry[];
  /**
   * The revision of `tree`, which differs from this one by `diffs`, at the cost of the files that differ;
   * `undefined` where names, configuration, roles or what is drawn in differ too: then it has to be read whole.
   */
  sibling(tree: FileTree, diffs: readonly FileDiff[]): Promise<Revision | undefined>;
}

/** Progress within the longest phase. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads one tree. Never throws for what is in the repository. Linear in its files, about.
 * @param former a revision that is known: files of it that would be read just so are taken from there.
 */
export async function readRevision(
  tree: FileTree,
  store: FactsStore,
  onProgress?: Progress,
  former?: KnownTree,
): Promise<ReadRevision> {
  const recorded = recordReads(tree);
  const { workspace, diagnostics: workspaceDiagnostics } = await readWorkspace(recorded.tree);
  const { files: classified, skipped, diagnostics: leftOut } = classifyFiles(tree, workspace);
  const beside = former && KeptFiles.beside(former, tree, workspace);
  const unknown = classified.filter((file) => isSource(file) && beside?.sameText(file) === undefined);
  const [tsconfigs, unreadable] = await Promise.all([
    readTsconfigs(recorded.tree, workspace),
    store.load(tree, unknown.map((file) => wantedFile(tree, file)), onProgress), // prettier-ignore
  ]);
  const isVerbatim = (path: RepoPath): boolean => tsconfigs.governing(path)?.verbatim === true;
  const known = { tree, workspace, store, isVerbatim };
  const files = classified.map((file) => {
    const same = beside?.sameText(file);
    return same === undefined ? refined(known, file) : { ...file, role: same.role };
  });
  const tests = files.filter((file) => file.role === 'test').map((file) => file.path);
  const configs = await readRunnerConfigs(recorded.tree, workspace, tests);
  const reading: ConfiguredReading = { ...known, tsconfigs, configs };
  const settings = settingsOf(tsconfigs, configs);
  const holds = unreadable.length === 0 && beside?.isConfigured([...recorded.paths].sort(compareText), settings);
  const resolved = await resolvedFiles({ reading, classified, files, ...(holds && { beside }) });
  const governed = holds ? beside?.governed() : undefined;
  const implicit = [...configs.implicit, ...tsconfigDependencies(tsconfigs, sourcesIn(resolved.files), governed)];
  const auto = await autoImports(recorded.tree, workspace, resolved.files);
  const whole = { reading, classified, resolved, configuration: recorded.paths, implicit };
  const besides = { ...whole, autoImports: (other: FileTree, of: readonly SourceFile[]) => autoImports(other, workspace, of) }; // prettier-ignore
  const said = [...workspaceDiagnostics, ...leftOut, ...tsconfigs.diagnostics, ...configs.diagnostics];
  const isKeepable = unreadable.length === 0 && auto.length === 0 && !resolved.ignored?.size;
  const kept: KeptReading = {
    workspace,
    implicit,
    diagnostics: said,
    skipped,
    configuration: [...recorded.paths].sort(compareText),
    leadsNowhere: resolved.ignored !== undefined,
    settings,
    ...resolved.found,
  };
  return {
    revision: { label: tree.label, workspace, files: resolved.files, implicit: [...implicit, ...auto] },
    diagnostics: [...said, ...resolved.diagnostics, ...unreadable.map(unreadableNote)],
    skipped,
    tsconfigs: async () => tsconfigs,
    ...(isKeepable && { keep: { files: resolved.files, classified, reading: kept } }),
    published: kept.published,
    sibling: (other, diffs) => readSibling(besides, other, diffs),
  };
}

/** Names what configuration says: equal names, equal answers. */
function settingsOf({ all }: Tsconfigs, { aliases, entries }: RunnerConfigs): string {
  const plain = (_: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value);
  return createHash('sha1')
    .update(JSON.stringify([all, aliases, [...entries]], plain))
    .digest('hex');
}

function unreadableNote(file: RepoPath): Diagnostic {
  const message = 'This file could not be read; what depends on it is not known.';
  return { kind: 'unreadable-file', level: 'error', message, file };
}

async function autoImports(
  tree: FileTree,
  workspace: Workspace,
  files: readonly SourceFile[],
): Promise<readonly ImplicitDependency[]> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const exportsOf = (path: RepoPath): readonly string[] =>
    byPath.get(path)?.facts?.exports.flatMap((entry) => (entry.kind === 'star' ? [] : [entry.name])) ?? [];
  return nuxtAutoImports(tree, workspace, exportsOf);
}
