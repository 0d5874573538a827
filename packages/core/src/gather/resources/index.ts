/**
 * Resource files that speak of contracts, read into rows: every one of the head, and of the base what differs.
 * In: two trees and their differences. Out: `ResourceEnds`. No parser is loaded: words and lines are enough to join.
 */
import { operationFields, schemaFields } from '../../model/graphql-text.js';
import type { RepoPath } from '../../model/path.js';
import type { ResourceEnd, ResourceEnds } from '../../model/resource-end.js';
import type { FileDiff } from '../../model/revision.js';
import type { FileTree } from '../../model/tree.js';
import { decode } from '../facts-store.js';
import { dockerfileKeys, dotenvKeys, yamlKeys } from './environment-keys.js';
import { prismaWords } from './prisma-schema.js';
import { schemaWords } from './sql-schema.js';

export { readResourceImports, type ResourceImports } from './resource-imports.js';

type Row = Omit<ResourceEnd, 'file'>;

/** Larger files are dumps. */
const SIZE_LIMIT = 512 * 1024;
/** More of one kind than this is data. */
const FILE_LIMIT = 4000;

const READERS: readonly (readonly [RegExp, (text: string) => Row[]])[] = [
  [/\.sql$/i, sqlRows],
  [/\.prisma$/, prismaWords],
  [/\.(?:graphqls?|gql)$/, graphqlRows],
  [/(?:^|\/)\.env(?:[.-][\w.-]+)?$|\.env$/, dotenvKeys],
  [/(?:^|\/)(?:[^/]*\.)?(?:Dockerfile|Containerfile)(?:\.[^/]*)?$/, dockerfileKeys],
  [/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/, yamlKeys],
  [/(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)\.gitlab-ci\.ya?ml$/, yamlKeys],
  [
    /(?:^|\/)(?:k8s|kubernetes|helm|charts|manifests|deploy|deployment|deployments)\/.*\.ya?ml$|(?:^|\/)(?:render|serverless)\.ya?ml$/,
    yamlKeys,
  ],
];

function sqlRows(text: string): Row[] {
  return schemaWords(text).map(({ table, column, line, says }) => ({
    role: 'orm.model',
    name: table,
    line,
    says,
    ...(column === undefined ? {} : { column }),
  }));
}

/** Root fields that a schema declares, and those that a document's operations ask for. */
function graphqlRows(text: string): Row[] {
  const fields = schemaFields(text).map(({ name, line, says }): Row => ({
    role: 'graphql.field',
    name,
    line: line + 1,
    says,
  }));
  const asked = operationFields(text).map(({ name, line }): Row => ({
    role: 'graphql.operation',
    name,
    line: line + 1,
    says: name,
  }));
  return [...fields, ...asked];
}

/** Reads both revisions; without a base the head alone. Never throws for what is in the repository. */
export async function readResourceEnds(
  head: FileTree,
  base: FileTree | undefined,
  diffs: readonly FileDiff[],
): Promise<ResourceEnds> {
  const after = await endsOf(head, pathsOf(head));
  if (base === undefined) return { base: [], head: after };
  const differ = new Set(diffs.flatMap(({ path, basePath }) => [path, basePath ?? path]));
  const before = await endsOf(
    base,
    pathsOf(base).filter((path) => differ.has(path)),
  );
  const same = after.filter(({ file }) => !differ.has(file));
  return {
    base: [...same, ...before].sort((left, right) =>
      left.file < right.file ? -1 : left.file > right.file ? 1 : left.line - right.line,
    ),
    head: after,
  };
}

function pathsOf(tree: FileTree): RepoPath[] {
  return tree.entries
    .flatMap(({ path, kind }) => (kind === 'file' && READERS.some(([pattern]) => pattern.test(path)) ? [path] : []))
    .slice(0, FILE_LIMIT);
}

async function endsOf(tree: FileTree, paths: readonly RepoPath[]): Promise<ResourceEnd[]> {
  const bytes = await tree.read(paths);
  return paths.flatMap((file) => {
    const content = bytes.get(file);
    if (content === undefined || content.length > SIZE_LIMIT) return [];
    const read = READERS.find(([pattern]) => pattern.test(file))?.[1];
    return (read?.(decode(content).replaceAll('\r\n', '\n')) ?? []).map((one) => ({ ...one, file }));
  });
}
