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

/** Nodes of one package, drawn in a box of its own. */
export interface PictureGroup {
  /** `''`: no box. */
  readonly package: string;
  /** Indexes into `nodes`, ascending. */
  readonly nodes: readonly number[];
}

/** The nodes by package, in order of first occurrence; a node that is its package (or is in none) has no box. */
export function groupsOf({ nodes }: Picture): readonly PictureGroup[] {
  const groups = new Map<string, number[]>();
  for (const [index, node] of nodes.entries()) {
    const owner = isPackage(node) ? '' : node.package;
    const known = groups.get(owner);
    if (known === undefined) groups.set(owner, [index]);
    else known.push(index);
  }
  return [...groups].map(([owner, members]) => ({ package: owner, nodes: members }));
}

/** Keys may be spelt otherwise than names; only packages have neither file nor kind. */
function isPackage({ label, package: owner, file, kind }: PictureNode): boolean {
  return file === undefined && kind === undefined && label === owner;
}

/** What stands in a node: a module initialiser goes by its file. */
export function labelOf({ label, file }: PictureNode): string {
  return label === '<module>' && file !== undefined ? file : label;
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
