/** Every classifier, in the order in which they run. A new one is a line here. */
import { classifier, type AnyClassifier } from './classifier.js';
import { graphqlFlags } from './contract/graphql-flags.js';
import { openApiFlags } from './contract/openapi-flags.js';
import { protobufFlags } from './contract/protobuf-flags.js';
import { migrationFlags } from './schema/migration-flags.js';
import { tableFlags } from './schema/table-flags.js';

/** See the file's head. Classifiers of code (routes, access, queries, resources in calls) belong in this list too. */
export const CLASSIFIERS: readonly AnyClassifier[] = [
  classifier({
    kind: 'schema',
    name: 'SQL migrations',
    inputs: ({ sensitive }) => sensitive.sql,
    run: migrationFlags,
  }),
  classifier({
    kind: 'schema',
    name: 'declared tables',
    inputs: ({ sensitive }) => sensitive.schemas,
    run: tableFlags,
  }),
  classifier({
    kind: 'contract',
    name: 'GraphQL schemas',
    inputs: ({ sensitive }) => sensitive.graphql,
    run: graphqlFlags,
  }),
  classifier({
    kind: 'contract',
    name: 'Protobuf files',
    inputs: ({ sensitive }) => sensitive.protobuf,
    run: protobufFlags,
  }),
  classifier({
    kind: 'contract',
    name: 'OpenAPI descriptions',
    inputs: ({ sensitive }) => sensitive.openapi,
    run: openApiFlags,
  }),
];
