/**
 * Patterns: where names are bound (declarations, parameters, catch) and where they are assigned.
 * In: pattern nodes, and what is taken apart where that is known. Out: tokens, references to the members taken.
 */
import { globalObject } from './globals.js';
import { ReferenceFlag } from '../../model/facts.js';
import { boundNames, type BoundName } from './bound-names.js';
import { noteLocal } from './calls/notes.js';
import { instancePlace, placeOf, typePlace, valuePlace } from './places.js';
import { ITSELF, readChain, readName, referToValue, WRITE } from './visit-references.js';
import type { Use } from './visit-references.js';
import type { Place, Variable } from './scope.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { keyName, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

/** The members that a pattern takes out of what it is given. */
export function takenFrom(pattern: Node): Use {
  const names = boundNames(pattern);
  const paths = names.map(({ path }) => path);
  const coarse = names.some((name) => name.coarse);
  if (coarse || names.length === 0) return { kind: 'read', flags: ReferenceFlag.escapes, tails: [[], ...paths] };
  return { kind: 'read', flags: ReferenceFlag.escapes, tails: paths };
}

/** Reads `id = init` of a local declaration; remembers what the names stand for. */
export function readDeclarator(walk: Walk, node: Node, constant: boolean): void {
  walk.mark(node);
  const { id, init } = node as unknown as { id: Node; init: Node | null };
  readBinding(walk, id, init !== null);
  noteLocal(walk, id, init);
  const place = init === null ? undefined : placeOf(walk, init);
  if (init === null) walk.token(0);
  else if (id.type !== 'Identifier') readChain(walk, init, takenFrom(id));
  else readChain(walk, init, constant && place ? KEPT : WHOLE);
  if (id.type === 'Identifier') {
    const variable = walk.scope.lookup(id.name, Space.value);
    if (variable !== undefined && variable.target === undefined)
      learn(walk, variable, id, init, constant ? place : undefined);
  } else if (constant && init !== null) {
    const taken = place ?? valuePlace(walk, init);
    if (taken) for (const name of boundNames(id)) learnTaken(walk, name, taken, place !== undefined);
  }
}

const WHOLE: Use = { kind: 'read', flags: ReferenceFlag.escapes, tails: ITSELF };
const KEPT: Use = { kind: 'read', flags: 0, tails: ITSELF };

function learn(walk: Walk, variable: Variable, id: Node, init: Node | null, place: Place | undefined): void {
  variable.alias = place;
  learnType(walk, variable, id, init, walk.widen);
}

/** Remembers what a variable holds: from its annotation, or from `new T(…)`, `x as T`, `make()`, `this.x`. */
export function learnType(walk: Walk, variable: Variable, id: Node, init: Node | null, changes = false): void {
  const annotated = typePlace(walk, id.typeAnnotation);
  variable.typed = annotated && instancePlace(annotated);
  variable.numeric = id.typeAnnotation?.typeAnnotation?.type === 'TSNumberKeyword';
  variable.global = init && !changes ? globalObject(walk, init) : undefined;
  if (id.typeAnnotation || !init) return;
  const value = unwrap(init);
  variable.numeric = value.type === 'Literal' && typeof value.value === 'number';
  variable.typed = satisfiedType(walk, init) ?? valuePlace(walk, init);
  variable.constructed = value.type === 'NewExpression' && !changes;
  if (value.type === 'CallExpression' && isCreateRequire(value)) variable.loader = true;
}

/** `{ … } satisfies T`: what the literal itself does not have, and who may call what it has, is told by the type. */
function satisfiedType(walk: Walk, init: Node): Place | undefined {
  if (init.type !== 'TSSatisfiesExpression' || unwrap(init).type !== 'ObjectExpression') return undefined;
  const type = typePlace(walk, init.typeAnnotation);
  return type && instancePlace(type);
}

/** `createRequire(import.meta.url)`. */
export function isCreateRequire(node: Node): boolean {
  const callee = unwrap(node.callee);
  return (callee.type === 'MemberExpression' ? callee.property.name : callee.name) === 'createRequire';
}

/** A name taken out of something is another name for its member; of a value that is made anew, it only holds it. */
function learnTaken(walk: Walk, name: BoundName, place: Place, alias = true): void {
  const variable = walk.scope.lookup(name.identifier.name, Space.value);
  if (variable === undefined || variable.target !== undefined || name.coarse || name.expressions.length > 0) return;
  const taken = { root: place.root, path: [...place.path, ...name.path] };
  if (alias) variable.alias = taken;
  else variable.typed = taken;
}

