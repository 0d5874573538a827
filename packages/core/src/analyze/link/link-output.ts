/**
 * What linking a file reads through and writes into: shared by the files that make edges.
 */
import type { UncertainReference } from '../../model/graph.js';
import type { ResolvedBinding } from './binding-resolution.js';
import type { EdgeList } from './edges.js';
import type { MemberUses } from './member-uses.js';

/** What one revision's linking writes into. */
export interface LinkOutput {
  readonly edges: EdgeList;
  readonly members: MemberUses;
  readonly uncertain: UncertainReference[];
  /** Link targets of each symbol's references, in order, for files whose links may differ between the revisions: node ids, −1 between references. */
  readonly targets: Map<number, number[]>;
}

/** Resolves a path behind one of the file's bindings; memoised. */
export type ResolvePath = (binding: number, path: readonly string[]) => ResolvedBinding;
