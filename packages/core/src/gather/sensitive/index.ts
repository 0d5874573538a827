/**
 * Changed files that other systems rely on, read into plain values: schemas, contracts, settings, accepted findings.
 * In: two trees and their differences. Out: `SensitiveChanges` and diagnostics. Each format's parser is loaded when a file of
 * it changed, and only then. Not here: what a difference breaks (analyze/risk).
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import { NOTHING_SENSITIVE, type SensitiveChanges } from '../../model/sensitive.js';
import { changedTexts, type SensitiveRequest } from './changed-texts.js';
import { readGraphql } from './contracts/graphql.js';
import { readOpenApi } from './contracts/openapi.js';
import { readProtobuf } from './contracts/protobuf.js';
import { readSettings } from './settings/index.js';
import { readSqlChanges } from './sql/index.js';
import { readSchemaChanges } from './tables/index.js';
import { readProjectConfig, type ProjectConfig } from './project-config.js';
import { commentSuppressions } from './suppressions.js';

/** What was read, and what could not be. */
export interface ReadSensitive {
  readonly sensitive: SensitiveChanges;
  /** The head's configuration. */
  readonly config: ProjectConfig;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads them all. Never throws for what is in the repository. */
export async function readSensitive(request: SensitiveRequest): Promise<ReadSensitive> {
  const pairs = await changedTexts(request);
  const sql = await readSqlChanges(request, pairs);
  const schemas = await readSchemaChanges(pairs, sql.changes);
  const graphql = await readGraphql(request, pairs);
  const protobuf = await readProtobuf(pairs);
  const openapi = await readOpenApi(request, pairs);
  const settings = await readSettings(pairs);
  const comments = commentSuppressions(pairs);
  const config = await readProjectConfig(request.head);
  return {
    sensitive: {
      ...NOTHING_SENSITIVE,
      sql: sql.changes,
      schemas: schemas.changes,
      graphql: graphql.differences,
      protobuf: protobuf.changes,
      openapi: openapi.changes,
      settings: settings.changes,
      suppressions: [...comments.suppressions, ...config.suppressions],
    },
    config,
    diagnostics: [sql, schemas, graphql, protobuf, openapi, settings, comments, config].flatMap(
      ({ diagnostics }) => diagnostics,
    ),
  };
}
