/**
 * Import declarations, and top-level `require` where it binds names: ECMA-262's import entries.
 * In: statements. Out: requests, entries and bound names. Not here: what the names are used for.
 */
import type { RequestKind } from '../../model/facts.js';
import type { Container } from './container.js';
import { isRequire } from './requests.js';
import { Space, Variable } from './scope.js';
import { specifierOf } from './specifier.js';
import type { Node } from './syntax.js';
import { exportedName, keyName, startOf, unwrap } from './syntax.js';
import type { Walk } from './walk.js';

/** One name to bind. */
interface Entry {
  readonly request: number;
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
  readonly node: Node;
}

/** Adds an entry and binds its local name. */
export function bindImport(walk: Walk, container: Container, entry: Entry): void {
  const { request, name, local, typeOnly, node } = entry;
  const index = walk.draft.imports.push({ request, name, local, typeOnly, line: walk.line(node), used: false }) - 1;
  const request_ = walk.draft.requests[request];
  if (request_ !== undefined) request_.binds = true;
  container.scope.bind(new Variable(local, { kind: 'import', import: index }), Space.both);
}

/** Adds a statement's request. `undefined` where the specifier is no text. */
export function statementRequest(
  walk: Walk,
  node: Node,
  source: Node | null | undefined,
  kind: RequestKind,
  typeOnly: boolean,
): number | undefined {
  const specifier = specifierOf(source);
  if (specifier === undefined || specifier.pattern) return undefined;
  return walk.draft.request({
    specifier: specifier.text,
    kind,
    typeOnly,
    eager: !typeOnly,
    pattern: false,
    line: walk.line(node),
    start: startOf(node),
  });
}

/** `import … from 'x'` and `import 'x'`. */
export function declareImport(walk: Walk, container: Container, node: Node): void {
  const specifiers = node.specifiers as Node[];
  const typed = specifiers.length > 0 && specifiers.every((each) => each.importKind === 'type');
  const erased = node.importKind === 'type' || container.declared;
  const request = statementRequest(walk, node, node.source, 'import', erased || typed);
  if (request === undefined) return;
  for (const each of specifiers) {
    const name =
      each.type === 'ImportSpecifier'
        ? exportedName(each.imported)
        : each.type === 'ImportDefaultSpecifier'
          ? 'default'
          : '*';
    const typeOnly = erased || each.importKind === 'type';
    bindImport(walk, container, { request, name, local: each.local.name, typeOnly, node: each });
  }
}

/** `import x = require('y')`. Returns false for `import x = N.y`, which is a declaration. */
export function declareImportEquals(walk: Walk, container: Container, node: Node): boolean {
  if (node.moduleReference.type !== 'TSExternalModuleReference') return false;
  const typeOnly = node.importKind === 'type' || container.declared;
  const request = statementRequest(walk, node, node.moduleReference.expression, 'import', typeOnly);
  if (request !== undefined)
    bindImport(walk, container, { request, name: 'export=', local: node.id.name, typeOnly, node });
  return true;
}

const INTEROP = /^(__importStar|__importDefault|_interopRequire\w*|__toESM|_interop_require_\w+)$/;

/** `const x = require('y')`, `const {a} = require('y')`, `const x = require('y').z`. Returns false for other declarators. */
export function declareRequire(walk: Walk, container: Container, node: Node): boolean {
  if (!node.init || container.place !== 'file') return false;
  let init = unwrap(node.init);
  let interop = false;
  if (
    init.type === 'CallExpression' &&
    INTEROP.test((init.callee.property?.name ?? init.callee.name ?? '') as string)
  ) {
    if (init.arguments.length === 0) return false;
    init = unwrap(init.arguments[0]);
    interop = true;
  }
  const member = init.type === 'MemberExpression' ? keyName(init.property, init.computed) : undefined;
  const call = member === undefined ? init : unwrap(init.object);
  if (call.type !== 'CallExpression' || !isRequire(walk, call.callee)) return false;
  const names = boundEntries(node.id, member ?? (interop ? '*' : 'export='), member !== undefined);
  if (names === undefined) return false;
  walk.draft.cjs = true;
  const request = statementRequest(walk, call, call.arguments[0], 'require', false);
  if (request === undefined) return false;
  for (const { name, identifier } of names) {
    bindImport(walk, container, { request, name, local: identifier.name, typeOnly: false, node: identifier });
  }
  return true;
}

function boundEntries(id: Node, whole: string, member: boolean): { name: string; identifier: Node }[] | undefined {
  if (id.type === 'Identifier') return [{ name: whole, identifier: id }];
  if (id.type !== 'ObjectPattern' || member) return undefined;
  const entries: { name: string; identifier: Node }[] = [];
  for (const property of id.properties as Node[]) {
    const name = property.type === 'Property' ? keyName(property.key, property.computed) : 'export=';
    const identifier = (property.type === 'Property' ? property.value : property.argument) as Node;
    if (name === undefined || identifier.type !== 'Identifier') return undefined;
    entries.push({ name, identifier });
  }
  return entries;
}
