/**
 * Parts of a GraphQL schema made whole enough to be compared: only changed files are read, so that types of others are missing.
 * In: parsed documents. Out: one document; extensions of absent types become types, absent types become empty ones.
 */
import type {
  DefinitionNode,
  DocumentNode,
  NamedTypeNode,
  TypeDefinitionNode,
  TypeExtensionNode,
  TypeSystemDefinitionNode,
  TypeSystemExtensionNode,
} from 'graphql';

/** A definition of the schema language, not of a query. */
export type SchemaPart = TypeSystemDefinitionNode | TypeSystemExtensionNode;

const EXECUTABLE = new Set(['OperationDefinition', 'FragmentDefinition']);

/** The schema's own definitions. */
export function schemaParts(document: DocumentNode): SchemaPart[] {
  return document.definitions.filter((one: DefinitionNode): one is SchemaPart => !EXECUTABLE.has(one.kind));
}

/** Names that several definitions claim: then these are parts of different schemas. */
export function hasRepeats(parts: readonly SchemaPart[]): boolean {
  const names = parts.flatMap((one) => (isType(one) ? [one.name.value] : []));
  return new Set(names).size < names.length;
}

function isType(part: SchemaPart): part is TypeDefinitionNode {
  return part.kind.endsWith('TypeDefinition');
}

function isExtension(part: SchemaPart): part is TypeExtensionNode {
  return part.kind.endsWith('TypeExtension');
}

/** A document in which every named type is defined; `absent` lists those that were not. */
export function completed(parts: readonly SchemaPart[]): {
  readonly document: DocumentNode;
  readonly absent: ReadonlySet<string>;
} {
  const promoted = promoteExtensions(parts);
  const defined = new Set(promoted.flatMap((one) => (isType(one) ? [one.name.value] : [])));
  const absent = new Map<string, SchemaPart>();
  for (const [name, kind] of referenced(promoted)) {
    if (!defined.has(name) && !BUILT_IN.has(name) && !absent.has(name)) absent.set(name, emptyType(name, kind));
  }
  return {
    document: { kind: 'Document', definitions: [...promoted, ...absent.values()] } as DocumentNode,
    absent: new Set(absent.keys()),
  };
}

const BUILT_IN = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

/** The first extension of a type that is defined elsewhere stands for it; the others extend that. */
function promoteExtensions(parts: readonly SchemaPart[]): SchemaPart[] {
  const defined = new Set(parts.flatMap((one) => (isType(one) ? [one.name.value] : [])));
  return parts.map((one) => {
    if (!isExtension(one) || defined.has(one.name.value)) return one;
    defined.add(one.name.value);
    return { ...one, kind: one.kind.replace('Extension', 'Definition') } as unknown as SchemaPart;
  });
}

type Use = 'interface' | 'object' | 'scalar';

/** Type names that the parts use, interfaces and union members first, since an empty type must be of that kind. */
function referenced(parts: readonly SchemaPart[]): (readonly [string, Use])[] {
  const uses: (readonly [string, Use])[] = [];
  const pending: { readonly value: unknown; readonly use: Use }[] = [{ value: parts, use: 'scalar' }];
  while (pending.length > 0) {
    const { value, use } = pending.pop()!;
    if (typeof value !== 'object' || value === null) continue;
    const node = value as { readonly kind?: string };
    if (node.kind === 'NamedType') uses.push([(node as NamedTypeNode).name.value, use]);
    else if (node.kind !== 'Directive' && node.kind !== 'Name') {
      for (const [key, child] of Object.entries(node))
        if (key !== 'loc') pending.push({ value: child, use: useOf(key, node.kind) ?? use });
    }
  }
  const order: readonly Use[] = ['interface', 'object', 'scalar'];
  return uses.sort((left, right) => order.indexOf(left[1]) - order.indexOf(right[1]));
}

function useOf(key: string, kind: string | undefined): Use | undefined {
  if (key === 'interfaces') return 'interface';
  if (key === 'types' && (kind ?? '').startsWith('UnionType')) return 'object';
  return key === 'operationTypes' ? 'object' : undefined;
}

function emptyType(name: string, use: Use): SchemaPart {
  const kinds = {
    interface: 'InterfaceTypeDefinition',
    object: 'ObjectTypeDefinition',
    scalar: 'ScalarTypeDefinition',
  };
  return {
    kind: kinds[use],
    name: { kind: 'Name', value: name },
    directives: [],
    fields: [],
    interfaces: [],
  } as unknown as SchemaPart;
}
