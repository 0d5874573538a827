/**
 * One file of a tree as analysis sees it: its facts and where its requests lead.
 * In: a classified file, the facts store, a resolver. Out: a `SourceFile`. Not here: which files there are, reading them.
 */
import type { FileFacts } from '../model/facts.js';
import type { RepoPath } from '../model/path.js';
import type { Resolution } from '../model/resolution.js';
import { hasFacts, type SourceFile } from '../model/snapshot.js';
import type { FileTree } from '../model/tree.js';
import type { Workspace } from '../model/workspace.js';
import type { RunnerConfigs, Tsconfigs } from './config/index.js';
import type { FactsStore, WantedFile } from './facts-store.js';
import type { Resolver } from './resolve/index.js';
import { type ClassifiedFile, refineRole } from './workspace/index.js';

/** What is known of a tree before its files are resolved. */
export interface Reading {
  readonly tree: FileTree;
  readonly workspace: Workspace;
  readonly store: FactsStore;
  /** See `SourceFile.verbatim`. */
  isVerbatim(path: RepoPath): boolean;
}

/** … and what they are resolved with. */
export interface ConfiguredReading extends Reading {
  readonly tsconfigs: Tsconfigs;
  readonly configs: RunnerConfigs;
}

/** How the store knows a file of `tree` that has a language. */
export function wantedFile(tree: FileTree, { path, language }: ClassifiedFile): WantedFile {
  return { path, language: language as WantedFile['language'], id: contentId(tree, path) };
}

/** True for files whose facts are read whether or not something imports them. */
export function isSource({ language }: ClassifiedFile): boolean {
  return language !== undefined && language !== 'json';
}

/** Paths of files that have facts of code. */
export function sourcesIn(files: readonly SourceFile[]): RepoPath[] {
  return files.filter((file) => hasFacts(file) && file.language !== 'json').map((file) => file.path);
}

/** Generated files are in no tree; they are the same in both revisions, so their path will do. */
function contentId(tree: FileTree, path: RepoPath): string {
  return tree.byPath.get(path)?.id ?? `ignored:${path}`;
}

const NONE: readonly Resolution[] = [];

/** A file with the facts that the store has of it (JSON: only `withJson`) and where its requests lead. */
export function sourceFile(
  reading: Reading,
  resolver: Pick<Resolver, 'resolve'>,
  file: ClassifiedFile,
  withJson = false,
): SourceFile {
  const { path, role, language } = file;
  const known = isSource(file) || (withJson && language === 'json');
  const facts: FileFacts | undefined = known ? reading.store.get(wantedFile(reading.tree, file)) : undefined;
  return {
    path,
    role,
    package: file.package,
    id: contentId(reading.tree, path),
    ...(language === undefined ? {} : { language }),
    ...(facts === undefined ? {} : { facts }),
    resolutions: facts?.requests.length ? facts.requests.map((request) => resolver.resolve(path, request)) : NONE,
    verbatim: facts !== undefined && reading.isVerbatim(path),
  };
}

const NOWHERE: ReadonlySet<string> = new Set(['generated', 'no-such-file', 'no-source-entry', 'built-without-source']);

/** True where some request might be answered by a file that git ignores. */
export function leadsNowhere(file: SourceFile): boolean {
  return file.resolutions.some((one) => one.kind === 'unresolved' && NOWHERE.has(one.reason));
}

/** The role by path and content. */
export function refined(reading: Pick<Reading, 'tree' | 'store'>, file: ClassifiedFile): ClassifiedFile {
  const facts = isSource(file) ? reading.store.get(wantedFile(reading.tree, file)) : undefined;
  return facts === undefined ? file : { ...file, role: refineRole(file, facts) };
}

/** JSON files that requests lead to, in order of request. */
export function jsonTargets(resolutions: readonly Resolution[]): RepoPath[] {
  return resolutions.flatMap((one) => (one.kind === 'file' && one.path.endsWith('.json') ? [one.path] : []));
}
