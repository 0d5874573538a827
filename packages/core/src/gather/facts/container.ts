/**
 * A place that holds declarations with symbols of their own: the file, a namespace, `declare global`, `declare module 'x'`.
 * In: a name and its node. Out: the symbol, and the variable bound to it in the container's scope.
 */
import type { SymbolKind } from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import type { Home } from './members.js';
import type { Scope } from './scope.js';
import { Space, Variable } from './scope.js';
import type { Node } from './syntax.js';
import { endOf, startOf } from './syntax.js';
import type { Walk } from './walk.js';

/** One holder of declarations. */
export interface Container {
  readonly scope: Scope;
  /** Symbol of the namespace; −1 for the file. */
  readonly parent: number;
  /** What stands before the names of its symbols: `''` or `Outer.Inner.`. */
  readonly prefix: string;
  readonly place: 'file' | 'namespace' | 'ambient';
  /** For `ambient`: the augmented module's request; −1 for the global scope. */
  readonly request: number;
  /** Inside `declare` or a declaration file: nothing here exists at run time. */
  readonly declared: boolean;
}

/** A declaration's name, kind and flags. */
export interface DeclarationSeed {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly flags: number;
  /** Where it stands, `export` included. */
  readonly node: Node;
}

/** Makes or merges the symbol of a declaration and binds its name. */
export function declareSymbol(walk: Walk, container: Container, seed: DeclarationSeed): Home {
  const { scope, prefix, parent } = container;
  const { name, kind, node } = seed;
  const declared = container.declared ? SymbolFlag.ambient : 0;
  const symbol = walk.draft.declare({
    name: prefix + name,
    kind,
    flags: seed.flags | declared,
    parent,
    line: walk.lines.lineAt(startOf(node)),
    endLine: walk.lines.lineAt(Math.max(startOf(node), endOf(node) - 1)),
  });
  const spaces = spacesOf(seed.flags);
  const known = scope.own(name, Space.both);
  const target = known?.target;
  const variable = target?.kind === 'symbol' && target.symbol === symbol ? known : undefined;
  const bound = variable ?? new Variable(name, { kind: 'symbol', symbol });
  scope.bind(bound, spaces);
  return { symbol, variable: bound };
}

/** The home of a name that {@link declareSymbol} has made in this container. */
export function homeOf(container: Container, name: string, spaces: number): Home | undefined {
  const variable = container.scope.own(name, spaces);
  if (variable?.target?.kind !== 'symbol') return undefined;
  return { symbol: variable.target.symbol, variable };
}

function spacesOf(flags: number): number {
  return (flags & SymbolFlag.value ? Space.value : 0) | (flags & SymbolFlag.type ? Space.type : 0);
}
