/**
 * Interfaces, type aliases and enums, with their members as symbols where they stand at the top level.
 * In: their nodes and a home. Out: tokens, references, member symbols.
 */
import { noteAlias, noteValue } from './calls/notes.js';
import type { HeritageClause, SymbolKind } from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import { isMere } from './evaluation.js';
import type { Home } from './members.js';
import { declareMember } from './members.js';
import { writtenParameters } from './parameters.js';
import { annotatedValue } from './places.js';
import { Scope, Space, Variable } from './scope.js';
import type { Node } from './syntax.js';
import { keyName } from './syntax.js';
import { heritageClause } from './visit-classes.js';
import { readTypeParameters } from './visit-functions.js';
import { readEntity } from './visit-types.js';
import type { Visitor, Walk } from './walk.js';

/** Reads an interface. */
export function readInterface(walk: Walk, node: Node, home?: Home): void {
  inTypes(walk, () => {
    walk.mark(node);
    walk.name(walk.scope.lookup(node.id.name, Space.type), node.id.name);
    readTypeParameters(walk, node.typeParameters);
    const clauses: HeritageClause[] = [];
    for (const each of (node.extends ?? []) as Node[]) {
      const clause = heritageClause(walk, each.expression, 'extends');
      if (clause !== undefined) clauses.push(clause);
      readEntity(walk, each.expression, 'extends', [], Space.type);
      walk.visit(each.typeArguments);
    }
    if (home && clauses.length > 0) {
      const draft = walk.draft.symbol(home.symbol);
      draft.heritage = [...(draft.heritage ?? []), ...clauses];
    }
    readTypeMembers(walk, node.body.body, home);
  });
}

/** Reads a type alias. */
export function readTypeAlias(walk: Walk, node: Node, home?: Home): void {
  inTypes(walk, () => {
    walk.mark(node);
    walk.name(walk.scope.lookup(node.id.name, Space.type), node.id.name);
    readTypeParameters(walk, node.typeParameters);
    if (node.typeAnnotation.type !== 'TSTypeLiteral') {
      if (home !== undefined) noteAlias(walk, node.typeAnnotation);
      const place = home && annotatedValue(walk, node.typeAnnotation);
      if (place !== undefined && place.root.target) walk.draft.learn(walk.symbol, 'value', walk.valueAt(place));
      return walk.visit(node.typeAnnotation);
    }
    walk.mark(node.typeAnnotation);
    readTypeMembers(walk, node.typeAnnotation.members, home);
  });
}

function inTypes(walk: Walk, read: () => void): void {
  const { erased } = walk;
  walk.erased = true;
  walk.within(new Scope(walk.scope), read);
  walk.erased = erased;
}

function readTypeMembers(walk: Walk, members: readonly Node[], home: Home | undefined): void {
  for (const member of members) {
    const name = member.key ? keyName(member.key, member.computed) : undefined;
    const symbol = home && name !== undefined ? declareMember(walk, home.symbol, typeMember(member, name)) : undefined;
    if (symbol !== undefined)
      walk.into(symbol, () => {
        walk.visit({ ...member, key: NAMELESS, computed: false } as Node);
        const called = member.type === 'TSMethodSignature' && member.kind !== 'get' && member.kind !== 'set';
        if (called) walk.draft.learnParameters(symbol, writtenParameters(member.params));
        learnSignature(walk, symbol, member);
      });
    else walk.visit(member);
  }
  walk.token(3);
}

/** What a property holds, what a method gives. */
function learnSignature(walk: Walk, symbol: number, { type, kind, typeAnnotation, returnType }: Node): void {
  const method = type === 'TSMethodSignature' && kind !== 'get' && kind !== 'set';
  const annotation = (typeAnnotation ?? returnType) as Node | null | undefined;
  if (kind === 'set' || !annotation) return;
  const place = annotatedValue(walk, annotation);
  walk.draft.learn(symbol, method ? 'returns' : 'value', place && walk.valueAt(place));
}

/** A member's own name is not part of its content: a rename is seen by the content that stays. */
const NAMELESS = { type: 'Identifier', name: '' };

function typeMember(node: Node, name: string): { name: string; kind: SymbolKind; flags: number; node: Node } {
  const accessor = node.kind === 'get' || node.kind === 'set';
  const kind = node.type === 'TSPropertySignature' ? 'property' : accessor ? 'accessor' : 'method';
  return { name, kind, flags: SymbolFlag.type | (node.optional ? SymbolFlag.optional : 0), node };
}

/** Reads an enum; a member without initialiser counts with the value it gets. */
export function readEnum(walk: Walk, node: Node, home?: Home): void {
  const { erased, surface } = walk;
  if (node.declare) walk.erased = true;
  walk.mark(node);
  walk.token(node.const ? 2 : 1);
  walk.name(walk.scope.lookup(node.id.name, Space.both), node.id.name);
  const members = (node.body?.members ?? node.members) as Node[];
  const scope = new Scope(walk.scope);
  const symbols = members.map((member) => declareEnumMember(walk, member, home, scope));
  walk.within(scope, () => {
    let base: Node | null = null;
    let offset = 0;
    for (const [index, member] of members.entries()) {
      if (member.initializer) [base, offset] = [member.initializer as Node, 0];
      const value = { base, offset };
      const symbol = symbols[index];
      if (symbol !== undefined)
        walk.into(symbol, () => {
          noteValue(walk, (member.initializer ?? null) as Node | null);
          readEnumValue(walk, value.base, value.offset);
        });
      else {
        walk.write(keyName(member.id, member.computed) ?? '');
        readEnumValue(walk, value.base, value.offset);
      }
      offset += 1;
    }
  });
  walk.erased = erased;
  walk.surface = surface;
}

function declareEnumMember(walk: Walk, member: Node, home: Home | undefined, scope: Scope): number | undefined {
  const name = keyName(member.id, false) ?? '';
  if (home === undefined) {
    scope.declare(name, Space.both);
    return undefined;
  }
  const eager = isMere(member.initializer) ? 0 : SymbolFlag.eager;
  const flags = SymbolFlag.value | SymbolFlag.type | eager;
  const symbol = declareMember(walk, home.symbol, { name, kind: 'enum-member', flags, node: member });
  if (symbol !== undefined) scope.bind(new Variable(name, { kind: 'symbol', symbol }), Space.both);
  return symbol;
}

function readEnumValue(walk: Walk, base: Node | null, offset: number): void {
  walk.visit(base);
  walk.token(offset);
}

/** Visitors of this file, by node type. */
export const TYPE_DECLARATION_VISITORS: Readonly<Record<string, Visitor>> = {
  TSEnumDeclaration: (walk, node) => readEnum(walk, node),
  TSInterfaceDeclaration: (walk, node) => readInterface(walk, node),
  TSTypeAliasDeclaration: (walk, node) => readTypeAlias(walk, node),
};
