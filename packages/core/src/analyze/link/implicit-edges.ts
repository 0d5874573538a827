/**
 * Edges that no source text holds: test setup, tsconfig coverage, snapshots, task runners' declared dependencies,
 * folders that computed imports may load from.
 * In: a revision's implicit dependencies and workspace. Out: edges. Auto-imports are names, and live in ambient.ts.
 */
import picomatch from 'picomatch';
import { confidenceRank } from '../../model/confidence.js';
import type { DynamicConstruct } from '../../model/facts.js';
import { EdgeBit, edgeWord } from '../../model/graph.js';
import { directoryOf, isInside, joinPath, type RepoPath } from '../../model/path.js';
import type { ImplicitDependency, Revision } from '../../model/snapshot.js';
import { resourceKind } from '../change/resource-kinds.js';
import { exportedNames, resolveExport } from './export-resolution.js';
import type { ResolutionScope } from './binding-targets.js';
import { addEdge, type EdgeList } from './edges.js';
import type { LinkedFile, ModuleTable } from './module-table.js';
import type { LinkOutput } from './link-output.js';

const PATTERN = confidenceRank('pattern');

/** Adds the edges of `revision.implicit`. */
export function linkImplicit(scope: ResolutionScope, implicit: readonly ImplicitDependency[], edges: EdgeList): void {
  for (const dependency of implicit) {
    const target = scope.table.byPath.get(dependency.to);
    if (!target || dependency.kind === 'auto-import') continue;
    const nodes = targetNodes(scope, dependency, target);
    const word = implicitWord(dependency.kind);
    for (const path of dependency.from) {
      const from = scope.table.byPath.get(path)?.nodes[0];
      if (from !== undefined) for (const node of nodes) addEdge(edges, from, node, word);
    }
  }
}

function implicitWord(kind: ImplicitDependency['kind']): number {
  if (kind === 'tsconfig') return edgeWord('configures', 0, EdgeBit.compile);
  if (kind === 'snapshot' || kind === 'resource-import') return edgeWord('loads', 0, EdgeBit.runtime);
  if (kind === 'mocks-folder') return edgeWord('mocks', PATTERN, EdgeBit.runtime | EdgeBit.compile);
  return edgeWord('configures', 0, EdgeBit.runtime);
}

/** A setup file is run; a mock stands in for the module with all that it exports. */
function targetNodes(scope: ResolutionScope, dependency: ImplicitDependency, target: LinkedFile): number[] {
  if (dependency.kind !== 'mocks-folder' && dependency.kind !== 'global-setup' && dependency.kind !== 'test-setup')
    return [target.nodes[0] as number];
  return exportedNodes(scope.table, target);
}

/**
 * What task runners declare: the dependent package's manifest, and its tests, depend on everything in the other package;
 * every package's manifest depends on the global inputs.
 */
export function linkDeclared(table: ModuleTable, revision: Revision, edges: EdgeList): void {
  const { workspace } = revision;
  const word = edgeWord('declares', PATTERN, EdgeBit.runtime);
  const manifests = new Map(workspace.packages.map((one) => [one.id, manifestNode(table, one.root)]));
  const declared = workspace.declaredDependencies;
  const wanted = new Set(declared.flatMap(({ from, to }) => [from, to]));
  const byPackage = filesByPackage(table, wanted);
  for (const { from, to } of declared) {
    const manifest = manifests.get(from);
    if (manifest === undefined) continue;
    for (const file of byPackage.get(to) ?? []) for (const node of file.nodes) addEdge(edges, manifest, node, word);
    for (const file of byPackage.get(from) ?? [])
      if (file.source.role === 'test') addEdge(edges, file.nodes[0] as number, manifest, word);
  }
  linkGlobalInputs(table, revision, manifests, edges, word);
}

/**
 * Files that all tasks read. They meet in the file that declares them (`nx.json`), so that edges are files plus packages, not
 * files times packages. Documentation is left out: tasks that check it are no part of any package.
 */
