/**
 * Symbols of what is written into a value: all statements of a file that mutate the same one share a symbol.
 * In: the value, and where it is written. Out: the index of its symbol. Not here: which statements mutate (mutations.ts).
 */
import { SymbolFlag } from '../../model/facts.js';
import type { Container } from './container.js';
import type { Variable } from './scope.js';
import type { Node } from './syntax.js';
import { endOf, startOf } from './syntax.js';
import type { Walk } from './walk.js';

type Holder = Pick<Container, 'prefix' | 'parent'>;

/** The mutation symbol of a variable; an imported one goes by the name that it is exported by. */
export function mutationSymbol(walk: Walk, container: Holder, target: Variable, statement: Node): number {
  const entry = target.target?.kind === 'import' ? walk.draft.imports[target.target.import] : undefined;
  const imported = entry && entry.name !== 'default' && entry.name !== '*' && entry.name !== 'export=';
  return mutationNamed(walk, container, imported ? entry.name : target.name, statement, target);
}

/** The mutation symbol of a variable or a global name; one for all statements of the file. */
export function mutationNamed(walk: Walk, container: Holder, name: string, statement: Node, target?: Variable): number {
  const key = target ?? name;
  const place = {
    line: walk.lines.lineAt(startOf(statement)),
    endLine: walk.lines.lineAt(Math.max(startOf(statement), endOf(statement) - 1)),
  };
  const known = walk.mutations.get(key);
  if (known !== undefined) {
    const draft = walk.draft.symbol(known);
    draft.endLine = Math.max(draft.endLine, place.endLine);
    return known;
  }
  const free = walk.draft.freeName(`${container.prefix}${name}~`);
  const seed = { name: free, kind: 'mutation', flags: SymbolFlag.value, parent: container.parent, ...place } as const;
  const symbol = walk.draft.declare(seed);
  walk.mutations.set(key, symbol);
  return symbol;
}
