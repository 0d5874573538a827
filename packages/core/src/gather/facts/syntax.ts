/**
 * The tree as the extractor sees it: a loose ESTree node, its child keys and small questions about it.
 * Both parsers (and ESLint's) give this shape; absent, null and false fields mean the same.
 * Not here: scopes, hashes, anything that needs more than the node.
 */
import { textCode } from './fingerprint.js';

/** Any node of any parser. Fields differ by `type` and by parser, so they are read loosely and checked at use. */
export interface Node {
  readonly type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the three parsers' trees have no common static type
  readonly [field: string]: any;
}

/** A comment without its delimiters. */
export interface Comment {
  readonly type: string;
  readonly value: string;
  readonly start: number;
}

/** Child fields in source order; types that are not listed have no children. */
export const CHILD_KEYS: Readonly<Record<string, readonly string[]>> = {
  AccessorProperty: ['decorators', 'key', 'typeAnnotation', 'value'],
  ArrayExpression: ['elements'],
  ArrayPattern: ['decorators', 'elements', 'typeAnnotation'],
  ArrowFunctionExpression: ['typeParameters', 'params', 'returnType', 'body'],
  AssignmentExpression: ['left', 'right'],
  AssignmentPattern: ['decorators', 'left', 'right', 'typeAnnotation'],
  AwaitExpression: ['argument'],
  BinaryExpression: ['left', 'right'],
  BlockStatement: ['body'],
  CallExpression: ['callee', 'typeArguments', 'arguments'],
  CatchClause: ['param', 'body'],
  ChainExpression: ['expression'],
  ClassBody: ['body'],
  ClassDeclaration: ['decorators', 'id', 'typeParameters', 'superClass', 'superTypeArguments', 'implements', 'body'],
  ClassExpression: ['decorators', 'id', 'typeParameters', 'superClass', 'superTypeArguments', 'implements', 'body'],
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  Decorator: ['expression'],
  DoWhileStatement: ['body', 'test'],
  ExportAllDeclaration: ['exported', 'source'],
  ExportDefaultDeclaration: ['declaration'],
  ExportNamedDeclaration: ['declaration', 'specifiers', 'source'],
  ExpressionStatement: ['expression'],
  ForInStatement: ['left', 'right', 'body'],
  ForOfStatement: ['left', 'right', 'body'],
  ForStatement: ['init', 'test', 'update', 'body'],
  FunctionDeclaration: ['id', 'typeParameters', 'params', 'returnType', 'body'],
  FunctionExpression: ['id', 'typeParameters', 'params', 'returnType', 'body'],
  Identifier: ['decorators', 'typeAnnotation'],
  IfStatement: ['test', 'consequent', 'alternate'],
  ImportExpression: ['source', 'options'],
  JSXAttribute: ['name', 'value'],
  JSXElement: ['openingElement', 'children'],
  JSXExpressionContainer: ['expression'],
  JSXFragment: ['children'],
  JSXMemberExpression: ['object', 'property'],
  JSXOpeningElement: ['name', 'typeArguments', 'attributes'],
  JSXSpreadAttribute: ['argument'],
  JSXSpreadChild: ['expression'],
  LabeledStatement: ['body'],
  LogicalExpression: ['left', 'right'],
  MemberExpression: ['object', 'property'],
  MethodDefinition: ['decorators', 'key', 'value'],
  NewExpression: ['callee', 'typeArguments', 'arguments'],
  ObjectExpression: ['properties'],
  ObjectPattern: ['decorators', 'properties', 'typeAnnotation'],
  ParenthesizedExpression: ['expression'],
  Program: ['body'],
  Property: ['key', 'value'],
  PropertyDefinition: ['decorators', 'key', 'typeAnnotation', 'value'],
  RestElement: ['decorators', 'argument', 'typeAnnotation'],
  ReturnStatement: ['argument'],
  SequenceExpression: ['expressions'],
  SpreadElement: ['argument'],
  StaticBlock: ['body'],
  SwitchCase: ['test', 'consequent'],
  SwitchStatement: ['discriminant', 'cases'],
  TaggedTemplateExpression: ['tag', 'typeArguments', 'quasi'],
  TemplateLiteral: ['quasis', 'expressions'],
  ThrowStatement: ['argument'],
  TryStatement: ['block', 'handler', 'finalizer'],
  TSAbstractAccessorProperty: ['decorators', 'key', 'typeAnnotation'],
  TSAbstractMethodDefinition: ['key', 'value'],
  TSAbstractPropertyDefinition: ['decorators', 'key', 'typeAnnotation'],
  TSArrayType: ['elementType'],
  TSAsExpression: ['expression', 'typeAnnotation'],
  TSCallSignatureDeclaration: ['typeParameters', 'params', 'returnType'],
  TSClassImplements: ['expression', 'typeArguments'],
  TSConditionalType: ['checkType', 'extendsType', 'trueType', 'falseType'],
  TSConstructorType: ['typeParameters', 'params', 'returnType'],
  TSConstructSignatureDeclaration: ['typeParameters', 'params', 'returnType'],
  TSDeclareFunction: ['id', 'typeParameters', 'params', 'returnType'],
  TSEmptyBodyFunctionExpression: ['typeParameters', 'params', 'returnType'],
  TSEnumBody: ['members'],
  TSEnumDeclaration: ['id', 'body'],
  TSEnumMember: ['id', 'initializer'],
  TSExportAssignment: ['expression'],
  TSExternalModuleReference: ['expression'],
  TSFunctionType: ['typeParameters', 'params', 'returnType'],
  TSImportEqualsDeclaration: ['id', 'moduleReference'],
  TSImportType: ['source', 'qualifier', 'typeArguments'],
  TSIndexedAccessType: ['objectType', 'indexType'],
  TSIndexSignature: ['parameters', 'typeAnnotation'],
  TSInferType: ['typeParameter'],
  TSInstantiationExpression: ['expression', 'typeArguments'],
  TSInterfaceBody: ['body'],
  TSInterfaceDeclaration: ['id', 'typeParameters', 'extends', 'body'],
  TSInterfaceHeritage: ['expression', 'typeArguments'],
  TSIntersectionType: ['types'],
  TSLiteralType: ['literal'],
  TSMappedType: ['constraint', 'nameType', 'typeAnnotation'],
  TSMethodSignature: ['typeParameters', 'key', 'params', 'returnType'],
  TSModuleBlock: ['body'],
  TSModuleDeclaration: ['id', 'body'],
  TSNamedTupleMember: ['elementType'],
  TSNonNullExpression: ['expression'],
  TSOptionalType: ['typeAnnotation'],
  TSParameterProperty: ['decorators', 'parameter'],
  TSPropertySignature: ['key', 'typeAnnotation'],
  TSQualifiedName: ['left', 'right'],
  TSRestType: ['typeAnnotation'],
  TSSatisfiesExpression: ['expression', 'typeAnnotation'],
  TSTemplateLiteralType: ['quasis', 'types'],
  TSTupleType: ['elementTypes'],
  TSTypeAliasDeclaration: ['id', 'typeParameters', 'typeAnnotation'],
  TSTypeAnnotation: ['typeAnnotation'],
  TSTypeAssertion: ['typeAnnotation', 'expression'],
  TSTypeLiteral: ['members'],
  TSTypeOperator: ['typeAnnotation'],
  TSTypeParameter: ['name', 'constraint', 'default'],
  TSTypeParameterDeclaration: ['params'],
  TSTypeParameterInstantiation: ['params'],
  TSTypePredicate: ['parameterName', 'typeAnnotation'],
  TSTypeQuery: ['exprName', 'typeArguments'],
  TSTypeReference: ['typeName', 'typeArguments'],
  TSUnionType: ['types'],
  UnaryExpression: ['argument'],
  UpdateExpression: ['argument'],
  VariableDeclaration: ['declarations'],
  VariableDeclarator: ['id', 'init'],
  WhileStatement: ['test', 'body'],
  WithStatement: ['object', 'body'],
  YieldExpression: ['argument'],
};

