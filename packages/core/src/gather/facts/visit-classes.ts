/**
 * Classes: heritage, members with symbols of their own, and what `this` means in each.
 * In: class nodes, with a home where they stand at the top level. Out: tokens, references, member symbols.
 * Not here: interfaces and enums (visit-type-declarations.ts).
 */
import type { HeritageClause, SymbolKind } from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import { noteClass } from './calls/notes.js';
import { isMere } from './evaluation.js';
import type { Home } from './members.js';
import { declareMember } from './members.js';
import type { Place } from './scope.js';
import { Scope, Space } from './scope.js';
import type { Node } from './syntax.js';
import { isFunction, keyName, unwrap } from './syntax.js';
import { functionOf, readFunction, readTypeParameters } from './visit-functions.js';
import { writtenParameters } from './parameters.js';
import { annotatedValue, placeOf, valuePlace } from './places.js';
import { EXTEND, readChain } from './visit-references.js';
import { readEntity } from './visit-types.js';
import type { Owner, Visitor, Walk } from './walk.js';

/** Reads a class; with a home its members become symbols, without one they are part of the current symbol. */
export function readClass(walk: Walk, node: Node, home?: Home): void {
  const { erased, owner, scope, eager, metadata } = walk;
  if (node.declare) walk.erased = true;
  for (const decorator of (node.decorators ?? []) as Node[]) walk.visit(decorator);
  walk.mark(node);
  if (node.abstract) walk.erasedText('abstract');
  walk.scope = new Scope(scope);
  if (node.type === 'ClassExpression' && node.id) walk.scope.declare(node.id.name, Space.both);
  if (node.id) walk.name(walk.scope.lookup(node.id.name, Space.both), node.id.name);
  readTypeParameters(walk, node.typeParameters);
  readHeritage(walk, node, home);
  if (home !== undefined) noteClass(walk, node, home.symbol);
  readMembers(walk, node, home);
  Object.assign(walk, { erased, owner, scope, eager, metadata });
}

function readHeritage(walk: Walk, node: Node, home: Home | undefined): void {
  const clauses: HeritageClause[] = [];
  const base = node.superClass as Node | null;
  walk.token(base ? 1 : 0);
  if (base) {
    const clause = heritageClause(walk, base, 'extends');
    if (clause !== undefined) clauses.push(clause);
    else if (home) walk.draft.symbol(home.symbol).flags |= SymbolFlag.open | SymbolFlag.foreign;
    readChain(walk, base, EXTEND);
    if (node.superTypeArguments) walk.type(node.superTypeArguments);
  }
  const { surface, erased } = walk;
  walk.surface = false;
  walk.erased = true;
  for (const each of (node.implements ?? []) as Node[]) {
    const clause = heritageClause(walk, each.expression, 'implements');
    if (clause !== undefined) clauses.push(clause);
    readEntity(walk, each.expression, 'implements', [], Space.type);
    walk.visit(each.typeArguments);
  }
  walk.surface = surface;
  walk.erased = erased;
  if (home && clauses.length > 0) {
    const draft = walk.draft.symbol(home.symbol);
    draft.heritage = [...(draft.heritage ?? []), ...clauses];
  }
}

/** What a heritage expression names; `undefined` where it is computed (a mixin call) or a local. */
export function heritageClause(walk: Walk, expression: Node, kind: HeritageClause['kind']): HeritageClause | undefined {
  const path: string[] = [];
  let root = unwrap(expression);
  for (; root.type === 'MemberExpression'; root = unwrap(root.object)) {
    const name = keyName(root.property, root.computed);
    if (name === undefined) return undefined;
    path.unshift(name);
  }
  if (root.type !== 'Identifier') return undefined;
  const space = kind === 'extends' && walk.erased === false ? Space.value : Space.both;
  const variable = walk.scope.lookup(root.name, space);
  if (variable === undefined) return { kind, binding: walk.draft.globalBinding(root.name), path };
  const place: Place | undefined = variable.target ? { root: variable, path: [] } : variable.alias;
  return place && { kind, binding: walk.draft.bindingOf(place.root), path: [...place.path, ...path] };
}

