/**
 * Every manifest and workspace file of a tree, read in one batch and parsed.
 * In: a tree. Out: parsed objects by path, the paths by file name, a diagnostic for each broken one.
 * Not here: what they declare. Files that a package manager installed are not looked at.
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import { baseNameOf, directoryOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileTree } from '../../model/tree.js';
import { isObject, parseJson, parseYaml } from './documents.js';
import type { ParsedDocument, RawObject } from './documents.js';
import { isFixtureFolder, isInstalled } from './places.js';

/** The file names that declare packages or workspaces. */
const CONFIG_NAMES = [
  'package.json',
  'project.json',
  'deno.json',
  'deno.jsonc',
  'pnpm-workspace.yaml',
  'lerna.json',
  'rush.json',
  'nx.json',
  'workspace.json',
  'angular.json',
  'turbo.json',
  'turbo.jsonc',
] as const;

/** See {@link CONFIG_NAMES}. */
export type ConfigName = (typeof CONFIG_NAMES)[number];

/** The parsed configuration of one tree. */
export interface ConfigFiles {
  /** Paths of the files with that name, in path order, whether they parse or not. */
  readonly named: (name: ConfigName) => readonly RepoPath[];
  /** The object in a file; `undefined` where it is absent or no object. */
  readonly object: (path: RepoPath) => RawObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads them all. Never throws. */
export async function readConfigFiles(tree: FileTree): Promise<ConfigFiles> {
  const paths = new Map<string, RepoPath[]>(CONFIG_NAMES.map((name) => [name, []]));
  for (const { path, kind } of tree.entries) {
    if (kind === 'file' && !isInstalled(path)) paths.get(baseNameOf(path))?.push(path);
  }
  const bytes = await tree.read([...paths.values()].flat());
  const decoder = new TextDecoder();
  const objects = new Map<RepoPath, RawObject>();
  const diagnostics: Diagnostic[] = [];
  for (const [path, content] of bytes) {
    const document = parseConfig(path, decoder.decode(content));
    if (isObject(document.value)) objects.set(path, document.value);
    const fault = faultOf(path, document);
    if (fault !== undefined) diagnostics.push(fault);
  }
  return { named: (name) => paths.get(name) ?? [], object: (path) => objects.get(path), diagnostics };
}

function parseConfig(path: RepoPath, text: string): ParsedDocument {
  if (!path.endsWith('.yaml')) return parseJson(text);
  const document = parseYaml(text);
  return document.value === null ? { ...document, value: {} } : document;
}

function faultOf(path: RepoPath, { value, fault }: ParsedDocument): Diagnostic | undefined {
  if (fault === undefined && isObject(value)) return undefined;
  const why = fault === undefined ? 'it holds no object' : fault.message;
  const level = isFixtureFolder(directoryOf(path)) ? 'note' : 'warning';
  const used = isObject(value) ? 'what could be read of it is used' : 'it is taken as empty';
  return {
    kind: 'manifest-broken',
    level,
    message: `${path} could not be parsed (${why}); ${used}.`,
    file: path,
    line: fault?.line ?? 1,
  };
}
