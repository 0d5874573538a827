/**
 * One tsconfig with all that it inherits, as resolution needs it: every path is already a repository path.
 * In: the sources by path. Out: views, and diagnostics for circular `extends`.
 * Not here: which files a view governs (tsconfigs.ts).
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import { directoryOf, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import { isObject, stringsOf, textOf, type RawObject } from '../workspace/documents.js';
import { toCoverage } from './tsconfig-globs.js';
import type { GlobList, PathTest } from './tsconfig-globs.js';
import type { TsconfigSource } from './tsconfig-sources.js';

/** One entry of `paths`: what stands before and after its `*`, and where it leads, in order. */
export interface PathMapping {
  readonly prefix: string;
  readonly suffix: string;
  /** False: the pattern has no `*` and must match as a whole; `suffix` is then empty. */
  readonly wildcard: boolean;
  /** Repository paths, `*` kept. */
  readonly targets: readonly RepoPath[];
}

/** A tsconfig after inheritance. */
export interface TsconfigView {
  readonly path: RepoPath;
  readonly folder: RepoPath;
  /** This file and everything it extends, directly or not. */
  readonly chain: readonly RepoPath[];
  readonly references: readonly RepoPath[];
  /** It only lists references: `"files": []` without `include`. */
  readonly solution: boolean;
  readonly covers: PathTest;
  readonly baseUrl?: RepoPath;
  /** Longest prefix first, exact patterns before all. */
  readonly paths: readonly PathMapping[];
  readonly rootDirs: readonly RepoPath[];
  readonly outDir?: RepoPath;
  readonly rootDir?: RepoPath;
  readonly declarationDir?: RepoPath;
  readonly composite: boolean;
  /** Folders that `include` starts at, for finding the source of an output where `rootDir` is not written. */
  readonly includeRoots: readonly RepoPath[];
  readonly customConditions: readonly string[];
  readonly moduleSuffixes: readonly string[];
  readonly allowJs: boolean;
  readonly resolveJsonModule: boolean;
  /** `verbatimModuleSyntax`, or the older `importsNotUsedAsValues`/`preserveValueImports`: no import is elided. */
  readonly verbatim: boolean;
  readonly jsx?: string;
  readonly jsxImportSource?: string;
  /** `compilerOptions` after inheritance, as written. */
  readonly options: RawObject;
}

/** A value with the folder of the config that wrote it. */
interface Placed<T> {
  readonly value: T;
  readonly folder: RepoPath;
}

interface Merged {
  readonly chain: RepoPath[];
  readonly options: Map<string, Placed<unknown>>;
  files?: GlobList;
  include?: GlobList;
  exclude?: GlobList;
}

/** `extends` deeper than this is a fault, not a design; it bounds the recursion. */
const MAX_EXTENDS = 64;
/** Configs looked at for one view: lists that name each other's parents again and again would double with every level. */
const MAX_INHERITED = 1000;

/** The view of one source. `diagnostics` gets one record for each circular `extends` met. */
export function toTsconfigView(
  source: TsconfigSource,
  sources: ReadonlyMap<RepoPath, TsconfigSource>,
  diagnostics: Diagnostic[],
): TsconfigView {
  const merged: Merged = { chain: [], options: new Map() };
  inherit(merged, source, directoryOf(source.path), { sources, stack: [], diagnostics, seen: { count: 0 } });
  merged.chain.reverse();
  const folder = directoryOf(source.path);
  const placed = placeOptions(merged, folder);
  return {
    path: source.path,
    folder,
    chain: [...new Set(merged.chain)],
    references: source.references,
    solution: merged.files?.patterns.length === 0 && merged.include === undefined,
    covers: coverageOf(merged, folder, placed),
    includeRoots: includeRootsOf(merged.include, folder),
    options: Object.fromEntries([...merged.options].map(([name, { value }]) => [name, value])),
    ...placed,
    ...flagsOf(merged),
  };
}

interface Inheritance {
  readonly sources: ReadonlyMap<RepoPath, TsconfigSource>;
  readonly stack: readonly RepoPath[];
  readonly diagnostics: Diagnostic[];
  readonly seen: { count: number };
}

/** Weakest first, so that what is written nearer overwrites. */
function inherit(merged: Merged, source: TsconfigSource, folder: RepoPath, from: Inheritance): void {
  const stack = [...from.stack, source.path];
  for (const parent of source.extends) {
    const parentSource = from.sources.get(parent.path);
    if (parentSource === undefined || from.seen.count > MAX_INHERITED) continue;
    from.seen.count += 1;
    if (stack.includes(parent.path) || stack.length > MAX_EXTENDS) reportCycle(from.diagnostics, stack, parent.path);
    else inherit(merged, parentSource, parent.folder, { ...from, stack });
  }
  merged.chain.push(source.path);
  for (const [name, value] of Object.entries(source.options)) merged.options.set(name, { value, folder });
  if (source.files !== undefined) merged.files = { folder, patterns: source.files };
  if (source.include !== undefined) merged.include = { folder, patterns: source.include };
  if (source.exclude !== undefined) merged.exclude = { folder, patterns: source.exclude };
}

