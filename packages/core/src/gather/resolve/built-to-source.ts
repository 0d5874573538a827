/**
 * The source that a build output comes from, without building (rule 9 of the impact model).
 * In: a path that is not in the tree (`packages/ui/dist/index.js`). Out: the source, and whether that is proven
 * by a tsconfig (`bound`) or by convention only (`pattern`).
 * Not here: which output a specifier means (package-entry.ts).
 */
import type { Confidence } from '../../model/confidence.js';
import { baseNameOf, directoryOf, isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { TsconfigView } from '../config/tsconfig-view.js';
import type { Found, PathIndex } from './path-index.js';

/** A bundler's entry: the output's name where the config gives one, and the source. */
export interface BundleEntry {
  readonly name?: string;
  readonly path: RepoPath;
}

/** A source with the certainty of the mapping. */
export interface SourceOfOutput extends Found {
  readonly confidence: Confidence;
}

/** Finds sources of outputs. */
export interface BuiltToSource {
  /**
   * @param output path of the missing file.
   * @param root   root of the package that it belongs to.
   */
  find(output: RepoPath, root: RepoPath): SourceOfOutput | undefined;
}

/** @param entries bundler entries by package root. */
export function createBuiltToSource(
  index: PathIndex,
  tsconfigs: readonly TsconfigView[],
  entries: ReadonlyMap<RepoPath, readonly BundleEntry[]>,
): BuiltToSource {
  const byOutput = groupByOutput(tsconfigs);
  const probe = (path: RepoPath | undefined): Found | undefined =>
    path === undefined ? undefined : (index.file(path) ?? index.folderIndex(path));

  return {
    find(output, root) {
      if (!output.endsWith('.css')) return fromScript(sourceStem(output), root);
      const styles = fromStyles(output, root, index);
      if (styles !== undefined) return styles;
      // `dist/index.css` is what a bundler collects from the styles that `dist/index.js` imports.
      const script = fromScript(output.slice(0, -'.css'.length), root);
      return script === undefined ? undefined : { ...script, confidence: 'pattern' };
    },
  };

  function fromScript(stem: RepoPath, root: RepoPath): SourceOfOutput | undefined {
    const proven = fromTsconfig(stem, byOutput, probe);
    if (proven !== undefined) return { ...proven, confidence: 'bound' };
    const relative = root === '' ? stem : stem.slice(root.length + 1);
    const guess = fromEntries(relative, entries.get(root) ?? [], probe) ?? fromConvention(relative, root, probe);
    return guess === undefined ? undefined : { ...guess, confidence: 'pattern' };
  }
}

type Probe = (path: RepoPath | undefined) => Found | undefined;

/** Without the extension that a build gives: `.js`, `.d.mts`, `.js.map`. Other extensions stay. */
function sourceStem(output: RepoPath): RepoPath {
  return output.replace(/(?:\.d)?\.[cm]?[jt]sx?(?:\.map)?$/, '');
}

function groupByOutput(tsconfigs: readonly TsconfigView[]): ReadonlyMap<RepoPath, readonly TsconfigView[]> {
  const groups = new Map<RepoPath, TsconfigView[]>();
  for (const view of tsconfigs) {
    for (const folder of new Set([view.outDir, view.declarationDir])) {
      if (folder === undefined || folder === '') continue;
      const group = groups.get(folder);
      if (group === undefined) groups.set(folder, [view]);
      else group.push(view);
    }
  }
  return groups;
}

/** `outDir/x` is `rootDir/x`; where `rootDir` is not written, TypeScript takes the inputs' common folder. */
function fromTsconfig(
  stem: RepoPath,
  byOutput: ReadonlyMap<RepoPath, readonly TsconfigView[]>,
  probe: Probe,
): Found | undefined {
  for (let folder = directoryOf(stem); folder !== ''; folder = directoryOf(folder)) {
    for (const view of byOutput.get(folder) ?? []) {
      for (const root of sourceRootsOf(view)) {
        const found = probe(joinPath(root, stem.slice(folder.length + 1)));
        if (found !== undefined && !isInside(found.path, folder)) return found;
      }
    }
  }
  return undefined;
}

function sourceRootsOf(view: TsconfigView): readonly RepoPath[] {
  if (view.rootDir !== undefined) return [view.rootDir];
  if (view.composite) return [view.folder];
  const inputs = view.includeRoots.filter((root) => root !== view.folder);
  return [...inputs, view.folder];
}

/** Folders that builds write to, and the flavours below them. */
const OUTPUT_SEGMENT =
  /^(?:\.?dist[\w-]*|build|built|lib[\w-]*|out|output|\.output|es|esm\d*|cjs|umd|iife|mjs|amd|types?|typings|dts|declarations?|modules?|commonjs|_?esm\d*|_cjs|_types|bundles?|bundled|fesm\d+|esm\d+|prod|production|dev|development|legacy|modern|browser|node|server|client|web|temp|tmp|tsc|compiled|generated-types|release|package|pkg|target|ts\d[\d.]*|\.tsc?|\.types|jsr|npm|public)$/;
const SOURCE_FOLDERS = ['src', '', 'source', 'lib', 'app', 'src/entries', 'src/exports', 'src/lib'];
/** What bundlers append to a name: `vue.runtime.esm-bundler`. */
const NAME_SUFFIX =
  /[.-](?:cjs|esm|es|mjs|umd|iife|global|prod|production|dev|development|min|browser|bundle|bundler|esm-bundler|esm-browser|common|node|modern|legacy|es5|es6|es2015|runtime|module|development|d|types|native|web|deno|workerd|edge|bun)$/;

/** Every way to take the output folders off the front, longest rest first. */
function restsOf(relative: string): readonly string[] {
  const segments = relative.split('/');
  const rests: string[] = [];
  for (let strip = 0; strip < segments.length && strip <= 5; strip++) {
    if (strip > 0 && !OUTPUT_SEGMENT.test(segments[strip - 1] ?? '')) break;
    rests.push(segments.slice(strip).join('/'));
  }
  return rests;
}

function fromConvention(relative: string, root: RepoPath, probe: Probe): Found | undefined {
  const rests = restsOf(relative);
  // What a build made of the whole path (`dist/index`) is itself no source: begin after the first folder.
  for (const rest of rests.length > 1 ? rests.slice(1) : rests) {
    for (const spelling of namesOf(rest)) {
      for (const folder of SOURCE_FOLDERS) {
        const found = probe(joinPath(root, folder === '' ? spelling : `${folder}/${spelling}`));
        if (found !== undefined && !isOutputOf(found.path, relative, root)) return found;
      }
    }
  }
  return isNamedAfterPackage(rests, root)
    ? (probe(joinPath(root, 'src/index')) ?? probe(joinPath(root, 'index')))
    : undefined;
}

/** `lib/css/theme.css` is compiled from `src/theme.scss`. */
function fromStyles(output: RepoPath, root: RepoPath, index: PathIndex): SourceOfOutput | undefined {
  const relative = (root === '' ? output : output.slice(root.length + 1)).slice(0, -'.css'.length);
  for (const rest of restsOf(relative)
    .slice(1)
    .flatMap((one) => [one, one.replace(/^(?:css|styles?)\//, '')])) {
    for (const folder of [...SOURCE_FOLDERS, 'src/styles', 'styles']) {
      const stem = joinPath(root, folder === '' ? rest : `${folder}/${rest}`);
      const path = STYLES.map((extension) => `${stem}${extension}`).find((one) => index.has(one));
      if (path !== undefined) return { path, confidence: 'pattern' };
    }
  }
  return undefined;
}

const STYLES = ['.scss', '.sass', '.less', '.styl', '.css', '.pcss', '.css.ts'];

/** `packages/vue/dist/vue.global.js` is a bundle of the package's entry. */
function isNamedAfterPackage(rests: readonly string[], root: RepoPath): boolean {
  const last = rests.at(-1);
  return last !== undefined && rests.length > 1 && namesOf(last).includes(baseNameOf(root));
}

function isOutputOf(path: RepoPath, relative: string, root: RepoPath): boolean {
  return path.startsWith(root === '' ? `${relative}.` : `${root}/${relative}.`);
}

/** The name itself, then with the bundlers' suffixes taken off one by one; `x/index` is `x` too. */
function namesOf(rest: string): readonly string[] {
  const names = [rest];
  let name = rest;
  while (NAME_SUFFIX.test(name)) names.push((name = name.replace(NAME_SUFFIX, '')));
  if (name.endsWith('/index')) names.push(name.slice(0, -'/index'.length));
  return names.filter((one) => one !== '');
}

function fromEntries(relative: string, entries: readonly BundleEntry[], probe: Probe): Found | undefined {
  if (entries.length === 0) return undefined;
  const names = restsOf(relative).slice(1).flatMap(namesOf);
  for (const name of names) {
    const entry =
      entries.find((one) => one.name === name) ??
      entries.find((one) => one.name === undefined && stemOf(one.path) === name);
    const found = entry === undefined ? undefined : probe(entry.path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stemOf(path: RepoPath): string {
  return baseNameOf(path).replace(/\.[^.]+$/, '');
}
