/**
 * Every file of a tree with its package, role and language; what is left out, and why.
 * In: a tree and its workspace. Out: plain records, counts by reason, one diagnostic per reason.
 * Not here: contents. A file that is imported though it is left out stays in the tree for the resolver to find.
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Language } from '../../model/facts.js';
import { compareText, directoryOf } from '../../model/path.js';
import type { RepoPath } from '../../model/path.js';
import type { FileRole } from '../../model/snapshot.js';
import type { FileTree } from '../../model/tree.js';
import type { Workspace, WorkspacePackage } from '../../model/workspace.js';
import { isInstalled, relativeTo } from './places.js';
import { languageOf, roleOf } from './roles.js';

/** A file that analysis looks at. */
export interface ClassifiedFile {
  readonly path: RepoPath;
  /** Package id. */
  readonly package: number;
  readonly role: FileRole;
  /** Absent for resources: SQL, YAML, images, lockfiles, manifests. */
  readonly language?: Language;
}

/** Why a file is left out. */
export type SkipReason = 'vendored' | 'minified' | 'built' | 'link' | 'submodule';

/** The files of one revision. */
export interface ClassifiedFiles {
  /** Ordered by path. */
  readonly files: readonly ClassifiedFile[];
  /** Files left out, by {@link SkipReason}; reasons that never fired are absent. */
  readonly skipped: Readonly<Record<string, number>>;
  /** The same, one by one, ordered by path: an import may lead there all the same. */
  readonly leftOut: readonly { readonly path: RepoPath; readonly reason: SkipReason }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Classifies every entry of the tree. Time linear in entries. */
export function classifyFiles(tree: FileTree, workspace: Workspace): ClassifiedFiles {
  const packageOf = locatePackages(workspace.packages);
  const files: ClassifiedFile[] = [];
  const leftOut: { path: RepoPath; reason: SkipReason }[] = [];
  for (const { path, kind } of tree.entries) {
    const id = packageOf(path);
    const owner = workspace.packages[id] as WorkspacePackage;
    const reason = kind === 'file' ? skipReason(path, owner, tree) : kind;
    if (reason !== undefined) {
      leftOut.push({ path, reason });
      continue;
    }
    const language = languageOf(path);
    files.push({ path, package: id, role: roleOf(path), ...(language === undefined ? {} : { language }) });
  }
  const skipped = countReasons(leftOut.map(({ reason }) => reason));
  return { files, skipped, leftOut, diagnostics: skipDiagnostics(skipped) };
}

/** A function from a path to the id of the nearest package around it. Remembers folders; paths need not exist. */
export function locatePackages(packages: readonly WorkspacePackage[]): (path: RepoPath) => number {
  const byFolder = new Map<RepoPath, number>(packages.map(({ root, id }) => [root, id]));
  return (path) => {
    const passed: RepoPath[] = [];
    let folder = directoryOf(path);
    while (folder !== '' && !byFolder.has(folder)) {
      passed.push(folder);
      folder = directoryOf(folder);
    }
    const id = byFolder.get(folder) ?? 0;
    for (const each of passed) byFolder.set(each, id);
    return id;
  };
}

/** Third-party code that is committed at a package's top; below `src` it is the package's own. */
const VENDOR = /^(?:(?!src\/|source\/|lib\/|app\/)[^/]+\/)*(?:vendors?|third[_-]party)\//;
const MINIFIED = /[.-]min\.[mc]?js$/;
const YARN_RUNTIME = /(?:^|\/)\.pnp\.(?:[mc]?js|loader\.mjs|data\.json)$/;

function skipReason(path: RepoPath, owner: WorkspacePackage, tree: FileTree): SkipReason | undefined {
  // A workspace member below `vendor/` is the repository's own: only the way from its root counts.
  const relative = owner.member ? relativeTo(owner.root, path) : path;
  if (isInstalledCode(path) || YARN_RUNTIME.test(path) || VENDOR.test(relative)) return 'vendored';
  if (MINIFIED.test(path)) return 'minified';
  return isBuilt(path, owner.root, tree) ? 'built' : undefined;
}

/** Patches that Yarn keeps are the repository's own. */
function isInstalledCode(path: RepoPath): boolean {
  return isInstalled(path) && !/(?:^|\/)\.yarn\/(?:patches|versions)\//.test(path);
}

const OUTPUT =
  /^(?:(.*)\/)?(?:dist|build|out|lib|esm|cjs|output)\/(?:(?:esm|cjs|es|src|lib)\/)?(.+?)(?:\.d)?\.[mc]?[jt]s$/;
const SOURCE_EXTENSIONS = ['ts', 'tsx', 'mts', 'cts'];

/** `dist/x.js` or `dist/x.d.ts` of a package that has `src/x.ts`. */
function isBuilt(path: RepoPath, root: RepoPath, tree: FileTree): boolean {
  if (!/\.(?:[mc]?js|d\.[mc]?ts)$/.test(path)) return false;
  const match = OUTPUT.exec(relativeTo(root, path));
  if (match === null) return false;
  const parent = [root, match[1] ?? ''].filter((part) => part !== '').join('/');
  const source = `${parent === '' ? '' : `${parent}/`}src/${match[2] as string}`;
  return SOURCE_EXTENSIONS.some((extension) => tree.byPath.has(`${source}.${extension}`));
}

function countReasons(reasons: readonly SkipReason[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([left], [right]) => compareText(left, right)));
}

/** Links and submodules are named by whoever opens the tree (gather/git/treeDiagnostics.ts). */
const SKIP_WORDS = {
  vendored: ['vendored-files', 'of other projects (vendor, third_party, node_modules, .yarn) left out'],
  minified: ['vendored-files', 'minified left out'],
  built: ['vendored-files', 'committed build output left out: the sources that make it are analysed'],
} as const satisfies Record<Exclude<SkipReason, 'link' | 'submodule'>, readonly [Diagnostic['kind'], string]>;

function skipDiagnostics(skipped: Readonly<Record<string, number>>): readonly Diagnostic[] {
  return Object.entries(skipped).flatMap(([reason, count]) => {
    if (reason === 'link' || reason === 'submodule') return [];
    const [kind, words] = SKIP_WORDS[reason as keyof typeof SKIP_WORDS];
    return { kind, level: 'note', message: `${count} ${count === 1 ? 'file' : 'files'}: ${words}.`, count };
  });
}
