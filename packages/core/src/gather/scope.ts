/**
 * A part of a large repository: some packages and all that they depend on in the workspace, in either revision.
 * In: an opened comparison and package names. Out: the same comparison without the sources of other packages, and a diagnostic
 * that says what is therefore not seen. Manifests and configuration stay: names and links are those of the whole workspace.
 */
import type { Diagnostic } from '../model/diagnostic.js';
import { UsageError } from '../model/diagnostic.js';
import { baseNameOf, isInside, type RepoPath } from '../model/path.js';
import type { FileDiff } from '../model/revision.js';
import type { FileTree } from '../model/tree.js';
import type { Workspace } from '../model/workspace.js';
import { isLockfile, languageOf, locatePackages, readWorkspace } from './workspace/index.js';

/** What of an opened comparison a scope changes. */
interface Comparable {
  readonly base?: FileTree;
  readonly head: FileTree;
  readonly diffs: readonly FileDiff[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Leaves out the sources of packages on which none of `packages` depends, and changes there.
 * Files of the repository's root package, manifests and lockfiles stay.
 * @throws UsageError where a name is no package of the head.
 */
export async function inScope<Opened extends Comparable>(opened: Opened, packages: readonly string[]): Promise<Opened> {
  if (packages.length === 0) return opened;
  const trees = opened.base === undefined ? [opened.head] : [opened.head, opened.base];
  const workspaces = await Promise.all(trees.map(async (tree) => (await readWorkspace(tree)).workspace));
  requireKnown(packages, workspaces[0]!);
  const names = dependenciesOf(packages, workspaces);
  const belongs = workspaces.map((workspace) => membership(workspace, names));
  const isWithin = (path: RepoPath): boolean => belongs.some((belongsTo) => belongsTo(path));
  const head = withoutSources(opened.head, isWithin);
  const diffs = opened.diffs.filter(
    ({ path, basePath }) => isLockfile(path) || isWithin(path) || (basePath !== undefined && isWithin(basePath)),
  );
  const note = scopeNote(packages, {
    dependencies: names.size - new Set(packages).size,
    files: opened.head.entries.length - head.entries.length,
    changes: opened.diffs.length - diffs.length,
  });
  const base = opened.base === undefined ? {} : { base: withoutSources(opened.base, isWithin) };
  return { ...opened, ...base, head, diffs, diagnostics: [...opened.diagnostics, note] };
}

function requireKnown(packages: readonly string[], { packages: all }: Workspace): void {
  const known = new Set(all.map(({ name }) => name));
  const unknown = packages.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const examples = [...known].filter((name) => name !== '').slice(0, 5);
  throw new UsageError(`\`${unknown}\` is no package of this workspace; there are ${examples.join(', ')} …`);
}

/** The packages and, over both revisions, all that they depend on by manifest or task runner. */
function dependenciesOf(packages: readonly string[], workspaces: readonly Workspace[]): Set<string> {
  const names = new Set(packages);
  const byName = workspaces.map((workspace) => declaredByName(workspace));
  for (const name of names)
    for (const declared of byName) for (const dependency of declared.get(name) ?? []) names.add(dependency);
  return names;
}

function declaredByName({ packages, declaredDependencies }: Workspace): Map<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  const add = (name: string, dependencies: readonly string[]): void => {
    byName.set(name, [...(byName.get(name) ?? []), ...dependencies]);
  };
  for (const { name, workspaceDependencies } of packages) add(name, workspaceDependencies);
  for (const { from, to } of declaredDependencies) add(packages[from]!.name, [packages[to]!.name]);
  return byName;
}

/** Whether a path lies in one of the named packages, in a package inside one, or in the root package. */
function membership({ packages }: Workspace, names: ReadonlySet<string>): (path: RepoPath) => boolean {
  const packageOf = locatePackages(packages);
  const roots = packages.filter(({ name, root }) => root !== '' && names.has(name)).map(({ root }) => root);
  const within = packages.map(({ root }) => root === '' || roots.some((other) => isInside(root, other)));
  return (path) => within[packageOf(path)] === true;
}

function withoutSources(tree: FileTree, isWithin: (path: RepoPath) => boolean): FileTree {
  const entries = tree.entries.filter(
    ({ path }) => languageOf(path) === undefined || baseNameOf(path) === 'package.json' || isWithin(path),
  );
  return { ...tree, entries, byPath: new Map(entries.map((entry) => [entry.path, entry])) };
}

function scopeNote(
  packages: readonly string[],
  left: { readonly dependencies: number; readonly files: number; readonly changes: number },
): Diagnostic {
  const message =
    `Only ${packages.join(', ')} and the ${left.dependencies} packages of the workspace on which they depend were read. ` +
    `Left out: ${left.files} source files and ${left.changes} changed files of other packages, and whatever depends on the change there.`;
  return { kind: 'scoped', level: 'warning', message, count: Math.max(1, left.files) };
}