/** The same circle is met from each of its members, and said once. */
function reportCycle(diagnostics: Diagnostic[], stack: readonly RepoPath[], parent: RepoPath): void {
  const circle = stack.slice(Math.max(0, stack.indexOf(parent)));
  const file = circle.reduce((first, path) => (path < first ? path : first), parent);
  const start = circle.indexOf(file);
  const way = [...circle.slice(start), ...circle.slice(0, start), file];
  const message = `"extends" runs in a circle, which is cut: ${shortened(way).join(' → ')}. Remove one of them.`;
  if (diagnostics.some((known) => known.message === message)) return;
  diagnostics.push({ kind: 'tsconfig-cycle', level: 'warning', message, file });
}

/** Enough to find the circle by. */
function shortened(way: readonly RepoPath[]): readonly RepoPath[] {
  return way.length <= 6 ? way : [...way.slice(0, 3), '…', ...way.slice(-2)];
}

type PlacedOptions = Pick<TsconfigView, 'baseUrl' | 'paths' | 'rootDirs' | 'outDir' | 'rootDir' | 'declarationDir'>;

function placeOptions(merged: Merged, configDir: RepoPath): PlacedOptions {
  const pathOption = (name: string): RepoPath | undefined => {
    const option = merged.options.get(name);
    const text = textOf(option?.value);
    return option === undefined || text === undefined ? undefined : place(text, option.folder, configDir);
  };
  const single = (name: 'baseUrl' | 'outDir' | 'rootDir' | 'declarationDir'): Partial<PlacedOptions> => {
    const path = pathOption(name);
    return path === undefined ? {} : { [name]: path };
  };
  const rootDirs = merged.options.get('rootDirs');
  return {
    ...single('baseUrl'),
    ...single('outDir'),
    ...single('rootDir'),
    ...single('declarationDir'),
    paths: mappingsOf(merged.options.get('paths'), pathOption('baseUrl'), configDir),
    rootDirs: stringsOf(rootDirs?.value).flatMap((name) => place(name, rootDirs?.folder ?? '', configDir) ?? []),
  };
}

/** `${configDir}` is the folder of the config that inherits, not of the one that wrote it. */
function place(text: string, folder: RepoPath, configDir: RepoPath): RepoPath | undefined {
  const template = /^\$\{configDir\}\/?/.exec(text);
  if (template !== null) return joinPath(configDir, text.slice(template[0].length));
  return joinPath(folder, text);
}

function mappingsOf(
  option: Placed<unknown> | undefined,
  baseUrl: RepoPath | undefined,
  configDir: RepoPath,
): PathMapping[] {
  if (option === undefined || !isObject(option.value)) return [];
  const folder = baseUrl ?? option.folder;
  const mappings = Object.entries(option.value).map(([pattern, raw]): PathMapping => {
    const targets = stringsOf(raw).flatMap((target) => place(target, folder, configDir) ?? []);
    const star = pattern.indexOf('*');
    if (star < 0) return { prefix: pattern, suffix: '', wildcard: false, targets };
    return { prefix: pattern.slice(0, star), suffix: pattern.slice(star + 1), wildcard: true, targets };
  });
  return mappings.sort((a, b) => Number(a.wildcard) - Number(b.wildcard) || b.prefix.length - a.prefix.length);
}

function coverageOf(merged: Merged, folder: RepoPath, placed: PlacedOptions): PathTest {
  const substitute = (list: GlobList | undefined): GlobList | undefined => {
    if (list === undefined || !list.patterns.some((pattern) => pattern.startsWith('${configDir}'))) return list;
    return { folder: '', patterns: list.patterns.flatMap((pattern) => place(pattern, list.folder, folder) ?? []) };
  };
  const files = substitute(merged.files);
  const include = substitute(merged.include);
  const exclude = substitute(merged.exclude);
  return toCoverage({
    folder,
    outputs: [placed.outDir, placed.declarationDir].filter((path) => path !== undefined),
    ...(files === undefined ? {} : { files }),
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
  });
}

function includeRootsOf(include: GlobList | undefined, folder: RepoPath): readonly RepoPath[] {
  if (include === undefined) return [folder];
  const roots = include.patterns.flatMap((pattern) => {
    const plain = pattern.replace(/^\$\{configDir\}\/?/, '');
    const fixed = plain.split(/[*?]/)[0] ?? '';
    const root = fixed === plain ? plain : fixed.slice(0, fixed.lastIndexOf('/') + 1);
    return joinPath(plain === pattern ? include.folder : folder, root) ?? [];
  });
  return [...new Set(roots)];
}

function flagsOf(
  merged: Merged,
): Pick<
  TsconfigView,
  | 'composite'
  | 'customConditions'
  | 'moduleSuffixes'
  | 'allowJs'
  | 'resolveJsonModule'
  | 'verbatim'
  | 'jsx'
  | 'jsxImportSource'
> {
  const value = (name: string): unknown => merged.options.get(name)?.value;
  const jsx = textOf(value('jsx'));
  const jsxImportSource = textOf(value('jsxImportSource'));
  return {
    composite: value('composite') === true,
    customConditions: stringsOf(value('customConditions')),
    moduleSuffixes: Array.isArray(value('moduleSuffixes')) ? stringsOf(value('moduleSuffixes')) : [],
    allowJs: value('allowJs') === true || value('checkJs') === true,
    resolveJsonModule: value('resolveJsonModule') === true,
    verbatim:
      value('verbatimModuleSyntax') === true ||
      value('preserveValueImports') === true ||
      value('importsNotUsedAsValues') === 'preserve',
    ...(jsx === undefined ? {} : { jsx }),
    ...(jsxImportSource === undefined ? {} : { jsxImportSource }),
  };
}
