/**
 * Resources that draw in other files: `@use`, `@import` and `composes … from` of stylesheets, `#import` of GraphQL documents.
 * In: two trees and their differences, the workspace. Out: implicit dependencies of each revision.
 * Not here: style blocks of components. Load paths and aliases that only a bundler knows are not followed.
 */
import type { WrittenSpecifiers } from '../../model/kept.js';
import { ownEntry } from '../../model/own-entry.js';
import { baseNameOf, compareText, directoryOf, joinPath, type RepoPath } from '../../model/path.js';
import type { FileDiff } from '../../model/revision.js';
import type { ImplicitDependency } from '../../model/snapshot.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';
import { decode } from '../facts-store.js';

const STYLES = /\.(?:css|pcss|postcss|scss|sass|less|styl)$/;
const DOCUMENTS = /\.(?:graphql|gql)$/;
/** What a specifier without an ending may have. */
const ENDINGS = ['', '.scss', '.sass', '.css', '.less', '.styl', '.pcss', '.postcss'];
/** Larger files are built. */
const SIZE_LIMIT = 512 * 1024;
/** More of them than this is a collection of themes or icons. */
const FILE_LIMIT = 10_000;

/** Specifiers by file, of one revision. */
type Written = ReadonlyMap<RepoPath, readonly string[]>;

/** What was found in both revisions. */
export interface ResourceImports {
  readonly base: readonly ImplicitDependency[];
  readonly head: readonly ImplicitDependency[];
  /** What the head's files name, for later runs. */
  readonly written: WrittenSpecifiers;
}

/** Reads both revisions; of the base only what differs, and nothing that an earlier run has read. Never throws for what is in the repository. */
export async function readResourceImports(
  head: FileTree,
  base: FileTree | undefined,
  diffs: readonly FileDiff[],
  workspace: Workspace,
  known: WrittenSpecifiers = {},
): Promise<ResourceImports> {
  const after = await writtenIn(head, pathsOf(head), known);
  const written = Object.fromEntries(
    [...after].map(([path, names]) => [path, [head.byPath.get(path)!.id, names] as const]),
  );
  if (base === undefined) return { base: [], head: dependencies(head, workspace, after), written };
  const differ = new Set(diffs.flatMap(({ path, basePath }) => [path, basePath ?? path]));
  const same = [...after].filter(([path]) => !differ.has(path));
  const before = await writtenIn(base, pathsOf(base).filter((path) => differ.has(path)), known); // prettier-ignore
  return {
    written,
    base: dependencies(base, workspace, new Map([...same, ...before])),
    head: dependencies(head, workspace, after),
  };
}

function pathsOf(tree: FileTree): RepoPath[] {
  return tree.entries
    .flatMap(({ path, kind }) => (kind === 'file' && (STYLES.test(path) || DOCUMENTS.test(path)) ? [path] : []))
    .slice(0, FILE_LIMIT);
}

/** Files that name none stand in it too, with nothing; those that can't be read do not. */
async function writtenIn(tree: FileTree, paths: readonly RepoPath[], known: WrittenSpecifiers): Promise<Written> {
  const knownAt = (path: RepoPath): readonly string[] | undefined => {
    const [id, specifiers] = ownEntry(known, path) ?? [];
    return id === tree.byPath.get(path)?.id ? specifiers : undefined;
  };
  const fresh = paths.filter((path) => knownAt(path) === undefined);
  const bytes = fresh.length === 0 ? new Map<RepoPath, Uint8Array>() : await tree.read(fresh);
  return new Map(
    paths.flatMap((path) => {
      const content = bytes.get(path);
      const specifiers = knownAt(path) ?? (content && specifiersIn(path, content));
      return specifiers === undefined ? [] : [[path, specifiers] as const];
    }),
  );
}

function specifiersIn(path: RepoPath, content: Uint8Array): readonly string[] {
  if (content.length > SIZE_LIMIT) return [];
  return STYLES.test(path) ? styleImports(decode(content)) : documentImports(decode(content));
}

const COMMENT = /\/\*[\s\S]*?\*\/|(^|[^:])\/\/[^\n]*/g;
const RULE =
  /@(?:import|use|forward|require|reference|config|plugin|value|tailwind)\b((?:,[^\S\n]*\n|[^;{}\n])*)|\bcomposes\s*:[^;{}]*\bfrom\s+(["'][^"'\n]+["'])/g;
const QUOTED = /["']([^"'\n]+)["']|url\(\s*([^"')\s]+)\s*\)/g;

/** What a stylesheet names, in its order. Linear. */
export function styleImports(text: string): string[] {
  if (!/@|composes/.test(text)) return [];
  const found: string[] = [];
  for (const [, rule, composed] of text.replaceAll(COMMENT, '$1').matchAll(RULE)) {
    for (const [, quoted, plain] of (rule ?? composed ?? '').replace(/\bwith\s*\([\s\S]*$/, '').matchAll(QUOTED))
      found.push((quoted ?? plain) as string);
  }
  return found;
}

/** graphql-tag's `#import "./x.graphql"`, by lines. */
export function documentImports(text: string): string[] {
  return [...text.matchAll(/^#\s*import\s.*?["']([^"'\n]+)["']\s*;?\s*$/gm)].map(
    ([, specifier]) => specifier as string,
  );
}

function dependencies(tree: FileTree, workspace: Workspace, written: Written): ImplicitDependency[] {
  const roots = new Map(workspace.packages.filter((one) => one.member).map(({ name, root }) => [name, root]));
  const found: ImplicitDependency[] = [];
  for (const [path, specifiers] of written) {
    for (const specifier of specifiers) {
      const to = placesOf(path, specifier, roots).find((one) => one !== path && tree.byPath.get(one)?.kind === 'file');
      if (to !== undefined)
        found.push({ kind: 'resource-import', from: [path], to, source: `${path} imports ${specifier}` });
    }
  }
  return found.sort((a, b) => compareText(a.to, b.to) || compareText(a.from[0] ?? '', b.from[0] ?? ''));
}

/** Paths that a specifier can mean, the likeliest first: beside the file, in a package of the workspace; Sass's partials and indexes. */
function placesOf(from: RepoPath, specifier: string, roots: ReadonlyMap<string, RepoPath>): RepoPath[] {
  if (/^(?:https?:|data:|sass:|\/\/)/.test(specifier)) return [];
  const plain = specifier.replace(/^~/, '').replace(/[?#].*$/, '');
  const beside = plain.startsWith('/') ? plain.slice(1) : joinPath(directoryOf(from), plain);
  const [, name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(plain) ?? [];
  const root = name === undefined ? undefined : roots.get(name);
  const inPackage = root === undefined ? [] : [`${root}${rest}`, `${root}/src${rest}`];
  return [beside, ...inPackage].flatMap((path) => (path === undefined ? [] : spellings(path)));
}

function spellings(path: RepoPath): RepoPath[] {
  const folder = directoryOf(path);
  const partial = `${folder === '' ? '' : `${folder}/`}_${baseNameOf(path)}`;
  const stems = [path, partial, `${path}/index`, `${path}/_index`];
  return stems.flatMap((stem) => ENDINGS.map((ending) => stem + ending));
}
