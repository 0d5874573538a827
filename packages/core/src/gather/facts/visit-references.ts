/**
 * Names and member chains in value positions: what they refer to and by which path.
 * In: Identifier, MemberExpression, this, super and what wraps them. Out: tokens and references.
 * Not here: calls and assignments as such (visit-expressions.ts); they pass in what is done with the chain.
 */
import type { ReferenceKind } from '../../model/facts.js';
import { ReferenceFlag } from '../../model/facts.js';
import { assignsPlace } from './globals.js';
import { loadedModule, noteComputedLoad } from './requests.js';
import type { Place, Variable } from './scope.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { keyName, typeCode, unwrap } from './syntax.js';
import type { Visitor, Walk } from './walk.js';

/** What becomes of the value that a chain gives. */
export interface Use {
  readonly kind: ReferenceKind;
  /** {@link ReferenceFlag} bits. */
  readonly flags: number;
  /** Further paths that are taken from it (destructuring); one empty path for the value itself. */
  readonly tails: readonly (readonly string[])[];
}

const ITSELF: readonly (readonly string[])[] = [[]];

/** The value goes somewhere: any member may be used there. */
export const ESCAPE: Use = { kind: 'read', flags: ReferenceFlag.escapes, tails: ITSELF };
/** The value stays where every use of it is seen. */
export const KEEP: Use = { kind: 'read', flags: 0, tails: ITSELF };
export const CALL: Use = { kind: 'call', flags: 0, tails: ITSELF };
export const WRITE: Use = { kind: 'write', flags: 0, tails: ITSELF };
export const DECORATE: Use = { kind: 'decorate', flags: 0, tails: ITSELF };
export const RENDER: Use = { kind: 'render', flags: 0, tails: ITSELF };
export const EXTEND: Use = { kind: 'extends', flags: 0, tails: ITSELF };

const UNBOUND_NAMES = new Set(['undefined', 'NaN', 'Infinity', 'arguments', 'module', 'exports', 'require']);

/** Reads an expression whose value is used as told; anything but a chain is read as usual. */
export function readChain(walk: Walk, node: Node, use: Use): void {
  switch (node.type) {
    case 'Identifier':
      return readName(walk, node, [], use);
    case 'MemberExpression':
      return readMember(walk, node, use);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return readChain(walk, node.expression, use);
    case 'TSNonNullExpression':
      walk.erasedText('!');
      return readChain(walk, node.expression, use);
    case 'AwaitExpression':
      if (unwrap(node.argument).type !== 'ImportExpression') return walk.visit(node);
      walk.mark(node);
      return readRoot(walk, unwrap(node.argument), [], use);
    case 'ThisExpression':
    case 'CallExpression':
    case 'NewExpression':
    case 'ImportExpression':
      return readRoot(walk, node, [], use);
    default:
      return walk.visit(node);
  }
}

/** An identifier with a path behind it. */
export function readName(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  const name = node.name as string;
  const variable = walk.scope.lookup(name, Space.value);
  walk.name(variable, name);
  if (variable === undefined) {
    if (!UNBOUND_NAMES.has(name) && !(use.kind === 'read' && assignsPlace(walk, { name, path })))
      eachTail(use, path, (full) => walk.referGlobal(name, full, use.kind, use.flags, node));
    else if (name === 'module' || name === 'exports') readOwnExport(walk, node, path, use);
    return;
  }
  referToVariable(walk, variable, path, use, node);
}

/** `exports.foo` inside the file that sets it. */
function readOwnExport(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  const names = node.name === 'module' ? path.slice(1) : path;
  if (node.name === 'module' && path[0] !== 'exports') return;
  walk.draft.cjs = true;
  const place = names[0] === undefined ? undefined : walk.ownExports.get(names[0]);
  if (place !== undefined) referToVariable(walk, place.root, [...place.path, ...names.slice(1)], use, node);
}

