/**
 * Which ends of both revisions carry a change on.
 * In: endpoints of base and head. Out: all of them, but for declarations that a changed file says word for word as before: a new
 * line in a migration, a schema or a `.env` file is no change of the lines around it.
 */
import type { Endpoint, Endpoints } from '../../model/endpoint.js';
import type { Snapshot } from '../../model/snapshot.js';

/** Roles whose ends are lines of a declaration: nothing runs in them. */
const DECLARING: ReadonlySet<string> = new Set(['orm.model', 'env.write']);

/** The ends to be joined, head's first. */
export function travelling(base: Endpoints, head: Endpoints, snapshot: Snapshot): Endpoint[] {
  if (snapshot.base === undefined) return [...head];
  const changed = new Set(snapshot.diffs.flatMap(({ path, basePath }) => [path, basePath ?? path]));
  const known = (ends: Endpoints): Set<string> => new Set(ends.map(sayingOf));
  const [before, after] = [known(base), known(head)];
  const same = (one: Endpoint): boolean =>
    (DECLARING.has(one.role) || isDeclaredField(one)) &&
    changed.has(one.file) &&
    before.has(sayingOf(one)) &&
    after.has(sayingOf(one));
  return [...head, ...base].map((one) => (same(one) ? { ...one, node: SILENT } : one));
}

/** The node of an end that is there, but passes nothing on. */
export const SILENT = -1;

/** A field of a schema, not the code that resolves it. */
export function isDeclaredField({ role, values }: Endpoint): boolean {
  return role === 'graphql.field' && values['says'] !== undefined;
}

function sayingOf({ file, role, key, values }: Endpoint): string {
  return `${file} ${role} ${key} ${String(values['column'] ?? '')} ${String(values['says'] ?? JSON.stringify(values))}`;
}
