/**
 * A graph as plain lists, which the text formats write out.
 * In: the library's graph. Out: nodes and edges, in its order. Not here: any format.
 */
import type { GraphEdgeAttributes, GraphNodeAttributes, PublicGraph } from '@blast-radius/core';

/** One node: its key and the library's attributes. */
export interface PictureNode extends Readonly<GraphNodeAttributes> {
  readonly id: string;
}

/** One edge, from a dependent to what it depends on, as indexes into `nodes`. */
export interface PictureEdge extends Readonly<GraphEdgeAttributes> {
  readonly from: number;
  readonly to: number;
}

/** Nodes and edges. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** Reads a graph. */
export function pictureOf(graph: PublicGraph): Picture {
  const indexes = new Map<string, number>();
  const nodes = graph.mapNodes((id, attributes): PictureNode => {
    indexes.set(id, indexes.size);
    return { id, ...attributes };
  });
  const indexOf = (id: string): number => indexes.get(id) as number;
  const edges = graph.mapEdges((_edge, attributes, source, target): PictureEdge => {
    return { from: indexOf(source), to: indexOf(target), ...attributes };
  });
  return { nodes, edges };
}

/** How an edge is drawn: `runtime` is the rule and stands unmarked, what only the compiler sees is dashed. */
export function edgeStyle({ kind }: PictureEdge): { readonly dashed: boolean; readonly label: string } {
  return { dashed: kind === 'types', label: kind === 'runtime' || kind === 'types' ? '' : kind };
}
