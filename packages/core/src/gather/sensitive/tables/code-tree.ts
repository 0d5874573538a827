/**
 * Small questions to the tree of a source file that declares tables or migrates them.
 * In: loose ESTree nodes. Out: literals, call chains, lines. Nothing is evaluated: what is no literal is not known.
 */
import { parse, type Dialect } from '../../facts/parser.js';
import { CHILD_KEYS, type Node } from '../../facts/syntax.js';
import type { RepoPath } from '../../../model/path.js';

/** The tree of a changed source file; `undefined` where it does not parse. */
export function codeTree(file: RepoPath, text: string): Node | undefined {
  const dialect: Dialect = /\.tsx$/.test(file) ? 'tsx' : /\.[mc]?ts$/.test(file) ? 'ts' : 'js';
  return parse(text, dialect, 'auto')?.program;
}

/** A string literal, or a template without holes. */
export function stringOf(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node?.type !== 'TemplateLiteral' || node['expressions'].length > 0) return undefined;
  return (node['quasis'][0]?.value.cooked ?? undefined) as string | undefined;
}

/** The literal's value: text, number, boolean. */
export function literalOf(node: Node | null | undefined): string | number | boolean | undefined {
  const value: unknown = node?.type === 'Literal' ? node['value'] : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : stringOf(node);
}

/** The written properties of an object literal by name; others (spreads, computed) make it open. */
export function propertiesOf(node: Node | null | undefined): {
  readonly named: ReadonlyMap<string, Node>;
  readonly open: boolean;
} {
  const named = new Map<string, Node>();
  let open = false;
  for (const property of (node?.type === 'ObjectExpression' ? node['properties'] : []) as Node[]) {
    const key = property.type === 'Property' && property['computed'] !== true ? keyOf(property) : undefined;
    if (key === undefined) open = true;
    else named.set(key, property);
  }
  return { named, open: open || (node !== null && node !== undefined && node.type !== 'ObjectExpression') };
}

/** The value behind a property name. */
export function valueOf(node: Node | null | undefined, name: string): Node | undefined {
  return propertiesOf(node).named.get(name)?.['value'] as Node | undefined;
}

/** The name of a property or method. */
export function keyOf(node: Node): string | undefined {
  const key = node['key'] as Node | undefined;
  return key?.type === 'Identifier' ? String(key['name']) : stringOf(key);
}

/** One call of a chain. */
export interface ChainCall {
  /** Method name, or the function's for the first. */
  readonly name: string;
  readonly args: readonly Node[];
  readonly node: Node;
}

/** `varchar('x', {…}).notNull().default(1)` as calls in written order; empty where the root is something else. */
export function chainOf(node: Node | null | undefined): ChainCall[] {
  const calls: ChainCall[] = [];
  let current: Node | undefined = unwrapped(node);
  while (current?.type === 'CallExpression') {
    const callee = unwrapped(current['callee'] as Node);
    const name = calleeName(callee);
    if (name === undefined) return [];
    calls.unshift({ name, args: current['arguments'] as Node[], node: current });
    current = callee?.type === 'MemberExpression' ? unwrapped(callee['object'] as Node) : undefined;
  }
  return calls;
}

function calleeName(callee: Node | undefined): string | undefined {
  if (callee?.type === 'Identifier') return String(callee['name']);
  if (callee?.type !== 'MemberExpression' || callee['computed'] === true) return undefined;
  return String((callee['property'] as Node)['name']);
}

/** Without casts, awaits and optional chaining. */
export function unwrapped(node: Node | null | undefined): Node | undefined {
  let current = node ?? undefined;
  while (current !== undefined && WRAPPERS.has(current.type))
    current = (current['expression'] ?? current['argument']) as Node;
  return current;
}

const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'ChainExpression',
  'AwaitExpression',
  'ParenthesizedExpression',
]);

/** Every node below `root` in source order, `root` first. Iterative. */
export function* nodesBelow(root: Node): Generator<Node> {
  const pending: Node[] = [root];
  while (pending.length > 0) {
    const node = pending.pop()!;
    yield node;
    const children: Node[] = [];
    for (const key of CHILD_KEYS[node.type] ?? []) {
      const value: unknown = node[key];
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child === 'object' && child !== null && 'type' in child) children.push(child as Node);
      }
    }
    pending.push(...children.reverse());
  }
}

/** Top-level `const x = …`, exported or not. */
export function topLevelConstants(
  program: Node,
): { readonly name: string; readonly init: Node; readonly node: Node }[] {
  const statements = (program['body'] as Node[]).map((one) => (one['declaration'] as Node | null | undefined) ?? one);
  return statements.flatMap((statement) =>
    (statement.type === 'VariableDeclaration' ? (statement['declarations'] as Node[]) : []).flatMap((one) => {
      const id = one['id'] as Node;
      const init = unwrapped(one['init'] as Node | null);
      return id.type === 'Identifier' && init !== undefined ? [{ name: String(id['name']), init, node: one }] : [];
    }),
  );
}

/** 1-based line of a node. */
export function lineOfNode(text: string, node: Node): number {
  const start = Number(node['start'] ?? (node['range'] as readonly number[] | undefined)?.[0] ?? 0);
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The source text of a node. */
export function textOfNode(text: string, node: Node | undefined): string {
  if (node === undefined) return '';
  const range = node['range'] as readonly [number, number] | undefined;
  return text.slice(Number(node['start'] ?? range?.[0] ?? 0), Number(node['end'] ?? range?.[1] ?? 0));
}