function referToVariable(walk: Walk, variable: Variable, path: readonly string[], use: Use, node: Node): void {
  const { alias, typed, global } = variable;
  if (global !== undefined)
    eachTail(use, [...global.path, ...path], (full) => walk.referGlobal(global.name, full, use.kind, use.flags, node));
  if (variable.target !== undefined)
    eachTail(use, path, (full) => walk.refer(variable, full, use.kind, use.flags, node));
  else if (alias !== undefined) {
    const behind = [...alias.path, ...path];
    eachTail(use, behind, (full) => walk.refer(alias.root, full, use.kind, use.flags, node));
  }
  if (typed === undefined) return;
  if (path.length > 0 || use.tails !== ITSELF) referToInstance(walk, typed, path, use, node);
  else if (variable.constructed && (use.flags & ReferenceFlag.escapes) !== 0) {
    const flags = ReferenceFlag.instance | ReferenceFlag.escapes;
    walk.refer(typed.root, [...typed.path, 'prototype'], 'read', flags, node);
  }
}

/** A member read off a declared type. */
export function referToInstance(walk: Walk, typed: Place, path: readonly string[], use: Use, node: Node): void {
  eachTail(use, path, (full) => {
    const member = full[0];
    if (member === undefined) return;
    const kind = full.length === 1 ? use.kind : 'read';
    const flags = ReferenceFlag.instance | (full.length === 1 ? use.flags : 0);
    walk.refer(typed.root, [...typed.path, 'prototype', member], kind, flags, node);
  });
}

function eachTail(use: Use, path: readonly string[], visit: (full: readonly string[]) => void): void {
  for (const tail of use.tails) visit(tail.length === 0 ? path : path.length === 0 ? tail : [...path, ...tail]);
}

/** A member chain: its static names as a path, its computed keys as expressions of their own. */
export function readMember(walk: Walk, node: Node, use: Use): void {
  const links: Node[] = [];
  let root = node;
  for (;;) {
    if (root.type === 'MemberExpression') {
      links.push(root);
      walk.token(typeCode(root.optional ? 'OptionalMember' : 'MemberExpression'));
      const name = keyName(root.property, root.computed);
      if (name !== undefined) walk.write(name);
      root = root.object;
    } else if (root.type === 'ChainExpression' || root.type === 'ParenthesizedExpression') root = root.expression;
    else if (root.type === 'TSNonNullExpression') {
      walk.erasedText('!');
      root = root.expression;
    } else break;
  }
  const path: string[] = [];
  for (let index = links.length - 1; index >= 0; index -= 1) {
    const link = links[index] as Node;
    const name = keyName(link.property, link.computed);
    if (name === undefined) break;
    path.push(name);
  }
  const whole = path.length === links.length;
  if (!whole && use.kind === 'call') noteComputedCall(walk, node, root);
  readRoot(walk, root, path, whole ? use : indexed(use));
  for (let index = links.length - 1; index >= 0; index -= 1) {
    const link = links[index] as Node;
    if (keyName(link.property, link.computed) === undefined) walk.visit(link.property);
  }
}

/** The use of an object whose member is computed: any member may be meant. */
function indexed(use: Use): Use {
  return { kind: use.kind === 'write' ? 'write' : 'read', flags: ReferenceFlag.escapes, tails: ITSELF };
}

function noteComputedCall(walk: Walk, node: Node, root: Node): void {
  if (root.type !== 'Identifier') return;
  const variable = walk.scope.lookup(root.name, Space.value);
  if (variable?.target ?? variable?.alias) walk.dynamic('computed-member', node, root.name);
}

/** Where a chain begins. */
function readRoot(walk: Walk, root: Node, path: readonly string[], use: Use): void {
  switch (root.type) {
    case 'Identifier':
      return readName(walk, root, path, use);
    case 'ThisExpression':
      return readThis(walk, root, path, use);
    case 'Super':
      return readSuper(walk, root, path, use);
    case 'MetaProperty':
      walk.mark(root);
      walk.write(root.property.name);
      if (path.length > 0)
        walk.referGlobal(`${root.meta.name as string}.${root.property.name as string}`, path, 'read', 0, root);
      return;
    case 'AwaitExpression':
      if (unwrap(root.argument).type === 'ImportExpression') {
        walk.mark(root);
        return readLoaded(walk, unwrap(root.argument), path, use);
      }
      return walk.visit(root);
    case 'ImportExpression':
      return readLoaded(walk, root, [], path.length === 0 ? use : ESCAPE);
    case 'CallExpression':
      return readLoaded(walk, root, path, use);
    case 'NewExpression':
      return readConstructed(walk, root, path, use);
    case 'TSAsExpression':
    case 'TSTypeAssertion':
      return readAsserted(walk, root, path, use);
    default:
      return walk.visit(root);
  }
}

