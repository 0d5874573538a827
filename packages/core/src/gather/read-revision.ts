/**
 * One state of the repository, read and resolved.
 * In: a tree and the shared facts store. Out: a `Revision` and its diagnostics.
 * Order: workspace, files, facts, configuration, resolutions, ignored generated code, JSON that is imported.
 */
import type { Diagnostic } from '../model/diagnostic.js';
import type { FileFacts } from '../model/facts.js';
import { compareText, type RepoPath } from '../model/path.js';
import type { Resolution } from '../model/resolution.js';
import type { ImplicitDependency, Revision, SourceFile } from '../model/snapshot.js';
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
import type { FactsStore, WantedFile } from './facts-store.js';
import { createResolver, type Resolver } from './resolve/index.js';
import { classifyFiles, readWorkspace, refineRole, type ClassifiedFile } from './workspace/index.js';

/** A revision and what was met while reading it. */
export interface ReadRevision {
  readonly revision: Revision;
  readonly diagnostics: readonly Diagnostic[];
  /** Files left out, by why. */
  readonly skipped: Readonly<Record<string, number>>;
  /**
   * The revision that has the same paths and configuration, and other contents in `paths` only.
   * Much cheaper than reading it whole: workspace, configuration and all other files are shared.
   */
  sibling(tree: FileTree, paths: readonly RepoPath[]): Promise<Revision>;
}

/** Progress within the longest phase. */
export type Progress = (done: number, total: number) => void;

/** Reads one tree. Never throws for what is in the repository. */
export async function readRevision(tree: FileTree, store: FactsStore, onProgress?: Progress): Promise<ReadRevision> {
  const { workspace, diagnostics: workspaceDiagnostics } = await readWorkspace(tree);
  const classified = classifyFiles(tree, workspace);
  const sources = classified.files.filter((file) => file.language !== undefined && file.language !== 'json');
  const [tsconfigs, unreadable] = await Promise.all([
    readTsconfigs(tree, workspace),
    store.load(
      tree,
      sources.map((file) => wanted(tree, file)),
      onProgress,
    ),
  ]);
  const factsOf = (file: ClassifiedFile): FileFacts | undefined =>
    file.language === undefined ? undefined : store.get(wanted(tree, file));
  const files = classified.files.map((file) => {
    const facts = factsOf(file);
    return facts ? { ...file, role: refineRole(file, facts) } : file;
  });
  const tests = files.filter((file) => file.role === 'test').map((file) => file.path);
  const configs = await readRunnerConfigs(tree, workspace, tests);
  const linked = await resolveAll({ tree, workspace, store, tsconfigs, configs, files });
  const implicit = [
    ...configs.implicit,
    ...tsconfigDependencies(
      tsconfigs,
      linked.files.filter((file) => file.facts && file.language !== 'json').map((file) => file.path),
    ),
    ...(await autoImports(tree, workspace, linked.files)),
  ];
  return {
    revision: { label: tree.label, workspace, files: linked.files, implicit },
    diagnostics: [
      ...workspaceDiagnostics,
      ...classified.diagnostics,
      ...tsconfigs.diagnostics,
      ...configs.diagnostics,
      ...linked.diagnostics,
      ...unreadableFiles(unreadable),
    ],
    skipped: classified.skipped,
    sibling: (other, paths) =>
      readSibling({ tree: other, workspace, store, tsconfigs, configs, files }, linked, implicit, paths),
  };
}

async function readSibling(
  reading: Reading,
  linked: ResolvedFiles,
  implicit: readonly ImplicitDependency[],
  paths: readonly RepoPath[],
): Promise<Revision> {
  const differing = new Set(paths);
  const changed = reading.files.filter((file) => differing.has(file.path));
  const withFacts = linked.files.flatMap((file) => (differing.has(file.path) && file.facts ? [file.path] : []));
  await reading.store.load(
    reading.tree,
    changed.filter((file) => withFacts.includes(file.path)).map((file) => wanted(reading.tree, file)),
  );
  const before = new Map(changed.map((file) => [file.path, siblingFile(reading, linked, file, withFacts)]));
  return {
    label: reading.tree.label,
    workspace: reading.workspace,
    implicit,
    files: linked.files.map((file) => before.get(file.path) ?? file),
  };
}

