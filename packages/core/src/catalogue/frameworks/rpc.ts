/** Rows: GraphQL fields and operations, tRPC routers, procedures and calls. */
import type { CatalogueRow } from '../../model/catalogue-row.js';

const TRPC = [
  'M[initTRPC].M[create].R',
  'M[initTRPC].M[context].R.M[create].R',
  'M[initTRPC].M[context].R.M[meta].R.M[create].R',
  'M[initTRPC].M[meta].R.M[context].R.M[create].R',
  'M[initTRPC].M[meta].R.M[create].R',
];
const CLIENTS = [
  'M[createTRPCReact,createTRPCNext,createTRPCProxyClient,createTRPCClient,createTRPCOptionsProxy,createTRPCVue,createTRPCUntypedClient,createHydrationHelpers].R',
  'M[createTRPCReact,createTRPCNext].R.M[useUtils,useContext,createClient].R',
  'M[createTRPCContext].R.M[useTRPC,useTRPCClient].R',
  'M[createHydrationHelpers].R.M[trpc]',
  'M[createServerSideHelpers,createProxySSGHelpers].R',
];
const GRAPHQL_CLIENTS = [
  '@apollo/client',
  '@apollo/react-hooks',
  '@apollo/react-components',
  'apollo-client',
  'urql',
  '@urql/core',
  '@urql/vue',
  'graphql-tag',
  'graphql-request',
  'graphql.macro',
  'gatsby',
  '@apollo/experimental-nextjs-app-support',
  'apollo-boost',
];

/** See the file's head. */
export const RPC_ROWS: readonly CatalogueRow[] = [
  { id: 'trpc.router', role: 'trpc.router', pkg: ['@trpc/server'], recv: TRPC, call: 'M[router]', when: { minArgs: 1 }, bind: { entries: 'A0' } },
  { id: 'trpc.merge', role: 'trpc.router', pkg: ['@trpc/server'], recv: TRPC, call: 'M[mergeRouters]', bind: { merged: 'A0..' } },
  { id: 'trpc.call', role: 'trpc.call', pkg: ['@trpc/client', '@trpc/react-query', '@trpc/next', '@trpc/tanstack-react-query', '@trpc/server'], recv: CLIENTS, call: '**.M[#trpcCalls]', bind: { name: '$path' } },
  { id: 'trpc.caller', role: 'trpc.call', pkg: ['@trpc/server'], recv: [...TRPC.map((one) => `${one}.M[createCallerFactory].R.R`), ...TRPC.map((one) => `${one}.M[router].R.M[createCaller].R`)], call: '**', bind: { name: '$path' } },
  { id: 'graphql.document', role: 'graphql.operation', pkg: GRAPHQL_CLIENTS, recv: ['', 'M[gql,graphql]'], call: 'tpl', bind: { document: 'A0' } },
  { id: 'graphql.document-call', role: 'graphql.operation', pkg: GRAPHQL_CLIENTS, recv: ['', 'M[gql,graphql]'], call: '', when: { text: 'A0' }, bind: { document: 'A0' } },
  { id: 'graphql.request', role: 'graphql.operation', pkg: ['graphql-request', '@apollo/client', 'urql', '@urql/core'], recv: ['M[request]', 'M[GraphQLClient].I.M[request,rawRequest]', 'M[createClient,Client].R.M[query,mutation]'], call: '', bind: { document: 'A1|A0' } },
  { id: 'graphql.text', role: 'graphql.operation', pkg: ['*'], call: 'tpl', when: { text: 'A0' }, bind: { document: 'A0' }, confidence: 'medium' },
  { id: 'graphql.text-call', role: 'graphql.operation', pkg: ['*'], call: '', when: { text: 'A0' }, bind: { document: 'A0' }, confidence: 'medium' },
  { id: 'apollo.resolvers', role: 'graphql.field', pkg: ['@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-core', 'apollo-server-koa', 'apollo-server-micro', '@apollo/subgraph'], recv: ['M[ApolloServer]'], call: 'new', bind: { resolvers: 'A0.resolvers' } },
  { id: 'graphql-tools.resolvers', role: 'graphql.field', pkg: ['@graphql-tools/schema', 'graphql-tools', 'graphql-yoga', '@apollo/subgraph', '@graphql-yoga/node', '@graphql-tools/graphql-schema', 'graphql-modules', 'mercurius'], recv: ['M[makeExecutableSchema,createSchema,buildSubgraphSchema,createModule,addResolversToSchema]'], call: '', bind: { resolvers: 'A0.resolvers|A0.schema.resolvers' } },
  { id: 'graphql.decorated', role: 'graphql.field', kind: 'decorator', pkg: ['@nestjs/graphql', 'type-graphql'], call: 'M[Query,Mutation,Subscription]', bind: { type: '$member', name: 'A1.name|A0.name|A0' } },
  { id: 'pothos.field', role: 'graphql.field', pkg: ['@pothos/core'], recv: ['I'], call: 'M[queryField,mutationField,subscriptionField]', bind: { type: '$member', name: 'A0' } },
  { id: 'pothos.fields', role: 'graphql.field', pkg: ['@pothos/core'], recv: ['I'], call: 'M[queryFields,mutationFields,subscriptionFields]', bind: { type: '$member', fields: 'A0.result' } },
  { id: 'nexus.field', role: 'graphql.field', pkg: ['nexus', '@nexus/schema'], recv: ['M[queryField,mutationField,subscriptionField]'], call: '', bind: { type: '$member', name: 'A0' } },
]; // prettier-ignore
