/**
 * Export entries in ECMA-262's terms, for ES modules and CommonJS alike.
 * In: statements whose declarations have symbols already. Out: local, indirect and star entries.
 */
import { SymbolFlag } from '../../model/facts.js';
import type { CommonJsExport } from './commonjs.js';
import { commonJsExports } from './commonjs.js';
import type { Container } from './container.js';
import { declareSymbol } from './container.js';
import { statementRequest } from './imports.js';
import { isMere } from './evaluation.js';
import { loadedModule } from './requests.js';
import type { Variable } from './scope.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { eachBoundName, exportedName, isFunction, keyName, unwrap } from './syntax.js';
import type { NamedValue, Walk } from './walk.js';

/** One name to export. */
interface Exported {
  readonly name: string;
  readonly typeOnly: boolean;
  readonly node: Node;
}

/** Adds the entries of one export statement; others are left alone. */
export function collectExport(walk: Walk, container: Container, node: Node): void {
  switch (node.type) {
    case 'ExportAllDeclaration':
      return exportAll(walk, container, node);
    case 'ExportDefaultDeclaration':
      return exportValue(walk, container, node, 'default', node.declaration);
    case 'TSExportAssignment':
      return exportValue(walk, container, node, 'export=', node.expression);
    case 'TSNamespaceExportDeclaration':
      walk.draft.ambient.push({ symbol: 0, name: node.id.name, request: -1 });
      return;
    case 'ExportNamedDeclaration':
      if (node.declaration) exportDeclaration(walk, container, node);
      else if (node.source) exportFrom(walk, container, node);
      else exportNames(walk, container, node);
  }
}

function exportAll(walk: Walk, container: Container, node: Node): void {
  const typeOnly = node.exportKind === 'type' || container.declared;
  const request = statementRequest(walk, node, node.source, 'export', typeOnly);
  if (request === undefined) return;
  const line = walk.line(node);
  if (container.place !== 'file') return referToModule(walk, container, request, node);
  if (!node.exported) walk.draft.exports.push({ kind: 'star', request, typeOnly, line });
  else {
    const name = exportedName(node.exported);
    walk.draft.exports.push({ kind: 'indirect', name, request, importName: '*', typeOnly, line });
  }
}

/** A re-export inside `declare module`: the augmentation depends on all of the other module. */
function referToModule(walk: Walk, container: Container, request: number, node: Node): void {
  const variable = walk.draft.requests[request]?.variable;
  walk.into(Math.max(container.parent, 0), () => {
    walk.erased = true;
    if (variable !== undefined) walk.refer(variable, [], 'type', 0, node);
  });
}

function exportFrom(walk: Walk, container: Container, node: Node): void {
  const specifiers = node.specifiers as Node[];
  const erased = node.exportKind === 'type' || container.declared;
  const typed = specifiers.length > 0 && specifiers.every((each) => each.exportKind === 'type');
  const request = statementRequest(walk, node, node.source, 'export', erased || typed);
  if (request === undefined) return;
  if (container.place !== 'file') return referToModule(walk, container, request, node);
  for (const each of specifiers) {
    const entry = { name: exportedName(each.exported), request, importName: exportedName(each.local) };
    walk.draft.exports.push({
      kind: 'indirect',
      ...entry,
      typeOnly: erased || each.exportKind === 'type',
      line: walk.line(each),
    });
  }
}

function exportNames(walk: Walk, container: Container, node: Node): void {
  for (const each of node.specifiers as Node[]) {
    const variable = container.scope.lookup(exportedName(each.local), Space.both);
    const typeOnly = node.exportKind === 'type' || each.exportKind === 'type';
    if (variable !== undefined)
      exportVariable(walk, container, variable, { name: exportedName(each.exported), typeOnly, node: each });
  }
}

