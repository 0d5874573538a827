/**
 * JSX: components are rendered, texts count as React joins them, and the element's type tells nobody what is inside.
 * In: JSX nodes. Out: tokens and references.
 */
import { handOver } from './handed.js';
import { ReferenceFlag } from '../../model/facts.js';
import type { Variable } from './scope.js';
import { Space } from './scope.js';
import type { Node } from './syntax.js';
import { startOf, typeCode } from './syntax.js';
import { readName, RENDER } from './visit-references.js';
import type { Visitor, Walk } from './walk.js';

const visitElement: Visitor = (walk, node) => {
  const { surface, called } = walk;
  walk.mark(node);
  walk.surface = false;
  walk.called = true;
  useFactory(walk, node);
  const opening = node.openingElement as Node | undefined;
  if (opening !== undefined) {
    readTag(walk, opening.name);
    walk.type(opening.typeArguments);
    walk.each(opening.attributes);
    handProperties(walk, opening);
  }
  readChildren(walk, node.children);
  walk.surface = surface;
  walk.called = called;
};

/** Properties go to the component; those of elements to the renderer. */
function handProperties(walk: Walk, opening: Node): void {
  const values = (opening.attributes as Node[]).map(
    (each) => (each.type === 'JSXAttribute' ? each.value?.expression : each.argument) as Node | null,
  );
  const root = opening.name as Node;
  const variable = root.type === 'JSXIdentifier' ? walk.scope.lookup(root.name, Space.value) : undefined;
  handOver(walk, values, variable?.target ? { root: variable, path: [] } : variable?.alias);
}

/** The classic transform calls `React.createElement`: the import of `React` is used though no text says so. */
function useFactory(walk: Walk, node: Node): void {
  const variable = walk.scope.lookup(walk.jsxFactory, Space.value);
  walk.refer(runtimeOf(walk, node), [], 'call', ReferenceFlag.escapes, node);
  if (variable?.target?.kind !== 'import') return;
  walk.refer(variable, walk.jsxFactory === 'React' ? ['createElement'] : [], 'call', 0, node);
}

/** The automatic transform imports its functions from a module that no import names. */
function runtimeOf(walk: Walk, node: Node): Variable {
  if (walk.jsxRuntime !== undefined) return walk.jsxRuntime;
  const place = { start: startOf(node), line: walk.line(node) };
  const what = { specifier: walk.jsxSource, kind: 'jsx', typeOnly: false, eager: true, pattern: false } as const;
  const request = walk.draft.request({ ...what, ...place });
  return (walk.jsxRuntime = (walk.draft.requests[request] as { variable: Variable }).variable);
}

/** `<div>` is a text; `<Foo>`, `<ns.foo>` and `<this.Foo>` are references. */
function readTag(walk: Walk, tag: Node): void {
  walk.mark(tag);
  if (tag.type === 'JSXNamespacedName') return walk.write(`${tag.namespace.name as string}:${tag.name.name as string}`);
  const path: string[] = [];
  let root = tag;
  for (; root.type === 'JSXMemberExpression'; root = root.object) path.unshift(root.property.name as string);
  walk.token(path.length);
  for (const name of path) walk.write(name);
  if (root.type === 'ThisExpression') return walk.visit(root);
  const name = root.name as string;
  if (path.length === 0 && /^[a-z]/.test(name)) return walk.write(name);
  if (name === 'this') return walk.visit({ ...root, type: 'ThisExpression' } as Node);
  readName(walk, { ...root, type: 'Identifier' } as Node, path, RENDER);
}

/** Children with texts cleaned and joined: line breaks and `{' '}` are format. */
function readChildren(walk: Walk, children: readonly Node[]): void {
  let text = '';
  const flush = (): void => {
    if (text !== '') walk.write(`"${text}`);
    text = '';
  };
  for (const child of children) {
    if (child.type === 'JSXText') text += cleanText(walk.text.slice(...rangeOf(child)));
    else if (child.type === 'JSXExpressionContainer' && child.expression.type === 'JSXEmptyExpression') continue;
    else if (child.type === 'JSXExpressionContainer' && typeof child.expression.value === 'string')
      text += child.expression.value as string;
    else {
      flush();
      walk.visit(child);
    }
  }
  flush();
  walk.token(3);
}

function rangeOf(node: Node): [number, number] {
  return (node.range ?? [node.start, node.end]) as [number, number];
}

/** JSX's own rule: lines are trimmed, blank ones dropped, the rest joined by a space. */
function cleanText(raw: string): string {
  if (!raw.includes('\n')) return raw;
  const lines = raw.split(/\r?\n/);
  const kept = lines.map((line, index) => {
    const start = index === 0 ? line : line.replace(/^[ \t]+/, '');
    return index === lines.length - 1 ? start : start.replace(/[ \t]+$/, '');
  });
  return kept.filter((line) => line !== '').join(' ');
}

const visitAttribute: Visitor = (walk, node) => {
  walk.token(typeCode('JSXAttribute'));
  const { name } = node as unknown as { name: Node };
  walk.write(
    (name.type === 'JSXNamespacedName'
      ? `${name.namespace.name as string}:${name.name.name as string}`
      : name.name) as string,
  );
  const value = node.value as Node | null;
  if (value?.type === 'Literal') {
    const [start, end] = rangeOf(value);
    walk.write(`"${walk.text.slice(start + 1, end - 1)}`);
  } else if (value?.type === 'JSXExpressionContainer') walk.visit(value.expression);
  else walk.visit(value);
};

const visitContainer: Visitor = (walk, node) => {
  walk.mark(node);
  walk.visit(node.expression);
};

/** `{...x}` in a tag takes every member. */
const visitSpread: Visitor = (walk, node) => {
  walk.mark(node);
  walk.visit(node.argument ?? node.expression);
};

/** The name before the first dot of a `@jsx` pragma; `React` without one. */
export function jsxFactoryOf(pragmas: readonly string[]): string {
  for (const pragma of pragmas) {
    const factory = /^@jsx\s+([\w$]+)/.exec(pragma)?.[1];
    if (factory !== undefined) return factory;
  }
  return 'React';
}

/** The module of a `@jsxImportSource` pragma; empty without one. */
export function jsxSourceOf(pragmas: readonly string[]): string {
  return pragmas.flatMap((pragma) => /^@jsxImportSource (.+)/.exec(pragma)?.[1] ?? [])[0] ?? '';
}

/** Visitors of this file, by node type. */
export const JSX_VISITORS: Readonly<Record<string, Visitor>> = {
  JSXAttribute: visitAttribute,
  JSXElement: visitElement,
  JSXExpressionContainer: visitContainer,
  JSXFragment: visitElement,
  JSXSpreadAttribute: visitSpread,
  JSXSpreadChild: visitSpread,
};
