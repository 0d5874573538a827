/**
 * Second pass over a file's top level: each statement is read into the symbols it belongs to.
 * In: the statements and containers that declare.ts has prepared. Out: contents and references.
 */
import { ReferenceFlag, SymbolFlag } from '../../model/facts.js';
import { noteValue } from './calls/notes.js';
import type { Container } from './container.js';
import { homeOf } from './container.js';
import type { Containers } from './declare.js';
import { containerOf } from './declare.js';
import { readValue } from './entries.js';
import { classIsEvaluated, isMere, isMereAssignment } from './evaluation.js';
import { ownName } from './exports.js';
import type { Home } from './members.js';
import { mutatedBy } from './mutations.js';
import { mutationNamed, mutationSymbol } from './mutation-symbols.js';
import type { GlobalPlace, Place } from './scope.js';
import { eachVarDeclaration, Space } from './scope.js';
import type { Node } from './syntax.js';
import { isFunction, keyName, unwrap } from './syntax.js';
import { noteRunnerCall } from './test-api.js';
import { readClass } from './visit-classes.js';
import { functionOf, readFunction } from './visit-functions.js';
import { boundNames } from './bound-names.js';
import { placeOf } from './places.js';
import { readChain } from './visit-references.js';
import { readEnum, readInterface, readTypeAlias } from './visit-type-declarations.js';
import { readEntity } from './visit-types.js';
import type { Walk } from './walk.js';

/** Reads all statements of a container. */
export function readAll(walk: Walk, container: Container, statements: readonly Node[], inner: Containers): void {
  walk.within(container.scope, () => {
    for (const statement of statements) readStatement(walk, container, statement, inner);
  });
}

function readStatement(walk: Walk, container: Container, statement: Node, inner: Containers): void {
  switch (statement.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TSNamespaceExportDeclaration':
    case 'EmptyStatement':
      return;
    case 'ExportNamedDeclaration':
      if (statement.declaration) readDeclaration(walk, container, statement.declaration, inner);
      return;
    case 'ExportDefaultDeclaration':
      if (isDeclaration(statement.declaration)) readDeclaration(walk, container, statement.declaration, inner);
      else readExportValue(walk, container, 'default', statement.declaration);
      return;
    case 'TSExportAssignment':
      return readExportValue(walk, container, 'export=', statement.expression);
    default:
      if (isDeclaration(statement)) readDeclaration(walk, container, statement, inner);
      else if (!readCommonJs(walk, container, statement)) readLoose(walk, container, statement);
  }
}

function isDeclaration(node: Node): boolean {
  return node.type.endsWith('Declaration') || node.type === 'TSDeclareFunction';
}

function readDeclaration(walk: Walk, container: Container, node: Node, inner: Containers): void {
  const { erased } = walk;
  if (node.declare || container.declared) walk.erased = true;
  const name = (node.id?.type === 'Identifier' ? node.id.name : 'default') as string;
  switch (node.type) {
    case 'VariableDeclaration':
      for (const declarator of node.declarations as Node[]) readDeclarator(walk, container, node, declarator);
      break;
    case 'TSModuleDeclaration':
      readNamespace(walk, container, node, inner);
      break;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      into(walk, container, name, Space.value, () => readNamedFunction(walk, node));
      break;
    case 'ClassDeclaration':
      into(walk, container, name, Space.both, (home) => {
        walk.eager = classIsEvaluated(node);
        readClass(walk, node, home);
      });
      break;
    case 'TSInterfaceDeclaration':
      into(walk, container, name, Space.type, (home) => readInterface(walk, node, home));
      break;
    case 'TSTypeAliasDeclaration':
      into(walk, container, name, Space.type, (home) => readTypeAlias(walk, node, home));
      break;
    case 'TSEnumDeclaration':
      into(walk, container, name, Space.both, (home) => {
        walk.eager = true;
        readEnum(walk, node, home);
      });
      break;
    case 'TSImportEqualsDeclaration':
      into(walk, container, name, Space.both, () => readEntity(walk, node.moduleReference, 'read', [], Space.both));
      break;
  }
  walk.erased = erased;
}

/** Reads into the symbol of a name, not evaluated unless the reader says so. */
function into(walk: Walk, container: Container, name: string, spaces: number, read: (home: Home) => void): void {
  const home = homeOf(container, name, spaces);
  if (home === undefined) return;
  const { eager, called } = walk;
  walk.eager = false;
  walk.called = false;
  walk.into(home.symbol, () => read(home));
  walk.eager = eager;
  walk.called = called;
}

/** Overload signatures are what others see; the implementation behind them is not. */
function readNamedFunction(walk: Walk, node: Node): void {
  const draft = walk.draft.symbol(walk.symbol);
  if (!node.body) draft.overloaded = true;
  else if (draft.overloaded) walk.surface = false;
  walk.own = node;
  readFunction(walk, node);
}

function readDeclarator(walk: Walk, container: Container, declaration: Node, declarator: Node): void {
  const { id, init } = declarator as unknown as { id: Node; init: Node | null };
  if (id.type !== 'Identifier') return readTakenApart(walk, container, id, init);
  into(walk, container, id.name, Space.value, (home) => {
    walk.write(declaration.kind);
    walk.name(home.variable, id.name);
    walk.type(id.typeAnnotation);
    const widens = declaration.kind === 'let' || declaration.kind === 'var';
    walk.own = functionOf(init);
    noteValue(walk, init);
    if (init) readValue(walk, init, home, { seen: !id.typeAnnotation, widens });
  });
}

