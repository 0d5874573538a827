/**
 * What the files of a config export: declarations, CommonJS assignments, imports between them.
 * In: parsed files. Out: lazily evaluated exports. Not here: finding and parsing the files (static-config.ts).
 */
import type { RepoPath } from '../../model/path.js';
import type { Node } from '../facts/syntax.js';
import { declareFunction, declareVariables, lazily } from './static-calls.js';
import { evaluate } from './static-eval.js';
import { HOLE, StaticExternal, StaticNamespace, emptyObject, mergeValues } from './static-value.js';
import type { Budget, StaticScope, StaticValue } from './static-value.js';

/** One file: its statements, or its value where it is JSON, and the files its specifiers lead to. */
export interface StaticModule {
  readonly path: RepoPath;
  readonly body: readonly Node[];
  readonly json?: StaticValue;
  readonly targets: ReadonlyMap<string, RepoPath>;
}

/** The value of an export of one file; `*` is all of them as an object. */
export type Exported = (name: string) => StaticValue;

/** Lazily evaluated exports per file; circles between files end in holes. */
export function createExports(
  modules: ReadonlyMap<RepoPath, StaticModule>,
  budget: Budget,
): (path: RepoPath) => Exported {
  const known = new Map<RepoPath, Exported>();
  const of = (path: RepoPath): Exported => {
    const made = known.get(path);
    if (made !== undefined) return made;
    const module = modules.get(path);
    if (module === undefined) return () => HOLE;
    const table = new Map<string, () => StaticValue>();
    const exported: Exported = (name) => (name === '*' ? allOf(table) : (table.get(name)?.() ?? undefined));
    known.set(path, exported);
    if ('json' in module) table.set('default', () => module.json);
    else fillExports(module, table, of, budget);
    return exported;
  };
  return of;
}

function allOf(table: ReadonlyMap<string, () => StaticValue>): StaticValue {
  const object = emptyObject();
  for (const [name, value] of table) object[name] = value();
  return table.size === 0 ? HOLE : object;
}

function fillExports(
  module: StaticModule,
  table: Map<string, () => StaticValue>,
  exportsOf: (path: RepoPath) => Exported,
  budget: Budget,
): void {
  const scope: StaticScope = { file: module.path, names: new Map() };
  for (const [specifier, target] of module.targets) {
    scope.names.set(`require:${specifier}`, () => requiredValue(exportsOf(target)));
  }
  const context: ModuleContext = { module, scope, table, exportsOf, budget };
  for (const statement of module.body) declareStatement(context, statement);
  for (const statement of module.body)
    if (statement.type === 'ExpressionStatement') assignStatement(context, statement);
}

/** `require()` of a file: `module.exports`, or its names. */
function requiredValue(exported: Exported): StaticValue {
  const value = exported('default');
  return value === undefined ? exported('*') : value;
}

interface ModuleContext {
  readonly module: StaticModule;
  readonly scope: StaticScope;
  readonly table: Map<string, () => StaticValue>;
  readonly exportsOf: (path: RepoPath) => Exported;
  readonly budget: Budget;
}

function declareStatement(context: ModuleContext, statement: Node): void {
  const { scope, table, budget } = context;
  switch (statement.type) {
    case 'ImportDeclaration':
      return declareImports(context, statement);
    case 'VariableDeclaration':
      return declareVariables(statement, scope, budget);
    case 'FunctionDeclaration':
      return declareFunction(statement, scope);
    case 'ExportDefaultDeclaration':
      table.set(
        'default',
        lazily(() => evaluate(statement['declaration'] as Node, scope, budget)),
      );
      return;
    case 'ExportNamedDeclaration':
      return declareExports(context, statement);
    case 'TSExportAssignment':
      table.set(
        'default',
        lazily(() => evaluate(statement['expression'] as Node, scope, budget)),
      );
      return;
    default:
  }
}

function declareImports({ module, scope, exportsOf }: ModuleContext, statement: Node): void {
  const source = String((statement['source'] as Node)['value']);
  const target = module.targets.get(source);
  for (const specifier of statement['specifiers'] as readonly Node[]) {
    const name = importedName(specifier);
    const value =
      target === undefined
        ? (): StaticValue => new StaticExternal(source, name === 'default' ? '*' : name)
        : lazily(() => (name === '*' ? new StaticNamespace(exportsOf(target)) : exportsOf(target)(name)));
    scope.names.set(String((specifier['local'] as Node)['name']), value);
  }
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return nameOf(specifier['imported'] as Node);
}

function nameOf(node: Node): string {
  return String(node['name'] ?? node['value']);
}

function declareExports({ module, scope, table, exportsOf, budget }: ModuleContext, statement: Node): void {
  const declaration = statement['declaration'] as Node | null;
  const before = new Set(scope.names.keys());
  if (declaration?.type === 'VariableDeclaration') declareVariables(declaration, scope, budget);
  if (declaration?.type === 'FunctionDeclaration') declareFunction(declaration, scope);
  for (const [name, value] of scope.names) if (!before.has(name)) table.set(name, value);
  const source = statement['source'] as Node | null;
  const target = source === null ? undefined : module.targets.get(String(source['value']));
  for (const specifier of statement['specifiers'] as readonly Node[]) {
    const local = nameOf(specifier['local'] as Node);
    const value = (): StaticValue => {
      if (target !== undefined) return exportsOf(target)(local);
      return source === null ? (scope.names.get(local)?.() ?? undefined) : HOLE;
    };
    table.set(nameOf(specifier['exported'] as Node), value);
  }
}

/** `module.exports = x`, `exports.x = y`, and `config.a.b = x` on a name of the file. */
function assignStatement({ scope, table, budget }: ModuleContext, statement: Node): void {
  const expression = statement['expression'] as Node;
  if (expression.type !== 'AssignmentExpression' || expression['operator'] !== '=') return;
  const path = memberPath(expression['left'] as Node);
  if (path === undefined || path.length < 2) return;
  const value = lazily(() => evaluate(expression['right'] as Node, scope, budget));
  const keys = path[0] === 'module' && path[1] === 'exports' ? path.slice(2) : path.slice(1);
  if (path[0] === 'module' || path[0] === 'exports') {
    const [name = 'default'] = keys;
    if (keys.length < 2) table.set(name, value);
    return;
  }
  const before = scope.names.get(path[0] ?? '');
  if (before !== undefined)
    scope.names.set(
      path[0] ?? '',
      lazily(() => mergeValues(before(), nest(keys, value()))),
    );
}

/** `a.b.c` as `['a', 'b', 'c']`. */
function memberPath(node: Node): string[] | undefined {
  const path: string[] = [];
  let at = node;
  while (at.type === 'MemberExpression') {
    const property = at['property'] as Node;
    const isName = property.type === 'Identifier' && at['computed'] !== true;
    if (!isName && typeof property['value'] !== 'string') return undefined;
    path.unshift(nameOf(property));
    at = at['object'] as Node;
  }
  return at.type === 'Identifier' ? [String(at['name']), ...path] : undefined;
}

function nest(keys: readonly string[], value: StaticValue): StaticValue {
  let nested = value;
  for (const key of [...keys].reverse()) {
    const object = emptyObject();
    object[key] = nested;
    nested = object;
  }
  return nested;
}
