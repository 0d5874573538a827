/**
 * Shared libraries: packages that much of the repository stands on, and whose change crosses to it. Computed, not configured.
 * In: the package graph, changes with what each reaches. Out: one flag for each such package. Pure.
 * Not here: points for reach (analyze/score): this says that a library changed, whatever the change is worth.
 */
import type { Change, ReachSize, RiskFlag } from '../../../model/index.js';
import { centralities, graphKey, packageGraph, packageNames } from '../../impact/index.js';
import { flagOf, type RiskSource } from '../classifier.js';

/** A changed package that is shared. */
export interface SharedPackage {
  readonly name: string;
  readonly change: Change;
  /** Packages that depend on it directly; all there are. */
  readonly dependents: number;
  readonly packages: number;
  /** 0 to 1. */
  readonly centrality: number;
  /** What its most reaching change reaches. */
  readonly reach: ReachSize;
  /** A change of what others see, not of bodies only. */
  readonly contract: boolean;
}

/** This many packages depend on a shared one directly: below, it belongs to somebody. */
const DEPENDENTS = 4;
/** This share of the most central package's centrality. */
const CENTRALITY = 0.25;
/** A change crosses where it reaches this many other packages. */
const CROSSED = 3;

/** Changed packages that are shared and whose changes cross; no test, no comment, no app. */
export function sharedPackages({ graph, changes, sizes }: RiskSource): SharedPackage[] {
  const crossing = changes.flatMap((change, index) => crossingOf(change, sizes[index]));
  if (crossing.length === 0) return [];
  const names = packageNames(graph);
  const packages = packageGraph(graph);
  const centrality = centralities(graph);
  const found = new Map<string, SharedPackage>();
  for (const { change, reach } of crossing) {
    const file = graph.fileOf[change.node]!;
    const name = names[file];
    const role = graph.files[file]?.role;
    if (name === undefined || !packages.hasNode(graphKey(name)) || role === 'test' || role === 'test-support') continue;
    // What the workspace's root sets up for all is no library of theirs.
    if (graph.files[file]?.packageRoot === '') continue;
    const dependents = packages.inDegree(graphKey(name));
    const share = centrality(file);
    if (dependents < DEPENDENTS || share < CENTRALITY) continue;
    const known = found.get(name);
    const contract = known?.contract === true || isContract(change);
    const most = known === undefined || reach.packages > known.reach.packages ? { change, reach } : known;
    found.set(name, { ...most, name, dependents, packages: packages.order, centrality: share, contract });
  }
  return [...found.values()];
}

function crossingOf(change: Change, reach: ReachSize | undefined): { change: Change; reach: ReachSize }[] {
  if (reach === undefined || change.kind === 'comment' || change.kind === 'manifest') return [];
  return reach.packages >= CROSSED ? [{ change, reach }] : [];
}

function isContract({ kind, compatibility }: Change): boolean {
  return (
    /^(?:signature|type-only|removed|renamed)$/.test(kind) &&
    compatibility !== 'neutral' &&
    compatibility !== 'additive'
  );
}

/** See the file's head. */
export function sharedLibraryFlags(shared: readonly SharedPackage[]): RiskFlag[] {
  return shared.map(({ name, change, dependents, packages, centrality, reach, contract }) =>
    flagOf(contract ? 'lib/shared-contract-changed' : 'lib/shared-changed', {
      file: change.file,
      line: change.line,
      subject: name,
      message: `${name} is a shared library: ${dependents} of ${packages - 1} other packages depend on it directly, and this change reaches ${reach.packages} of them.`,
      evidence: [
        {
          file: change.file,
          line: change.line,
          side: change.kind === 'removed' ? 'base' : 'head',
          text: `centrality ${Math.round(centrality * 100)} % of the most central package; ${reach.apps} apps, ${reach.files} files reached`,
        },
      ],
      nodes: [change.node],
    }),
  );
}
