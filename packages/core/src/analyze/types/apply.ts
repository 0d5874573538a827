/**
 * What the type checker's answers mean: changes whose type stayed the same, dependents that break, dependents that cannot.
 * In: graph, changes, reach, findings. Out: changes and a mask of nodes that nothing reaches at compile time any more.
 * Kept is: what uses a changed symbol itself, what has a new error, what could not be proven. Source: docs/types.md.
 */
import {
  NODE_KINDS,
  Presence,
  SeedBit,
  type Change,
  type Reach,
  type RepoPath,
  type SymbolGraph,
} from '../../model/index.js';
import type { PositionFit, SurfaceVerdict, TypeFindings } from '../../model/type-check.js';
import { typedCompatibility, type Differences } from '../surface/index.js';

/** What a comparison's findings are read with. */
export interface SettleSource {
  readonly graph: SymbolGraph;
  readonly changes: readonly Change[];
  readonly differences: ReadonlyMap<number, Differences>;
  readonly findings: TypeFindings;
}

/**
 * Changes that only moved what a type is inferred from travel as changes of bodies; the others are as compatible as the checker says.
 */
export function settledChanges({ graph, changes, differences, findings }: SettleSource): Change[] {
  const { settled, surface } = findings;
  return changes.map((one) => {
    if (settled.has(one.node)) {
      const seeds = one.seeds & SeedBit.runtime;
      const kind = one.kind === 'signature' ? 'body' : one.kind;
      return { ...one, kind, compatibility: 'neutral', rule: 'body differs, inferred type does not', seeds };
    }
    const verdict = surface.get(one.node);
    if (verdict === undefined) return one;
    return typedCompatibility(one, differences.get(one.node), verdict, isTypeNode(graph, one.node));
  });
}

/** An interface, an alias, or a member of one. */
function isTypeNode(graph: SymbolGraph, node: number): boolean {
  let at = node;
  while (graph.parents[at]! >= 0) at = graph.parents[at]!;
  const kind = NODE_KINDS[graph.kinds[at]!];
  return kind === 'interface' || kind === 'type';
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
  /** Places without an error that nothing but an unknown keeps from having one: see docs/types.md, "Really broken". */
  readonly suspects: readonly Suspect[];
}

/** A place that is likely to break, which no error proves. */
export interface Suspect {
  readonly file: RepoPath;
  readonly line: number;
}

/** What {@link typedOutcome} reads. */
export interface OutcomeSource {
  readonly graph: SymbolGraph;
  readonly changes: readonly Change[];
  readonly reach: Reach;
  readonly findings: TypeFindings;
}

/** Reads the findings for nodes that `reach` has in its compile world. Linear in nodes, and in errors × nodes of their files. */
export function typedOutcome(source: OutcomeSource): TypedOutcome {
  const { graph, findings } = source;
  const { compile } = source.reach;
  const nodesOf = headNodes(graph);
  const broken = new Set<number>();
  const doubtful = new Set<number>();
  for (const [file, errors] of findings.errors) {
    for (const { line } of errors) for (const node of owners(graph, nodesOf.get(file), line)) broken.add(node);
  }
  for (const [file, doubts] of findings.doubts) {
    for (const { line } of doubts) for (const node of owners(graph, nodesOf.get(file), line)) doubtful.add(node);
  }
  const unmoved = new Uint8Array(graph.count);
  for (let node = 0; node < graph.count; node++) {
    if (compile.distance[node]! <= 1 || broken.has(node) || doubtful.has(node)) continue;
    const file = graph.files[graph.fileOf[node]!];
    if (file !== undefined && findings.checked.has(file.path) && (graph.presence[node]! & Presence.head) !== 0) {
      unmoved[node] = 1;
    }
  }
  return { findings, unmoved, broken, doubtful, suspects: suspectsOf(source, nodesOf) };
}

/**
 * Doubts of something of which nothing is known, where it meets the change the way that breaks. What is made of the unknown is suspected
 * wherever a value is expected that has to be made otherwise now; what is handed to it, only beside the change: further away it is handed
 * on as it came. Names that are gone leave an error where they are imported, and an `any` behind it.
 */
function suspectsOf(
  { graph, changes, reach: { compile }, findings }: OutcomeSource,
  nodesOf: ReadonlyMap<RepoPath, readonly number[]>,
): readonly Suspect[] {
  const flows = breakingFlows(changes, findings);
  return [...findings.doubts].flatMap(([file, doubts]) =>
    doubts.flatMap(({ line, flow, bare }) => {
      const reached = owners(graph, nodesOf.get(file), line).filter((node) => compile.distance[node]! >= 0);
      const near = reached.some((node) => compile.distance[node]! <= 1);
      const meets = flow === 'both' ? flows.in || flows.out : flows[flow];
      const breaks = flow === 'in' ? flows.in : near && (meets || flows.gone);
      return bare && reached.length > 0 && breaks ? [{ file, line }] : [];
    }),
  );
}

/** Where values that are made as before no longer fit, what flows in breaks; where reading differs, what flows out. */
function breakingFlows(
  changes: readonly Change[],
  { surface }: TypeFindings,
): Readonly<Record<'in' | 'out' | 'gone', boolean>> {
  const flows = { in: false, out: false, gone: false };
  for (const { node, kind, seeds, findings = [] } of changes) {
    if ((seeds & SeedBit.compile) === 0 || kind === 'retargeted' || kind === 'added') continue;
    if (kind === 'removed' || kind === 'renamed') {
      if (findings.some(({ rule }) => rule === 'ts/member-removed')) flows.out = true;
      else flows.gone = true;
      continue;
    }
    const broken = brokenFlows(surface.get(node));
    flows.in ||= broken.in;
    flows.out ||= broken.out;
  }
  return flows;
}

/** By its positions where all could be compared: a function as a whole is contravariant in what it takes. An unknown may not fit. */
function brokenFlows(verdict: SurfaceVerdict | undefined): Readonly<Record<'in' | 'out', boolean>> {
  if (verdict === undefined) return { in: true, out: true };
  const { positions } = verdict;
  const known = positions.filter((one) => one !== undefined);
  const isWhole = known.length === 0 || known.length < positions.length;
  const whole = { in: isWhole && !verdict.writes, out: isWhole && !verdict.reads };
  return {
    in: whole.in || known.some(({ place, writes, unknown }) => place !== 'return' && (!writes || unknown)),
    out: whole.out || known.some(({ place, reads, unknown }) => !GOES_IN.has(place) && (!reads || unknown)),
  };
}

/** Places that callers give something to. */
const GOES_IN: ReadonlySet<PositionFit['place']> = new Set(['parameter', 'receiver']);

/** Changes that some node with an error is reached from. */
export function breakingNodes({ compile }: Reach, { broken }: Pick<TypedOutcome, 'broken'>): ReadonlySet<number> {
  const roots = new Set<number>();
  for (const node of broken) {
    if (compile.distance[node]! <= 0) continue;
    let at = node;
    while (compile.parent[at]! >= 0) at = compile.parent[at]!;
    roots.add(at);
  }
  return roots;
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
