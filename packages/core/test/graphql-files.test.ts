/** GraphQL schemas and documents in files of their own, and schemas in code: who asks for what, who declares and resolves it. */
import { expect, test } from 'vitest';
import { analyzeCase, type Files } from './case.js';

const SCHEMA = `"""
The shop.
"""
type Query {
  "type Query { no: X }"
  user(id: ID!): User @auth(role: "x")
  orders(first: Int = 10): [Order!]!
}
extend type Mutation { pay(order: ID!): Boolean }
type User { query: String }
`;
const FILES: Files = {
  'api/schema.graphql': SCHEMA,
  'api/server.ts':
    "import { ApolloServer } from '@apollo/server'; import { findUser, findOrders } from './find'; new ApolloServer({ resolvers: { Query: { user: findUser, orders: findOrders } } });",
  'api/find.ts': 'export function findUser() { return 1; } export function findOrders() { return 2; }',
  'web/user.gql': 'query User($id: ID!) { me: user(id: $id) { query } }',
  'web/orders.ts': "import { gql } from '@apollo/client'; export const ORDERS = gql`query { orders { id } }`;",
};

const reached = async (base: Files, head: Files): Promise<readonly string[]> => {
  const { snapshot, linked } = await analyzeCase(base, head);
  const { detectChanges } = await import('../src/analyze/change/index.js');
  const { reach } = await import('../src/analyze/reach/index.js');
  const { distance } = reach(linked.graph, detectChanges(snapshot, linked)).system;
  return linked.graph.names.flatMap((name, node) =>
    distance[node]! > 0 && !name.startsWith('graphql')
      ? [`${linked.graph.files[linked.graph.fileOf[node]!]?.path ?? ''}#${name}`]
      : [],
  );
};

test('root fields of both kinds of files, with their lines', async () => {
  const { head } = (await analyzeCase(FILES, FILES)).linked.endpoints;
  const found = head.filter(({ row }) => row === 'resource.graphql');
  expect(found.map(({ role, key, file, line }) => `${role} ${key} ${file}:${line}`)).toEqual([
    'graphql.field Query.user api/schema.graphql:6',
    'graphql.field Query.orders api/schema.graphql:7',
    'graphql.field Mutation.pay api/schema.graphql:9',
    'graphql.operation Query.user web/user.gql:1',
  ]);
});

test('a resolver that changes reaches the document of its field, and no other', async () => {
  const after = { ...FILES, 'api/find.ts': FILES['api/find.ts']!.replace('return 1', 'return 3') };
  const names = await reached(FILES, after);
  expect(names.filter((name) => name.startsWith('web/'))).toEqual([expect.stringContaining('web/user.gql')]);
});

test('a field of a schema that changes reaches who asks for it and who resolves it; one that does not, nobody', async () => {
  const after = { ...FILES, 'api/schema.graphql': SCHEMA.replace('first: Int = 10', 'first: Int!') };
  const names = await reached(FILES, after);
  expect(names).toContain('web/orders.ts#ORDERS');
  expect(names).toContain('api/find.ts#findOrders');
  expect(names.filter((name) => name.startsWith('web/user') || name.endsWith('#findUser'))).toEqual([]);
});

test('a schema in code', async () => {
  const code = (type: string): Files => ({
    'a.ts': `import { gql } from 'graphql-tag'; export const typeDefs = gql\`type Query { user: ${type} posts: Int }\`;`,
    'b.ts': "import { gql } from '@apollo/client'; export const USER = gql`{ user { id } }`;",
    'c.ts': "import { gql } from '@apollo/client'; export const POSTS = gql`{ posts }`;",
  });
  const names = await reached(code('User'), code('User!'));
  expect(names).toContain('b.ts#USER');
  expect(names).not.toContain('c.ts#POSTS');
});