/** Each name of a pattern is a symbol that takes its own part of the value. */
function readTakenApart(walk: Walk, container: Container, pattern: Node, init: Node | null): void {
  for (const { identifier, path, coarse, expressions } of boundNames(pattern)) {
    into(walk, container, identifier.name, Space.value, () => {
      if (!coarse) noteValue(walk, init, path);
      for (const key of path) walk.write(key);
      if (coarse)
        for (const property of (pattern.properties ?? []) as Node[])
          walk.write(property.key ? (keyName(property.key, property.computed) ?? '') : '…');
      walk.type(pattern.typeAnnotation);
      walk.eager = true;
      walk.each(expressions);
      if (init === null) return;
      const chain = placeOf(walk, init) ?? (unwrap(init).type === 'ThisExpression' ? {} : undefined);
      const tails = coarse ? [[], path] : [path];
      walk.eager = !isMere(init) || chain !== undefined;
      readChain(walk, init, { kind: 'read', flags: ReferenceFlag.escapes, tails });
    });
  }
}

function readNamespace(walk: Walk, container: Container, node: Node, inner: Containers): void {
  const own = containerOf(container, node, inner);
  if (own === undefined) return;
  const { eager } = walk;
  walk.into(own.parent, () => {
    walk.mark(node);
    walk.surface = false;
    if (node.body) readAll(walk, own, node.body.body, inner);
  });
  walk.eager = eager;
}

/** An exported expression: its own symbol, unless it only names another. */
export function readExportValue(walk: Walk, container: Container, name: string, value: Node): void {
  const inner = unwrap(value);
  if (inner.type === 'Identifier' && walk.scope.lookup(inner.name, Space.both)?.target) return;
  into(walk, container, ownName(name), Space.value, (home) => {
    noteValue(walk, value);
    if (isFunction(inner) || inner.type === 'ClassExpression') {
      walk.eager = !isMere(inner);
      if (inner.type === 'ClassExpression') readClass(walk, inner, home);
      else {
        walk.own = inner;
        readFunction(walk, inner);
      }
    } else readValue(walk, value, home, { seen: true, widens: false });
  });
}

/** The values that a CommonJS statement exports. Returns whether the statement is one. */
function readCommonJs(walk: Walk, container: Container, statement: Node): boolean {
  const values = walk.commonJs.get(statement);
  for (const { name, value } of values ?? []) readExportValue(walk, container, name, value);
  return values !== undefined;
}

/** Statements that are no declarations: mutations belong to what they mutate, the rest to the module. */
function readLoose(walk: Walk, container: Container, statement: Node): void {
  const compound = statement.type !== 'ExpressionStatement';
  if (container.place === 'file') noteRunnerCall(walk, statement);
  if (compound) readNested(walk, container, statement);
  const { targets, globals, rest } = mutatedBy(walk, statement);
  for (const target of targets) readMutation(walk, container, target, statement);
  for (const global of globals) readGlobalMutation(walk, container, global, statement);
  const ownModule = rest || targets.length + globals.length === 0;
  const { eager, called, surface } = walk;
  walk.eager = true;
  walk.called = true;
  walk.surface = false;
  if (ownModule) walk.visit(statement);
  walk.eager = eager;
  walk.called = called;
  walk.surface = surface;
}

/** What a compound statement hides: hoisted variables, and exports of CommonJS. */
function readNested(walk: Walk, container: Container, statement: Node): void {
  eachVarDeclaration([statement], (declaration) => {
    for (const declarator of declaration.declarations as Node[]) {
      for (const { identifier } of boundNames(declarator.id)) {
        into(walk, container, identifier.name, Space.value, () => {
          walk.eager = true;
          walk.called = true;
          walk.visit(statement);
        });
      }
    }
  });
  if (container.place === 'file') readNestedExports(walk, container, statement);
}

function readNestedExports(walk: Walk, container: Container, root: Node): void {
  if (walk.commonJs.size === 0) return;
  const stack: (Node | null | undefined)[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node) continue;
    if (node.type === 'BlockStatement') stack.push(...(node.body as Node[]).toReversed());
    else if (node.type === 'IfStatement') stack.push(node.alternate, node.consequent);
    else if (node.type === 'TryStatement') stack.push(node.handler?.body, node.block);
    else readCommonJs(walk, container, node);
  }
}

/** Statements that assign one global name, or one member of it, are a mutation each. */
function readGlobalMutation(walk: Walk, container: Container, { name, path }: GlobalPlace, statement: Node): void {
  const { eager, called } = walk;
  const written = [name, ...path.slice(0, 1)].join('.');
  walk.eager = true;
  walk.called = true;
  const symbol = mutationNamed(walk, container, written, statement);
  walk.draft.symbol(symbol).flags |= SymbolFlag.eager;
  walk.into(symbol, () => {
    walk.surface = false;
    walk.referGlobal(name, path, 'write', 0, statement);
    walk.assignedGlobal = { name, path };
    walk.visit(statement);
    walk.assignedGlobal = undefined;
  });
  walk.eager = eager;
  walk.called = called;
}

/** Assigning a function (`Queue.prototype.drain = function …`) runs nothing while the module is evaluated. */
function readMutation(walk: Walk, container: Container, { root, path }: Place, statement: Node): void {
  const { eager, called } = walk;
  const runs = !isMereAssignment(statement);
  const symbol = mutationSymbol(walk, container, root, statement);
  if (runs) walk.draft.symbol(symbol).flags |= SymbolFlag.eager;
  walk.eager = runs;
  walk.called = runs;
  walk.into(symbol, () => {
    walk.surface = false;
    walk.refer(root, [], 'write', 0, statement);
    if (path.length > 0) walk.refer(root, path, 'write', 0, statement);
    walk.visit(statement);
  });
  walk.eager = eager;
  walk.called = called;
}