function siblingFile(
  reading: Reading,
  linked: ResolvedFiles,
  file: ClassifiedFile,
  withFacts: readonly RepoPath[],
): SourceFile {
  const facts = withFacts.includes(file.path) ? reading.store.get(wanted(reading.tree, file)) : undefined;
  return sourceFile(reading, linked.resolver, file, facts);
}

function wanted(tree: FileTree, file: ClassifiedFile): WantedFile {
  return {
    path: file.path,
    language: file.language as WantedFile['language'],
    id: tree.byPath.get(file.path)?.id ?? file.path,
  };
}

function unreadableFiles(paths: readonly RepoPath[]): Diagnostic[] {
  return paths.map((file) => ({
    kind: 'unreadable-file',
    level: 'error',
    message: 'This file could not be read; what depends on it is not known.',
    file,
  }));
}

interface ResolvedFiles {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly resolver: Resolver;
}

interface Reading {
  readonly tree: FileTree;
  readonly workspace: Workspace;
  readonly store: FactsStore;
  readonly tsconfigs: Tsconfigs;
  readonly configs: RunnerConfigs;
  readonly files: readonly ClassifiedFile[];
}

/** Resolves every request; reads the ignored generated files and the JSON that requests lead to, and resolves those too. */
async function resolveAll(reading: Reading): Promise<ResolvedFiles> {
  let resolver = createResolver(reading.tree, reading.workspace, reading.tsconfigs, reading.configs);
  let files = reading.files.map((file) => resolveFile(reading, resolver, file));
  const diagnostics: Diagnostic[] = [];
  if (files.some(leadsNowhere)) {
    const ignored = new Set(await reading.tree.ignored(''));
    if (ignored.size > 0) {
      resolver = createResolver(reading.tree, reading.workspace, reading.tsconfigs, { ...reading.configs, ignored });
      const again = files.map((file) => (leadsNowhere(file) ? resolveFile(reading, resolver, file) : file));
      const generated = await readGenerated(reading, resolver, again, ignored);
      files = [...again, ...generated].sort((left, right) => compareText(left.path, right.path));
      if (generated.length > 0) diagnostics.push(generatedNote(generated));
    }
  }
  return {
    files: await readImportedJson(reading, resolver, files),
    resolver,
    diagnostics: [...diagnostics, ...resolver.diagnostics()],
  };
}

function resolveFile(reading: Reading, resolver: Resolver, file: ClassifiedFile): SourceFile {
  const facts =
    file.language === undefined || file.language === 'json' ? undefined : reading.store.get(wanted(reading.tree, file));
  return sourceFile(reading, resolver, file, facts);
}

const NONE: readonly Resolution[] = [];

function sourceFile(
  reading: Reading,
  resolver: Resolver,
  file: ClassifiedFile,
  facts: FileFacts | undefined,
): SourceFile {
  const { path, role, language } = file;
  return {
    path,
    role,
    package: file.package,
    id: reading.tree.byPath.get(path)?.id ?? path,
    ...(language === undefined ? {} : { language }),
    ...(facts === undefined ? {} : { facts }),
    resolutions:
      facts && facts.requests.length > 0 ? facts.requests.map((request) => resolver.resolve(path, request)) : NONE,
    verbatim: facts !== undefined && reading.tsconfigs.governing(path)?.verbatim === true,
  };
}

function leadsNowhere(file: SourceFile): boolean {
  return file.resolutions.some(
    (one) =>
      one.kind === 'unresolved' &&
      (one.reason === 'generated' ||
        one.reason === 'no-such-file' ||
        one.reason === 'no-source-entry' ||
        one.reason === 'built-without-source'),
  );
}

