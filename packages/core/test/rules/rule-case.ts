/**
 * What a rule's case is, and how it is asked: files before and after, and the rules that fire.
 * Everything between is the product's own: reading, linking of what lies in `src/`, classifiers, suppression.
 */
import { detectChanges } from '../../src/analyze/change/index.js';
import type { RiskSource } from '../../src/analyze/risk/classifier.js';
import { CLASSIFIERS } from '../../src/analyze/risk/classifiers.js';
import { readSensitive } from '../../src/gather/sensitive/index.js';
import { memoryTree } from '../../src/gather/tree-memory.js';
import type { FileDiff, LockfileDelta, RiskFlag, Snapshot } from '../../src/model/index.js';
import { analyzeCase } from '../case.js';

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
  const code = paths.some((path) => path.startsWith('src/'));
  const linked = code ? await linkedCode(base, head) : { changes: [], endpoints: NO_ENDS, graph: {} as never };
  return CLASSIFIERS.flatMap((one) =>
    one.classify({ snapshot, sensitive, sizes: [], surfaces: [], broken: new Set(), ...linked }),
  );
}

const NO_ENDS: RiskSource['endpoints'] = { base: [], head: [] };

/** Code lies in `src/`: it is linked too. */
async function linkedCode(base: Files, head: Files): Promise<Pick<RiskSource, 'changes' | 'endpoints' | 'graph'>> {
  const { linked, snapshot } = await analyzeCase(base, head);
  return { changes: detectChanges(snapshot, linked), endpoints: linked.endpoints, graph: linked.graph };
}
