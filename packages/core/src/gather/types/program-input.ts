/**
 * What a type checker is given of one revision: the asked files, all that they import, the options of their tsconfig.
 * In: a revision with its tree and tsconfigs, the asked files. Out: one program input per set of options.
 * Not here: which files are asked about (analyze/types), the checkers.
 */
import { compareText, directoryOf, type RepoPath, type Revision, type SourceFile } from '../../model/index.js';
import type { FileTree } from '../../model/tree.js';
import type { TypeProgramInput } from '../../model/types.js';
import type { Tsconfigs } from '../config/index.js';
import { scriptBlocks } from '../facts/sfc.js';
import { ambientTypes, isInstalled } from './ambient-types.js';
import { compilerOptionsOf, UNGOVERNED } from './compiler-options.js';

/** One revision as far as types need it. */
export interface TypeSources {
  readonly revision: Revision;
  readonly tree: FileTree;
  readonly tsconfigs: Tsconfigs;
}

/** Files that are asked about together: they have the same options. */
export interface ProgramGroup {
  readonly files: readonly RepoPath[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly ambient: readonly string[];
}

/** Groups `files` by what governs them in `sources`; order of first appearance. */
export function programGroups(sources: TypeSources, root: string, files: readonly RepoPath[]): ProgramGroup[] {
  const groups = new Map<
    string,
    { files: RepoPath[]; options: ProgramGroup['options']; ambient: Map<string, string> }
  >();
  const ambientOf = rememberedAmbient(root);
  for (const file of files) {
    const view = sources.tsconfigs.governing(file);
    const options = view === undefined ? UNGOVERNED : compilerOptionsOf(view.options);
    const key = JSON.stringify(options);
    const group = groups.get(key) ?? { files: [], options, ambient: new Map<string, string>() };
    groups.set(key, group);
    group.files.push(file);
    for (const path of ambientOf(view?.folder ?? directoryOf(file), view?.options['types'])) {
      const name = packageName(path);
      if (!group.ambient.has(name)) group.ambient.set(name, path);
    }
  }
  return [...groups.values()].map(({ files: asked, options, ambient }) => ({ files: asked, options, ambient: [...ambient.values()] })); // prettier-ignore
}

function rememberedAmbient(root: string): (folder: RepoPath, types: unknown) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (folder, types) => {
    const names = Array.isArray(types) ? types.filter((one): one is string => typeof one === 'string') : undefined;
    const key = JSON.stringify([folder, names]);
    const found = known.get(key) ?? ambientTypes(root, folder, names);
    known.set(key, found);
    return found;
  };
}

function packageName(path: string): string {
  return (
    /^(?:@[^/]+\/)?[^/]+/.exec(path.slice(path.lastIndexOf('/node_modules/') + '/node_modules/'.length))?.[0] ?? path
  );
}

/** Paths of a program: the asked files, what they import in the repository, and what declares names for them. */
export function programPaths(revision: Revision, files: readonly RepoPath[]): RepoPath[] {
  const byPath = new Map(revision.files.map((file) => [file.path, file]));
  const found = new Set(files.filter((file) => byPath.has(file)));
  const packages = new Set([...found].map((file) => byPath.get(file)!.package));
  for (const file of revision.files) if (packages.has(file.package) && declaresForOthers(file)) found.add(file.path);
  for (const path of found) {
    for (const target of targetsOf(byPath.get(path)!)) if (byPath.has(target[1])) found.add(target[1]);
  }
  return [...found].sort(compareText);
}

/** The input of one group in one revision; files that the revision has not are left out. */
export async function programInput(
  sources: TypeSources,
  root: string,
  group: ProgramGroup,
  paths: readonly RepoPath[],
): Promise<TypeProgramInput> {
  const byPath = new Map(sources.revision.files.map((file) => [file.path, file]));
  const bytes = await sources.tree.read(paths);
  const decoder = new TextDecoder();
  const texts = new Map<RepoPath, string>();
  for (const path of paths) {
    const content = bytes.get(path);
    if (content !== undefined) texts.set(path, asTypeScript(path, decoder.decode(content)));
  }
  const declaring = paths.filter((path) => declaresForOthers(byPath.get(path)));
  return {
    root,
    installed: isInstalled(root, sources.revision.workspace.packages.map((one) => one.root)), // prettier-ignore
    texts,
    roots: [...new Set([...group.files, ...declaring])].filter((path) => texts.has(path)),
    resolutions: new Map(paths.map((path) => [path, new Map(targetsOf(byPath.get(path)))])),
    ambient: group.ambient,
    compilerOptions: group.options,
  };
}

function declaresForOthers(file: SourceFile | undefined): boolean {
  return (
    file?.facts !== undefined && (file.facts.ambient.length > 0 || (file.language === 'dts' && !file.facts.traits.esm))
  );
}

/** In-repository targets by specifier; types are preferred where they have a file of their own. */
function targetsOf(file: SourceFile | undefined): [string, RepoPath][] {
  return (file?.facts?.requests ?? []).flatMap((request, index): [string, RepoPath][] => {
    const resolution = file!.resolutions[index];
    if (resolution?.kind !== 'file') return [];
    return [[request.specifier, resolution.types ?? resolution.path]];
  });
}

/** Components as TypeScript: their scripts in place, and a default export that could be anything. */
function asTypeScript(path: RepoPath, text: string): string {
  const kind = /\.(vue|svelte|astro)$/.exec(path)?.[1];
  if (kind === undefined) return text;
  const script = scriptBlocks(text, kind as 'vue' | 'svelte' | 'astro').text;
  return /\bexport\s+default\b|\bas\s+default\b/.test(script) ? script : `${script}\nexport default {} as any;\n`;
}
