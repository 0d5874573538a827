/**
 * What stands at a position: the symbol behind a name, the type of a declared name.
 * In: a checker, a source file, an offset. Out: plain records. Not here: which positions are worth asking (analyze/types).
 */
import type { ts as TS } from 'ts-morph';
import type { RepoPath, TypedDeclaration, TypedSymbol } from '../../../model/index.js';
import { inOrder } from '../declaration-order.js';

type Compiler = typeof TS;

/** The symbol at `position`, aliases followed to the end; `place` turns a program's file name into a repository path. */
export function symbolAt(
  ts: Compiler,
  checker: TS.TypeChecker,
  source: TS.SourceFile,
  position: number,
  place: (name: string) => RepoPath | undefined,
): TypedSymbol {
  const node = nodeAt(ts, source, position);
  if (node === undefined) return { kind: 'none' };
  const found = symbolOf(ts, checker, node);
  if (found === undefined) return isUntyped(ts, checker, node) ? { kind: 'untyped' } : { kind: 'none' };
  const symbol = (found.flags & ts.SymbolFlags.Alias) === 0 ? found : checker.getAliasedSymbol(found);
  const declarations = partsOf(symbol).flatMap((part) => part.declarations ?? []);
  if (declarations.length === 0) return { kind: 'untyped' };
  return { kind: 'symbol', declarations: inOrder(declarations.map((one) => declarationOf(ts, one, place))) };
}

/** The type of the name declared at `position`, in full; `''` where no name stands there. */
export function typeAt(ts: Compiler, checker: TS.TypeChecker, source: TS.SourceFile, position: number): string {
  const node = nodeAt(ts, source, position);
  const symbol = node === undefined ? undefined : checker.getSymbolAtLocation(node);
  if (node === undefined || symbol === undefined) return '';
  const isType = (symbol.flags & ts.SymbolFlags.Value) === 0;
  const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbolAtLocation(symbol, node);
  const flags = ts.TypeFormatFlags;
  const how = flags.NoTruncation | flags.UseFullyQualifiedType | flags.InTypeAlias | flags.WriteArrowStyleSignature;
  return checker.typeToString(type, undefined, how);
}

/** The name (or string key) that begins at `position`: the outermost node that begins there and is one. */
function nodeAt(ts: Compiler, source: TS.SourceFile, position: number): TS.Node | undefined {
  let node: TS.Node | undefined = source;
  while (node !== undefined) {
    if (isName(ts, node) && node.getStart(source) === position) return node;
    node = ts.forEachChild(node, (child) => (child.pos <= position && position < child.end ? child : undefined));
  }
  return undefined;
}

function isName(ts: Compiler, node: TS.Node): boolean {
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node);
}

/** Shorthand and destructured entries stand for two symbols; the property is the one that is asked for. */
function symbolOf(ts: Compiler, checker: TS.TypeChecker, node: TS.Node): TS.Symbol | undefined {
  const { parent } = node;
  if (ts.isBindingElement(parent) && (parent.propertyName === node || parent.propertyName === undefined)) {
    const name = ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : undefined;
    const whole = name === undefined ? undefined : checker.getTypeAtLocation(parent.parent);
    const property = whole === undefined ? undefined : checker.getPropertyOfType(whole, name!);
    if (property !== undefined) return property;
  }
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) {
    if (parent.name === node) return contextualProperty(checker, parent) ?? checker.getSymbolAtLocation(node);
  }
  return checker.getSymbolAtLocation(node);
}

/** The member of the expected type that an entry of an object literal answers. */
function contextualProperty(
  checker: TS.TypeChecker,
  entry: TS.PropertyAssignment | TS.ShorthandPropertyAssignment,
): TS.Symbol | undefined {
  const expected = checker.getContextualType(entry.parent);
  const name = 'text' in entry.name ? entry.name.text : undefined;
  return name === undefined || expected === undefined ? undefined : checker.getPropertyOfType(expected, name);
}

/** A property of a union or intersection stands for one symbol in each part. */
function partsOf(symbol: TS.Symbol): readonly TS.Symbol[] {
  const links = (symbol as { links?: { containingType?: TS.UnionOrIntersectionType } }).links;
  const whole = links?.containingType;
  if (whole === undefined || symbol.declarations !== undefined) return [symbol];
  return whole.types.flatMap((part) => part.getProperty(symbol.name) ?? []);
}

function isUntyped(ts: Compiler, checker: TS.TypeChecker, node: TS.Node): boolean {
  const { parent } = node;
  const loose = ts.TypeFlags.Any | ts.TypeFlags.Unknown;
  const whole = ts.isPropertyAccessExpression(parent)
    ? parent.expression
    : ts.isElementAccessExpression(parent)
      ? parent.expression
      : ts.isBindingElement(parent)
        ? parent.parent
        : node;
  return (checker.getTypeAtLocation(whole).flags & loose) !== 0;
}

function declarationOf(
  ts: Compiler,
  declaration: TS.Declaration,
  place: (name: string) => RepoPath | undefined,
): TypedDeclaration {
  const source = declaration.getSourceFile();
  const name = ts.getNameOfDeclaration(declaration) ?? declaration;
  const start = name.getStart(source);
  const file = place(source.fileName);
  return {
    ...(file === undefined ? {} : { file }),
    start,
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    name: ts.isSourceFile(declaration) ? '' : name.getText(source),
  };
}
