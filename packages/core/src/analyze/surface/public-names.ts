/**
 * What a published entry exports, through barrels: names and the symbols behind them.
 * In: one revision, its nodes. Out: names of a file. Not here: following re-exports (analyze/link), which files are entries (gather/published).
 */
import type { RepoPath, Revision, SourceFile } from '../../model/index.js';
import { createModuleTable, exportedNames, exportsOf, resolveExport, traced, type Trace } from '../link/index.js';

/** A public name. */
export interface PublicName {
  /** Nodes of the repository's symbols that it can mean. */
  readonly nodes: readonly number[];
  /** It can only be named as a type. */
  readonly typeOnly: boolean;
}

/** Answers about one revision. */
export interface PublicNames {
  /** The names of a file; empty for files that are not there or have no facts. */
  of(file: RepoPath): ReadonlyMap<string, PublicName>;
  /** Files that these names were looked for in, the file itself first; `undefined` where one was looked for in vain. */
  filesBehind(file: RepoPath): readonly RepoPath[] | undefined;
  /** True where the other revision has the same files wherever these names were looked for, and so the same names. */
  isSameIn(other: Revision, file: RepoPath): boolean;
}

/** Answers are remembered. Linear in the modules behind an entry. */
export function publicNames(revision: Revision, nodes: ReadonlyMap<RepoPath, Int32Array>): PublicNames {
  const table = createModuleTable(revision, nodes);
  const known = new Map<RepoPath, { readonly result: ReadonlyMap<string, PublicName>; readonly trace: Trace }>();
  const others = new Map<Revision, ReadonlyMap<RepoPath, SourceFile>>();
  return {
    of: (path) => found(path).result,
    filesBehind(path) {
      const { trace } = found(path);
      return trace.missing.size > 0 ? undefined : [...new Set([path, ...[...trace.files].map((file) => file.path)])];
    },
    isSameIn(other, path) {
      const files = others.get(other) ?? new Map(other.files.map((file) => [file.path, file]));
      others.set(other, files);
      const { trace } = found(path);
      const isSame = (one: RepoPath): boolean => files.get(one) === table.byPath.get(one)?.source;
      return isSame(path) && [...trace.files].every((file) => isSame(file.path)) && [...trace.missing].every(isSame);
    },
  };

  function found(path: RepoPath) {
    const names = known.get(path) ?? traced(table, () => namesOf(path));
    known.set(path, names);
    return names;
  }

  function namesOf(path: RepoPath): ReadonlyMap<string, PublicName> {
    const file = table.byPath.get(path);
    const names = new Map<string, PublicName>();
    if (file?.facts === undefined) return names;
    for (const name of exportedNames(table, file)) {
      const targets = resolveExport(table, file, name);
      const symbols = targets.flatMap((one) => (one.kind === 'symbol' ? [one.file.nodes[one.symbol]!] : []));
      const entries = exportsOf(file).get(name) ?? [];
      const typeOnly = entries.length > 0 && entries.every((one) => one.typeOnly);
      if (targets.length > 0 || entries.length > 0) names.set(name, { nodes: symbols, typeOnly });
    }
    return names;
  }
}
