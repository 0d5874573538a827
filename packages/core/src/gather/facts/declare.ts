/**
 * First pass over a file's top level: every declaration gets its symbol and its name before anything is read.
 * In: statements and their container. Out: symbols, import entries, nested containers; `exported` where `export` stands before.
 * Not here: export entries (exports.ts), contents (read.ts).
 */
import type { SymbolKind } from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import type { Container } from './container.js';
import { declareSymbol } from './container.js';
import { classIsEvaluated, isMere, isPassive, unwrapLiteral } from './evaluation.js';
import { declareImport, declareImportEquals, declareRequire, statementRequest } from './imports.js';
import type { Place, Target } from './scope.js';
import { eachVarDeclaration, Scope, Space } from './scope.js';
import type { Node } from './syntax.js';
import { eachBoundName, unwrap } from './syntax.js';
import { functionOf } from './visit-functions.js';
import { isCreateRequire, learnType } from './visit-patterns.js';
import { placeOf } from './places.js';
import type { Walk } from './walk.js';

/** Containers by the symbol of their namespace: merged blocks share one. */
export type Containers = Map<number, Container>;

/** Statements whose variables are declarations; in others `var` hoists out. */
const DECLARATIONS = new Set(['VariableDeclaration', 'FunctionDeclaration', 'ClassDeclaration']);

/** Declares everything that the statements declare in their container. */
export function declareAll(walk: Walk, container: Container, statements: readonly Node[], inner: Containers): void {
  for (const statement of statements) {
    const declaration = (statement.type.startsWith('Export') ? statement.declaration : null) as Node | null;
    if (statement.type === 'ImportDeclaration') declareImport(walk, container, statement);
    else if (declaration) declareOne(walk, container, declaration, statement, inner);
    else declareOne(walk, container, statement, statement, inner);
  }
  for (const statement of statements) learnTypes(walk, container, (statement.declaration ?? statement) as Node);
}

function declareOne(walk: Walk, container: Container, node: Node, outer: Node, inner: Containers): void {
  const exported = outer === node ? 0 : SymbolFlag.exported;
  const ambient = node.declare ? SymbolFlag.ambient : 0;
  const add = (kind: SymbolKind, flags: number, name = (node.id?.name ?? 'default') as string): void => {
    declareSymbol(walk, container, { name, kind, flags: flags | exported | ambient, node: outer });
  };
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return add(
        'function',
        SymbolFlag.value |
          (node.async ? SymbolFlag.async : 0) |
          (node.returnType ? 0 : SymbolFlag.inferred) |
          (isPassive(node) ? SymbolFlag.passive : 0),
      );
    case 'ClassDeclaration':
      return add('class', classFlags(node));
    case 'TSInterfaceDeclaration':
      return add('interface', SymbolFlag.type);
    case 'TSTypeAliasDeclaration':
      return add('type', SymbolFlag.type);
    case 'TSEnumDeclaration':
      return add('enum', SymbolFlag.type | SymbolFlag.value | enumFlags(node));
    case 'TSModuleDeclaration':
      return declareNamespace(walk, container, node, outer, inner);
    case 'TSImportEqualsDeclaration':
      if (!declareImportEquals(walk, container, node))
        add('variable', SymbolFlag.value | SymbolFlag.type | SymbolFlag.inferred);
      return;
    case 'VariableDeclaration':
      return declareVariables(walk, container, node, outer, exported | ambient);
    default:
      if (!node.type.startsWith('Export') && outer === node) hoistVars(walk, container, node);
  }
}

function classFlags(node: Node): number {
  return (
    SymbolFlag.value |
    SymbolFlag.type |
    (node.abstract ? SymbolFlag.abstract : 0) |
    (classIsEvaluated(node) ? SymbolFlag.eager : 0) |
    ((node.decorators?.length ?? 0) > 0 ? SymbolFlag.foreign : 0)
  );
}

function enumFlags(node: Node): number {
  const members = (node.body?.members ?? node.members) as Node[];
  return members.every((member) => isMere(member.initializer)) ? 0 : SymbolFlag.eager;
}

function declareVariables(walk: Walk, container: Container, node: Node, outer: Node, flags: number): void {
  const declarators = node.declarations as Node[];
  for (const [index, declarator] of declarators.entries()) {
    if (flags === 0 && declareRequire(walk, container, declarator)) continue;
    const first = index === 0 ? outer : declarator;
    const last = index === declarators.length - 1 ? outer : declarator;
    const place = { type: '', range: [rangeOf(first)[0], rangeOf(last)[1]] } as Node;
    eachBoundName(declarator.id, (identifier) => {
      const seed = {
        name: identifier.name as string,
        kind: variableKind(declarator),
        flags: flags | variableFlags(node, declarator),
        node: place,
      };
      declareSymbol(walk, container, seed);
    });
  }
}

function rangeOf(node: Node): [number, number] {
  return (node.range ?? [node.start, node.end]) as [number, number];
}

function variableKind(declarator: Node): SymbolKind {
  return declarator.init && unwrap(declarator.init).type === 'ClassExpression' ? 'class' : 'variable';
}

