/**
 * Members of classes, interfaces, type literals, enums and object literals, as others can name them.
 * In: nodes. Out: plain records, overloads joined. `#name` is private.
 */
import type { DeclaredMember, DeclaredMemberKind, DeclaredSignature } from '../../model/declaration.js';
import { isFunction, keyName, startOf, unwrap, type Node } from '../facts/syntax.js';
import { annotationOf, signatureOf, writtenText, type Source } from './signatures.js';

/** Members of a class body, an interface body, a type literal. Overloads of one name are one member. */
export function membersOf(source: Source, nodes: readonly Node[]): DeclaredMember[] {
  const overloaded = new Set(nodes.filter(isOverload).map(overloadKey));
  const callable = nodes.filter((node) => isOverload(node) || !hasBody(node) || !overloaded.has(overloadKey(node)));
  return joined(callable.flatMap((node) => memberOf(source, node)));
}

function isOverload(node: Node): boolean {
  return node.type === 'MethodDefinition' && (node.value as Node).type === 'TSEmptyBodyFunctionExpression';
}

function hasBody(node: Node): boolean {
  return node.type === 'MethodDefinition' && (node.value as Node).type === 'FunctionExpression';
}

function overloadKey(node: Node): string {
  return `${node.static === true} ${keyName(node.key as Node, node.computed === true) ?? ''}`;
}

/** Members of an enum; a member without a value counts with what it gets. */
export function enumMembersOf(source: Source, nodes: readonly Node[]): DeclaredMember[] {
  let value = '-1';
  return nodes.flatMap((node) => {
    const initializer = node.initializer as Node | null | undefined;
    value = initializer ? writtenText(source, initializer) : next(value);
    const name = keyName(node.id as Node, node.computed === true);
    return name === undefined ? [] : [{ ...plain(source, node, name, 'enum-member'), type: value }];
  });
}

function next(value: string): string {
  const number = Number(value);
  if (Number.isInteger(number)) return String(number + 1);
  const [, base = value, offset = '0'] = /^(.*) \+ (\d+)$/.exec(value) ?? [];
  return `${base} + ${Number(offset) + 1}`;
}

/** Entries of an object literal; functions with their signatures. */
export function entriesOf(source: Source, node: Node): DeclaredMember[] {
  return (node.properties as Node[]).flatMap((entry) => {
    const name = entry.type === 'Property' ? keyName(entry.key as Node, entry.computed === true) : undefined;
    if (name === undefined) return [];
    const value = unwrap(entry.value as Node);
    return [
      { ...plain(source, entry, name, 'entry'), signatures: isFunction(value) ? [signatureOf(source, value)] : [] },
    ];
  });
}

const KINDS: Readonly<Record<string, DeclaredMemberKind>> = {
  PropertyDefinition: 'property',
  AccessorProperty: 'property',
  TSPropertySignature: 'property',
  TSAbstractPropertyDefinition: 'property',
  TSAbstractAccessorProperty: 'property',
  MethodDefinition: 'method',
  TSAbstractMethodDefinition: 'method',
  TSMethodSignature: 'method',
  TSCallSignatureDeclaration: 'call',
  TSConstructSignatureDeclaration: 'construct',
  TSIndexSignature: 'index',
};

function memberOf(source: Source, node: Node): DeclaredMember[] {
  const kind = kindOf(node);
  const name = kind === undefined ? undefined : nameOf(source, node, kind);
  if (kind === undefined || name === undefined) return [];
  const callable = signatureNode(node);
  const inner = ((node.typeAnnotation as Node | undefined)?.typeAnnotation ?? undefined) as Node | undefined;
  const type =
    kind === 'accessor'
      ? accessorType(source, node)
      : callable
        ? undefined
        : annotationOf(source, node.typeAnnotation as Node);
  const member: DeclaredMember = {
    ...plain(source, node, name, kind),
    access: name.startsWith('#') ? 'private' : ((node.accessibility ?? 'public') as DeclaredMember['access']),
    static: node.static === true,
    abstract: node.type.startsWith('TSAbstract'),
    optional: node.optional === true,
    readonly: node.readonly === true || node.kind === 'get',
    ...(type === undefined ? {} : { type }),
    signatures: callable && kind !== 'accessor' ? [signatureOf(source, callable)] : lambdaOf(source, node),
  };
  return [member, ...(kind === 'property' && inner?.type === 'TSTypeLiteral' ? nested(source, name, inner) : [])];
}

function nested(source: Source, outer: string, literal: Node): DeclaredMember[] {
  return membersOf(source, literal.members as Node[]).map((one) => ({ ...one, name: `${outer}.${one.name}` }));
}

function kindOf(node: Node): DeclaredMemberKind | undefined {
  const kind = KINDS[node.type];
  if (kind !== 'method') return kind;
  if (node.kind === 'constructor') return 'constructor';
  return node.kind === 'get' || node.kind === 'set' ? 'accessor' : 'method';
}

function nameOf(source: Source, node: Node, kind: DeclaredMemberKind): string | undefined {
  if (kind === 'call') return '()';
  if (kind === 'construct') return 'new';
  if (kind === 'index')
    return `[${annotationOf(source, (node.parameters as Node[])[0]?.typeAnnotation as Node) ?? ''}]`;
  return keyName(node.key as Node, node.computed === true);
}

function signatureNode(node: Node): Node | undefined {
  if (Array.isArray(node.params)) return node;
  const value = node.value as Node | null | undefined;
  return value && node.type !== 'PropertyDefinition' && Array.isArray(value.params) ? value : undefined;
}

/** A field that holds an arrow function is called like a method. */
function lambdaOf(source: Source, node: Node): DeclaredSignature[] {
  const value = node.value as Node | null | undefined;
  return node.type === 'PropertyDefinition' && value && !node.typeAnnotation && isFunction(unwrap(value))
    ? [signatureOf(source, unwrap(value))]
    : [];
}

function accessorType(source: Source, node: Node): string | undefined {
  const callable = signatureNode(node);
  const [first] = (callable?.params ?? []) as Node[];
  return annotationOf(source, (node.kind === 'set' ? first?.typeAnnotation : callable?.returnType) as Node | undefined);
}

function plain(source: Source, node: Node, name: string, kind: DeclaredMemberKind): DeclaredMember {
  const start = startOf(node);
  return {
    name,
    kind,
    line: source.lineAt(start),
    access: 'public',
    static: false,
    abstract: false,
    optional: false,
    readonly: false,
    signatures: [],
    deprecated: source.isDeprecated(start),
  };
}

/** Overloads and accessor pairs are one member; in the order of the first. */
function joined(members: readonly DeclaredMember[]): DeclaredMember[] {
  const known = new Map<string, DeclaredMember>();
  for (const one of members) {
    const key = `${one.static} ${one.name} ${one.kind === 'accessor'}`;
    const first = known.get(key);
    known.set(
      key,
      first === undefined
        ? one
        : { ...first, readonly: first.readonly && one.readonly, signatures: [...first.signatures, ...one.signatures] },
    );
  }
  return [...known.values()];
}
