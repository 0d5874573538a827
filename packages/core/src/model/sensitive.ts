/**
 * What gathering read of changed files that other systems rely on: the classifiers' plain input.
 * Each list holds changed files only. What could not be read is in the snapshot's diagnostics.
 */
import type { GraphqlDifference, OpenApiChange, ProtoChange } from './contract-file.js';
import type { Suppression } from './flag.js';
import type { SettingsChange } from './setting.js';
import type { SqlChange } from './sql.js';
import type { SchemaChange } from './table.js';

/** See the file's head. */
export interface SensitiveChanges {
  readonly sql: readonly SqlChange[];
  readonly schemas: readonly SchemaChange[];
  readonly graphql: readonly GraphqlDifference[];
  readonly protobuf: readonly ProtoChange[];
  readonly openapi: readonly OpenApiChange[];
  readonly settings: readonly SettingsChange[];
  /** Accepted findings: comments in changed files, and the head's configuration. */
  readonly suppressions: readonly Suppression[];
}

/** Nothing sensitive changed. */
export const NOTHING_SENSITIVE: SensitiveChanges = {
  sql: [],
  schemas: [],
  graphql: [],
  protobuf: [],
  openapi: [],
  settings: [],
  suppressions: [],
};