/**
 * Reads a pattern in which names are bound: parameters, declarators, catch.
 * @param told what the pattern takes, and of what, is told by whoever reads the value.
 */
export function readBinding(walk: Walk, node: Node | null | undefined, told = false): void {
  if (node === null || node === undefined) return walk.token(0);
  if ((node.decorators?.length ?? 0) > 0) for (const decorator of node.decorators as Node[]) walk.visit(decorator);
  switch (node.type) {
    case 'Identifier':
      walk.name(walk.scope.lookup(node.name, Space.value), node.name);
      if (node.optional) walk.erasedText('?');
      if (node.typeAnnotation) walk.type(node.typeAnnotation);
      return;
    case 'AssignmentPattern': {
      walk.mark(node);
      const { surface } = walk;
      readBinding(walk, node.left, told);
      if (surface && node.left.typeAnnotation) walk.surface = false;
      walk.visit(node.right);
      walk.surface = surface;
      return;
    }
    case 'RestElement':
      walk.mark(node);
      readBinding(walk, node.argument, told);
      if (node.typeAnnotation) walk.type(node.typeAnnotation);
      return;
    case 'ObjectPattern':
    case 'ArrayPattern':
      return readTakenApart(walk, node, told);
    case 'TSParameterProperty':
      walk.mark(node);
      if (node.accessibility) walk.erasedText(node.accessibility);
      if (node.readonly) walk.erasedText('readonly');
      return readBinding(walk, node.parameter, told);
    default:
      return readTarget(walk, node);
  }
}

function readTakenApart(walk: Walk, node: Node, told: boolean): void {
  const { surface } = walk;
  const typed = typePlace(walk, node.typeAnnotation);
  const known = told || typed !== undefined;
  walk.mark(node);
  if (node.typeAnnotation) walk.surface = false;
  if (node.type === 'ArrayPattern') {
    walk.token(node.elements.length);
    for (const element of node.elements as (Node | null)[]) readBinding(walk, element, known);
  } else {
    walk.token(node.properties.length);
    for (const property of node.properties as Node[]) {
      if (property.type === 'RestElement') readBinding(walk, property, known);
      else {
        readTakenKey(walk, property, known);
        readBinding(walk, property.value, known);
      }
    }
  }
  walk.surface = surface;
  if (!node.typeAnnotation) return;
  walk.type(node.typeAnnotation);
  walk.surface = false;
  if (typed !== undefined) referToValue(walk, instancePlace(typed), [], takenFrom(node), node);
  walk.surface = surface;
}

/** The key of one property of a pattern; a member of something unknown unless that is told elsewhere. */
function readTakenKey(walk: Walk, property: Node, told: boolean): void {
  const name = keyName(property.key, property.computed);
  if (name === undefined) {
    walk.visit(property.key);
    walk.useAnyMember(false);
    return;
  }
  walk.write(name);
  if (!told) walk.useMember(name);
}

/** Reads the left side of an assignment: names and members are written, patterns taken apart. */
export function readTarget(walk: Walk, node: Node | null | undefined): void {
  if (node === null || node === undefined) return walk.token(0);
  switch (node.type) {
    case 'Identifier':
      return readName(walk, node, [], WRITE);
    case 'ArrayPattern':
      walk.mark(node);
      walk.token(node.elements.length);
      for (const element of node.elements as (Node | null)[]) readTarget(walk, element);
      return;
    case 'ObjectPattern':
      walk.mark(node);
      walk.token(node.properties.length);
      for (const property of node.properties as Node[]) {
        if (property.type === 'RestElement') readTarget(walk, property);
        else {
          readTakenKey(walk, property, false);
          readTarget(walk, property.value);
        }
      }
      return;
    case 'AssignmentPattern':
      walk.mark(node);
      readTarget(walk, node.left);
      return walk.visit(node.right);
    case 'RestElement':
      walk.mark(node);
      return readTarget(walk, node.argument);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      readTarget(walk, node.expression);
      return walk.type(node.typeAnnotation);
    default:
      return readChain(walk, node, WRITE);
  }
}

/** A parameter that is given a known thing: the names in it are other names for that thing's members. */
export function receive(walk: Walk, id: Node, place: Place): void {
  if (id.type === 'Identifier') {
    const variable = walk.scope.own(id.name, Space.value);
    if (variable !== undefined) variable.alias = place;
    return;
  }
  if (id.type !== 'ObjectPattern' && id.type !== 'ArrayPattern') return;
  const use = takenFrom(id);
  for (const tail of use.tails) walk.refer(place.root, [...place.path, ...tail], use.kind, use.flags, id);
  for (const name of boundNames(id)) learnTaken(walk, name, place);
}