function linkGlobalInputs(
  table: ModuleTable,
  revision: Revision,
  manifests: ReadonlyMap<number, number | undefined>,
  edges: EdgeList,
  word: number,
): void {
  const inputs = revision.workspace.globalInputs;
  if (inputs.length === 0) return;
  const everyone = revision.workspace.packages.map((one) => one.id);
  for (const { glob, packages, source } of inputs) {
    if (glob.startsWith('**')) continue; // The whole repository: a task over everything (format, spelling), not what packages are built from.
    const matches = picomatch(glob, { dot: true });
    const declaring = table.byPath.get(source.split(' ')[0] as RepoPath)?.nodes[0];
    const dependents = (packages.length > 0 ? packages : everyone).flatMap((id) => manifests.get(id) ?? []);
    const through = packages.length === 0 && declaring !== undefined ? [declaring] : dependents;
    if (through !== dependents) for (const manifest of dependents) addEdge(edges, manifest, declaring as number, word);
    for (const file of table.files) {
      if (!matches(file.path) || resourceKind(file.path) === 'documentation') continue;
      for (const from of through) for (const node of file.nodes) addEdge(edges, from, node, word);
    }
  }
}

function manifestNode(table: ModuleTable, root: RepoPath): number | undefined {
  const within = (name: string): RepoPath => (root === '' ? name : `${root}/${name}`);
  return (table.byPath.get(within('package.json')) ?? table.byPath.get(within('project.json')))?.nodes[0];
}

function filesByPackage(table: ModuleTable, wanted: ReadonlySet<number>): Map<number, LinkedFile[]> {
  const groups = new Map<number, LinkedFile[]>();
  if (wanted.size === 0) return groups;
  for (const file of table.files) {
    if (!wanted.has(file.source.package)) continue;
    const group = groups.get(file.source.package);
    if (group) group.push(file);
    else groups.set(file.source.package, [file]);
  }
  return groups;
}

/** Computed imports: whatever lies in the folder of the static part may be meant; without one, anything may. */
export function linkDynamic(table: ModuleTable, file: LinkedFile, output: LinkOutput): void {
  for (const construct of file.facts?.dynamic ?? []) {
    const from = file.nodes[construct.symbol] as number;
    if (construct.kind === 'eval' || construct.kind === 'with') noteUnread(file, construct, from, output);
    if (construct.kind !== 'dynamic-import' && construct.kind !== 'dynamic-require') continue;
    const candidates = candidatesOf(table, file, construct);
    const word = edgeWord('initialises', PATTERN, EdgeBit.runtime);
    for (const node of candidates) addEdge(output.edges, from, node, word);
    const what = `computed ${construct.kind === 'dynamic-import' ? 'import' : 'require'}(${construct.hint}…)`;
    output.uncertain.push({ node: from, file: file.path, line: construct.line, what, candidates });
  }
}

/** Code in a string, and names that `with` takes from an object: either may use whatever the file can name. */
function noteUnread(file: LinkedFile, { kind, line }: DynamicConstruct, from: number, output: LinkOutput): void {
  const what = kind === 'eval' ? 'code in a string (eval, new Function)' : 'names taken from an object (with)';
  output.uncertain.push({ node: from, file: file.path, line, what, candidates: [...file.nodes] });
}

function candidatesOf(table: ModuleTable, file: LinkedFile, construct: DynamicConstruct): number[] {
  if (!construct.hint.startsWith('.') || !construct.hint.includes('/')) return [];
  const folder = joinPath(directoryOf(file.path), construct.hint.slice(0, construct.hint.lastIndexOf('/')));
  if (folder === undefined || folder === '' || isInside(file.path, folder)) return [];
  table.trace?.folders.add(folder);
  return table.files.flatMap((one) => (one.facts && isInside(one.path, folder) ? exportedNodes(table, one) : []));
}

/** The initialiser, and all that whoever loads the module can get at. */
function exportedNodes(table: ModuleTable, file: LinkedFile): number[] {
  const nodes = new Set([file.nodes[0] as number]);
  for (const name of exportedNames(table, file)) {
    for (const one of resolveExport(table, file, name))
      if (one.kind === 'symbol') nodes.add(one.file.nodes[one.symbol] as number);
  }
  return [...nodes];
}
