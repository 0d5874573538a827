/** From a linked snapshot to the changes in it. */
import type { Change } from '../../model/change.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { Linked } from '../link/link.js';
import { declaredDifferences, writtenCompatibility } from '../surface/index.js';
import { resourceChanges } from './resource-changes.js';
import { symbolChanges } from './symbol-changes.js';

export { assumedChanges, type Assumption } from './assumed-changes.js';
export { hasUnknownEffect, resourceKind } from './resource-kinds.js';

/** Every change between base and head, ordered by node; empty where nothing is compared. */
export function detectChanges(snapshot: Snapshot, linked: Linked): Change[] {
  if (!snapshot.base) return [];
  const symbols = writtenCompatibility(symbolChanges(snapshot, linked), declaredDifferences(snapshot, linked));
  return [...symbols, ...resourceChanges(snapshot, linked)].sort((left, right) => left.node - right.node);
}
