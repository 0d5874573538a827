/**
 * What to ask the type checker about a change: the files it reaches at compile time, the declarations it passes through,
 * the changed symbols whose type is inferred.
 * In: graph, changes, reach. Out: plain questions; `undefined` where no answer could change anything.
 * Not here: asking (gather/types), what the answers mean (apply.ts).
 */
import {
  compareText,
  Presence,
  SymbolFlag,
  type LineRanges,
  type RepoPath,
  type TypeQuestions,
} from '../../model/index.js';
import { SeedBit, type Change, type InferredQuestion, type SymbolGraph } from '../../model/index.js';
import type { QuestionSource } from './question-source.js';
import { surfaceQuestions } from './surface.js';

/** See the head of this file. Linear in the graph's nodes. */
export function typeQuestions(source: QuestionSource): TypeQuestions | undefined {
  const inferred = inferredQuestions(source);
  const files = reachedFiles(source);
  const surface = surfaceQuestions(source);
  if (files.length === 0 && inferred.length === 0 && surface.length === 0) return undefined;
  const affected = affectedNodes(source);
  const inferring = affected.filter((node) => (source.linked.graph.flags[node]! & SymbolFlag.inferred) !== 0);
  const { graph } = source.linked;
  return { files, affected: linesOf(graph, affected), inferring: linesOf(graph, inferring), inferred, surface };
}

/** Files of nodes that are reached at compile time and are in the head, nearest first, then by path. */
function reachedFiles({ linked: { graph }, changes, reach: { compile } }: QuestionSource): RepoPath[] {
  const nearest = new Map<RepoPath, number>();
  let travels = false;
  for (let node = 0; node < graph.count; node++) {
    const distance = compile.distance[node]!;
    const file = graph.files[graph.fileOf[node]!];
    if (distance < 0 || file === undefined || (graph.presence[node]! & Presence.head) === 0) continue;
    travels ||= distance > 0;
    nearest.set(file.path, Math.min(distance, nearest.get(file.path) ?? distance));
  }
  if (!travels) return [];
  for (const { file, seeds } of changes) if ((seeds & COMPILES) !== 0 && !nearest.has(file)) nearest.set(file, 0);
  return [...nearest]
    .sort(([left, near], [right, far]) => near - far || compareText(left, right))
    .map(([path]) => path);
}

const COMPILES = SeedBit.compile | SeedBit.gone;

/** What passes the change on, of the head; what encloses it, where it is gone itself. Modules are left out. */
function affectedNodes({ linked: { graph }, reach: { compile } }: QuestionSource): number[] {
  const passing = (compile.through ?? compile).distance;
  const nodes = new Set<number>();
  for (let node = 0; node < graph.count; node++) {
    if (passing[node]! < 0 && compile.distance[node] !== 0) continue;
    let at = node;
    while (at >= 0 && (graph.presence[at]! & Presence.head) === 0) at = graph.parents[at]!;
    const file = at < 0 ? undefined : graph.files[graph.fileOf[at]!];
    if (file !== undefined && file.node !== at) nodes.add(at);
  }
  return [...nodes];
}

function linesOf(graph: SymbolGraph, nodes: readonly number[]): LineRanges {
  const ranges = new Map<RepoPath, [number, number][]>();
  for (const node of nodes) {
    const { path } = graph.files[graph.fileOf[node]!]!;
    const range: [number, number] = [graph.lines[node]!, graph.endLines[node]!];
    const known = ranges.get(path);
    if (known === undefined) ranges.set(path, [range]);
    else known.push(range);
  }
  return ranges;
}

/** Changed symbols whose type is inferred in both revisions. */
function inferredQuestions({ snapshot, linked, changes }: QuestionSource): InferredQuestion[] {
  const changed = new Set(changes.filter((one) => isMovedType(one)).map((one) => one.node));
  if (changed.size === 0 || snapshot.base === undefined) return [];
  const before = new Map(snapshot.base.files.map((file) => [file.path, file.facts]));
  const after = new Map(snapshot.head.files.map((file) => [file.path, file.facts]));
  return linked.matches.flatMap(({ base, head }): InferredQuestion[] => {
    const node = linked.headNodes.get(head.path)?.[head.symbol];
    const old = before.get(base.path)?.symbols[base.symbol];
    const now = after.get(head.path)?.symbols[head.symbol];
    if (node === undefined || old === undefined || now === undefined || !changed.has(node)) return [];
    if ((old.flags & now.flags & SymbolFlag.inferred) === 0) return [];
    const placed = (file: RepoPath, { line, name }: typeof now): InferredQuestion['base'] => ({
      file,
      line,
      name: lastPart(name),
    });
    return [{ node, base: placed(base.path, old), head: placed(head.path, now) }];
  });
}

function isMovedType({ kind, seeds }: Change): boolean {
  return (kind === 'signature' || kind === 'type-only') && (seeds & SeedBit.compile) !== 0;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