/** Ignored files that sources import are read, and what those import in turn. */
async function readGenerated(
  reading: Reading,
  resolver: Resolver,
  files: readonly SourceFile[],
  ignored: ReadonlySet<RepoPath>,
): Promise<SourceFile[]> {
  const read = new Map<RepoPath, SourceFile>();
  let frontier = targetsIn(files, ignored);
  while (frontier.length > 0) {
    const classified = frontier.map((path) => ignoredFile(reading, path));
    const source = classified.filter((file) => file.language !== undefined && file.language !== 'json');
    await reading.store.load(
      reading.tree,
      source.map((file) => ({
        path: file.path,
        language: file.language as WantedFile['language'],
        id: ignoredId(file.path),
      })),
    );
    const found = classified.map((file) => {
      const facts =
        file.language === undefined
          ? undefined
          : reading.store.get({ path: file.path, language: file.language, id: ignoredId(file.path) });
      return { ...sourceFile(reading, resolver, file, facts), id: ignoredId(file.path) };
    });
    for (const file of found) read.set(file.path, file);
    frontier = targetsIn(found, ignored).filter((path) => !read.has(path));
  }
  return [...read.values()];
}

function ignoredId(path: RepoPath): string {
  return `ignored:${path}`;
}

function targetsIn(files: readonly SourceFile[], ignored: ReadonlySet<RepoPath>): RepoPath[] {
  const paths = new Set<RepoPath>();
  for (const file of files)
    for (const one of file.resolutions) if (one.kind === 'file' && ignored.has(one.path)) paths.add(one.path);
  return [...paths].sort(compareText);
}

function ignoredFile(reading: Reading, path: RepoPath): ClassifiedFile {
  const known = classifyFiles(
    { ...reading.tree, entries: [{ path, id: ignoredId(path), kind: 'file', executable: false }] },
    reading.workspace,
  ).files[0];
  return { ...(known ?? { path, package: 0 }), role: 'generated' };
}

function generatedNote(files: readonly SourceFile[]): Diagnostic {
  const named = files
    .slice(0, 3)
    .map((file) => file.path)
    .join(', ');
  return {
    kind: 'generated-read',
    level: 'note',
    message: `Sources import files that git ignores; they were read as they are on this disk: ${named}${files.length > 3 ? ' …' : ''}`,
    count: files.length,
  };
}

/** JSON counts by its entries where it is imported, and as a whole elsewhere. */
async function readImportedJson(
  reading: Reading,
  resolver: Resolver,
  files: readonly SourceFile[],
): Promise<SourceFile[]> {
  const targets = new Set<RepoPath>();
  for (const file of files)
    for (const one of file.resolutions) if (one.kind === 'file' && one.path.endsWith('.json')) targets.add(one.path);
  const json = files.filter((file) => targets.has(file.path) && file.language === 'json');
  await reading.store.load(
    reading.tree,
    json.map((file) => ({ path: file.path, language: 'json', id: file.id })),
  );
  return files.map((file) => {
    if (file.language !== 'json' || !targets.has(file.path)) return file;
    const facts = reading.store.get({ path: file.path, language: 'json', id: file.id });
    return facts
      ? { ...file, facts, resolutions: facts.requests.map((request) => resolver.resolve(file.path, request)) }
      : file;
  });
}

async function autoImports(
  tree: FileTree,
  workspace: Workspace,
  files: readonly SourceFile[],
): Promise<readonly ImplicitDependency[]> {
  const byPath = new Map(files.map((file) => [file.path, file.facts]));
  const exportsOf = (path: RepoPath): readonly string[] =>
    byPath.get(path)?.exports.flatMap((entry) => (entry.kind === 'star' ? [] : [entry.name])) ?? [];
  return nuxtAutoImports(tree, workspace, exportsOf);
}