function readMembers(walk: Walk, node: Node, home: Home | undefined): void {
  const members = node.body.body as Node[];
  const evaluated = walk.eager;
  const base = node.superClass ? placeOf(walk, node.superClass) : undefined;
  const variable = home?.variable;
  const instance: Owner = { variable, path: ['prototype'], fields: fieldTypes(walk, members, false), base };
  const own: Owner = { variable, path: [], fields: fieldTypes(walk, members, true), base };
  const decorated = (node.decorators?.length ?? 0) > 0;
  for (const member of members) {
    walk.owner = member.static || member.type === 'StaticBlock' ? own : instance;
    walk.eager = evaluated;
    const injected = decorated && member.kind === 'constructor';
    walk.metadata = injected || (member.decorators?.length ?? 0) > 0;
    if (member.type === 'StaticBlock') readStaticBlock(walk, member);
    else readClassMember(walk, member, home);
  }
}

function readStaticBlock(walk: Walk, node: Node): void {
  const { called } = walk;
  walk.called = true;
  walk.metadata = false;
  const { surface } = walk;
  walk.surface = false;
  walk.mark(node);
  walk.visit({ ...node, type: 'BlockStatement' } as Node);
  walk.surface = surface;
  walk.called = called;
}

function readClassMember(walk: Walk, node: Node, home: Home | undefined): void {
  if (node.type === 'TSIndexSignature') return walk.type(node);
  const name = keyName(node.key, node.computed);
  if (home !== undefined && name !== undefined) {
    const seed = { name, kind: memberKind(node), flags: memberFlags(node), node };
    const symbol = declareMember(walk, home.symbol, seed);
    if (symbol !== undefined) return walk.into(symbol, () => readMemberBody(walk, node, home, symbol));
  }
  if (home !== undefined) walk.draft.symbol(home.symbol).flags |= SymbolFlag.open;
  if (name === undefined) walk.visit(node.key);
  else walk.write(name);
  readMemberBody(walk, node, home, undefined);
}

function readMemberBody(walk: Walk, node: Node, home: Home | undefined, symbol: number | undefined): void {
  const { erased, surface } = walk;
  const method = node.value?.type === 'FunctionExpression' || node.value?.type === 'TSEmptyBodyFunctionExpression';
  if (node.declare || node.type.startsWith('TSAbstract') || node.value?.type === 'TSEmptyBodyFunctionExpression')
    walk.erased = true;
  for (const decorator of (node.decorators ?? []) as Node[]) walk.visit(decorator);
  walk.write(
    `${node.kind === 'get' || node.kind === 'set' ? (node.kind as string) : ''}${node.static ? ' static' : ''}`,
  );
  walk.erasedText(
    `${(node.accessibility ?? '') as string}${node.readonly ? ' readonly' : ''}${node.optional ? ' ?' : ''}${node.override ? ' override' : ''}${node.type.startsWith('TSAbstract') ? ' abstract' : ''}`,
  );
  if (method && node.type.endsWith('MethodDefinition')) readMethod(walk, node, home, symbol);
  else readField(walk, node, symbol);
  walk.erased = erased;
  walk.surface = surface;
}

function readMethod(walk: Walk, node: Node, home: Home | undefined, symbol: number | undefined): void {
  const draft = symbol === undefined ? undefined : walk.draft.symbol(symbol);
  const { value } = node as unknown as { value: Node };
  if (!value.body && draft && !node.type.startsWith('TSAbstract')) draft.overloaded = true;
  if (value.body && draft?.overloaded) walk.surface = false;
  if (node.kind === 'constructor' && home !== undefined) declareParameterProperties(walk, value, home);
  if (node.kind === 'constructor') {
    const { surface } = walk;
    if (symbol !== undefined && surface) walk.draft.learnParameters(symbol, writtenParameters(value.params));
    readFunction(walk, value);
    walk.surface = surface;
  } else {
    if (symbol !== undefined && node.kind !== 'set') walk.own = value;
    readFunction(walk, value);
  }
}

/** `constructor(private readonly x: T)` declares the field `x`. */
function declareParameterProperties(walk: Walk, constructor: Node, home: Home): void {
  for (const parameter of constructor.params as Node[]) {
    if (parameter.type !== 'TSParameterProperty') continue;
    const id = (
      parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter
    ) as Node;
    const flags =
      SymbolFlag.value | (isHidden(parameter) ? SymbolFlag.hidden : 0) | (id.optional ? SymbolFlag.optional : 0);
    const symbol = declareMember(walk, home.symbol, { name: id.name, kind: 'property', flags, node: parameter });
    if (symbol === undefined) continue;
    walk.into(symbol, () => {
      walk.mark(parameter);
      if (parameter.readonly) walk.erasedText('readonly');
      walk.erasedText((parameter.accessibility ?? '') as string);
      walk.type(id.typeAnnotation);
      learnField(walk, symbol, id.typeAnnotation, undefined);
      if (parameter.parameter.type === 'AssignmentPattern') walk.visit(parameter.parameter.right);
    });
  }
}

