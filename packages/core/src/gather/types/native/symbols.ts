/**
 * What stands at a position: the symbol behind a name, the type of a declared name.
 * In: a checker, a file's tree, offsets. Out: plain records, in the order of the offsets. The questions and their order are those of
 * ts-morph/symbols.ts. Not here: which positions are worth asking (analyze/types).
 */
import type { TypedDeclaration, TypedSymbol } from '../../../model/index.js';
import { inOrder } from '../declaration-order.js';
import {
  unlessEmptyTuple,
  type Expression,
  type NativeApi,
  type Node,
  type NodeHandle,
  type SourceFile,
  type Symbol,
} from './api.js';
import type { TypeFacts } from './type-facts.js';

/** The symbols at `positions`, aliases followed to the end. */
export function symbolsAt(facts: TypeFacts, source: SourceFile, positions: readonly number[]): readonly TypedSymbol[] {
  const nodes = positions.map((position) => nodeAt(facts.native, source, position));
  const plain = symbolsOf(facts, nodes);
  return nodes.map((node) => {
    if (node === undefined) return { kind: 'none' };
    const symbol = memberMeant(facts, node) ?? plain.get(node);
    if (symbol === undefined) return isUntyped(facts, node) ? { kind: 'untyped' } : { kind: 'none' };
    const { declarations } = facts.resolved(symbol);
    if (declarations.length === 0) return { kind: 'untyped' };
    return { kind: 'symbol', declarations: inOrder(declarations.map((one) => declarationOf(facts, one))) };
  });
}

/** The types of the names declared at `positions`, in full; `''` where no name stands there. */
export function typesAt(facts: TypeFacts, source: SourceFile, positions: readonly number[]): readonly string[] {
  const nodes = positions.map((position) => nodeAt(facts.native, source, position));
  const symbols = symbolsOf(facts, nodes);
  const { checker } = facts;
  const { SymbolFlags } = facts.native.sync;
  return nodes.map((node) => {
    const symbol = node === undefined ? undefined : symbols.get(node);
    if (node === undefined || symbol === undefined) return '';
    const isType = (symbol.flags & SymbolFlags.Value) === 0;
    const type = unlessEmptyTuple(
      () => (isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbolAtLocation(symbol, node)),
      undefined,
    );
    return type === undefined ? '[]' : checker.typeToString(type, undefined, IN_FULL);
  });
}

/** No truncation, fully qualified, an alias's own type spelled out, signatures as arrows: `TypeFormatFlags`. */
const IN_FULL = 1 | (1 << 6) | (1 << 18) | (1 << 23);

function symbolsOf({ symbolsAt: ask }: TypeFacts, nodes: readonly (Node | undefined)[]): ReadonlyMap<Node, Symbol> {
  const known = [...new Set(nodes.filter((node) => node !== undefined))];
  const symbols = ask(known);
  return new Map(
    known.flatMap((node, index) => (symbols[index] === undefined ? [] : [[node, symbols[index]] as const])),
  );
}

/** The name (or string key) that begins at `position`: the outermost node that begins there and is one. */
function nodeAt(native: NativeApi, source: SourceFile, position: number): Node | undefined {
  let node: Node | undefined = source;
  while (node !== undefined) {
    if (isName(native, node) && node.getStart(source) === position) return node;
    node = node.forEachChild((child) => (child.pos <= position && position < child.end ? child : undefined));
  }
  return undefined;
}

function isName({ ast }: NativeApi, node: Node): boolean {
  return ast.isIdentifier(node) || ast.isPrivateIdentifier(node) || ast.isStringLiteralLikeNode(node);
}

/** Shorthand and destructured entries stand for two symbols; the property is the one that is asked for. */
function memberMeant({ native, checker, typeAt, expectedAt }: TypeFacts, node: Node): Symbol | undefined {
  const { ast } = native;
  const { parent } = node;
  const name = (node as { text?: string }).text;
  if (name === undefined) return undefined;
  if (ast.isBindingElement(parent) && (parent.propertyName === node || parent.propertyName === undefined)) {
    const whole = typeAt(parent.parent);
    return whole === undefined ? undefined : checker.getPropertyOfType(whole, name);
  }
  const isEntry = ast.isPropertyAssignment(parent) || ast.isShorthandPropertyAssignment(parent);
  if (!isEntry || parent.name !== node) return undefined;
  const expected = expectedAt(parent.parent as Expression);
  return expected === undefined ? undefined : checker.getPropertyOfType(expected, name);
}

function isUntyped({ native, typeAt }: TypeFacts, node: Node): boolean {
  const { ast, sync } = native;
  const { parent } = node;
  const isAccess = ast.isPropertyAccessExpression(parent) || ast.isElementAccessExpression(parent);
  const whole = isAccess ? parent.expression : ast.isBindingElement(parent) ? parent.parent : node;
  const type = typeAt(whole);
  return type !== undefined && (type.flags & sync.TypeFlags.AnyOrUnknown) !== 0;
}

/** Trees of files outside the repository are not fetched for a line that nobody could open. */
function declarationOf({ native, project, placeOf, texts }: TypeFacts, handle: NodeHandle): TypedDeclaration {
  const file = placeOf(handle);
  const node = file === undefined ? undefined : handle.resolve(project);
  if (file === undefined || node === undefined) return { start: 0, line: 1, name: '' };
  const source = node.getSourceFile();
  const name = nameOf(native, node) ?? node;
  const start = name.getStart(source);
  return {
    file,
    start,
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    name: native.ast.isSourceFile(node) ? '' : texts.get(file)!.slice(start, name.end),
  };
}

/** As `ts.getNameOfDeclaration`, which this API lacks. */
function nameOf({ ast }: NativeApi, node: Node): Node | undefined {
  if (ast.isExportAssignment(node)) return ast.isIdentifier(node.expression) ? node.expression : undefined;
  if (ast.isBinaryExpression(node)) return assignedName(ast, node.left);
  if (ast.isPropertyAccessExpression(node)) return node.name;
  if (ast.isElementAccessExpression(node)) return node.argumentExpression;
  if (ast.isCallExpression(node)) return node.arguments[1];
  return (node as { name?: Node }).name;
}

function assignedName(ast: NativeApi['ast'], left: Node): Node | undefined {
  if (ast.isPropertyAccessExpression(left)) return left.name;
  return ast.isElementAccessExpression(left) ? left.argumentExpression : undefined;
}