function exportDeclaration(walk: Walk, container: Container, node: Node): void {
  const { declaration } = node as unknown as { declaration: Node };
  const add = (name: string): void => {
    const variable = container.scope.own(name, Space.both);
    if (variable !== undefined) exportVariable(walk, container, variable, { name, typeOnly: false, node });
  };
  if (declaration.type !== 'VariableDeclaration') {
    let id = declaration.id as Node | null;
    while (id?.type === 'TSQualifiedName') id = id.left as Node;
    if (id?.type === 'Identifier') add(id.name);
  } else
    for (const declarator of declaration.declarations as Node[]) eachBoundName(declarator.id, (each) => add(each.name));
}

/** Exports what a name stands for: a local entry for symbols, an indirect one for imports. */
function exportVariable(
  walk: Walk,
  container: Container,
  variable: Variable,
  { name, typeOnly, node }: Exported,
): void {
  const { target } = variable;
  const line = walk.line(node);
  if (target?.kind === 'symbol') {
    walk.draft.symbol(target.symbol).flags |= SymbolFlag.exported;
    if (container.place === 'file') addLocal(walk, name, target.symbol, typeOnly, node);
    else if (container.place === 'ambient')
      walk.draft.ambient.push({ symbol: target.symbol, name, request: container.request });
  } else if (target?.kind === 'import' && container.place === 'file') {
    const entry = walk.draft.imports[target.import];
    if (entry === undefined) return;
    if (!typeOnly) entry.used = true;
    const erased = typeOnly || entry.typeOnly;
    walk.draft.exports.push({
      kind: 'indirect',
      name,
      request: entry.request,
      importName: entry.name,
      typeOnly: erased,
      line,
    });
  }
}

/** One local entry per name and symbol: overloads export once. */
function addLocal(walk: Walk, name: string, symbol: number, typeOnly: boolean, node: Node): void {
  const known = walk.draft.exports.some(
    (entry) => entry.kind === 'local' && entry.name === name && entry.symbol === symbol,
  );
  if (known) return;
  walk.draft.symbol(symbol).flags |= SymbolFlag.exported;
  walk.draft.exports.push({ kind: 'local', name, symbol, typeOnly, line: walk.line(node) });
}

/** `export default X`, `export = X`, `module.exports = X`, `exports.x = X`. */
export function exportValue(walk: Walk, container: Container, node: Node, name: string, value: Node): void {
  const named =
    value.type === 'Identifier'
      ? value
      : value.id && value.type.endsWith('Declaration')
        ? (value.id as Node)
        : undefined;
  const variable = named && container.scope.lookup(named.name, Space.both);
  if (variable?.target && variable.target.kind !== 'request') {
    return exportVariable(walk, container, variable, { name, typeOnly: value.type === 'TSInterfaceDeclaration', node });
  }
  const own = container.scope.own(ownName(name), Space.both)?.target;
  if (own?.kind === 'symbol')
    exportVariable(walk, container, container.scope.own(ownName(name), Space.both) as Variable, {
      name,
      typeOnly: false,
      node,
    });
}

/** The symbol of an exported value without a name of its own. */
export function declareExportValue(walk: Walk, container: Container, node: Node, name: string, value: Node): void {
  const inner = unwrap(value);
  if (inner.type === 'Identifier' && container.scope.lookup(inner.name, Space.both)?.target) return;
  const kind = isFunction(inner) ? 'function' : inner.type === 'ClassExpression' ? 'class' : 'export';
  const eager = isMere(value) ? 0 : SymbolFlag.eager;
  const space = SymbolFlag.value | (kind === 'class' ? SymbolFlag.type : 0);
  const flags = space | eager | SymbolFlag.exported | SymbolFlag.inferred | (inner.async ? SymbolFlag.async : 0);
  declareSymbol(walk, container, { name: ownName(name), kind, flags, node });
}

/** `exports.x` for a CommonJS name; `default` and `export=` are their own. */
export function ownName(name: string): string {
  return name === 'default' || name === 'export=' || name.startsWith('exports.') ? name : `exports.${name}`;
}

