/** What questions to a type checker are drawn from. Plain data; not here: the questions. */
import type { Change, Reach } from '../../model/index.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { Linked } from '../link/index.js';
import type { Differences } from '../surface/index.js';

/** One comparison, linked and walked. */
export interface QuestionSource {
  readonly snapshot: Snapshot;
  readonly linked: Linked;
  readonly changes: readonly Change[];
  /** What differs in the declarations' writing, by node. */
  readonly differences: ReadonlyMap<number, Differences>;
  readonly reach: Reach;
}