const NO_KEYS: readonly string[] = [];
const TYPE_CODES: Record<string, number> = Object.create(null) as Record<string, number>;

/** A number for a node type, the same in every run. */
export function typeCode(type: string): number {
  return (TYPE_CODES[type] ??= textCode(type).a);
}

/** Calls `visit` for each child node, in source order. */
export function eachChild(node: Node, visit: (child: Node) => void): void {
  for (const key of CHILD_KEYS[node.type] ?? NO_KEYS) {
    const value = node[key];
    if (value === null || value === undefined) continue;
    if (!Array.isArray(value)) visit(value as Node);
    else for (const child of value as (Node | null)[]) if (child) visit(child);
  }
}

/** Offset (UTF-16) where a node begins. */
export function startOf(node: Node): number {
  return (node.range === undefined ? node.start : node.range[0]) as number;
}

/** Offset (UTF-16) behind a node's end. */
export function endOf(node: Node): number {
  return (node.range === undefined ? node.end : node.range[1]) as number;
}

/** The expression below parentheses, `as`, `satisfies`, `!`, `<T>` and optional-chain wrappers. */
export function unwrap(node: Node): Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'ParenthesizedExpression':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
        inner = inner.expression as Node;
        break;
      default:
        return inner;
    }
  }
}

/** The text of a string literal or of a template without holes; `undefined` for anything else. */
export function staticText(node: Node | null | undefined): string | undefined {
  if (node === null || node === undefined) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return (node.quasis[0]?.value.cooked ?? undefined) as string | undefined;
  }
  return undefined;
}

/** The name that a property key stands for (`x`, `'x'`, `['x']`, `1`, `#x`); `undefined` where it is computed. */
export function keyName(key: Node, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name as string}`;
  if (!computed && key.type === 'Identifier') return key.name as string;
  if (key.type === 'Literal' && typeof key.value === 'number') return String(key.value);
  if (key.type === 'Literal' && typeof key.bigint === 'string') return key.bigint;
  return staticText(key);
}

/** True for all three shapes of a function with or without a body. */
export function isFunction(node: Node): boolean {
  return (
    node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration'
  );
}

/** The name of a module export as written: `x` or `'x'`. */
export function exportedName(node: Node): string {
  return (node.type === 'Literal' ? node.value : node.name) as string;
}

/** Calls `visit` for each identifier that a binding pattern binds. */
export function eachBoundName(pattern: Node | null | undefined, visit: (identifier: Node) => void): void {
  const stack: (Node | null | undefined)[] = [pattern];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === null || node === undefined) continue;
    if (node.type === 'Identifier') visit(node);
    else if (node.type === 'AssignmentPattern') stack.push(node.left);
    else if (node.type === 'RestElement') stack.push(node.argument);
    else if (node.type === 'TSParameterProperty') stack.push(node.parameter);
    else if (node.type === 'Property') stack.push(node.value);
    else if (node.type === 'ObjectPattern') stack.push(...(node.properties as Node[]).toReversed());
    else if (node.type === 'ArrayPattern') stack.push(...(node.elements as Node[]).toReversed());
  }
}

/** A text with one kind of line break. */
export function textOf(raw: string): string {
  return raw.includes('\r') ? raw.replaceAll(/\r\n?/g, '\n') : raw;
}
