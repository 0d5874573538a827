/**
 * Names of the global scope that code assigns: `window.App = …`, `App.view = …` in another script, `helper = …`.
 * In: assignment targets and what functions called in place are given. Out: ambient declarations with the path written.
 * Not here: declared globals (program.ts); whether a name is the repository's own (the linker's).
 */
import { Space } from './scope.js';
import type { GlobalPlace } from './scope.js';
import type { Node } from './syntax.js';
import { keyName, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

const GLOBAL_OBJECTS = new Set(['globalThis', 'window', 'self', 'global']);

/** Names that the platform owns, whoever writes into them; and what CommonJS gives each module. */
const PLATFORM = new Set(
  'module exports require arguments undefined process console document location history navigator screen name status opener parent top closed event localStorage sessionStorage performance crypto Array Object Function String Number Boolean Symbol Promise RegExp Date Math JSON Reflect Intl Error Map Set WeakMap WeakSet'.split(
    ' ',
  ),
);

/** The global name and path that an assignment target is; `undefined` for anything else. */
export function globalTarget(walk: Walk, target: Node): GlobalPlace | undefined {
  const chain = globalChain(walk, target);
  if (chain === undefined) return undefined;
  const through = GLOBAL_OBJECTS.has(chain.name);
  const [name, ...path] = through ? chain.path : [chain.name, ...chain.path];
  if (name === undefined || PLATFORM.has(name) || /^on[a-z]+$/.test(name)) return undefined;
  return through || walk.sloppy ? { name, path } : undefined;
}

/** A chain of static members from an unbound name, as far as it is static. */
function globalChain(walk: Walk, node: Node): GlobalPlace | undefined {
  let path: string[] = [];
  let root = unwrap(node);
  for (; root.type === 'MemberExpression'; root = unwrap(root.object)) {
    const name = keyName(root.property, root.computed);
    path = name === undefined ? [] : [name, ...path];
  }
  if (root.type === 'ThisExpression' && walk.sloppy && walk.symbol === 0) return { name: 'globalThis', path };
  if (root.type !== 'Identifier') return undefined;
  const variable = walk.scope.lookup(root.name, Space.value);
  if (variable === undefined) return { name: root.name as string, path };
  return variable.global && { name: variable.global.name, path: [...variable.global.path, ...path] };
}

/** The global object itself, perhaps cast (`globalThis as any`), or a local name for it. */
export function globalObject(walk: Walk, root: Node): GlobalPlace | undefined {
  const node = unwrap(root);
  if (node.type !== 'Identifier') return undefined;
  const variable = walk.scope.lookup(node.name, Space.value);
  if (variable !== undefined) return variable.global;
  return GLOBAL_OBJECTS.has(node.name as string) ? { name: node.name as string, path: [] } : undefined;
}

/** True where a place is what the statement being read assigns, perhaps through the global object. */
export function assignsPlace(walk: Walk, { name, path }: GlobalPlace): boolean {
  const own = walk.assignedGlobal;
  if (own === undefined) return false;
  const written = [own.name, ...own.path].join('.');
  return written === [name, ...path].join('.') || (GLOBAL_OBJECTS.has(name) && written === path.join('.'));
}

/** Records that the current symbol assigns a global name or a member of one. */
export function noteGlobalWrite(walk: Walk, target: Node): void {
  if (walk.erased) return;
  const place = globalTarget(walk, target);
  if (place === undefined) return;
  const { name, path } = place;
  const known = walk.draft.ambient.some(
    (entry) => entry.symbol === walk.symbol && entry.name === name && entry.path?.join('.') === path.join('.'),
  );
  if (!known) walk.draft.ambient.push({ symbol: walk.symbol, name, request: -1, path });
}

/** The globals that a function called in place is given, by parameter: `(function (app) { … })(window.App)`. */
export function globalArguments(walk: Walk, call: Node): readonly (GlobalPlace | undefined)[] {
  return (call.arguments as Node[]).map((argument) => {
    const node = unwrap(argument);
    const first = node.type === 'LogicalExpression' ? node.left : node;
    return /^(Identifier|MemberExpression|ThisExpression)$/.test(first.type) ? globalChain(walk, first) : undefined;
  });
}
