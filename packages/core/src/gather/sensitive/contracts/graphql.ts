/**
 * Changed GraphQL schema files, compared by graphql-inspector (loaded at the first one).
 * In: text pairs. Out: its differences with places, and a diagnostic for each text that does not parse.
 * Files of one package are one schema, unless they define a type twice. Queries are no schema.
 */
import { createRequire } from 'node:module';
import type { Change } from '@graphql-inspector/core';
import type { ASTNode, DocumentNode } from 'graphql';
import type { Diagnostic } from '../../../model/diagnostic.js';
import type { GraphqlDifference } from '../../../model/contract-file.js';
import type { RepoPath } from '../../../model/path.js';
import { brokenFile, type SensitiveRequest, type TextPair } from '../changed-texts.js';
import { completed, hasRepeats, schemaParts, type SchemaPart } from './graphql-parts.js';
import { packageFolder } from './package-folder.js';

const SCHEMA = /\.(?:graphqls?|gql)$/i;
/** Larger schemas are generated from others; the parser's cost is bounded. */
const MAX_TOKENS = 400_000;

/** Both through `require`: two copies of the library, one of each module format, would not know each other's types. */
const load = createRequire(import.meta.url);

interface ParsedFile {
  readonly file: RepoPath;
  readonly group: RepoPath;
  readonly base: readonly SchemaPart[];
  readonly head: readonly SchemaPart[];
}

