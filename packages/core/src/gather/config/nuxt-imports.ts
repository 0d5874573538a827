/**
 * Names that a framework puts in scope without an import: Nuxt's components, composables and utilities, and what
 * unplugin-auto-import wrote into its declaration files.
 * In: a tree, the workspace, the export names of a file. Out: implicit dependencies of kind `auto-import`.
 * Not here: names that Nuxt itself brings (`ref`, `useFetch`): they are no files of the repository.
 * Source: Nuxt's directory structure; `components` naming of Nuxt 3 and 4.
 */
import { baseNameOf, compareText, directoryOf, isInside, joinPath } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { ImplicitDependency } from '../../model/snapshot.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace } from '../../model/workspace.js';
import { configToolOf } from './config-files.js';
import { createConfigReader, locateConfig } from './static-config.js';
import type { PackageRoots } from './static-config.js';
import { isStaticObject, itemsOf, textsOf, toRepoPath, valueAt } from './static-value.js';
import type { StaticValue } from './static-value.js';

/** Names that `path` exports; `default` for its default export. */
export type ExportsOf = (path: RepoPath) => readonly string[];

/**
 * Auto-imports of every Nuxt app and layer, and of `auto-imports.d.ts` and `components.d.ts` files.
 * `from` are the sources of the app that could use the name: whoever has it as a global then depends on `to`.
 */
export async function nuxtAutoImports(
  tree: FileTree,
  workspace: Workspace,
  exportsOf: ExportsOf,
): Promise<ImplicitDependency[]> {
  const roots: PackageRoots = new Map(
    workspace.packages.filter((one) => one.member).map((one) => [one.name, one.root]),
  );
  const apps = await readApps(tree, roots);
  const found = apps.flatMap((app) => importsOf(app, apps, tree, exportsOf));
  for (const { path, kind } of tree.entries) {
    if (kind !== 'file' || !/^(?:auto-imports|components|auto-import|typed-router)\.d\.ts$/.test(baseNameOf(path)))
      continue;
    found.push(...declaredImports(path, (await tree.text(path)) ?? '', tree));
  }
  return found.sort(
    (a, b) => compareText(a.to, b.to) || compareText(a.name ?? '', b.name ?? '') || compareText(a.source, b.source),
  );
}

/** One folder with a `nuxt.config`. */
interface NuxtApp {
  readonly root: RepoPath;
  readonly config: RepoPath;
  /** Where `components`, `composables` and `utils` are: `app/` in Nuxt 4, else the root, or `srcDir`. */
  readonly source: RepoPath;
  readonly layers: readonly RepoPath[];
  readonly importFolders: readonly RepoPath[];
  readonly componentFolders: readonly ComponentFolder[];
}

interface ComponentFolder {
  readonly path: RepoPath;
  readonly prefix: string;
  /** The folders of a component are part of its name. */
  readonly withPath: boolean;
}

async function readApps(tree: FileTree, roots: PackageRoots): Promise<NuxtApp[]> {
  const apps: NuxtApp[] = [];
  const reader = createConfigReader(tree, roots);
  for (const { path, kind } of tree.entries) {
    if (kind !== 'file' || configToolOf(path) !== 'nuxt') continue;
    const root = directoryOf(path);
    const { value } = await reader.read(path);
    apps.push(toApp(tree, roots, { root, config: path, value }));
  }
  return apps;
}

interface NuxtConfig {
  readonly root: RepoPath;
  readonly config: RepoPath;
  readonly value: StaticValue;
}

function toApp(tree: FileTree, roots: PackageRoots, { root, config, value }: NuxtConfig): NuxtApp {
  const written = valueAt(value, 'srcDir');
  const isNext = valueAt(value, 'future', 'compatibilityVersion') === 4 || tree.folders.has(at(root, 'app'));
  const source =
    typeof written === 'string'
      ? (folderAt(written, root, root) ?? root)
      : isNext && tree.folders.has(at(root, 'app'))
        ? at(root, 'app')
        : root;
  const layers = textsOf(valueAt(value, 'extends')).flatMap((name) => layerRoot(tree, root, name, roots));
  const automatic = [...tree.folders].filter((folder) => directoryOf(folder) === at(root, 'layers'));
  return {
    root,
    config,
    source,
    layers: [...layers, ...automatic.sort(compareText)],
    importFolders: textsOf(valueAt(value, 'imports', 'dirs')).flatMap(
      (name) => folderAt(name.replace(/\/\*+$/, ''), root, source) ?? [],
    ),
    componentFolders: componentFolders(valueAt(value, 'components'), root, source),
  };
}

