/**
 * Every tsconfig and jsconfig of a tree as written, and where its `extends` and `references` lead.
 * In: a tree, the workspace. Out: one source per file, read in batches until nothing new is named.
 * Not here: inheritance (tsconfig-view.ts), which file a config governs (tsconfigs.ts).
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import { baseNameOf, directoryOf, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';
import { isObject, objectOf, parseJson, stringsOf, textOf } from '../workspace/documents.js';
import type { RawObject } from '../workspace/documents.js';

/** A config that another extends. */
export interface ExtendedConfig {
  readonly path: RepoPath;
  /**
   * What its relative paths are relative to: its own folder, save for a config reached through `./node_modules/`
   * (a rig): there TypeScript keeps the folder inside `node_modules`, and its `../../src` means the extending package.
   */
  readonly folder: RepoPath;
}

/** One config file as written. */
export interface TsconfigSource {
  readonly path: RepoPath;
  /** The files of its `extends`, weakest first; what is not in the repository is left out. */
  readonly extends: readonly ExtendedConfig[];
  readonly options: RawObject;
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly references: readonly RepoPath[];
}

/** All sources by path, with what could not be read. */
export interface TsconfigSources {
  readonly byPath: ReadonlyMap<RepoPath, TsconfigSource>;
  readonly diagnostics: readonly Diagnostic[];
}

const CONFIG_NAME = /^[tj]sconfig(?:[._-].*)?\.json$/i;

/** Reads every file that is named like a config, and every file that one of them names. */
export async function readTsconfigSources(tree: FileTree, workspace: Workspace): Promise<TsconfigSources> {
  const reader: Reader = {
    tree,
    roots: new Map(workspace.packages.filter((one) => one.member).map((one) => [one.name, one.root])),
    byPath: new Map(),
    diagnostics: [],
    missing: new Map(),
  };
  let wanted = tree.entries.filter((entry) => isConfigFile(entry.path, entry.kind)).map((entry) => entry.path);
  while (wanted.length > 0) {
    const named = new Set<RepoPath>();
    const bytes = await tree.read(wanted);
    for (const path of wanted) {
      const source = parseSource(reader, path, bytes.get(path));
      reader.byPath.set(path, source);
      for (const next of [...source.extends.map((one) => one.path), ...source.references]) named.add(next);
    }
    wanted = [...named].filter((path) => !reader.byPath.has(path)).sort();
  }
  return { byPath: reader.byPath, diagnostics: [...reader.diagnostics, ...missingNotes(reader)] };
}

interface Reader {
  readonly tree: FileTree;
  /** Root folder by package name. */
  readonly roots: ReadonlyMap<string, RepoPath>;
  readonly byPath: Map<RepoPath, TsconfigSource>;
  readonly diagnostics: Diagnostic[];
  /** Configs that extend something that is not in the repository, by what they wrote. */
  readonly missing: Map<string, RepoPath[]>;
}

function isConfigFile(path: RepoPath, kind: string): boolean {
  return kind === 'file' && CONFIG_NAME.test(baseNameOf(path));
}

function parseSource(reader: Reader, path: RepoPath, bytes: Uint8Array | undefined): TsconfigSource {
  const parsed = parseJson(bytes === undefined ? '' : new TextDecoder().decode(bytes));
  const empty = bytes === undefined || bytes.length === 0;
  if (!empty && (parsed.fault !== undefined || !isObject(parsed.value))) {
    reader.diagnostics.push({
      kind: 'tsconfig-broken',
      level: 'warning',
      message: `${path} is not valid JSON (${parsed.fault?.message ?? 'no object'}): what could be read of it is used.`,
      file: path,
      ...(parsed.fault === undefined ? {} : { line: parsed.fault.line }),
    });
  }
  const raw = objectOf(parsed.value);
  return {
    path,
    extends: stringsOf(raw['extends']).flatMap((name) => locateExtended(reader, path, name)),
    options: objectOf(raw['compilerOptions']),
    ...globsOf(raw),
    references: referencesOf(reader.tree, path, raw['references']),
  };
}

function globsOf(raw: RawObject): Pick<TsconfigSource, 'files' | 'include' | 'exclude'> {
  return {
    ...(Array.isArray(raw['files']) ? { files: stringsOf(raw['files']) } : {}),
    ...(Array.isArray(raw['include']) ? { include: stringsOf(raw['include']) } : {}),
    ...(Array.isArray(raw['exclude']) ? { exclude: stringsOf(raw['exclude']) } : {}),
  };
}

/** The config named by `extends`, as TypeScript finds it, with workspace packages in place of `node_modules`. */
function locateExtended(reader: Reader, from: RepoPath, name: string): readonly ExtendedConfig[] {
  const written = /^[./]/.test(name) ? joinPath(directoryOf(from), name.replace(/^\//, '')) : undefined;
  const installed = /(?:^|\/)node_modules\/(.+)$/.exec(written ?? '')?.[1];
  if (written !== undefined && installed !== undefined) {
    const path = locateInPackage(reader, installed);
    if (path !== undefined) return [{ path, folder: directoryOf(written) }];
  }
  const path = /^[./]/.test(name) ? firstFile(reader.tree, written) : locateInPackage(reader, name);
  if (path !== undefined) return [{ path, folder: directoryOf(path) }];
  const users = reader.missing.get(name);
  if (users === undefined) reader.missing.set(name, [from]);
  else users.push(from);
  return [];
}

function locateInPackage(reader: Reader, name: string): RepoPath | undefined {
  const parts = name.split('/');
  const length = name.startsWith('@') ? 2 : 1;
  const root = reader.roots.get(parts.slice(0, length).join('/'));
  if (root === undefined) return undefined;
  const below = parts.slice(length).join('/');
  return firstFile(reader.tree, joinPath(root, below === '' ? 'tsconfig.json' : below));
}

/** `path`, `path.json` or `path/tsconfig.json`, whichever is a file. */
function firstFile(tree: FileTree, path: RepoPath | undefined): RepoPath | undefined {
  if (path === undefined) return undefined;
  const spellings = [path, `${path}.json`, path === '' ? 'tsconfig.json' : `${path}/tsconfig.json`];
  return spellings.find((spelling) => tree.byPath.get(spelling)?.kind === 'file');
}

function referencesOf(tree: FileTree, from: RepoPath, raw: unknown): readonly RepoPath[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((reference) => {
    const name = textOf(objectOf(reference)['path']);
    const found = name === undefined ? undefined : firstFile(tree, joinPath(directoryOf(from), name));
    return found === undefined ? [] : [found];
  });
}

function missingNotes(reader: Reader): Diagnostic[] {
  return [...reader.missing].map(([name, users]) => ({
    kind: 'tsconfig-broken',
    level: 'note',
    message: `"extends": "${name}" leads to nothing in the repository (a package, or not generated yet): its options are unknown.`,
    file: users[0] ?? '',
    count: users.length,
  }));
}