/** What a field holds, from its annotation or its initialiser; a function in it, by what it gives. */
function learnField(walk: Walk, symbol: number, annotation: Node | null | undefined, init: Node | undefined): void {
  const place = annotation ? annotatedValue(walk, annotation) : init && valuePlace(walk, init);
  if (place !== undefined || annotation) walk.draft.learn(symbol, 'value', place && walk.valueAt(place));
}

function readField(walk: Walk, node: Node, symbol: number | undefined): void {
  const { called, metadata, eager } = walk;
  walk.mark(node);
  walk.type(node.typeAnnotation);
  walk.metadata = false;
  if (node.typeAnnotation) walk.surface = false;
  if (!node.static) walk.eager = eager && called;
  walk.widen = !node.readonly;
  if (symbol !== undefined) {
    walk.own = functionOf(node.value as Node | null);
    learnField(walk, symbol, node.typeAnnotation, (node.value ?? undefined) as Node | undefined);
  }
  walk.visit(node.value);
  walk.widen = false;
  walk.metadata = metadata;
  walk.eager = eager;
}

function memberKind(node: Node): SymbolKind {
  if (!node.type.endsWith('MethodDefinition')) return 'property';
  if (node.kind === 'constructor') return 'constructor';
  return node.kind === 'get' || node.kind === 'set' ? 'accessor' : 'method';
}

function memberFlags(node: Node): number {
  const value = node.value as Node | null | undefined;
  const work = !isMere(value) && node.static && memberKind(node) === 'property';
  const annotated = node.typeAnnotation ?? value?.returnType;
  return (
    SymbolFlag.value |
    (node.static ? SymbolFlag.static : 0) |
    (isHidden(node) ? SymbolFlag.hidden : 0) |
    (node.optional ? SymbolFlag.optional : 0) |
    (node.type.startsWith('TSAbstract') ? SymbolFlag.abstract : 0) |
    (value?.async ? SymbolFlag.async : 0) |
    (!annotated && node.kind !== 'constructor' && value ? SymbolFlag.inferred : 0) |
    (work || (node.decorators?.length ?? 0) > 0 ? SymbolFlag.eager : 0) |
    ((node.decorators?.length ?? 0) > 0 ? SymbolFlag.foreign : 0) |
    (functionOf(value) && memberKind(node) === 'property' ? SymbolFlag.lazy : 0)
  );
}

function isHidden(node: Node): boolean {
  return (
    node.accessibility === 'private' || node.accessibility === 'protected' || node.key?.type === 'PrivateIdentifier'
  );
}

/** The named types of fields: annotated, constructed, or parameter properties. */
function fieldTypes(walk: Walk, members: readonly Node[], fixed: boolean): ReadonlyMap<string, Place> {
  const types = new Map<string, Place>();
  for (const member of members) {
    if (member.kind === 'constructor' && !fixed) {
      for (const parameter of member.value.params as Node[]) addParameterType(walk, types, parameter);
    } else if (Boolean(member.static) === fixed && member.key && !isFunction(member.value ?? member)) {
      const name = keyName(member.key, member.computed);
      const value = member.value && unwrap(member.value);
      const place =
        annotatedValue(walk, member.typeAnnotation) ??
        (value?.type === 'NewExpression' ? valuePlace(walk, value) : undefined);
      if (name !== undefined && place !== undefined) types.set(name, place);
    }
  }
  return types;
}

function addParameterType(walk: Walk, types: Map<string, Place>, parameter: Node): void {
  if (parameter.type !== 'TSParameterProperty') return;
  const id = (
    parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter
  ) as Node;
  const place = annotatedValue(walk, id.typeAnnotation);
  if (place !== undefined) types.set(id.name, place);
}

const visitClass: Visitor = (walk, node) => readClass(walk, node);

/** Visitors of this file, by node type. */
export const CLASS_VISITORS: Readonly<Record<string, Visitor>> = {
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
};