function at(root: RepoPath, name: string): RepoPath {
  return root === '' ? name : `${root}/${name}`;
}

/** `~/x` and `@/x` are below the source folder, `~~/x` below the root. */
function folderAt(name: string, root: RepoPath, source: RepoPath): RepoPath | undefined {
  const alias = /^(~~|@@|~|@)\//.exec(name);
  if (alias !== null) return joinPath(alias[1]?.length === 2 ? root : source, name.slice(alias[0].length));
  return toRepoPath(name, root) ?? joinPath(source, name);
}

function layerRoot(tree: FileTree, root: RepoPath, name: string, roots: PackageRoots): RepoPath[] {
  const path = toRepoPath(name, root) ?? roots.get(name);
  if (path !== undefined && tree.folders.has(path)) return [path];
  const file = locateConfig(tree, root, name, roots);
  return file === undefined ? [] : [directoryOf(file)];
}

function componentFolders(value: StaticValue, root: RepoPath, source: RepoPath): ComponentFolder[] {
  const listed =
    isStaticObject(value) && value['dirs'] !== undefined ? value['dirs'] : Array.isArray(value) ? value : undefined;
  const written = itemsOf(listed).flatMap((item): ComponentFolder[] => {
    const name = typeof item === 'string' ? item : valueAt(item, 'path');
    const path = typeof name === 'string' ? folderAt(name, root, source) : undefined;
    const prefix = valueAt(item, 'prefix');
    const withPath = valueAt(item, 'pathPrefix') !== false;
    return path === undefined ? [] : [{ path, prefix: typeof prefix === 'string' ? prefix : '', withPath }];
  });
  return written.length > 0 ? written : [{ path: at(source, 'components'), prefix: '', withPath: true }];
}

const SCRIPT = /\.(?:vue|[cm]?[jt]sx?)$/;

function importsOf(app: NuxtApp, apps: readonly NuxtApp[], tree: FileTree, exportsOf: ExportsOf): ImplicitDependency[] {
  // The deepest first: a layer may lie inside the app.
  const parts = [app, ...layersOf(app, apps)].sort((a, b) => b.root.length - a.root.length);
  const files = tree.entries
    .filter((entry) => entry.kind === 'file' && SCRIPT.test(entry.path))
    .map((entry) => entry.path);
  const from = files.filter((path) => isInside(path, app.root) && !/\.d\.[cm]?ts$/.test(path));
  const make = (to: RepoPath, name: string, exportName: string): ImplicitDependency => ({
    kind: 'auto-import',
    from,
    to,
    name,
    exportName,
    source: `${app.config} auto-imports`,
  });
  return files.flatMap((path) => {
    const part = parts.find((one) => isInside(path, one.root));
    if (part === undefined || /\.(?:d|test|spec|stories)\.[^/]+$/.test(path)) return [];
    const names = componentNames(path, part);
    if (names.length > 0) return names.map((name) => make(path, name, 'default'));
    if (!isImportFolder(path, part)) return [];
    return exportsOf(path).map((name) => make(path, name === 'default' ? camelName(path) : name, name));
  });
}

/** Layers of layers too; a circle ends. */
function layersOf(app: NuxtApp, apps: readonly NuxtApp[]): NuxtApp[] {
  const found = new Set<NuxtApp>();
  const queue = [...app.layers];
  for (const root of queue) {
    const layer = apps.find((one) => one.root === root) ?? bareLayer(root, app);
    if ([...found].some((one) => one.root === layer.root) || layer.root === app.root) continue;
    found.add(layer);
    queue.push(...layer.layers);
  }
  return [...found];
}