function readLoaded(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  const loaded = loadedModule(walk, node);
  if (loaded === undefined) return walk.visit(node);
  walk.mark(node);
  walk.visit(node.type === 'ImportExpression' ? node.source : node.arguments[0]);
  eachTail(use, path, (full) => walk.refer(loaded, full, use.kind, use.flags, node));
}

/** `import()` or `require()` as a value of its own. */
export const visitLoad: Visitor = (walk, node) => {
  if (loadedModule(walk, node) !== undefined) return readLoaded(walk, node, [], ESCAPE);
  noteComputedLoad(walk, node);
  walk.mark(node);
  walk.visit(node.type === 'ImportExpression' ? node.source : node.arguments[0]);
};

function readConstructed(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  walk.visit(node);
  const typed = placeOf(walk, node.callee);
  if (typed !== undefined && path.length > 0) referToInstance(walk, typed, path, use, node);
}

/** `(x as T).m` reads `m` off `T`. */
function readAsserted(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  walk.visit(node);
  const typed = typePlace(walk, node.typeAnnotation);
  if (typed !== undefined && path.length > 0) referToInstance(walk, typed, path, use, node);
}

function readThis(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  walk.mark(node);
  const { owner } = walk;
  if (owner === undefined) return;
  if (owner.variable !== undefined) {
    const variable = owner.variable;
    eachTail(use, [...owner.path, ...path], (full) => walk.refer(variable, full, use.kind, use.flags, node));
  }
  const [field, ...rest] = path;
  const typed = field === undefined ? undefined : owner.fields.get(field);
  if (typed !== undefined && (rest.length > 0 || use.tails !== ITSELF)) referToInstance(walk, typed, rest, use, node);
}

function readSuper(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  walk.mark(node);
  const { owner } = walk;
  if (owner?.base === undefined) return;
  const prefix = owner.path.includes('prototype') ? ['prototype'] : [];
  walk.refer(owner.base.root, [...owner.base.path, ...prefix, ...path], use.kind, use.flags, node);
}

/** The top-level binding and path that an expression is another name for; `undefined` where it is something new. */
export function placeOf(walk: Walk, root: Node): Place | undefined {
  const path: string[] = [];
  let node = unwrap(root);
  while (node.type === 'MemberExpression') {
    const name = keyName(node.property, node.computed);
    if (name === undefined) return undefined;
    path.unshift(name);
    node = unwrap(node.object);
  }
  if (node.type === 'AwaitExpression') {
    const loading = unwrap(node.argument);
    if (loading.type !== 'ImportExpression') return undefined;
    node = loading;
  } else if (node.type === 'ImportExpression') return undefined;
  if (node.type !== 'Identifier') {
    const loaded = loadedModule(walk, node);
    return loaded && { root: loaded, path };
  }
  const variable = walk.scope.lookup(node.name, Space.value);
  if (variable?.target) return { root: variable, path };
  return variable?.alias && { root: variable.alias.root, path: [...variable.alias.path, ...path] };
}

/** The named type an annotation stands for, `| undefined` and `| null` aside; `undefined` for all other types. */
export function typePlace(walk: Walk, annotation: Node | null | undefined): Place | undefined {
  let node = annotation;
  if (node?.type === 'TSTypeAnnotation') node = node.typeAnnotation as Node;
  if (node?.type === 'TSUnionType') {
    const named = (node.types as Node[]).filter(
      (each) => each.type !== 'TSUndefinedKeyword' && each.type !== 'TSNullKeyword',
    );
    node = named.length === 1 ? named[0] : undefined;
  }
  if (node?.type !== 'TSTypeReference') return undefined;
  const path: string[] = [];
  let entity = node.typeName as Node;
  for (; entity.type === 'TSQualifiedName'; entity = entity.left) path.unshift(entity.right.name as string);
  if (entity.type !== 'Identifier') return undefined;
  const variable = walk.scope.lookup(entity.name, path.length > 0 ? Space.both : Space.type);
  return variable?.target && { root: variable, path };
}

export const visitName: Visitor = (walk, node) => readName(walk, node, [], ESCAPE);
export const visitMember: Visitor = (walk, node) => readMember(walk, node, ESCAPE);
export const visitThis: Visitor = (walk, node) => readThis(walk, node, [], ESCAPE);
export const visitSuper: Visitor = (walk, node) => readSuper(walk, node, [], ESCAPE);
