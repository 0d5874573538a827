/**
 * Names and member chains in value positions: what they refer to and by which path.
 * In: Identifier, MemberExpression, this, super and what wraps them. Out: tokens and references.
 * Not here: calls and assignments as such (visit-expressions.ts); they pass in what is done with the chain.
 */
import type { ReferenceKind } from '../../model/facts.js';
import { ReferenceFlag } from '../../model/facts.js';
import { assignsPlace, globalObject } from './globals.js';
import { loadedModule, noteComputedLoad } from './requests.js';
import { instancePlace, isBuiltinValue, isElementKey, typePlace, valuePlace } from './places.js';
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
  /** A member with a computed name is used of it. */
  readonly computed?: 'called' | 'read';
}

/** Nothing is taken from the value. */
export const ITSELF: readonly (readonly string[])[] = [[]];

/** The value goes somewhere: any member may be used there. */
export const ESCAPE: Use = { kind: 'read', flags: ReferenceFlag.escapes, tails: ITSELF };
/** The value stays where every use of it is seen. */
export const KEEP: Use = { kind: 'read', flags: 0, tails: ITSELF };
export const CALL: Use = { kind: 'call', flags: 0, tails: ITSELF };
/** Members that nobody names are written: setters run, nothing is read. */
export const WRITE_ANY: Use = { kind: 'write', flags: ReferenceFlag.escapes, tails: ITSELF };
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
      if (unwrap(node.argument).type !== 'ImportExpression') return readRoot(walk, node, [], use);
      walk.mark(node);
      return readRoot(walk, unwrap(node.argument), [], use);
    default:
      return readRoot(walk, node, [], use);
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
  else useUnknown(walk, names.slice(1), use);
}

function referToVariable(walk: Walk, variable: Variable, path: readonly string[], use: Use, node: Node): void {
  const { alias, typed, global } = variable;
  const flags = use.computed ? use.flags | ReferenceFlag.computed : use.flags;
  if (global !== undefined)
    eachTail(use, [...global.path, ...path], (full) => walk.referGlobal(global.name, full, use.kind, use.flags, node));
  if (variable.target !== undefined) eachTail(use, path, (full) => walk.refer(variable, full, use.kind, flags, node));
  else if (alias !== undefined) {
    const behind = [...alias.path, ...path];
    eachTail(use, behind, (full) => walk.refer(alias.root, full, use.kind, flags, node));
  } else if (typed === undefined) return useUnknown(walk, path, use);
  else referToValue(walk, typed, path, use, node, variable.constructed);
}

/** A member of a value that is known by its type or by where it came from; nothing where the whole of it is kept or passed. */
export function referToValue(
  walk: Walk,
  value: Place,
  path: readonly string[],
  use: Use,
  node: Node,
  exact = false,
): void {
  const source = exact ? 0 : ReferenceFlag.instance;
  const computed = use.computed ? ReferenceFlag.computed : 0;
  eachTail(use, path, (full) => {
    if (full.length === 0 && computed === 0 && use.tails === ITSELF) return;
    const kind = full.length === 0 ? 'read' : use.kind;
    walk.refer(value.root, [...value.path, ...full], kind, source | use.flags | computed, node);
  });
}

/** Members of something that binding can't follow are known by their names alone. */
export function useUnknown(walk: Walk, path: readonly string[], use: Use): void {
  for (const name of path) walk.useMember(name);
  for (const tail of use.tails) for (const name of tail) walk.useMember(name);
  if (use.computed) walk.useAnyMember(use.computed === 'called');
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
  let computed: Node | undefined;
  for (let index = links.length - 1; index >= 0; index -= 1) {
    const link = links[index] as Node;
    const name = keyName(link.property, link.computed);
    if (computed !== undefined) useUnknown(walk, name === undefined ? [] : [name], use);
    else if (name === undefined) computed = link;
    else path.push(name);
  }
  if (computed === undefined) readRoot(walk, root, path, use);
  else {
    if (use.kind === 'call') noteComputedCall(walk, node, root);
    readRoot(walk, root, path, indexed(walk, use, computed, computed === node));
  }
  for (let index = links.length - 1; index >= 0; index -= 1) {
    const link = links[index] as Node;
    if (keyName(link.property, link.computed) === undefined) walk.visit(link.property);
  }
}

