/**
 * What a rule's case is, and how it is asked: files before and after, and the rules that fire.
 * Everything between is the product's own, but for the graph: reading, classifiers, suppression.
 */
import { CLASSIFIERS } from '../../src/analyze/risk/classifiers.js';
import { readSensitive } from '../../src/gather/sensitive/index.js';
import { memoryTree } from '../../src/gather/tree-memory.js';
import type { FileDiff, LockfileDelta, RiskFlag, Snapshot } from '../../src/model/index.js';

export type Files = Readonly<Record<string, string>>;

/** A step from one state to another, and what comparing its lockfiles gave. */
export type Step = readonly [base: Files, head: Files, lockfiles?: readonly LockfileDelta[]];

/** A change that fires the rule, and one much like it that does not. */
export interface RuleCase {
  readonly fires: Step;
  readonly silent: Step;
}

/** The flags of a step. */
export async function flagsOf([base, head, lockfiles = []]: Step): Promise<readonly RiskFlag[]> {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  const diffs = paths.flatMap((path): FileDiff[] => {
    if (base[path] === head[path]) return [];
    return [{ path, status: base[path] === undefined ? 'added' : head[path] === undefined ? 'removed' : 'modified' }];
  });
  const trees = { base: memoryTree(base, { label: 'base' }), head: memoryTree(head, { label: 'head' }) };
  const { sensitive } = await readSensitive({ ...trees, diffs });
  const snapshot = { diffs, lockfiles, sensitive } as unknown as Snapshot;
  const source = { snapshot, sensitive, changes: [], endpoints: { base: [], head: [] }, graph: {} as never };
  return CLASSIFIERS.flatMap((one) => one.classify(source));
}
