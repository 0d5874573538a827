/**
 * Object literals whose entries are symbols of their own, and other initialisers of top-level names.
 * In: the literal and its home. Out: entry symbols, nested as the literal is; spreads and computed keys stay with the parent.
 */
import { SymbolFlag } from '../../model/facts.js';
import { isMere, unwrapLiteral } from './evaluation.js';
import { noteDeferred } from './deferred.js';
import type { Home } from './members.js';
import { declareMember } from './members.js';
import { valuePlace } from './places.js';
import type { Place } from './scope.js';
import type { Node } from './syntax.js';
import { isFunction, keyName, typeCode, unwrap } from './syntax.js';
import { readClass } from './visit-classes.js';
import { functionOf, readFunction } from './visit-functions.js';
import type { Walk } from './walk.js';

const NO_FIELDS: ReadonlyMap<string, Place> = new Map();

/** How deep literals nest before the rest is part of the entry: deep ones are data. */
const ENTRY_DEPTH = 12;

/** What is known where an initialiser stands. */
export interface ValueContext {
  /** Others see the type of the value: there is no annotation. */
  readonly seen: boolean;
  /** `let` and `var`: literals widen. */
  readonly widens: boolean;
}

/** Reads the value of a top-level name into the current symbol; object entries and class members become symbols. */
export function readValue(walk: Walk, init: Node, home: Home, context: ValueContext): void {
  const { surface, eager, widen } = walk;
  walk.surface = surface && context.seen;
  const literal = unwrapLiteral(init);
  if (literal.type === 'ObjectExpression') readLiteral(walk, init, literal, home, []);
  else {
    walk.eager = !isMere(init);
    if (walk.eager) noteDeferred(walk, init);
    walk.widen = context.widens;
    if (literal.type === 'ClassExpression') readClass(walk, literal, home);
    else walk.visit(init);
  }
  walk.surface = surface;
  walk.eager = eager;
  walk.widen = widen;
}

/** The literal itself, and the wrappers around it. */
function readLiteral(walk: Walk, init: Node, literal: Node, home: Home, path: readonly string[]): void {
  const { constant, surface } = walk;
  let node = init;
  while (node !== literal) {
    if (node.type === 'CallExpression') walk.mark(node);
    else if (node.typeAnnotation && node.typeAnnotation.typeName?.name !== 'const') {
      walk.erasedText(node.type);
      walk.type(node.typeAnnotation);
      if (node.type !== 'TSSatisfiesExpression') walk.surface = false;
      else walk.constant = true;
    } else walk.constant = true;
    if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') walk.erasedText(node.type);
    node = (node.type === 'CallExpression' ? node.arguments[0] : node.expression) as Node;
  }
  readEntries(walk, literal, home, path);
  walk.constant = constant;
  walk.surface = surface;
}

function readEntries(walk: Walk, literal: Node, home: Home, path: readonly string[]): void {
  const parent = walk.symbol;
  const { surface: seen } = walk;
  walk.mark(literal);
  for (const property of literal.properties as Node[]) {
    const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
    const symbol =
      name === undefined || name === '__proto__' || path.length >= ENTRY_DEPTH
        ? undefined
        : declareMember(walk, parent, { name, kind: entryKind(property), flags: entryFlags(property), node: property });
    if (symbol === undefined || name === undefined) readLoose(walk, property, parent);
    else walk.into(symbol, () => readEntry(walk, property, home, [...path, name], seen));
  }
  walk.token(3);
}

/** Spreads and computed keys: part of the parent, whose entries are then not all known. */
function readLoose(walk: Walk, property: Node, parent: number): void {
  const { eager, widen } = walk;
  walk.draft.symbol(parent).flags |= SymbolFlag.open;
  walk.eager = true;
  walk.widen = !walk.constant;
  walk.visit(property);
  walk.eager = eager;
  walk.widen = widen;
}

function readEntry(walk: Walk, property: Node, home: Home, path: readonly string[], seen: boolean): void {
  const { owner, eager, constant } = walk;
  const value = property.value as Node;
  const literal = unwrapLiteral(value);
  walk.surface = seen;
  walk.token(typeCode(property.kind as string));
  if (literal.type === 'ObjectExpression') readLiteral(walk, value, literal, home, path);
  else {
    walk.eager = !isMere(value);
    if (walk.eager) noteDeferred(walk, value);
    walk.widen = !constant;
    walk.own = property.kind === 'set' ? undefined : functionOf(value);
    const place = walk.own ? undefined : valuePlace(walk, value);
    if (place !== undefined) walk.draft.learn(walk.symbol, 'value', walk.valueAt(place));
    const method = property.method || property.kind !== 'init' || unwrap(value).type === 'FunctionExpression';
    if (method && isFunction(value)) {
      walk.owner = { variable: home.variable, path: path.slice(0, -1), fields: NO_FIELDS, base: undefined };
      readFunction(walk, value);
    } else walk.visit(value);
  }
  walk.owner = owner;
  walk.eager = eager;
  walk.constant = constant;
}

function entryKind(property: Node): 'accessor' | 'entry' {
  return property.kind === 'init' ? 'entry' : 'accessor';
}

function entryFlags(property: Node): number {
  const value = property.value as Node;
  const literal = unwrapLiteral(value).type === 'ObjectExpression';
  return (
    SymbolFlag.value |
    SymbolFlag.inferred |
    (!literal && !isMere(value) ? SymbolFlag.eager : 0) |
    (value.async ? SymbolFlag.async : 0) |
    (property.kind === 'init' && functionOf(value) ? SymbolFlag.lazy : 0)
  );
}
