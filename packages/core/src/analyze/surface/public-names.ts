/**
 * What a published entry exports, through barrels: names and the symbols behind them.
 * In: one revision, its nodes. Out: names of a file. Not here: following re-exports (analyze/link), which files are entries (gather/published).
 */
import type { RepoPath, Revision } from '../../model/index.js';
import { createModuleTable, exportedNames, exportsOf, resolveExport } from '../link/index.js';

/** A public name. */
export interface PublicName {
  /** Nodes of the repository's symbols that it can mean. */
  readonly nodes: readonly number[];
  /** It can only be named as a type. */
  readonly typeOnly: boolean;
}

/** Asks for the names of a file; empty for files that are not there or have no facts. */
export type PublicNames = (file: RepoPath) => ReadonlyMap<string, PublicName>;

/** Answers are remembered. Linear in the modules behind an entry. */
export function publicNames(revision: Revision, nodes: ReadonlyMap<RepoPath, Int32Array>): PublicNames {
  const table = createModuleTable(revision, nodes);
  const known = new Map<RepoPath, ReadonlyMap<string, PublicName>>();
  return (path) => {
    const found = known.get(path) ?? namesOf(path);
    known.set(path, found);
    return found;
  };

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
