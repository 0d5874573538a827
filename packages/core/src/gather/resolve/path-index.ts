/**
 * The known files, by what a specifier can call them: with another extension, without one, by their folder.
 * In: all paths of a revision. Out: constant-time probes; nothing touches a disk.
 * Not here: which path a specifier means (the other files of this folder).
 * Source: TypeScript's and Node's module resolution, as bundlers soften them.
 */
import { compareText } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { ProbeLog } from './probes.js';

/** A file, the one that holds its types, and its variants for other environments. */
export interface Found {
  readonly path: RepoPath;
  readonly types?: RepoPath;
  readonly also?: readonly RepoPath[];
}

/** Probes over a set of files. */
export interface PathIndex {
  /** All paths, ordered by code unit. */
  readonly sorted: readonly RepoPath[];
  has(path: RepoPath): boolean;
  hasFolder(path: RepoPath): boolean;
  /** The file that `path` names: as written, with a source extension for a written `.js`, or with one added. */
  file(path: RepoPath, suffixes?: readonly string[]): Found | undefined;
  /** The index file of a folder. */
  folderIndex(path: RepoPath, suffixes?: readonly string[]): Found | undefined;
}

/** The same index; what is asked of it is noted. What is read off `sorted` has to be noted by who does so. */
export function notingIndex(index: PathIndex, log: ProbeLog): PathIndex {
  const noted = (path: RepoPath, suffixes: readonly string[] = []): void => {
    log.file(path);
    for (const suffix of suffixes) if (suffix !== '') log.file(withSuffix(path, suffix));
  };
  return {
    sorted: index.sorted,
    has(path) {
      log.file(path);
      return index.has(path);
    },
    hasFolder(path) {
      log.folder(path);
      return index.hasFolder(path);
    },
    file(path, suffixes) {
      noted(path, suffixes);
      return index.file(path, suffixes);
    },
    folderIndex(path, suffixes) {
      noted(path === '' ? 'index' : `${path}/index`, suffixes);
      return index.folderIndex(path, suffixes);
    },
  };
}

/** In order of preference: what is written by people comes before what is generated or declared. */
const EXTENSIONS = [
  '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.astro',
  '.d.ts', '.d.mts', '.d.cts', '.json', '.node', '.wasm', '.mdx', '.es6', '.gts', '.gjs', '.res',
] as const; // prettier-ignore
const RANK: ReadonlyMap<string, number> = new Map(EXTENSIONS.map((extension, index) => [extension, index]));
const PLATFORM = /\.(?:ios|android|native|web|macos|windows)$/;
const WRITTEN_SCRIPT = /\.[cm]?jsx?$/;
const DECLARATION = /\.d\.[cm]?ts$/;

