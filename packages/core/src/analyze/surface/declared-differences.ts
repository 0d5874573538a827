/**
 * What differs in each changed declaration, by node: the written part of compatibility.
 * In: snapshot, linked symbols. Out: differences by node of the head (of the base for what is gone). Linear in changed declarations.
 * Not here: the comparison (shape-differences.ts), what a checker adds (settle.ts).
 */
import { SymbolFlag } from '../../model/index.js';
import type { DeclaredShape, FileFacts, RepoPath, Snapshot } from '../../model/index.js';
import type { Linked } from '../link/index.js';
import { joinedDifferences, type Differences } from './difference.js';
import { shapeDifferences } from './shape-differences.js';

/** See the file's head; empty where nothing is compared. */
export function declaredDifferences(snapshot: Snapshot, linked: Linked): ReadonlyMap<number, Differences> {
  const found = new Map<number, Differences>();
  const { declarations, base, head } = snapshot;
  if (declarations === undefined || base === undefined) return found;
  const [before, after] = [factsByPath(base.files), factsByPath(head.files)];
  for (const { base: old, head: now } of linked.matches) {
    const [was, is] = [before.get(old.path)?.symbols[old.symbol], after.get(now.path)?.symbols[now.symbol]];
    if (was === undefined || is === undefined || was.parent >= 0 || was.kind === 'module') continue;
    // What no other file can name breaks nobody by itself.
    if (((was.flags | is.flags) & (SymbolFlag.exported | SymbolFlag.ambient)) === 0) continue;
    const shapes = [named(declarations.base[old.path], was.name), named(declarations.head[now.path], is.name)] as const;
    for (const [name, one] of shapeDifferences(is.name, shapes[0], shapes[1])) {
      const renamed = was.name + name.slice(is.name.length);
      const node =
        nodeNamed(linked.headNodes.get(now.path), after.get(now.path), name) ??
        nodeNamed(linked.baseNodes.get(old.path), before.get(old.path), renamed) ??
        linked.headNodes.get(now.path)?.[now.symbol];
      if (node !== undefined) {
        const known = found.get(node);
        found.set(node, known === undefined ? one : joinedDifferences(known, one));
      }
    }
  }
  return found;
}

interface FactsByPath {
  get(path: RepoPath): FileFacts | undefined;
}

/** Facts are decoded for those paths alone that are asked for. */
function factsByPath(files: Snapshot['head']['files']): FactsByPath {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return { get: (path) => byPath.get(path)?.facts };
}

function named(shapes: readonly DeclaredShape[] = [], name: string): readonly DeclaredShape[] {
  return shapes.filter((one) => one.name === name);
}

/** The symbol of that name; of `outer.inner` in a nested type, that of `outer`. */
function nodeNamed(nodes: Int32Array | undefined, facts: FileFacts | undefined, name: string): number | undefined {
  if (nodes === undefined || facts === undefined) return undefined;
  for (let at = name; at.includes('.'); at = at.slice(0, at.lastIndexOf('.'))) {
    const symbol = facts.symbols.findIndex((one) => one.name === at);
    if (symbol >= 0) return nodes[symbol];
  }
  const symbol = name.includes('.') ? -1 : facts.symbols.findIndex((one) => one.name === name);
  return symbol < 0 ? undefined : nodes[symbol];
}