function variableFlags(declaration: Node, declarator: Node): number {
  const { id, init } = declarator as unknown as { id: Node; init: Node | null };
  const literal = init ? unwrapLiteral(init) : undefined;
  const evaluated =
    literal?.type === 'ObjectExpression'
      ? !entriesAreMere(literal)
      : id.type === 'Identifier'
        ? !isMere(init)
        : init !== null;
  return (
    SymbolFlag.value |
    (literal?.type === 'ClassExpression' ? SymbolFlag.type : 0) |
    (declaration.kind === 'let' || declaration.kind === 'var' ? SymbolFlag.mutable : 0) |
    (init && !id.typeAnnotation && !functionOf(init)?.returnType ? SymbolFlag.inferred : 0) |
    (evaluated ? SymbolFlag.eager : 0) |
    (id.type === 'Identifier' && functionOf(init) ? SymbolFlag.lazy : 0) |
    (isPassive(functionOf(init)) ? SymbolFlag.passive : 0)
  );
}

function entriesAreMere(literal: Node): boolean {
  return (literal.properties as Node[]).every(
    (property) => property.type === 'Property' && !property.computed && isMere(property.value),
  );
}

/** `var` and functions inside top-level `if`, `for`, `try` and blocks. */
function hoistVars(walk: Walk, container: Container, statement: Node): void {
  if (DECLARATIONS.has(statement.type)) return;
  eachVarDeclaration([statement], (declaration) => declareVariables(walk, container, declaration, declaration, 0));
}

/** Names of `namespace a.b.c`, `global` and `module:x`. */
function namespaceNames(node: Node): string[] {
  const names: string[] = [];
  let id = node.id as Node;
  if (id.type === 'Literal') return [`module:${id.value as string}`];
  for (; id.type === 'TSQualifiedName'; id = id.left) names.unshift(id.right.name as string);
  return [id.name as string, ...names];
}

function declareNamespace(walk: Walk, container: Container, node: Node, outer: Node, inner: Containers): void {
  let at = container;
  const foreign = node.id.type === 'Literal' || node.kind === 'global';
  const names = namespaceNames(node);
  const exported = outer === node ? 0 : SymbolFlag.exported;
  for (const [index, name] of names.entries()) {
    const ambient = node.declare || foreign ? SymbolFlag.ambient : 0;
    const flags =
      (foreign ? SymbolFlag.type : SymbolFlag.type | SymbolFlag.value | SymbolFlag.eager) |
      ambient |
      (index === 0 ? exported : 0);
    const { symbol } = declareSymbol(walk, at, { name, kind: 'namespace', flags, node: outer });
    at = innerContainer(walk, at, symbol, node, inner);
  }
  if (node.body) declareAll(walk, at, node.body.body, inner);
}

function innerContainer(walk: Walk, outer: Container, symbol: number, node: Node, inner: Containers): Container {
  const known = inner.get(symbol);
  if (known !== undefined) return known;
  const foreign = node.id.type === 'Literal' || node.kind === 'global';
  const request = node.id.type === 'Literal' ? augmentationRequest(walk, node) : -1;
  const made: Container = {
    scope: new Scope(outer.scope),
    parent: symbol,
    prefix: `${walk.draft.symbol(symbol).name}.`,
    place: foreign ? 'ambient' : 'namespace',
    request,
    declared: outer.declared || foreign || Boolean(node.declare),
  };
  inner.set(symbol, made);
  return made;
}

function augmentationRequest(walk: Walk, node: Node): number {
  return statementRequest(walk, node, node.id, 'augmentation', true) ?? -1;
}

/** The container that a namespace declaration's own body declares into. */
export function containerOf(container: Container, node: Node, inner: Containers): Container | undefined {
  let at: Container | undefined = container;
  for (const name of namespaceNames(node)) {
    const target: Target | undefined = at?.scope.own(name, Space.both)?.target;
    at = target?.kind === 'symbol' ? inner.get(target.symbol) : undefined;
  }
  return at;
}

/** Types of top-level constants, and which of them can't be mutated. */
function learnTypes(walk: Walk, container: Container, node: Node): void {
  if (node.type !== 'VariableDeclaration') return;
  for (const { id, init } of node.declarations as { id: Node; init: Node | null }[]) {
    if (id.type !== 'Identifier') continue;
    const variable = container.scope.own(id.name, Space.value);
    if (variable?.target?.kind !== 'symbol') continue;
    walk.within(container.scope, () => {
      learnType(walk, variable, id, init, node.kind !== 'const');
      variable.source = init === null ? undefined : namedPlace(walk, init);
    });
    const { typed, target } = variable;
    if (typed !== undefined && typed.root !== variable) walk.draft.learn(target.symbol, 'value', walk.valueAt(typed));
    variable.primitive = node.kind === 'const' && init !== null && isPrimitive(unwrap(init));
    variable.loader = init?.type === 'CallExpression' && isCreateRequire(init);
  }
}

/** What a name or a chain of static members is another name for; loaded modules are left to those who load them. */
function namedPlace(walk: Walk, init: Node): Place | undefined {
  let root = unwrap(init);
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  return root.type === 'Identifier' ? placeOf(walk, init) : undefined;
}

function isPrimitive(node: Node): boolean {
  return (node.type === 'Literal' && !node.regex) || node.type === 'TemplateLiteral';
}
