/**
 * Names that files see without importing them: globals, `declare global`, module augmentation, auto-imports.
 * In: the module table. Out: an index from a file and a name to symbols. Not here: the edges.
 */
import { confidenceRank } from '../../model/confidence.js';
import { KeptMark } from '../../model/kept.js';
import type { RepoPath } from '../../model/path.js';
import type { ImplicitDependency, SourceFile } from '../../model/snapshot.js';
import type { AmbientDeclaration } from '../../model/facts.js';
import { requestTargets, type LinkedFile, type ModuleTable, type SymbolTarget } from './module-table.js';

/** Ambient names of one revision. */
export interface AmbientIndex {
  /** Symbols that declare or assign a name of the global scope, by name. */
  readonly globals: ReadonlyMap<string, readonly GlobalTarget[]>;
  /** Augmentations of external modules: `package#name` to symbols. */
  readonly external: ReadonlyMap<string, readonly SymbolTarget[]>;
  /** Per file: an auto-imported name, the file it means and the export of it. */
  readonly autoImports: ReadonlyMap<RepoPath, ReadonlyMap<string, AutoImport>>;
}

/** A symbol that declares a global, or assigns it or what is at the path `written` behind it. */
export interface GlobalTarget extends SymbolTarget {
  readonly written: readonly string[] | undefined;
}

/** One auto-imported name. */
export interface AutoImport {
  readonly to: RepoPath;
  readonly exportName: string;
}

/** Indexes the revision's ambient declarations and writes in-repository augmentations into the augmented files. Linear. */
export function indexAmbient(table: ModuleTable, implicit: readonly ImplicitDependency[]): AmbientIndex {
  const globals = new Map<string, GlobalTarget[]>();
  const external = new Map<string, SymbolTarget[]>();
  for (const file of table.files) {
    if (file.source.known && (file.source.known.marks & KeptMark.ambient) === 0) continue;
    for (const declared of file.facts?.ambient ?? []) {
      const target: SymbolTarget = { kind: 'symbol', file, symbol: declared.symbol, path: [], rank: 0 };
      if (declared.request < 0) {
        if (counts(file.source, declared)) push(globals, declared.name, { ...target, written: declared.path });
      } else augment(table, file, declared.request, declared.name, target, external);
    }
  }
  for (const [name, targets] of globals)
    if (targets.every(({ written }) => written !== undefined && written.length > 0)) globals.delete(name);
  return { globals, external, autoImports: indexAutoImports(implicit) };
}

/** What a test assigns (`global.fetch = mock`) is its own affair. */
function counts({ role }: SourceFile, { path }: AmbientDeclaration): boolean {
  return path === undefined || (role !== 'test' && role !== 'test-support');
}

/** What files say for others to see without importing it, as far as two states of them do not say the same. */
export interface AmbientDifference {
  /** Of the global scope. */
  readonly names: ReadonlySet<string>;
  /** Some module is augmented otherwise. */
  readonly modules: boolean;
}

/**
 * Which ambient names the files before and after do not say alike. Whoever uses a name of which they say the same has looked at the
 * file that says it, or at none: it does not count for that user.
 */
export function ambientDifference(before: readonly SourceFile[], after: readonly SourceFile[]): AmbientDifference {
  const [then, now] = [saidBy(before), saidBy(after)];
  const differing = [...new Set([...then.keys(), ...now.keys()])].filter((name) => then.get(name) !== now.get(name));
  return {
    names: new Set(differing.flatMap((key) => (key.startsWith(GLOBAL) ? [key.slice(GLOBAL.length)] : []))),
    modules: differing.some((key) => !key.startsWith(GLOBAL)),
  };
}

const GLOBAL = 'global ';

/** By name: who declares or assigns it, as far as it counts for others. */
function saidBy(files: readonly SourceFile[]): Map<string, string> {
  const said = new Map<string, string>();
  for (const file of files) {
    if (file.known && (file.known.marks & KeptMark.ambient) === 0) continue;
    const { facts } = file;
    for (const declared of facts?.ambient ?? []) {
      const { name, path, request } = declared;
      if (request < 0 && !counts(file, declared)) continue;
      const key = request < 0 ? `${GLOBAL}${name}` : `module ${JSON.stringify(file.resolutions[request])} ${name}`;
      const how = [file.path, file.package, facts?.traits.esm, facts?.language, path?.join('.') ?? '(declared)'];
      said.set(key, `${said.get(key) ?? ''}\n${how.join(' ')}`);
    }
  }
  return said;
}

/**
 * What a global name, and a path behind it, can mean to `file`: its own package's declarations are sure, those of others a
 * guess (a script of another package is hardly ever loaded with it). A name of which nobody assigns more than members is the platform's.
 */
export function globalTargets(
  index: AmbientIndex,
  file: LinkedFile,
  name: string,
  path: readonly string[],
): SymbolTarget[] {
  const targets: SymbolTarget[] = [];
  for (const { written, ...symbol } of index.globals.get(name) ?? []) {
    if (written !== undefined && !meets(written, path)) continue;
    const target = { ...symbol, path: written === undefined ? path : [] };
    if (target.file === file || target.file.source.package === file.source.package) targets.push(target);
    else if (declaredForAll(target.file)) targets.push({ ...target, rank: confidenceRank('pattern') });
  }
  return targets;
}

/** One path is the beginning of the other: what is written there can be what is read. */
function meets(written: readonly string[], read: readonly string[]): boolean {
  const length = Math.min(written.length, read.length);
  return written.slice(0, length).every((name, index) => name === read[index]);
}

/** `declare global` in a module, or a declaration file: meant for whoever loads the types. */
function declaredForAll(file: LinkedFile): boolean {
  return file.facts?.traits.esm === true || file.facts?.language === 'dts';
}

function augment(
  table: ModuleTable,
  file: LinkedFile,
  request: number,
  name: string,
  target: SymbolTarget,
  external: Map<string, SymbolTarget[]>,
): void {
  for (const module of requestTargets(table, file, request)) {
    if (module.kind === 'file') push((module.file.augmented ??= new Map()), name, target);
    else push(external, `${module.package}${module.subpath}#${name}`, target);
  }
}

function indexAutoImports(implicit: readonly ImplicitDependency[]): Map<RepoPath, Map<string, AutoImport>> {
  const byFile = new Map<RepoPath, Map<string, AutoImport>>();
  for (const { kind, from, to, name, exportName } of implicit) {
    if (kind !== 'auto-import' || name === undefined) continue;
    for (const path of from) {
      const names = byFile.get(path) ?? new Map<string, AutoImport>();
      byFile.set(path, names);
      if (!names.has(name)) names.set(name, { to, exportName: exportName ?? 'default' });
    }
  }
  return byFile;
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