function bareLayer(root: RepoPath, app: NuxtApp): NuxtApp {
  const folder = { path: at(root, 'components'), prefix: '', withPath: true };
  return { root, config: app.config, source: root, layers: [], importFolders: [], componentFolders: [folder] };
}

/** `components/base/Button.vue` is `BaseButton` and `LazyBaseButton`; a repeated word counts once. */
function componentNames(path: RepoPath, app: NuxtApp): readonly string[] {
  const folder = app.componentFolders.find((one) => isInside(path, one.path));
  if (folder === undefined) return [];
  const stem = path
    .slice(folder.path === '' ? 0 : folder.path.length + 1)
    .replace(SCRIPT, '')
    .replace(/\.(?:client|server|global)$/, '');
  const segments = (folder.withPath ? stem.split('/') : [baseNameOf(stem)]).filter((segment) => segment !== 'index');
  const words: string[] = folder.prefix === '' ? [] : wordsOf(folder.prefix);
  for (const segment of segments) appendWords(words, wordsOf(segment));
  const name = words.join('');
  return name === '' ? [] : [name, `Lazy${name}`];
}

/** `base` + `BaseButton` is `BaseButton`: what the path already says is not said again. */
function appendWords(words: string[], next: readonly string[]): void {
  for (let overlap = Math.min(words.length, next.length); overlap >= 0; overlap--) {
    const tail = words.slice(words.length - overlap).join('');
    if (tail !== next.slice(0, overlap).join('')) continue;
    words.push(...next.slice(overlap));
    return;
  }
}

function wordsOf(text: string): string[] {
  const words = text.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}

function camelName(path: RepoPath): string {
  const base = baseNameOf(path).replace(SCRIPT, '');
  const words = wordsOf(base === 'index' ? baseNameOf(directoryOf(path)) : base).join('');
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Files at the top of `composables` and `utils` (or `index` one folder down), `server/utils` at any depth, `imports.dirs`. */
function isImportFolder(path: RepoPath, app: NuxtApp): boolean {
  if (app.importFolders.some((folder) => isInside(path, folder))) return true;
  if (isInside(path, at(app.root, 'server/utils'))) return true;
  return ['composables', 'utils', 'shared/utils', 'shared/types'].some((name) => {
    const folder = at(name.startsWith('shared') ? app.root : app.source, name);
    const inner = directoryOf(path);
    return inner === folder || (directoryOf(inner) === folder && /^index\./.test(baseNameOf(path)));
  });
}

/** `const useFoo: typeof import('./src/x')['useFoo']` as unplugin-auto-import and unplugin-vue-components write it. */
function declaredImports(file: RepoPath, text: string, tree: FileTree): ImplicitDependency[] {
  const root = directoryOf(file);
  const from = tree.entries
    .filter(
      (entry) =>
        entry.kind === 'file' &&
        SCRIPT.test(entry.path) &&
        isInside(entry.path, root.replace(/(?:^|\/)(?:src|types)$/, '')) &&
        entry.path !== file,
    )
    .map((entry) => entry.path);
  const pattern =
    /(?:const |readonly )?\s*([\w$]+)\s*:\s*(?:UnwrapRef<\s*)?typeof import\(['"](\.[^'"\n]{1,300})['"]\)(?:\[['"]([\w$]+)['"]\])?/g;
  const found = new Map<string, ImplicitDependency>();
  for (const [, name = '', specifier = '', exportName = 'default'] of text.matchAll(pattern)) {
    const to = locateConfig(tree, root, specifier, new Map()) ?? locateComponent(tree, root, specifier);
    if (to !== undefined) found.set(`${name} ${to}`, { kind: 'auto-import', from, to, name, exportName, source: file });
  }
  return [...found.values()];
}

function locateComponent(tree: FileTree, root: RepoPath, specifier: string): RepoPath | undefined {
  const path = joinPath(root, specifier);
  return path === undefined ? undefined : [path, `${path}.vue`].find((one) => tree.byPath.get(one)?.kind === 'file');
}
