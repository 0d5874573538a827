/**
 * Symbols for the parts of a declaration: class and interface members, enum members, object entries.
 * In: a home (the parent's symbol) and a member's name and flags. Out: its symbol, made or merged.
 */
import type { SymbolKind } from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import type { Variable } from './scope.js';
import type { Node } from './syntax.js';
import { endOf, startOf } from './syntax.js';
import type { Walk } from './walk.js';

/** A declaration that has a symbol, and the variable by which its own members refer to it. */
export interface Home {
  readonly symbol: number;
  readonly variable: Variable;
}

/** What a member's declaration says about it. */
export interface MemberSeed {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly flags: number;
  readonly node: Node;
}

/** Declares a member's symbol; `undefined` where the file has too many symbols already. */
export function declareMember(walk: Walk, parent: number, seed: MemberSeed): number | undefined {
  const { draft } = walk;
  if (!draft.roomy) return undefined;
  const owner = draft.symbol(parent);
  const qualified = `${owner.name}.${seed.name}`;
  const known = draft.find(qualified);
  const clash = known !== undefined && ((known.flags ^ seed.flags) & SymbolFlag.static) !== 0;
  owner.members.push(memberMark(seed));
  return draft.declare({
    name: clash ? draft.freeName(qualified) : qualified,
    kind: seed.kind,
    flags: seed.flags,
    parent,
    line: walk.lines.lineAt(startOf(seed.node)),
    endLine: walk.lines.lineAt(Math.max(startOf(seed.node), endOf(seed.node) - 1)),
  });
}

/** What the parent's type says about the member. */
function memberMark({ name, kind, flags }: MemberSeed): string {
  const marks = flags & (SymbolFlag.static | SymbolFlag.hidden | SymbolFlag.optional | SymbolFlag.abstract);
  return `${name}:${kind === 'constructor' ? kind : ''}:${marks}`;
}
