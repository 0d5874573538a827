/**
 * Types: what they refer to, with their own scopes (type parameters, `infer`, mapped keys).
 * In: type nodes, already in the erased world. Out: tokens and compile-only references.
 * Not here: interfaces and classes (visit-classes.ts).
 */
import type { ReferenceKind } from '../../model/facts.js';
import { ReferenceFlag } from '../../model/facts.js';
import { addRequest } from './requests.js';
import { Scope, Space } from './scope.js';
import type { Node } from './syntax.js';
import { keyName, staticText, textOf } from './syntax.js';
import { visitPlain } from './visit-expressions.js';
import { readParameters, readTypeParameters, typeParameterName } from './visit-functions.js';
import type { Visitor, Walk } from './walk.js';

/** Reads `A.B.C` (a qualified name or, in heritage, a member chain) with further member names behind it. */
export function readEntity(walk: Walk, node: Node, kind: ReferenceKind, tail: readonly string[], spaces: number): void {
  const path = [...tail];
  let root = node;
  while (root.type === 'TSQualifiedName' || root.type === 'MemberExpression') {
    path.unshift((root.type === 'TSQualifiedName' ? root.right.name : root.property.name) as string);
    root = root.type === 'TSQualifiedName' ? root.left : root.object;
  }
  walk.token(path.length);
  for (const name of path) walk.write(name);
  if (root.type === 'TSImportType') return readImportType(walk, root, kind, path);
  if (root.type !== 'Identifier') return walk.visit(root);
  const qualified = path.length > tail.length;
  const variable = walk.scope.lookup(root.name, qualified ? Space.both : spaces);
  walk.name(variable, root.name);
  const flags = kind === 'typeof' && path.length === 0 ? ReferenceFlag.escapes : 0;
  if (variable === undefined) {
    if (root.name !== 'const' && root.name !== 'undefined') walk.referGlobal(root.name, path, kind, flags, root);
  } else if (variable.target !== undefined) walk.refer(variable, path, kind, flags, root);
  else if (variable.alias !== undefined)
    walk.refer(variable.alias.root, [...variable.alias.path, ...path], kind, flags, root);
}

function readImportType(walk: Walk, node: Node, kind: ReferenceKind, tail: readonly string[]): void {
  const source = (node.source ?? node.argument?.literal) as Node | undefined;
  const variable = addRequest(walk, node, source, 'import-type');
  walk.mark(node);
  walk.visit(source);
  const path = [...tail];
  for (let name = node.qualifier as Node | null; name; name = name.type === 'TSQualifiedName' ? name.left : null) {
    path.unshift((name.type === 'TSQualifiedName' ? name.right.name : name.name) as string);
  }
  walk.token(path.length);
  for (const name of path) walk.write(name);
  if (variable !== undefined) walk.refer(variable, path, kind, path.length === 0 ? ReferenceFlag.escapes : 0, node);
  if (node.typeArguments) walk.visit(node.typeArguments);
}

const visitReference: Visitor = (walk, node) => {
  walk.mark(node);
  const { metadata } = walk;
  readEntity(walk, node.typeName, 'type', [], Space.type);
  walk.metadata = false;
  walk.visit(node.typeArguments);
  walk.metadata = metadata;
};

const visitQuery: Visitor = (walk, node) => {
  walk.mark(node);
  readEntity(walk, node.exprName, 'typeof', [], Space.value);
  walk.visit(node.typeArguments);
};

/** `T['a']['b']` is a use of that member; any other index is a use of all. */
const visitIndexed: Visitor = (walk, node) => {
  const path: string[] = [];
  let object = node;
  while (object.type === 'TSIndexedAccessType') {
    const key = object.indexType.type === 'TSLiteralType' ? staticText(object.indexType.literal) : undefined;
    if (key === undefined) break;
    path.unshift(key);
    object = object.objectType;
  }
  const entity =
    object.type === 'TSTypeReference' ? object.typeName : object.type === 'TSTypeQuery' ? object.exprName : undefined;
  if (path.length === 0 || entity === undefined) return visitPlain(walk, node);
  walk.mark(node);
  walk.mark(object);
  if (object.type === 'TSTypeReference') readEntity(walk, entity, 'type', path, Space.type);
  else readEntity(walk, entity, 'typeof', path, Space.value);
  walk.visit(object.typeArguments);
};

/** Function and constructor types, call and construct signatures. */
const visitSignature: Visitor = (walk, node) => {
  walk.within(new Scope(walk.scope), () => {
    walk.mark(node);
    if (node.abstract) walk.write('abstract');
    readTypeParameters(walk, node.typeParameters);
    readParameters(walk, node.params);
    walk.visit(node.returnType);
  });
};

const visitMethodSignature: Visitor = (walk, node) => {
  walk.within(new Scope(walk.scope), () => {
    readMemberHead(walk, node);
    readTypeParameters(walk, node.typeParameters);
    readParameters(walk, node.params);
    walk.visit(node.returnType);
  });
};

