/**
 * Lexical scopes with the value and the type space apart, and what each construct declares into them.
 * In: nodes. Out: scopes that are complete before the walk enters them (so hoisting needs no second look).
 * Source: ECMA-262 8.2 and 10.2.11 (declarations and function instantiation). Not here: references.
 */
import type { Node } from './syntax.js';
import { eachBoundName } from './syntax.js';

/** The spaces a name can live in, as bits. */
export const Space = { value: 1, type: 2, both: 3 } as const;

/** What a top-level variable stands for; locals stand for nothing outside their symbol. */
export type Target =
  | { readonly kind: 'symbol'; readonly symbol: number }
  | { readonly kind: 'import'; readonly import: number }
  | { readonly kind: 'request'; readonly request: number };

/** A target and a property path behind it. */
export interface Place {
  readonly root: Variable;
  readonly path: readonly string[];
}

/** A name of the global scope and a property path behind it. */
export interface GlobalPlace {
  readonly name: string;
  readonly path: readonly string[];
}

/** One declared name. Merged declarations are one variable. */
export class Variable {
  /** Index of its binding in the facts once something refers to it; −1 before. */
  binding = -1;
  /** For a constant local: what it is another name for. */
  alias: Place | undefined;
  /** What its value is, where that is named: the instance of a declared or constructed type, or what a call gives. */
  typed: Place | undefined;
  /** `typed` came from `new`: the class is known exactly. */
  constructed = false;
  /** For a parameter of a function that is called in place: the global it is another name for. */
  global: GlobalPlace | undefined;
  /** For a top-level variable: the place that its initialiser names, which is mutated with it. */
  source: Place | undefined;
  /** For a type parameter: what it extends. */
  bound: Place | undefined;
  /** It only ever holds numbers: a member computed from it is an element. */
  numeric = false;
  /** A local constant whose initialiser a mere look says is primitive: nothing can mutate it. */
  primitive = false;
  /** Made by `createRequire(…)`: calling it is `require`. */
  loader = false;

  constructor(
    readonly name: string,
    readonly target?: Target,
  ) {}
}

/** One lexical scope. */
export class Scope {
  private values: Map<string, Variable> | undefined;
  private types: Map<string, Variable> | undefined;
  /** The function whose parameters are declared here. */
  fn: Node | undefined;

  constructor(readonly parent: Scope | undefined) {}

  /** Binds `variable` in the given spaces, over whatever was there. */
  bind(variable: Variable, spaces: number): void {
    if (spaces & Space.value) (this.values ??= new Map()).set(variable.name, variable);
    if (spaces & Space.type) (this.types ??= new Map()).set(variable.name, variable);
  }

  /** Declares a local; a name that is here already in one of the spaces stays the same variable. */
  declare(name: string, spaces: number): Variable {
    const variable = this.own(name, Space.both) ?? new Variable(name);
    this.bind(variable, spaces);
    return variable;
  }

  /** The variable of that name in this very scope. */
  own(name: string, spaces: number): Variable | undefined {
    return (
      (spaces & Space.value ? this.values?.get(name) : undefined) ??
      (spaces & Space.type ? this.types?.get(name) : undefined)
    );
  }

  /** The variable that `name` means here, in the first scope outward that has it in one of the spaces. */
  lookup(name: string, spaces: number): Variable | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.own(name, spaces);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Every variable bound here, values first, in order of declaration. */
  variables(): Variable[] {
    return [...new Set([...(this.values?.values() ?? []), ...(this.types?.values() ?? [])])];
  }
}

/** Declares what a block's own statements declare: lexical names, functions, classes, types. */
export function declareStatements(scope: Scope, statements: readonly Node[]): void {
  for (const statement of statements) {
    switch (statement.type) {
      case 'VariableDeclaration':
        if (statement.kind !== 'var') declarePatternsOf(scope, statement);
        break;
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        if (statement.id) scope.declare(statement.id.name, Space.value);
        break;
      case 'ClassDeclaration':
      case 'TSEnumDeclaration':
        if (statement.id) scope.declare(statement.id.name, Space.both);
        break;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        scope.declare(statement.id.name, Space.type);
        break;
      case 'TSModuleDeclaration':
        if (statement.id.type === 'Identifier') scope.declare(statement.id.name, Space.both);
        break;
      case 'TSImportEqualsDeclaration':
        scope.declare(statement.id.name, Space.both);
        break;
      case 'LabeledStatement':
        declareStatements(scope, [statement.body as Node]);
        break;
    }
  }
}

/** Declares the `var` names of a body, however deep in blocks, but not in nested functions. */
export function declareVars(scope: Scope, body: readonly Node[]): void {
  eachVarDeclaration(body, (declaration) => declarePatternsOf(scope, declaration));
}

/** Declares each name that the pattern binds, as values. */
export function declarePattern(scope: Scope, pattern: Node | null | undefined): void {
  if (pattern?.type === 'Identifier') {
    if (pattern.name !== 'this') scope.declare(pattern.name, Space.value);
  } else eachBoundName(pattern, (identifier) => scope.declare(identifier.name, Space.value));
}

/** Calls `visit` for each `var` declaration below the statements, in source order, nested functions left out. */
export function eachVarDeclaration(statements: readonly Node[], visit: (declaration: Node) => void): void {
  for (const statement of statements) eachVarBelow(statement, visit);
}

function eachVarBelow(root: Node | null | undefined, visit: (declaration: Node) => void): void {
  const stack: (Node | null | undefined)[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === null || node === undefined) continue;
    switch (node.type) {
      case 'VariableDeclaration':
        if (node.kind === 'var') visit(node);
        break;
      case 'BlockStatement':
        pushReversed(stack, node.body);
        break;
      case 'IfStatement':
        stack.push(node.alternate, node.consequent);
        break;
      case 'ForStatement':
        stack.push(node.body, node.init);
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        stack.push(node.body, node.left);
        break;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement':
      case 'WithStatement':
        stack.push(node.body);
        break;
      case 'TryStatement':
        stack.push(node.finalizer, node.handler?.body, node.block);
        break;
      case 'SwitchStatement':
        for (const each of (node.cases as Node[]).toReversed()) pushReversed(stack, each.consequent);
        break;
    }
  }
}

function pushReversed(stack: (Node | null | undefined)[], nodes: readonly Node[]): void {
  for (let index = nodes.length - 1; index >= 0; index -= 1) stack.push(nodes[index]);
}

function declarePatternsOf(scope: Scope, declaration: Node): void {
  for (const declarator of declaration.declarations as Node[]) declarePattern(scope, declarator.id);
}
