/**
 * What the type checker's answers mean: changes whose type stayed the same, dependents that break, dependents that cannot.
 * In: graph, changes, reach, findings. Out: changes and a mask of nodes that nothing reaches at compile time any more.
 * Kept is: what uses a changed symbol itself, what has a new error, what could not be proven. Source: docs/types.md.
 */
import { Presence, SeedBit, type Change, type Reach, type RepoPath, type SymbolGraph } from '../../model/index.js';
import type { SurfaceVerdict, TypeFindings } from '../../model/type-check.js';

/**
 * Changes that only moved what a type is inferred from travel as changes of bodies; the others are as compatible as
 * assignability says. What is known to break (a name that is gone) stays so.
 */
export function settledChanges(changes: readonly Change[], { settled, surface }: TypeFindings): Change[] {
  return changes.map((one) => {
    const verdict = verdictFor(one, surface);
    if (!settled.has(one.node)) return verdict === undefined ? one : { ...one, ...verdict };
    const seeds = one.seeds & SeedBit.runtime;
    const kind = one.kind === 'signature' ? 'body' : one.kind;
    return { ...one, kind, compatibility: 'neutral', rule: 'body differs, inferred type does not', seeds };
  });
}

/** A name that is gone stays breaking; one that is new can only turn out to be asked of everybody. */
function verdictFor(
  { node, kind, compatibility }: Change,
  surface: TypeFindings['surface'],
): SurfaceVerdict | undefined {
  const verdict = surface.get(node);
  if (compatibility === 'breaking' || (kind === 'added' && verdict?.compatibility !== 'breaking')) return undefined;
  return verdict;
}

/** Who breaks, and whom the change leaves as it was; by node id. */
export interface TypedOutcome {
  readonly findings: TypeFindings;
  /** 1: the compiler says that it still compiles; nothing reaches it in the compile world. */
  readonly unmoved: Uint8Array;
  /** Nodes with errors of their own that the base has not. */
  readonly broken: ReadonlySet<number>;
  /** Nodes kept because no proof was possible. */
  readonly doubtful: ReadonlySet<number>;
}

/** Reads the findings for nodes that `reach` has in its compile world. Linear in nodes, and in errors × nodes of their files. */
export function typedOutcome(graph: SymbolGraph, { compile }: Reach, findings: TypeFindings): TypedOutcome {
  const nodesOf = headNodes(graph);
  const broken = new Set<number>();
  const doubtful = new Set<number>();
  for (const [file, errors] of findings.errors) {
    for (const { line } of errors) for (const node of owners(graph, nodesOf.get(file), line)) broken.add(node);
  }
  for (const [file, lines] of findings.doubts) {
    for (const line of lines) for (const node of owners(graph, nodesOf.get(file), line)) doubtful.add(node);
  }
  const unmoved = new Uint8Array(graph.count);
  for (let node = 0; node < graph.count; node++) {
    if (compile.distance[node]! <= 1 || broken.has(node) || doubtful.has(node)) continue;
    const file = graph.files[graph.fileOf[node]!];
    if (file !== undefined && findings.checked.has(file.path) && (graph.presence[node]! & Presence.head) !== 0) {
      unmoved[node] = 1;
    }
  }
  return { findings, unmoved, broken, doubtful };
}

function headNodes(graph: SymbolGraph): ReadonlyMap<RepoPath, readonly number[]> {
  const nodes = new Map<RepoPath, number[]>();
  for (let node = 0; node < graph.count; node++) {
    const file = graph.files[graph.fileOf[node]!];
    if (file === undefined || (graph.presence[node]! & Presence.head) === 0) continue;
    const known = nodes.get(file.path);
    if (known === undefined) nodes.set(file.path, [node]);
    else known.push(node);
  }
  return nodes;
}

/** The smallest nodes that cover the line, and what encloses them; the module where nothing smaller does. */
function owners(graph: SymbolGraph, nodes: readonly number[] = [], line: number): number[] {
  let smallest = Infinity;
  let found: number[] = [];
  for (const node of nodes) {
    if (graph.lines[node]! > line || graph.endLines[node]! < line) continue;
    const size = graph.endLines[node]! - graph.lines[node]!;
    if (size < smallest) found = [];
    if (size <= smallest) found.push(node);
    smallest = Math.min(size, smallest);
  }
  for (const node of found) {
    const parent = graph.parents[node]!;
    if (parent >= 0 && !found.includes(parent)) found.push(parent);
  }
  return found;
}
