/**
 * Facts and resolutions of every file of one tree.
 * In: a tree, its classified files, its configuration, the facts store. Out: `SourceFile`s, ordered by path.
 * Beside what git knows, the ignored generated files that sources import are read, and what those import in turn;
 * JSON counts by its entries where it is imported. Not here: roles, workspaces, configuration.
 */
import type { Diagnostic } from '../model/diagnostic.js';
import { compareText, type RepoPath } from '../model/path.js';
import { hasFacts, type SourceFile } from '../model/snapshot.js';
import { readGenerated } from './generated-files.js';
import type { KeptFiles } from './kept-files.js';
import { createResolver, type Resolver } from './resolve/index.js';
import {
  type ConfiguredReading,
  jsonTargets,
  leadsNowhere,
  type Reading,
  sourceFile,
  wantedFile,
} from './source-file.js';
import type { ClassifiedFile } from './workspace/index.js';

/** A tree's files and what they were resolved with. */
export interface ResolvedFiles {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly resolver: Resolver;
  /** Files that git ignores; absent where nothing asked for them. */
  readonly ignored?: ReadonlySet<RepoPath>;
}

/**
 * The same, beside a kept revision: requests are resolved of files that can't be taken from there.
 * `undefined` where the difference could mean more than was noted.
 */
export async function readFilesBeside(
  reading: ConfiguredReading,
  classified: readonly ClassifiedFile[],
  beside: KeptFiles,
): Promise<Omit<ResolvedFiles, 'diagnostics'> | undefined> {
  const resolver = resolverOf(reading);
  const files = classified.map((file) => beside.take(file) ?? sourceFile(reading, resolver, file));
  const made = files.filter(({ path }) => beside.takenAt(path) === undefined);
  const nowhere = beside.kept.leadsNowhere || made.some(leadsNowhere);
  if (nowhere && (await reading.tree.ignored('')).length > 0) return undefined;
  if (beside.mayBeDropped(files)) return undefined;
  const targets = new Set(made.flatMap(({ resolutions }) => jsonTargets(resolutions)));
  const isWanted = (file: SourceFile): boolean =>
    file.language === 'json' && !hasFacts(file) && (targets.has(file.path) || beside.isRead(file.path));
  const whole = await withJson(reading, resolver, files, isWanted);
  return { files: whole, resolver, ...(nowhere && { ignored: new Set<RepoPath>() }) };
}

/** Resolves every request of `classified`, whose facts are in the store. */
export async function readFiles(
  reading: ConfiguredReading,
  classified: readonly ClassifiedFile[],
): Promise<ResolvedFiles> {
  const resolver = resolverOf(reading);
  const files = classified.map((file) => sourceFile(reading, resolver, file));
  const ignored = files.some(leadsNowhere) ? new Set(await reading.tree.ignored('')) : undefined;
  if (ignored === undefined || ignored.size === 0) {
    const whole = await readImportedJson(reading, resolver, files);
    return { files: whole, resolver, diagnostics: resolver.diagnostics(), ...(ignored && { ignored }) };
  }
  return readBesideIgnored(reading, classified, ignored);
}

/** Once more, with an eye on what git ignores: generated code answers where nothing else does. */
async function readBesideIgnored(
  reading: ConfiguredReading,
  classified: readonly ClassifiedFile[],
  ignored: ReadonlySet<RepoPath>,
): Promise<ResolvedFiles> {
  const resolver = resolverOf(reading, ignored);
  const files = classified.map((file) => sourceFile(reading, resolver, file));
  const generated = await readGenerated(reading, resolver, files, ignored);
  const all = [...files, ...generated.files].sort((left, right) => compareText(left.path, right.path));
  const whole = await readImportedJson(reading, resolver, all);
  return { files: whole, resolver, ignored, diagnostics: [...generated.diagnostics, ...resolver.diagnostics()] };
}

function resolverOf(
  { tree, workspace, tsconfigs, configs }: ConfiguredReading,
  ignored?: ReadonlySet<RepoPath>,
): Resolver {
  return createResolver(tree, workspace, tsconfigs, ignored === undefined ? configs : { ...configs, ignored });
}

async function readImportedJson(
  reading: Reading,
  resolver: Resolver,
  files: readonly SourceFile[],
): Promise<readonly SourceFile[]> {
  const targets = new Set(files.flatMap(({ resolutions }) => jsonTargets(resolutions)));
  return withJson(reading, resolver, files, (file) => file.language === 'json' && targets.has(file.path));
}

async function withJson(
  reading: Reading,
  resolver: Resolver,
  files: readonly SourceFile[],
  isWanted: (file: SourceFile) => boolean,
): Promise<readonly SourceFile[]> {
  const json = files.filter(isWanted);
  if (json.length === 0) return files;
  await reading.store.load(reading.tree, json.map((file) => wantedFile(reading.tree, file))); // prettier-ignore
  return files.map((file) => (isWanted(file) ? sourceFile(reading, resolver, file, true) : file));
}