/** Adds the entries of every CommonJS export statement, also below `if` and `try`; notes those with a value to be read. */
export function collectAllCommonJs(walk: Walk, container: Container, statements: readonly Node[]): void {
  const stack: (Node | null | undefined)[] = statements.toReversed();
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node) continue;
    if (node.type === 'BlockStatement') stack.push(...(node.body as Node[]).toReversed());
    else if (node.type === 'IfStatement') stack.push(node.alternate, node.consequent);
    else if (node.type === 'TryStatement') stack.push(node.handler?.body, node.block);
    else collectStatement(walk, container, node);
  }
}

function collectStatement(walk: Walk, container: Container, node: Node): void {
  const found = commonJsExports(node);
  if (found === undefined) return;
  const values: NamedValue[] = [];
  for (const each of found) {
    const own = collectCommonJs(walk, container, node, each);
    if (own && each.kind === 'named')
      values.push({ name: each.name === 'default' ? 'exports.default' : each.name, value: each.value });
  }
  walk.commonJs.set(node, values);
}

/** Adds the entry of one CommonJS export; returns whether the value has a symbol of its own to be read. */
function collectCommonJs(walk: Walk, container: Container, node: Node, found: CommonJsExport): boolean {
  walk.draft.cjs = true;
  const source = found.kind === 'star' ? found.source : found.value;
  const place = forwarded(walk, container, source);
  const line = walk.line(node);
  if (found.kind === 'star') {
    if (place?.importName === 'export=' || place?.importName === '*') {
      walk.draft.exports.push({ kind: 'star', request: place.request, typeOnly: false, line });
    }
    return false;
  }
  if (place !== undefined) {
    walk.draft.exports.push({ kind: 'indirect', name: found.name, ...place, typeOnly: false, line });
    const root = walk.draft.requests[place.request]?.variable;
    if (root !== undefined) walk.ownExports.set(found.name, { root, path: pathBehind(place.importName) });
    return false;
  }
  const local = found.value.type === 'Identifier' ? container.scope.lookup(found.value.name, Space.value) : undefined;
  if (local?.target) {
    walk.ownExports.set(found.name, { root: local, path: [] });
    exportValue(walk, container, node, found.name, found.value);
    return false;
  }
  const cjsName = found.name === 'default' ? 'exports.default' : found.name;
  declareExportValue(walk, container, node, cjsName, found.value);
  const own = container.scope.own(ownName(cjsName), Space.value);
  if (own?.target?.kind === 'symbol') {
    walk.ownExports.set(found.name, { root: own, path: [] });
    addLocal(walk, found.name, own.target.symbol, false, node);
  }
  return true;
}

/** Where an exported name lies behind a module's namespace. */
function pathBehind(importName: string): readonly string[] {
  return importName === '*' || importName === 'export=' ? [] : [importName];
}

/** `require('./x')`, `require('./x').y`, an imported name or one member of an imported namespace. */
function forwarded(walk: Walk, container: Container, value: Node): { request: number; importName: string } | undefined {
  const member = value.type === 'MemberExpression' ? keyName(value.property, value.computed) : undefined;
  const root = member === undefined ? value : unwrap(value.object);
  if (root.type === 'CallExpression') {
    const target = walk.within(container.scope, () => loadedModule(walk, root))?.target;
    return target?.kind === 'request' ? { request: target.request, importName: member ?? 'export=' } : undefined;
  }
  if (root.type !== 'Identifier') return undefined;
  const target = container.scope.lookup(root.name, Space.value)?.target;
  const entry = target?.kind === 'import' ? walk.draft.imports[target.import] : undefined;
  if (entry === undefined) return undefined;
  entry.used = true;
  if (member === undefined) return { request: entry.request, importName: entry.name };
  return entry.name === '*' || entry.name === 'export=' ? { request: entry.request, importName: member } : undefined;
}