const visitPropertySignature: Visitor = (walk, node) => {
  readMemberHead(walk, node);
  walk.visit(node.typeAnnotation);
};

function readMemberHead(walk: Walk, node: Node): void {
  walk.mark(node);
  const name = keyName(node.key, node.computed);
  if (name === undefined) walk.visit(node.key);
  else walk.write(name);
  if (typeof node.kind === 'string') walk.write(node.kind);
  if (node.optional) walk.write('?');
  if (node.readonly) walk.write('readonly');
}

const visitIndexSignature: Visitor = (walk, node) => {
  walk.within(new Scope(walk.scope), () => {
    walk.mark(node);
    if (node.readonly) walk.write('readonly');
    if (node.static) walk.write('static');
    readParameters(walk, node.parameters);
    walk.visit(node.typeAnnotation);
  });
};

const visitMapped: Visitor = (walk, node) => {
  const scope = new Scope(walk.scope);
  const key = (node.key ?? node.typeParameter?.name) as Node;
  walk.mark(node);
  walk.write(`${String(node.readonly ?? '')}|${String(node.optional ?? '')}`.replaceAll('false', ''));
  walk.visit(node.constraint ?? node.typeParameter?.constraint);
  scope.declare(key.name as string, Space.type);
  walk.within(scope, () => {
    walk.visit(node.nameType);
    walk.visit(node.typeAnnotation);
  });
};

const visitConditional: Visitor = (walk, node) => {
  const { inferScope } = walk;
  walk.mark(node);
  walk.visit(node.checkType);
  const scope = new Scope(walk.scope);
  walk.inferScope = scope;
  walk.within(scope, () => {
    walk.visit(node.extendsType);
    walk.inferScope = inferScope;
    walk.visit(node.trueType);
  });
  walk.visit(node.falseType);
};

const visitInfer: Visitor = (walk, node) => {
  walk.mark(node);
  (walk.inferScope ?? walk.scope).declare(typeParameterName(node.typeParameter), Space.type);
  walk.visit(node.typeParameter);
};

const visitTypeParameter: Visitor = (walk, node) => {
  const name = typeParameterName(node);
  walk.mark(node);
  walk.name(walk.scope.lookup(name, Space.type), name);
  walk.write(`${node.in ? 'in' : ''}${node.out ? 'out' : ''}${node.const ? 'const' : ''}`);
  walk.visit(node.constraint);
  walk.visit(node.default);
};

const visitPredicate: Visitor = (walk, node) => {
  walk.mark(node);
  if (node.asserts) walk.write('asserts');
  const { parameterName } = node as unknown as { parameterName: Node };
  if (parameterName.type === 'Identifier') {
    walk.name(walk.scope.lookup(parameterName.name, Space.value), parameterName.name);
  } else walk.mark(parameterName);
  walk.visit(node.typeAnnotation);
};

const visitTemplateType: Visitor = (walk, node) => {
  walk.mark(node);
  for (const quasi of node.quasis as Node[]) walk.write(textOf(quasi.value.raw));
  walk.each(node.types);
};

/** `| A` is `A`. */
const visitUnion: Visitor = (walk, node) => {
  if (node.types.length === 1) walk.visit(node.types[0]);
  else visitPlain(walk, node);
};

const visitTupleMember: Visitor = (walk, node) => {
  walk.mark(node);
  walk.write(`${node.label.name as string}${node.optional ? '?' : ''}`);
  walk.visit(node.elementType);
};

/** Visitors of this file, by node type. */
export const TYPE_VISITORS: Readonly<Record<string, Visitor>> = {
  TSCallSignatureDeclaration: visitSignature,
  TSConditionalType: visitConditional,
  TSConstructorType: visitSignature,
  TSConstructSignatureDeclaration: visitSignature,
  TSFunctionType: visitSignature,
  TSImportType: (walk, node) => readImportType(walk, node, 'type', []),
  TSIndexedAccessType: visitIndexed,
  TSIndexSignature: visitIndexSignature,
  TSInferType: visitInfer,
  TSIntersectionType: visitUnion,
  TSMappedType: visitMapped,
  TSMethodSignature: visitMethodSignature,
  TSNamedTupleMember: visitTupleMember,
  TSPropertySignature: visitPropertySignature,
  TSQualifiedName: (walk, node) => readEntity(walk, node, 'type', [], Space.type),
  TSTemplateLiteralType: visitTemplateType,
  TSTypeAnnotation: (walk, node) => walk.visit(node.typeAnnotation),
  TSTypeParameter: visitTypeParameter,
  TSTypePredicate: visitPredicate,
  TSTypeQuery: visitQuery,
  TSTypeReference: visitReference,
  TSUnionType: visitUnion,
};
