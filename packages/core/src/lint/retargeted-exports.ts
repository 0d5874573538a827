/**
 * Exported names that are still there and mean something else: another symbol of the file, another name of another file.
 * In: the base's rows, the text's exports, who is whose partner. Out: names, once each. Whether it breaks anybody is not known from here.
 */
import type { FileFacts } from '../model/facts.js';
import { forwardedTarget } from '../model/lint-index.js';
import type { Dependents, IndexedExport } from './file-rows.js';

/** A name that others import and that leads elsewhere. */
export interface RetargetedExport {
  readonly name: string;
  /** 1-based line of the export in the text. */
  readonly line: number;
  readonly dependents: Dependents;
}

/**
 * A type and a value may share a name: it means something else where one of the base's targets is no longer among the text's.
 * @param partner index in the text's symbols, per symbol of the base; −1 = gone
 */
export function retargetedExports(
  facts: FileFacts,
  base: readonly IndexedExport[],
  partner: readonly number[],
): RetargetedExport[] {
  const now = new Map<string, { readonly line: number; readonly targets: Set<number | string> }>();
  for (const entry of facts.exports) {
    if (entry.kind === 'star') continue;
    const known = now.get(entry.name) ?? { line: entry.line, targets: new Set() };
    known.targets.add(entry.kind === 'local' ? entry.symbol : forwardedTarget(facts, entry));
    now.set(entry.name, known);
  }
  const found = new Map<string, RetargetedExport>();
  for (const { kind, name, symbol, target, dependents } of base) {
    const entry = now.get(name);
    if (entry === undefined || (kind !== 'local' && kind !== 'indirect')) continue;
    const meant = kind === 'local' ? (partner[symbol] ?? -1) : (target ?? '');
    if (!entry.targets.has(meant)) found.set(name, { name, line: entry.line, dependents });
  }
  return [...found.values()];
}
