/**
 * Resource rows as endpoints, so that they join like code.
 * In: the rows of a revision, the node of each file. Out: endpoints of the files' own nodes.
 */
import type { Endpoint } from '../../model/endpoint.js';
import type { RepoPath } from '../../model/path.js';
import type { ResourceEnd } from '../../model/resource-end.js';
import { plainName } from './sql-text.js';

/** The endpoints of rows whose files are nodes. */
export function resourceEndpoints(ends: readonly ResourceEnd[], nodes: ReadonlyMap<RepoPath, Int32Array>): Endpoint[] {
  return ends.flatMap((end) => {
    const node = nodes.get(end.file)?.[0];
    if (node === undefined || node < 0) return [];
    const isTable = end.role === 'orm.model';
    const isGraphql = end.role.startsWith('graphql.');
    return [
      {
        role: end.role,
        key: isTable ? plainName(end.name) : end.name,
        node,
        file: end.file,
        line: end.line,
        row: isTable ? 'resource.table' : isGraphql ? 'resource.graphql' : 'resource.environment',
        confidence: 'bound' as const,
        values: {
          [isTable ? 'table' : isGraphql ? 'field' : 'name']: end.name,
          says: end.says,
          ...(end.column === undefined ? {} : { column: end.column }),
          ...(end.mapped === undefined ? {} : { mapped: end.mapped }),
        },
        test: false,
      },
    ];
  });
}
