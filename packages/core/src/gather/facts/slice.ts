/**
 * The type slice of a function without a return annotation: the nodes of its body from which its return type is inferred.
 * In: a function node. Out: nodes; whatever stands in none of them can change without changing the type.
 * Names are compared as text, which can only make the slice larger. Source: program slicing (Weiser 1981), backwards from `return`.
 */
import type { Node } from './syntax.js';
import { eachBoundName, eachChild, isFunction } from './syntax.js';

/** One statement that gives a type to local names. */
interface Definition {
  readonly names: readonly string[];
  readonly node: Node;
}

interface Found {
  readonly results: Node[];
  readonly definitions: Definition[];
  /** Tests with calls (type guards) and call statements (assertions): they narrow what they mention. */
  readonly narrowing: Node[];
}

/** The nodes of `body` (a function's block) that decide what it returns; empty where it returns nothing. */
export function typeSlice(body: Node): readonly Node[] {
  const found = collect(body);
  if (found.results.length === 0) return found.results;
  return close(found);
}

/** Grows the slice until no wanted name has a definition, test or assertion outside it. */
function close(found: Found): Node[] {
  const slice = [...found.results];
  const wanted = new Set<string>();
  for (const node of found.results) mention(node, wanted);
  let rest = found.definitions;
  let narrowing = found.narrowing.map((node) => ({ node, names: mentionedBy(node) }));
  for (let grown = true; grown;) {
    const definitions = rest.filter(({ names }) => names.some((name) => wanted.has(name)));
    const guards = narrowing.filter(({ names }) => [...names].some((name) => wanted.has(name)));
    grown = definitions.length + guards.length > 0;
    if (!grown) break;
    rest = rest.filter((each) => !definitions.includes(each));
    narrowing = narrowing.filter((each) => !guards.includes(each));
    for (const { node } of definitions) {
      slice.push(node);
      mention(node, wanted);
    }
    for (const { node, names } of guards) {
      slice.push(node);
      for (const name of names) wanted.add(name);
    }
  }
  return slice;
}

function collect(body: Node): Found {
  const found: Found = { results: [], definitions: [], narrowing: [] };
  const stack: { node: Node; nested: boolean }[] = [{ node: body, nested: false }];
  while (stack.length > 0) {
    const { node, nested } = stack.pop() as { node: Node; nested: boolean };
    note(found, node, nested);
    const inner = nested || isFunction(node) || node.type === 'StaticBlock';
    eachChild(node, (child) => {
      if (!child.type.startsWith('TS') || child.expression) stack.push({ node: child, nested: inner });
    });
  }
  return found;
}

function note(found: Found, node: Node, nested: boolean): void {
  switch (node.type) {
    case 'ReturnStatement':
      if (!nested && node.argument) found.results.push(node.argument);
      break;
    case 'YieldExpression':
      if (!nested) found.results.push(node);
      break;
    case 'VariableDeclarator':
      if (node.init) found.definitions.push({ names: boundNames(node.id), node });
      break;
    case 'ForOfStatement':
    case 'ForInStatement':
      found.definitions.push({
        names:
          node.left.type === 'VariableDeclaration' ? boundNames(node.left.declarations[0].id) : rootNames(node.left),
        node: node.right,
      });
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (node.id) found.definitions.push({ names: [node.id.name as string], node });
      break;
    case 'AssignmentExpression':
      found.definitions.push({ names: rootNames(node.left), node });
      break;
    case 'ExpressionStatement':
      if (isCall(node.expression)) found.narrowing.push(node.expression);
      break;
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      if (node.test && hasCall(node.test)) found.narrowing.push(node.test);
      break;
    case 'SwitchStatement':
      if (hasCall(node.discriminant)) found.narrowing.push(node.discriminant);
      break;
    case 'SwitchCase':
      if (node.test && hasCall(node.test)) found.narrowing.push(node.test);
      break;
    case 'LogicalExpression':
      if (hasCall(node.left)) found.narrowing.push(node.left);
      break;
  }
}

function isCall(node: Node): boolean {
  return (
    node.type === 'CallExpression' || (node.type === 'ChainExpression' && node.expression.type === 'CallExpression')
  );
}

function hasCall(root: Node): boolean {
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (node.type === 'CallExpression') return true;
    if (!isFunction(node)) eachChild(node, (child) => stack.push(child));
  }
  return false;
}

function boundNames(pattern: Node): string[] {
  const names: string[] = [];
  eachBoundName(pattern, (identifier) => names.push(identifier.name as string));
  return names;
}

/** The names whose type an assignment to this target can change: `x` in `x = …`, `x.y = …`, `[x] = …`. */
function rootNames(target: Node): string[] {
  const names = new Set<string>();
  mention(target, names);
  return [...names];
}

function mentionedBy(root: Node): Set<string> {
  const names = new Set<string>();
  mention(root, names);
  return names;
}

/** Adds every identifier that an expression's type may depend on. */
function mention(root: Node, into: Set<string>): void {
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') into.add(node.name);
    else if (node.type === 'MemberExpression') {
      stack.push(node.object);
      if (node.computed) stack.push(node.property);
    } else if (node.type === 'Property') {
      stack.push(node.value);
      if (node.computed) stack.push(node.key);
    } else if (node.type !== 'JSXElement' && node.type !== 'JSXFragment' && !isErasedOnly(node)) {
      eachChild(node, (child) => stack.push(child));
    }
  }
}

/** Types name no local value, except behind `typeof`. */
function isErasedOnly(node: Node): boolean {
  return node.type === 'TSTypeReference' || node.type.endsWith('Keyword') || node.type === 'TSLiteralType';
}