/** Every difference, in file order. Never throws for what is in the files. */
export async function readGraphql(request: SensitiveRequest, pairs: readonly TextPair[]) {
  const changed = pairs.filter(({ file }) => SCHEMA.test(file));
  const diagnostics: Diagnostic[] = [];
  if (changed.length === 0) return { differences: [], diagnostics };
  const library = load('graphql') as typeof import('graphql');
  const files = changed.flatMap((pair): ParsedFile[] => {
    const side = (file: RepoPath, text: string | undefined): readonly SchemaPart[] | undefined => {
      try {
        return text === undefined || /^\s*(?:#.*\s*)*$/.test(text)
          ? []
          : schemaParts(library.parse(text, { maxTokens: MAX_TOKENS }));
      } catch (error) {
        diagnostics.push(brokenFile(file, faultLine(error), 'GraphQL'));
        return undefined;
      }
    };
    const [base, head] = [side(pair.basePath, pair.base), side(pair.file, pair.head)];
    if (base === undefined || head === undefined || base.length + head.length === 0) return [];
    return [
      {
        file: pair.file,
        group: packageFolder(pair.head === undefined ? request.base : request.head, pair.file),
        base,
        head,
      },
    ];
  });
  const differences: GraphqlDifference[] = [];
  for (const group of schemasOf(files)) differences.push(...(await compare(group, diagnostics)));
  return { differences, diagnostics };
}

function faultLine(error: unknown): number {
  const locations = (error as { readonly locations?: readonly { readonly line: number }[] }).locations;
  return locations?.[0]?.line ?? 1;
}

function schemasOf(files: readonly ParsedFile[]): (readonly ParsedFile[])[] {
  const groups = new Map<RepoPath, ParsedFile[]>();
  for (const file of files) groups.set(file.group, [...(groups.get(file.group) ?? []), file]);
  return [...groups.values()].flatMap((group) => {
    const mixed = hasRepeats(group.flatMap(({ base }) => base)) || hasRepeats(group.flatMap(({ head }) => head));
    return mixed ? group.map((file) => [file]) : [group];
  });
}

async function compare(files: readonly ParsedFile[], diagnostics: Diagnostic[]): Promise<GraphqlDifference[]> {
  const removed = goneSchema(files);
  if (removed !== undefined) return removed;
  const { buildASTSchema } = load('graphql') as typeof import('graphql');
  const { diff } = load('@graphql-inspector/core') as typeof import('@graphql-inspector/core');
  const before = completed(files.flatMap(({ base }) => base));
  const after = completed(files.flatMap(({ head }) => head));
  try {
    const build = (document: DocumentNode) => buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
    const changes = await diff(build(before.document), build(after.document));
    const places = { base: placesOf(files, 'base'), head: placesOf(files, 'head') };
    return changes
      .filter((change) => !isPartOfNew(change) && !isAboutAbsent(change, before.absent, after.absent))
      .map((change) => differenceOf(change, places, files[0]!.file, after.absent));
  } catch {
    diagnostics.push(...files.map(({ file }) => brokenFile(file, 1, 'a GraphQL schema')));
    return [];
  }
}

/** A schema that is deleted or new as a whole is one difference, or none. */
function goneSchema(files: readonly ParsedFile[]): GraphqlDifference[] | undefined {
  if (files.every(({ base }) => base.length === 0)) return [];
  if (files.some(({ head }) => head.length > 0)) return undefined;
  return files.map(({ file }) => ({
    type: 'SCHEMA_REMOVED',
    criticality: 'breaking',
    message: `Schema ${file} was removed`,
    path: file,
    file,
    line: 1,
    side: 'base',
  }));
}

/** What a new type or field is made of is said by that. */
function isPartOfNew({ meta }: Change): boolean {
  const { addedToNewType, addedToNewField } = meta as {
    readonly addedToNewType?: boolean;
    readonly addedToNewField?: boolean;
  };
  return addedToNewType === true || addedToNewField === true;
}

/** A type that only one side takes from elsewhere is neither added nor removed by these files. */
function isAboutAbsent({ type, path = '' }: Change, before: ReadonlySet<string>, after: ReadonlySet<string>): boolean {
  const name = path.split('.')[0]!;
  if (type === 'TYPE_ADDED') return after.has(name);
  if (type === 'TYPE_REMOVED') return before.has(name);
  return before.has(name);
}

type Places = ReadonlyMap<string, { readonly file: RepoPath; readonly line: number }>;

function differenceOf(
  { type, message, path = '', criticality }: Change,
  places: { readonly base: Places; readonly head: Places },
  fallback: RepoPath,
  absent: ReadonlySet<string>,
): GraphqlDifference {
  // A type that is used still, but no longer defined here, was removed; the empty one stands for it.
  const gone = type === 'TYPE_KIND_CHANGED' && absent.has(path);
  const levels = { BREAKING: 'breaking', DANGEROUS: 'dangerous', NON_BREAKING: 'non-breaking' } as const;
  const at = nearest(places.head, path) ?? nearest(places.base, path);
  return {
    type: gone ? 'TYPE_REMOVED' : String(type),
    criticality: gone ? 'breaking' : levels[criticality.level],
    message: gone ? `Type '${path}' was removed` : message.replace(/\.$/, ''),
    path,
    file: at?.file ?? fallback,
    line: at?.line ?? 1,
    side: nearest(places.head, path) === undefined ? 'base' : 'head',
  };
}

/** The place of `User.posts.first`, else of `User.posts`, else of `User`. */
function nearest(places: Places, path: string): { readonly file: RepoPath; readonly line: number } | undefined {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const found = places.get(parts.slice(0, length).join('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function placesOf(files: readonly ParsedFile[], side: 'base' | 'head'): Places {
  const places = new Map<string, { readonly file: RepoPath; readonly line: number }>();
  for (const file of files) {
    const pending = file[side].map((node) => ({ node: node as ASTNode, prefix: '' }));
    while (pending.length > 0) {
      const { node, prefix } = pending.pop()!;
      const name = (node as { readonly name?: { readonly value: string } }).name?.value;
      if (name === undefined) continue;
      const path = prefix === '' ? (node.kind === 'DirectiveDefinition' ? `@${name}` : name) : `${prefix}.${name}`;
      if (!places.has(path)) places.set(path, { file: file.file, line: node.loc?.startToken.line ?? 1 });
      for (const key of ['fields', 'arguments', 'values'] as const) {
        const children = (node as unknown as Record<string, readonly ASTNode[] | undefined>)[key] ?? [];
        for (const child of children) pending.push({ node: child, prefix: path });
      }
    }
  }
  return places;
}
