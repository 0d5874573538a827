/**
 * Which nodes of a file have no known type: those that could be doubtful, whatever a change affects.
 * In: a checker's view, a file's tree. Out: nodes with what they name. Not here: whether they meet something affected (find-doubts.ts).
 */
import type TS from 'typescript';
import type { CheckerView, Syntax } from './checker-view.js';
import { looseTest } from './type-inspector.js';
import { namesSomething, outOfPattern, rootOf } from './value-sources.js';

/** Something without a known type. */
export interface LooseNode<S> {
  readonly node: TS.Node;
  /** Its whole type is `any`. */
  readonly isAny: boolean;
  /** What it names, aliases followed. */
  readonly symbol?: S;
}

/** Lists them; a class is loose where what it extends is. Order: that of the walk, the same for both engines. */
export function looseNodesOf<T extends object, S extends object>(
  view: CheckerView<T, S>,
): (source: TS.SourceFile) => readonly LooseNode<S>[] {
  const isLoose = looseTest(view);
  const isLooseAt = (node: TS.Node): boolean => {
    const type = view.typeAt(node);
    return type !== undefined && isLoose(type);
  };

  function isLooseNode(node: TS.Node): boolean {
    const { syntax } = view;
    if (syntax.isClassLike(node)) return basesOf(syntax, node).some(isLooseAt);
    if (isLooseAt(node)) return true;
    return syntax.isExpression(node) && isAnyAt(view, node) && comesFromUnknown(view, isLooseAt, node);
  }

  return (source) => {
    const asked = askedNodes(view.syntax, source);
    view.foreseeTypes(asked.flatMap((node) => (view.syntax.isClassLike(node) ? heritageOf(node) : [node])));
    const loose = asked.filter(isLooseNode);
    const names = loose.map((node) => nameOf(view.syntax, node));
    view.foreseeSymbols(names.filter((node) => node !== undefined));
    return loose.map((node, index) => {
      const symbol = names[index] === undefined ? undefined : view.symbolAt(names[index]);
      const isAny = isAnyAt(view, node);
      return symbol === undefined ? { node, isAny } : { node, isAny, symbol: view.resolved(symbol) };
    });
  };
}

/** The types that a class extends or implements. */
export function heritageOf(node: TS.ClassLikeDeclaration): readonly TS.Node[] {
  return [...(node.heritageClauses ?? [])].flatMap((clause) => [...clause.types]);
}

function basesOf(syntax: Syntax, node: TS.ClassLikeDeclaration): readonly TS.Node[] {
  return [...(node.heritageClauses ?? [])].flatMap((clause) => (syntax.isExtends(clause) ? [...clause.types] : []));
}

function nameOf(syntax: Syntax, node: TS.Node): TS.Node | undefined {
  if (syntax.isTypeReferenceNode(node)) return node.typeName;
  return namesSomething(syntax, node) ? node : undefined;
}

function isAnyAt<T extends object, S extends object>(view: CheckerView<T, S>, node: TS.Node): boolean {
  if (view.syntax.isClassLike(node)) return false;
  const type = view.typeAt(node);
  return type !== undefined && view.isAny(type);
}

function askedNodes(syntax: Syntax, source: TS.SourceFile): readonly TS.Node[] {
  const asked: TS.Node[] = [];
  const waiting: TS.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (syntax.isImportDeclaration(node) || syntax.isExportDeclaration(node)) continue;
    if (isAsked(syntax, node)) asked.push(node);
    syntax.forEachChild(node, (child) => void waiting.push(child));
  }
  return asked;
}

function isAsked(syntax: Syntax, node: TS.Node): boolean {
  if (syntax.isClassLike(node) || syntax.isTypeReferenceNode(node)) return true;
  return syntax.isExpression(node) && !syntax.isParenthesizedExpression(node) && !isAnyCaseFine(syntax, node);
}

/** `expect(…)` of every assertion library takes whatever it is given; property names and types are no expressions of their own. */
function isAnyCaseFine(syntax: Syntax, node: TS.Expression): boolean {
  const { parent } = node;
  if (syntax.isPropertyAccessExpression(parent) && parent.name === node) return true;
  if (syntax.isTypeNode(parent) || syntax.isTypeNode(node) || syntax.isHeritageClause(parent)) return true;
  let root: TS.Node = node;
  while (syntax.isCallExpression(root) || syntax.isPropertyAccessExpression(root)) root = root.expression;
  return syntax.isIdentifier(root) && root.text === 'expect';
}

/** An `any` that nobody wrote: a parameter without a type, or what was taken from one or from something unresolved. */
function comesFromUnknown<T extends object, S extends object>(
  view: CheckerView<T, S>,
  isLooseAt: (node: TS.Node) => boolean,
  node: TS.Node,
): boolean {
  const { syntax } = view;
  let root = node;
  for (let steps = 0; steps < ROOT_STEPS; steps++) {
    root = rootOf(syntax, root);
    if (isComputedImport(syntax, root)) return false;
    if (isLooseAt(root)) return true;
    const symbol = syntax.isIdentifier(root) ? view.symbolAt(root) : undefined;
    const declaration = symbol === undefined ? undefined : view.declarationsOf(symbol)[0]?.node();
    if (declaration === undefined) return false;
    const at = outOfPattern(syntax, declaration);
    if (syntax.isParameter(at)) return at.type === undefined;
    if (!syntax.isVariableDeclaration(at) || at.type !== undefined) return false;
    if (at.initializer === undefined) return true;
    root = at.initializer;
  }
  return true;
}

/** `import(path)`: it is `any` whatever is installed. */
function isComputedImport(syntax: Syntax, root: TS.Node): boolean {
  if (!syntax.isCallExpression(root.parent) || root.parent.expression !== root || root.getText() !== 'import')
    return false;
  const [specifier] = root.parent.arguments;
  return specifier !== undefined && !syntax.isStringLiteral(specifier);
}

/** Longer chains of locals are taken to come from something unknown. */
const ROOT_STEPS = 20;
