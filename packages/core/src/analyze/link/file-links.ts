/**
 * What linking one file gave, by itself: its edges, its uses of members, what it could not follow, and what all that depends on.
 * In: a file of one revision. Out: a record, beside the edges and uses in the output that the files share. A record can be put
 * into another graph whose nodes have other ids (kept-links.ts). Not here: what joins files (member-gates.ts, external-edges.ts).
 */
import type { UncertainReference } from '../../model/graph.js';
import type { ResolutionScope } from './binding-targets.js';
import { linkDispatch } from './dispatch-edges.js';
import type { EdgeList } from './edges.js';
import { linkDynamic } from './implicit-edges.js';
import type { LinkOutput } from './link-output.js';
import { addMemberUses, collectShapes, createMemberUses, type MemberUses } from './member-uses.js';
import type { LinkedFile } from './module-table.js';
import { linkFile } from './reference-edges.js';
import { askedIn, traced, type Asked } from './trace.js';

/** One file's links; node ids are those of the graph that was linked. */
export interface FileLinks {
  readonly file: LinkedFile;
  /** The file's edges: a stretch of the output's list. */
  readonly start: number;
  readonly end: number;
  readonly members: MemberUses;
  readonly uncertain: readonly UncertainReference[];
  /** For each of its symbols in turn: the node, how many values follow, the values (see `LinkOutput.targets`). */
  readonly targets: Int32Array;
  /** External nodes that it asked for, in order. */
  readonly externals: readonly number[];
  readonly asked: Asked;
}

/** What the files of both revisions write into. */
export interface SharedOutput {
  readonly edges: EdgeList;
  readonly members: MemberUses;
}

/** Links one file that has facts. */
export function linkFileAlone(scope: ResolutionScope, file: LinkedFile, shared: SharedOutput): FileLinks {
  const { edges } = shared;
  const output: LinkOutput = { edges, members: createMemberUses(), uncertain: [], targets: new Map() };
  const asked = new Set<number>();
  scope.nodes.asked = asked;
  const start = edges.count;
  const { trace } = traced(scope.table, () => {
    linkFile(scope, file, output, true);
    linkDispatch(scope, file, edges);
    collectShapes(scope, file, output.members);
    linkDynamic(scope.table, file, output);
  });
  scope.nodes.asked = undefined;
  addMemberUses(shared.members, output.members);
  const { members, uncertain } = output;
  const targets = flat(output.targets);
  return {
    file,
    start,
    end: edges.count,
    members,
    uncertain,
    targets,
    externals: [...asked],
    asked: askedIn(trace, file.facts),
  };
}

function flat(targets: LinkOutput['targets']): Int32Array {
  const values: number[] = [];
  for (const [node, list] of targets) {
    values.push(node, list.length);
    for (const value of list) values.push(value);
  }
  return Int32Array.from(values);
}

/** The other way round, into `into`. */
export function addTargets(into: Map<number, number[]>, targets: Int32Array): void {
  for (let at = 0; at < targets.length;) {
    const end = at + 2 + (targets[at + 1] as number);
    into.set(targets[at] as number, [...targets.subarray(at + 2, end)]);
    at = end;
  }
}
