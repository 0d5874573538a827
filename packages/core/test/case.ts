/**
 * A change as a test writes it: files before and after, in memory; and what the engine says of it, in lines.
 * Everything between is the product's own: workspace, extractor, resolver, linker, change detection, reach.
 */
import { detectChanges } from '../src/analyze/change/index.js';
import { link, type Linked } from '../src/analyze/link/index.js';
import { reach } from '../src/analyze/reach/index.js';
import { extractFacts } from '../src/gather/facts/index.js';
import { createFactsStore } from '../src/gather/facts-store.js';
import { readResourceEnds } from '../src/gather/resources/index.js';
import { readRevision } from '../src/gather/read-revision.js';
import { memoryTree } from '../src/gather/tree-memory.js';
import type { Change, FileDiff, Snapshot, WorldReach } from '../src/model/index.js';

export type Files = Readonly<Record<string, string>>;

/** The engine's answer in lines that a test compares. */
export interface CaseResult {
  /** `file#symbol kind`, sorted. */
  readonly changes: readonly string[];
  /** `file#symbol` reached at run time or compile time (changes left out), sorted. */
  readonly runtime: readonly string[];
  readonly compile: readonly string[];
  readonly snapshot: Snapshot;
  readonly linked: Linked;
}

/** What a change of `base` to `head` reaches. A package.json is added where the files have none. */
export async function analyzeCase(base: Files, head: Files): Promise<CaseResult> {
  const store = createFactsStore(async (inputs) => inputs.map((input) => extractFacts(input)));
  const [before, after] = [withManifest(base), withManifest(head)];
  const headRead = await readRevision(memoryTree(after, { label: 'head' }), store);
  const baseRead = await readRevision(memoryTree(before, { label: 'base' }), store);
  const snapshot: Snapshot = {
    comparison: { base: 'base', head: 'head', chosenBy: 'test' },
    base: baseRead.revision,
    head: headRead.revision,
    diffs: diffsOf(before, after),
    lockfiles: [],
    texts: { base: before, head: after },
    catalogue: [],
    resources: await readResourceEnds(
      memoryTree(after, { label: 'head' }),
      memoryTree(before, { label: 'base' }),
      diffsOf(before, after),
    ),
    diagnostics: [],
  };
  const linked = link(snapshot);
  const changes = detectChanges(snapshot, linked);
  const reached = reach(linked.graph, changes);
  const changed = new Set(changes.map((change) => change.node));
  return {
    changes: changes.map((change) => `${nameOf(linked, change.node)} ${change.kind}`).sort(),
    runtime: reachedNames(linked, reached.runtime, changed),
    compile: reachedNames(linked, reached.compile, changed),
    snapshot,
    linked,
  };
}

/** `analyzeCase` on files of which some are replaced (or, with `null`, taken away). */
export function editCase(base: Files, edits: Readonly<Record<string, string | null>>): Promise<CaseResult> {
  const head: Record<string, string> = { ...base };
  for (const [path, text] of Object.entries(edits)) {
    if (text === null) delete head[path];
    else head[path] = text;
  }
  return analyzeCase(base, head);
}

function withManifest(files: Files): Files {
  return 'package.json' in files ? files : { ...files, 'package.json': '{"name":"case"}' };
}

function diffsOf(base: Files, head: Files): FileDiff[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  return paths.flatMap((path): FileDiff[] => {
    if (base[path] === head[path]) return [];
    return [{ path, status: base[path] === undefined ? 'added' : head[path] === undefined ? 'removed' : 'modified' }];
  });
}

export function nameOf({ graph }: Linked, node: Change['node']): string {
  const file = graph.files[graph.fileOf[node] as number];
  return file ? `${file.path}#${graph.names[node]}` : (graph.names[node] as string);
}

function reachedNames(linked: Linked, world: WorldReach, changed: ReadonlySet<number>): string[] {
  const names: string[] = [];
  for (let node = 0; node < linked.graph.count; node++) {
    if ((world.distance[node] as number) >= 0 && !changed.has(node)) names.push(nameOf(linked, node));
  }
  return names.sort();
}
