/** Every classifier, in the order in which they run. A new one is a line here. */
import { classifier, type AnyClassifier } from './classifier.js';
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
];
