/** Every classifier, in the order in which they run. A new one is a line here. */
import { classifier, type AnyClassifier } from './classifier.js';
import { accessFlags, accessInputs } from './code/access-flags.js';
import { amountFlags } from './code/amount-flags.js';
import { endsOf } from './code/end-pairs.js';
import { queryFlags } from './code/query-flags.js';
import { routeFlags } from './code/route-flags.js';
import { graphqlFlags } from './contract/graphql-flags.js';
import { surfaceFlags } from './contract/surface-flags.js';
import { openApiFlags } from './contract/openapi-flags.js';
import { protobufFlags } from './contract/protobuf-flags.js';
import { migrationFlags } from './schema/migration-flags.js';
import { tableFlags } from './schema/table-flags.js';
import { sharedLibraryFlags, sharedPackages } from './shared/library-flags.js';
import { deploymentFlags } from './settings/deployment-flags.js';
import { envFlags } from './settings/env-flags.js';
import { lockfileFlags } from './settings/lockfile-flags.js';
import { pipelineFlags } from './settings/pipeline-flags.js';
import { resourceFlags } from './settings/resource-flags.js';
import { runtimeFlags } from './settings/runtime-flags.js';

/** See the file's head. */
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
  classifier({
    kind: 'contract',
    name: 'public surface of packages',
    inputs: ({ surfaces, broken }) => ({ surfaces, broken }),
    run: surfaceFlags,
  }),
  classifier({
    kind: 'shared-library',
    name: 'packages that many stand on',
    inputs: sharedPackages,
    run: sharedLibraryFlags,
  }),
  classifier({
    kind: 'resource',
    name: 'amounts that a deployment gets',
    inputs: ({ sensitive }) => sensitive.settings,
    run: resourceFlags,
  }),
  classifier({
    kind: 'resource',
    name: 'what code runs on',
    inputs: ({ sensitive }) => sensitive.settings,
    run: runtimeFlags,
  }),
  classifier({
    kind: 'infrastructure',
    name: 'pipelines, images, deployments, gateways',
    inputs: ({ sensitive }) => sensitive.settings,
    run: deploymentFlags,
  }),
  classifier({
    kind: 'infrastructure',
    name: 'what a workflow may do and checks',
    inputs: ({ sensitive }) => sensitive.settings,
    run: pipelineFlags,
  }),
  classifier({
    kind: 'configuration',
    name: 'environment keys',
    inputs: ({ sensitive }) => sensitive.settings,
    run: envFlags,
  }),
  classifier({
    kind: 'configuration',
    name: 'lockfiles',
    inputs: ({ snapshot }) => snapshot.lockfiles,
    run: lockfileFlags,
  }),
  classifier({
    kind: 'contract',
    name: 'routes in code',
    inputs: (source) => ({
      ...endsOf(source, ['http.route'], 'all'),
      calls: endsOf(source, ['http.client'], 'all').head,
    }),
    run: routeFlags,
  }),
  classifier({
    kind: 'auth',
    name: 'guards, tokens, cookies, limits in code',
    inputs: accessInputs,
    run: accessFlags,
  }),
  classifier({
    kind: 'query',
    name: 'queries in code',
    inputs: (source) => endsOf(source, ['orm.query', 'sql.query'], 'changed'),
    run: queryFlags,
  }),
  classifier({
    kind: 'resource',
    name: 'amounts that code gives itself',
    inputs: (source) => endsOf(source, ['res.value'], 'changed'),
    run: amountFlags,
  }),
];
