/**
 * What expressions and annotations stand for: a top-level binding and a path behind it.
 * In: nodes, the scopes around them. Out: places, or `undefined` where the text does not prove one. Not here: references.
 */
import { loadedModule } from './requests.js';
import type { Place } from './scope.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { keyName, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

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

/** Chains with more links than this are builders, whose value nobody names. */
const LINK_LIMIT = 12;
/** Behind this many calls a value is known by its members' names alone. */
const CALL_LIMIT = 3;

/**
 * The value of an expression as a path behind a binding: `new Job()` is `Job.prototype`, `make().job` is `make.().job`,
 * promises unwrapped. `undefined` where the text does not prove it. At most {@link LINK_LIMIT} steps.
 */
export function valuePlace(walk: Walk, root: Node): Place | undefined {
  const tail: string[] = [];
  let calls = 0;
  let node = root;
  for (let steps = 0; steps < LINK_LIMIT; steps += 1) {
    switch (node.type) {
      case 'ParenthesizedExpression':
      case 'ChainExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSInstantiationExpression':
        node = node.expression;
        break;
      case 'AwaitExpression':
        node = node.argument;
        break;
      case 'MemberExpression': {
        const name = keyName(node.property, node.computed);
        if (name === undefined) return undefined;
        tail.unshift(name);
        node = node.object;
        break;
      }
      case 'CallExpression':
        if (++calls > CALL_LIMIT || node.callee.type === 'Super') return undefined;
        if (loadedModule(walk, node) !== undefined) return behind(rootPlace(walk, node), tail);
        tail.unshift('()');
        node = node.callee;
        break;
      case 'NewExpression':
        tail.unshift('prototype');
        node = node.callee;
        break;
      default:
        return behind(rootPlace(walk, node), tail);
    }
  }
  return undefined;
}

function behind(place: Place | undefined, tail: readonly string[]): Place | undefined {
  return place && { root: place.root, path: [...place.path, ...tail] };
}

function rootPlace(walk: Walk, node: Node): Place | undefined {
  switch (node.type) {
    case 'Identifier': {
      const variable = walk.scope.lookup(node.name, Space.value);
      return variable?.target ? { root: variable, path: [] } : (variable?.alias ?? variable?.typed);
    }
    case 'ThisExpression': {
      const { owner } = walk;
      return owner?.variable && { root: owner.variable, path: owner.path };
    }
    case 'TSAsExpression':
    case 'TSTypeAssertion': {
      if (node.typeAnnotation.typeName?.name === 'const') return valuePlace(walk, node.expression);
      const typed = typePlace(walk, node.typeAnnotation);
      return typed && instancePlace(typed);
    }
    case 'ImportExpression':
    case 'CallExpression': {
      const loaded = loadedModule(walk, node);
      return loaded && { root: loaded, path: [] };
    }
    default:
      return undefined;
  }
}

/** An instance of a named type. */
export function instancePlace(type: Place): Place {
  return { root: type.root, path: [...type.path, 'prototype'] };
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
  return variable?.target ? { root: variable, path } : variable?.bound;
}

/** The instance that an annotation promises, `Promise<T>` as `T`; `this` is the class around. */
export function annotatedValue(walk: Walk, annotation: Node | null | undefined): Place | undefined {
  let node = annotation?.type === 'TSTypeAnnotation' ? (annotation.typeAnnotation as Node) : annotation;
  if (node?.type === 'TSTypeReference' && node.typeName.name === 'Promise') {
    const inner = node.typeArguments?.params as Node[] | undefined;
    if (inner?.length === 1 && !walk.scope.lookup('Promise', Space.type)) node = inner[0];
  }
  const { owner } = walk;
  if (node?.type === 'TSThisType') return owner?.variable && { root: owner.variable, path: owner.path };
  const typed = typePlace(walk, node);
  return typed && instancePlace(typed);
}

const NUMERIC_OPERATORS = new Set(['-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>']);

/** A computed key that surely is a number: it means an element, not a member. */
export function isElementKey(walk: Walk, key: Node): boolean {
  const node = unwrap(key);
  switch (node.type) {
    case 'UpdateExpression':
      return true;
    case 'Literal':
      return typeof node.value === 'number';
    case 'UnaryExpression':
      return node.operator === '-' || node.operator === '+' || node.operator === '~';
    case 'BinaryExpression': {
      if (NUMERIC_OPERATORS.has(node.operator as string)) return true;
      return node.operator === '+' && isElementKey(walk, node.left) && isElementKey(walk, node.right);
    }
    case 'MemberExpression':
      return !node.computed && node.property.name === 'length';
    case 'Identifier':
      return walk.scope.lookup(node.name, Space.value)?.numeric === true;
    default:
      return false;
  }
}

const BUILTIN_VALUES = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'BinaryExpression',
  'FunctionExpression',
  'Literal',
  'TemplateLiteral',
  'UnaryExpression',
  'UpdateExpression',
]);

/** Classes of the platform: a member of their instances is none of the repository's, whatever its name. */
const PLATFORM_CLASSES = new Set(
  `AbortController Array ArrayBuffer Blob BroadcastChannel CustomEvent DataView Date Error Event FileReader FormData Headers
  Map MessageChannel MutationObserver ReadableStream RegExp Request Response Set TextDecoder TextEncoder TransformStream
  TypeError URL URLSearchParams Uint8Array WeakMap WeakSet WebSocket WritableStream XMLHttpRequest`.split(/\s+/),
);

/** Its own members are the language's or the platform's: a literal, a function, what an operator or `new URL(…)` makes. */
export function isBuiltinValue(walk: Walk, root: Node): boolean {
  const node = unwrap(root);
  if (node.type !== 'NewExpression') return BUILTIN_VALUES.has(node.type);
  const name = node.callee.name as string | undefined;
  return name !== undefined && PLATFORM_CLASSES.has(name) && !walk.scope.lookup(name, Space.value);
}