/** Builds the index in one pass over `paths` (any order). `folders` must hold every folder above a path, and `''`. */
export function createPathIndex(paths: Iterable<RepoPath>, folders: ReadonlySet<RepoPath>): PathIndex {
  const files = new Set(paths);
  const stems = new Map<string, string[]>();
  const platforms = new Map<string, RepoPath[]>();
  const sorted = [...files].sort(compareText);
  for (const path of sorted) {
    const extension = extensionOf(path);
    if (extension === undefined) continue;
    const stem = path.slice(0, -extension.length);
    push(stems, stem, extension);
    if (PLATFORM.test(stem)) push(platforms, stem.replace(PLATFORM, ''), path);
  }
  for (const extensions of stems.values()) extensions.sort((left, right) => rankOf(left) - rankOf(right));

  const plain = (path: RepoPath): Found | undefined => {
    if (files.has(path)) return withSiblings(path, stems);
    if (WRITTEN_SCRIPT.test(path)) {
      const stem = path.replace(WRITTEN_SCRIPT, '');
      const variant = pick(stem, writtenOrder(path, stems.get(stem)));
      if (variant !== undefined) return variant;
    }
    const added = pick(path, stems.get(path));
    if (added !== undefined) return added;
    return path.endsWith('.d') && files.has(`${path}.ts`) ? { path: `${path}.ts` } : undefined;
  };

  const file = (path: RepoPath, suffixes: readonly string[] = []): Found | undefined => {
    for (const suffix of suffixes) {
      const found = suffix === '' ? undefined : plain(withSuffix(path, suffix));
      if (found !== undefined) return found;
    }
    return withPlatforms(plain(path), platforms.get(path.replace(WRITTEN_SCRIPT, '')));
  };

  return {
    sorted,
    has: (path) => files.has(path),
    hasFolder: (path) => folders.has(path),
    file,
    folderIndex: (path, suffixes) =>
      folders.has(path) ? file(path === '' ? 'index' : `${path}/index`, suffixes) : undefined,
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function rankOf(extension: string): number {
  return RANK.get(extension) ?? EXTENSIONS.length;
}

/** The extension that a specifier may leave out; `.d.ts` is one extension. */
function extensionOf(path: RepoPath): string | undefined {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const declaration = DECLARATION.exec(base);
  if (declaration !== null) return declaration[0];
  const dot = base.lastIndexOf('.');
  const extension = dot < 0 ? '' : base.slice(dot);
  return RANK.has(extension) ? extension : undefined;
}

/** `./x.js` means `x.ts`, `x.tsx`, `x.d.ts` …; `.mjs` and `.cjs` their own first. */
function writtenOrder(path: RepoPath, extensions: readonly string[] | undefined): readonly string[] | undefined {
  const flavour = /\.([cm])jsx?$/.exec(path)?.[1];
  if (flavour === undefined || extensions === undefined) return extensions?.filter((one) => one !== '.json');
  const own = extensions.filter((one) => one.endsWith(`.${flavour}ts`));
  return own.length > 0 ? own : extensions.filter((one) => one !== '.json');
}

function pick(stem: string, extensions: readonly string[] | undefined): Found | undefined {
  const first = extensions?.[0];
  if (first === undefined) return undefined;
  const types = isScript(first) ? extensions?.find((extension) => extension.startsWith('.d.')) : undefined;
  return { path: stem + first, ...(types === undefined ? {} : { types: stem + types }) };
}

function isScript(extension: string): boolean {
  return extension === '.js' || extension === '.mjs' || extension === '.cjs' || extension === '.jsx';
}

/** A script written by its full name: the declarations or the source beside it hold its types. */
function withSiblings(path: RepoPath, stems: ReadonlyMap<string, readonly string[]>): Found {
  const written = WRITTEN_SCRIPT.exec(path)?.[0];
  if (written === undefined) {
    const declared = stems.get(path)?.find((extension) => extension.startsWith('.d.'));
    return declared === undefined ? { path } : { path, types: path + declared };
  }
  const stem = path.slice(0, -written.length);
  const extensions = stems.get(stem) ?? [];
  const declared =
    extensions.find((one) => one.startsWith('.d.')) ?? extensions.find((one) => /^\.[cm]?tsx?$/.test(one));
  return declared === undefined ? { path } : { path, types: stem + declared };
}

function withSuffix(path: RepoPath, suffix: string): RepoPath {
  const extension = /\.[A-Za-z0-9]+$/.exec(path.slice(path.lastIndexOf('/')))?.[0];
  return extension === undefined || !RANK.has(extension)
    ? path + suffix
    : path.slice(0, -extension.length) + suffix + extension;
}

/** React Native's `x.ios.ts`: beside the plain file, or instead of it. */
function withPlatforms(found: Found | undefined, variants: readonly RepoPath[] | undefined): Found | undefined {
  if (variants === undefined) return found;
  if (found !== undefined) {
    const also = variants.filter((variant) => variant !== found.path);
    return also.length === 0 ? found : { ...found, also };
  }
  const [first, ...also] = variants;
  if (first === undefined) return undefined;
  return also.length === 0 ? { path: first } : { path: first, also };
}
