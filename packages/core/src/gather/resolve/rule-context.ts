/**
 * What every resolution rule looks at, and the small steps that they share.
 * In: tree, workspace, tsconfigs, hints. Out: one immutable record of indexes.
 * Not here: the rules and their order (module-rules.ts).
 */
import { directoryOf, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { Resolution, ResolutionRule } from '../../model/resolution.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';
import type { AliasTable } from '../config/alias-table.js';
import type { TsconfigView } from '../config/tsconfig-view.js';
import { groupByFolder } from '../config/tsconfigs.js';
import { createBuiltToSource } from './built-to-source.js';
import type { BundleEntry } from './built-to-source.js';
import { entryOf, isEntryFile } from './package-entry.js';
import type { EntryContext } from './package-entry.js';
import { createPackageIndex } from './package-index.js';
import type { PackageIndex } from './package-index.js';
import { createPathIndex, notingIndex } from './path-index.js';
import type { Found, PathIndex } from './path-index.js';
import { ProbeLog } from './probes.js';

/** What is known beside tree, workspace and tsconfigs; `readRunnerConfigs` gives the first two. */
export interface ResolverHints {
  readonly aliases?: readonly AliasTable[];
  /** Bundler entries by package root. */
  readonly entries?: ReadonlyMap<RepoPath, readonly BundleEntry[]>;
  /** Files that git ignores but that are on the disk: asked where the tree has no answer (generated code). */
  readonly ignored?: ReadonlySet<RepoPath>;
}

/** Who asks: its folder and the tsconfigs that speak for it, the governing one first. */
export interface Importer {
  readonly folder: RepoPath;
  readonly configs: readonly TsconfigView[];
}

/** Indexes over one revision. */
export interface RuleContext {
  readonly index: PathIndex;
  readonly probes: ProbeLog;
  /** Ignored files; empty where none were handed in. */
  readonly ignored: PathIndex;
  readonly packages: PackageIndex;
  readonly entries: EntryContext;
  /** The tsconfigs that lie in exactly this folder. */
  configsAt(folder: RepoPath): readonly TsconfigView[];
  /** The path behind symbolic links on its way, where their targets are known. */
  throughLinks(path: RepoPath): RepoPath;
  /** Alias tables that hold for a folder, the nearest first. Memoised. */
  tablesFor(folder: RepoPath): readonly AliasTable[];
}

/** Builds the indexes: one pass over the paths. */
export function createRuleContext(
  tree: FileTree,
  workspace: Workspace,
  tsconfigs: readonly TsconfigView[],
  hints: ResolverHints,
): RuleContext {
  const files = tree.entries.filter((entry) => entry.kind === 'file').map((entry) => entry.path);
  const probes = new ProbeLog();
  const index = notingIndex(createPathIndex(files, tree.folders), probes);
  const packages = createPackageIndex(workspace);
  const configs = groupByFolder(tsconfigs);
  const ignoredPaths = hints.ignored ?? new Set<RepoPath>();
  return {
    index,
    probes,
    ignored: createPathIndex(ignoredPaths, foldersOf(ignoredPaths)),
    packages,
    entries: {
      index,
      probes,
      built: createBuiltToSource(index, tsconfigs, hints.entries ?? new Map()),
      packageAt: (folder) => packages.at(folder),
      known: new Map(),
    },
    configsAt: (folder) => configs.get(folder) ?? [],
    throughLinks: createLinkLookup(tree),
    tablesFor: createTableLookup(hints.aliases ?? []),
  };
}

function foldersOf(paths: Iterable<RepoPath>): ReadonlySet<RepoPath> {
  const folders = new Set<RepoPath>(['']);
  for (const path of paths) {
    for (let folder = directoryOf(path); !folders.has(folder); folder = directoryOf(folder)) folders.add(folder);
  }
  return folders;
}

/** Links to links are followed this far; a circle ends. */
const MAX_LINKS = 8;

function createLinkLookup(tree: FileTree): (path: RepoPath) => RepoPath {
  const targets = new Map(
    tree.entries.flatMap(({ path, target }) => (target === undefined ? [] : [[path, target] as const])),
  );
  if (targets.size === 0) return (path) => path;
  const links = createPathIndex(targets.keys(), tree.folders);
  const once = (path: RepoPath): RepoPath => {
    for (let at = path; at !== ''; at = directoryOf(at)) {
      const target = targets.get(at);
      if (target !== undefined) return joinPath(target, path.slice(at.length)) as RepoPath;
    }
    // A link to a file, called without its extension.
    return targets.get(links.file(path)?.path ?? '') ?? path;
  };
  return (path) => {
    let current = path;
    for (let step = 0; step < MAX_LINKS; step++) current = once(current);
    return current;
  };
}

function createTableLookup(tables: readonly AliasTable[]): (folder: RepoPath) => readonly AliasTable[] {
  const byRoot = new Map<RepoPath, AliasTable[]>();
  for (const table of tables) {
    const group = byRoot.get(table.root);
    if (group === undefined) byRoot.set(table.root, [table]);
    else group.push(table);
  }
  const known = new Map<RepoPath, readonly AliasTable[]>();
  return (folder) => {
    const answer = known.get(folder);
    if (answer !== undefined) return answer;
    const found = [...(byRoot.get(folder) ?? [])];
    for (let at = folder; at !== '';) {
      at = directoryOf(at);
      found.push(...(byRoot.get(at) ?? []));
    }
    known.set(folder, found);
    return found;
  };
}

/** The answer for a file that the rules prove. */
export function toFile(found: Found, rule: ResolutionRule): Resolution {
  return { kind: 'file', ...found, rule, confidence: 'bound' };
}

/**
 * The file at a path: as named, a folder's package entry, a folder's index; through symbolic links.
 * @param rule what is said where the path itself names it.
 */
export function locate(
  context: RuleContext,
  importer: Importer,
  path: RepoPath,
  rule: ResolutionRule,
): Resolution | undefined {
  const suffixes = importer.configs[0]?.moduleSuffixes;
  const file = context.index.file(path, suffixes);
  if (file !== undefined) return toFile(file, rule);
  const entry = folderEntry(context, importer, path, rule);
  if (entry !== undefined) return entry;
  const index = context.index.folderIndex(path, suffixes);
  if (index !== undefined) return toFile(index, rule);
  const linked = context.throughLinks(path);
  return linked === path ? undefined : locate({ ...context, throughLinks: (same) => same }, importer, linked, rule);
}

/**
 * The ignored file at a path: generated code. Asked last: a build output that lies on the disk must not hide its
 * source, or an answer would depend on whether something was built.
 */
export function locateIgnored({ ignored }: RuleContext, path: RepoPath, rule: ResolutionRule): Resolution | undefined {
  if (ignored.sorted.length === 0) return undefined;
  const found = ignored.file(path) ?? ignored.folderIndex(path);
  return found === undefined ? undefined : toFile(found, rule);
}

/** The source that a missing build output at `path` comes from. */
export function locateSource(context: RuleContext, path: RepoPath): Resolution | undefined {
  const owner = context.packages.owner(directoryOf(path));
  const source = context.entries.built.find(path, owner.root);
  return source === undefined ? undefined : { kind: 'file', rule: 'built-to-source', ...source };
}

/** A folder with a manifest: what its entry fields say. */
function folderEntry(
  context: RuleContext,
  importer: Importer,
  path: RepoPath,
  rule: ResolutionRule,
): Resolution | undefined {
  const owner = context.packages.at(path);
  if (owner?.manifest === undefined) return undefined;
  const entry = entryOf(context.entries, owner, '', importer.configs[0]?.customConditions ?? []);
  return isEntryFile(entry)
    ? { kind: 'file', ...entry, rule: entry.rule === 'workspace' ? rule : entry.rule }
    : undefined;
}
