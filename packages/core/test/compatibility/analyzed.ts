/**
 * A step from one state to another, in memory, through the product's own analysis: changes with their compatibility, surfaces, flags.
 * In: files before and after, an engine (`off`: by what is written alone). Nothing lies on the disk. Not here: git, the report.
 */
import { detectChanges } from '../../src/analyze/change/index.js';
import { symbolIds } from '../../src/analyze/impact/index.js';
import { link, type Linked } from '../../src/analyze/link/index.js';
import { reach, reachSizes } from '../../src/analyze/reach/index.js';
import { placesOfSnapshot } from '../../src/analyze/report/index.js';
import { classify } from '../../src/analyze/risk/index.js';
import { declaredDifferences, packageSurfaces, publicNames } from '../../src/analyze/surface/index.js';
import { settledChanges, typeQuestions } from '../../src/analyze/types/index.js';
import { readDeclarations } from '../../src/gather/declarations/index.js';
import { extractFacts } from '../../src/gather/facts/index.js';
import { createFactsStore } from '../../src/gather/facts-store.js';
import { stricterRequirements } from '../../src/gather/published/index.js';
import { readResourceEnds } from '../../src/gather/resources/index.js';
import { readRevision } from '../../src/gather/read-revision.js';
import { memoryTree } from '../../src/gather/tree-memory.js';
import { checkTypes } from '../../src/gather/types/check.js';
import type { Change, FileDiff, PackageSurface, ReportFlag, Snapshot, TypesMode } from '../../src/model/index.js';

export type Files = Readonly<Record<string, string>>;

export interface Analyzed {
  readonly linked: Linked;
  readonly changes: readonly Change[];
  readonly surfaces: readonly PackageSurface[];
  readonly flags: readonly ReportFlag[];
}

export async function analyzed(base: Files, head: Files, mode: TypesMode): Promise<Analyzed> {
  const trees = { base: memoryTree(base, { label: 'base' }), head: memoryTree(head, { label: 'head' }) };
  const store = createFactsStore(async (inputs) => inputs.map((input) => extractFacts(input)));
  const before = await readRevision(trees.base, store);
  const after = await readRevision(trees.head, store);
  const diffs = diffsOf(base, head);
  const snapshot: Snapshot = {
    comparison: { base: 'base', head: 'head', chosenBy: 'test' },
    base: before.revision,
    head: after.revision,
    diffs,
    lockfiles: [],
    texts: { base, head },
    catalogue: [],
    resources: await readResourceEnds(trees.head, trees.base, diffs),
    declarations: await readDeclarations(trees.base, trees.head, diffs),
    published: {
      base: before.published,
      head: after.published,
      stricter: await stricterRequirements(base, head),
    },
    diagnostics: [],
  };
  const linked = link(snapshot);
  const { graph } = linked;
  const written = detectChanges(snapshot, linked);
  const differences = declaredDifferences(snapshot, linked);
  const asked = typeQuestions({ snapshot, linked, changes: written, differences, reach: reach(graph, written) });
  const sides = {
    base: { revision: before.revision, tree: trees.base, tsconfigs: await before.tsconfigs() },
    head: { revision: after.revision, tree: trees.head, tsconfigs: await after.tsconfigs() },
  };
  const comparison = { root: '/nowhere', ...sides, basePath: (path: string) => path };
  const check = mode === 'off' || asked === undefined ? undefined : await checkTypes(mode, comparison, asked);
  const findings = check !== undefined && 'findings' in check ? check.findings : undefined;
  const changes = findings === undefined ? written : settledChanges({ graph, changes: written, differences, findings });
  const reached = reach(graph, changes);
  const names = publicNames(snapshot.head, linked.headNodes);
  const surfaces = packageSurfaces({ snapshot, linked, names, graph, changes, reach: reached });
  const sizes = reachSizes(graph, changes, placesOfSnapshot(snapshot, graph));
  const { flags } = classify({
    snapshot,
    graph,
    changes,
    sizes,
    surfaces,
    broken: new Set(),
    endpoints: linked.endpoints,
    idOf: symbolIds(graph),
  });
  return { linked, changes, surfaces, flags };
}

function diffsOf(base: Files, head: Files): FileDiff[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  return paths.flatMap((path): FileDiff[] => {
    if (base[path] === head[path]) return [];
    return [{ path, status: base[path] === undefined ? 'added' : head[path] === undefined ? 'removed' : 'modified' }];
  });
}
