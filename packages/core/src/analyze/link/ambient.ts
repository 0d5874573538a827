/**
 * Names that files see without importing them: globals, `declare global`, module augmentation, auto-imports.
 * In: the module table. Out: an index from a file and a name to symbols. Not here: the edges.
 */
import { confidenceRank } from '../../model/confidence.js';
import type { RepoPath } from '../../model/path.js';
import type { ImplicitDependency } from '../../model/snapshot.js';
import { requestTargets, type LinkedFile, type ModuleTable, type SymbolTarget } from './module-table.js';

/** Ambient names of one revision. */
export interface AmbientIndex {
  /** Symbols declared in the global scope, by name. */
  readonly globals: ReadonlyMap<string, readonly SymbolTarget[]>;
  /** Augmentations of external modules: `package#name` to symbols. */
  readonly external: ReadonlyMap<string, readonly SymbolTarget[]>;
  /** Per file: an auto-imported name, the file it means and the export of it. */
  readonly autoImports: ReadonlyMap<RepoPath, ReadonlyMap<string, AutoImport>>;
}

/** One auto-imported name. */
export interface AutoImport {
  readonly to: RepoPath;
  readonly exportName: string;
}

/** Indexes the revision's ambient declarations and writes in-repository augmentations into the augmented files. Linear. */
export function indexAmbient(table: ModuleTable, implicit: readonly ImplicitDependency[]): AmbientIndex {
  const globals = new Map<string, SymbolTarget[]>();
  const external = new Map<string, SymbolTarget[]>();
  for (const file of table.files) {
    for (const declared of file.facts?.ambient ?? []) {
      const target: SymbolTarget = { kind: 'symbol', file, symbol: declared.symbol, path: [], rank: 0 };
      if (declared.request < 0) push(globals, declared.name, target);
      else augment(table, file, declared.request, declared.name, target, external);
    }
  }
  return { globals, external, autoImports: indexAutoImports(implicit) };
}

/**
 * What a global name can mean to `file`: its own package's declarations are sure, those of others a guess
 * (a script of another package is hardly ever loaded with it).
 */
export function globalTargets(index: AmbientIndex, file: LinkedFile, name: string): SymbolTarget[] {
  const all = index.globals.get(name) ?? [];
  const targets: SymbolTarget[] = [];
  for (const target of all) {
    if (target.file === file || target.file.source.package === file.source.package) targets.push(target);
    else if (declaredForAll(target.file)) targets.push({ ...target, rank: confidenceRank('pattern') });
  }
  return targets;
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
    if (module.kind === 'file') push(module.file.augmented, name, target);
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
