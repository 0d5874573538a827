/**
 * A graph as plain lists, which the text formats write out.
 * In: a graphology graph with the library's attributes. Out: nodes and edges, in the graph's order.
 * Not here: any format.
 */
import type { DirectedGraph } from 'graphology';

/** One node. */
export interface PictureNode {
  readonly id: string;
  readonly label: string;
  /** The package it belongs to; `''` where it is none's. */
  readonly package: string;
  readonly changed: boolean;
  /** Hops from the nearest change; absent where nothing is compared. */
  readonly distance?: number;
}

/** One edge, from a dependent to what it depends on. */
export interface PictureEdge {
  /** Index into `nodes`. */
  readonly from: number;
  readonly to: number;
  /** How it depends; `''` where the graph doesn't say. */
  readonly kind: string;
  /** How many dependencies between files or symbols it stands for; 1 or more. */
  readonly weight: number;
}

/** Nodes and edges. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** Reads the library's graph: attributes `label`, `package`, `changed`, `distance` of nodes, `kind` and `weight` of edges. */
export function pictureOf(graph: DirectedGraph): Picture {
  const indexes = new Map<string, number>();
  const nodes = graph.mapNodes((id, attributes): PictureNode => {
    indexes.set(id, indexes.size);
    const { label, package: owner, changed, distance } = attributes;
    return {
      id,
      label: typeof label === 'string' ? label : id,
      package: typeof owner === 'string' ? owner : '',
      changed: changed === true,
      ...(typeof distance === 'number' ? { distance } : {}),
    };
  });
  const edges = graph.mapEdges((_edge, { kind, weight }, source, target): PictureEdge => ({
    from: indexes.get(source) ?? 0,
    to: indexes.get(target) ?? 0,
    kind: typeof kind === 'string' ? kind : '',
    weight: typeof weight === 'number' ? weight : 1,
  }));
  return { nodes, edges };
}
