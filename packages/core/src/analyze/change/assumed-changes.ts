/**
 * "What if I change this?": changes that a caller assumes, without a diff.
 * In: nodes and the kind assumed. Out: the same records that a diff would give.
 */
import { SeedBit, type Change } from '../../model/change.js';
import { SymbolFlag } from '../../model/facts.js';
import { NODE_KINDS, type SymbolGraph } from '../../model/graph.js';
import type { AnalyzeOptions } from '../../model/options.js';

/** What may be assumed of a symbol. */
export type Assumption = NonNullable<AnalyzeOptions['assume']>;

/** One change for each node, in order; a whole that is named stands for its members too. */
export function assumedChanges(graph: SymbolGraph, nodes: readonly number[], assume: Assumption): Change[] {
  const wanted = new Set(nodes);
  const children = childrenOf(graph);
  const queue = [...nodes];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const child of children.get(node) ?? []) {
      if (wanted.has(child)) continue;
      wanted.add(child);
      queue.push(child);
    }
  }
  return [...wanted].sort((left, right) => left - right).map((node) => assumedChange(graph, node, assume));
}

function childrenOf(graph: SymbolGraph): Map<number, number[]> {
  const children = new Map<number, number[]>();
  graph.parents.forEach((parent, node) => {
    if (parent < 0) return;
    const list = children.get(parent);
    if (list) list.push(node);
    else children.set(parent, [node]);
  });
  return children;
}

function assumedChange(graph: SymbolGraph, node: number, assume: Assumption): Change {
  const kind = NODE_KINDS[graph.kinds[node] as number];
  const file = graph.files[graph.fileOf[node] as number]?.path ?? '';
  const line = graph.lines[node] as number;
  const rule = 'assumed';
  if (kind === 'module')
    return { node, kind: 'initialiser', compatibility: 'unknown', rule, file, line, seeds: SeedBit.runtime };
  const isValue =
    kind === 'resource' || kind === 'external' || ((graph.flags[node] as number) & SymbolFlag.value) !== 0;
  const runtime = isValue ? SeedBit.runtime : 0;
  if (assume === 'body') return { node, kind: 'body', compatibility: 'neutral', rule, file, line, seeds: runtime };
  if (assume === 'removed')
    return {
      node,
      kind: 'removed',
      compatibility: 'breaking',
      rule,
      file,
      line,
      seeds: runtime | SeedBit.compile | SeedBit.gone,
    };
  return {
    node,
    kind: isValue ? 'signature' : 'type-only',
    compatibility: 'unknown',
    rule,
    file,
    line,
    seeds: runtime | SeedBit.compile,
  };
}