/** The use of an object whose member is computed: any member may be meant. */
function indexed(walk: Walk, use: Use, link: Node, last: boolean): Use {
  const kind = use.kind === 'write' ? 'write' : 'read';
  const whole: Use = { kind, flags: ReferenceFlag.escapes, tails: ITSELF };
  if (isElementKey(walk, link.property) || (last && kind === 'write')) return whole;
  return { ...whole, computed: last && use.kind === 'call' ? 'called' : 'read' };
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
      return readOther(walk, root, path, use);
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
      return readOther(walk, root, path, use);
  }
}

/** Any other expression, and members of what it gives. */
function readOther(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  walk.visit(node);
  if (path.length === 0 && use.tails === ITSELF && !use.computed) return;
  const value = valuePlace(walk, node);
  if (value !== undefined) referToValue(walk, value, path, use, node);
  else if (!isBuiltinValue(walk, node)) useUnknown(walk, path, use);
  else useUnknown(walk, path.slice(1), { ...use, tails: ITSELF });
}

function readLoaded(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  const loaded = loadedModule(walk, node);
  if (loaded === undefined) return readOther(walk, node, path, use);
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
  const made = valuePlace(walk, node);
  if (made === undefined) return readOther(walk, node, path, use);
  walk.visit(node);
  if (path.length > 0 || use.tails !== ITSELF || use.computed) referToValue(walk, made, path, use, node, true);
}

/** `(x as T).m` reads `m` off `T`. */
function readAsserted(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  const global = globalObject(walk, node);
  if (global !== undefined)
    eachTail(use, [...global.path, ...path], (full) => walk.referGlobal(global.name, full, use.kind, use.flags, node));
  const typed = typePlace(walk, node.typeAnnotation);
  const inner = unwrap(node);
  if (typed === undefined && inner.type === 'ThisExpression') {
    walk.type(node.typeAnnotation);
    return readThis(walk, inner, path, use);
  }
  if (typed === undefined) return readOther(walk, node, path, use);
  walk.visit(node);
  referToValue(walk, instancePlace(typed), path, use, node);
}

function readThis(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  walk.mark(node);
  const { owner } = walk;
  const flags = use.computed ? use.flags | ReferenceFlag.computed : use.flags;
  const variable = owner?.variable;
  // An object that only stays where it is was made elsewhere: its class is not run anew.
  if (use === KEEP && path.length === 0 && owner?.path.includes('prototype')) return;
  if (variable !== undefined)
    return eachTail(use, [...(owner?.path ?? []), ...path], (full) =>
      walk.refer(variable, full, use.kind, flags, node),
    );
  const [field, ...rest] = path;
  const typed = field === undefined ? undefined : owner?.fields.get(field);
  if (typed === undefined) return useUnknown(walk, path, use);
  walk.useMember(field as string);
  if (rest.length > 0 || use.tails !== ITSELF || use.computed) referToValue(walk, typed, rest, use, node);
}

function readSuper(walk: Walk, node: Node, path: readonly string[], use: Use): void {
  walk.mark(node);
  const { owner } = walk;
  if (owner?.base === undefined) return useUnknown(walk, path, use);
  const prefix = owner.path.includes('prototype') ? ['prototype'] : [];
  walk.refer(owner.base.root, [...owner.base.path, ...prefix, ...path], use.kind, use.flags, node);
}

const PASSED: Use = { kind: 'read', flags: ReferenceFlag.escapes | ReferenceFlag.passed, tails: ITSELF };

export const visitName: Visitor = (walk, node) => {
  const calls = walk.deferred.get(node);
  walk.deferring(calls, () => readName(walk, node, [], calls === undefined ? ESCAPE : PASSED));
};
export const visitMember: Visitor = (walk, node) => readMember(walk, node, ESCAPE);
export const visitThis: Visitor = (walk, node) => readThis(walk, node, [], ESCAPE);
export const visitSuper: Visitor = (walk, node) => readSuper(walk, node, [], ESCAPE);
