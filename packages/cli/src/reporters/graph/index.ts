/**
 * A graph in one of the formats. In: the library's graph. Out: text. A new format is one file and one line here.
 */
import type { PublicGraph } from '@blast-radius/core';
import { jsonText } from '../json.js';
import { dotText } from './dot.js';
import { gexfText } from './gexf.js';
import { mermaidText } from './mermaid.js';
import { pictureOf } from './picture.js';

/** Values of `--format`. */
export const GRAPH_FORMATS = ['json', 'dot', 'mermaid', 'gexf'] as const;

/** See {@link GRAPH_FORMATS}. */
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** Writes `graph` as `format`. */
export function graphText(graph: PublicGraph, format: GraphFormat): string {
  return WRITERS[format](graph);
}

const WRITERS = {
  json: (graph) => jsonText(linked(graph)),
  dot: (graph) => dotText(pictureOf(graph)),
  mermaid: (graph) => mermaidText(pictureOf(graph)),
  gexf: gexfText,
} as const satisfies Record<GraphFormat, (graph: PublicGraph) => string>;

/** Edges by node id instead of position, for programs. */
function linked(graph: PublicGraph): unknown {
  const { nodes, edges } = pictureOf(graph);
  return {
    nodes,
    edges: edges.map(({ from, to, ...rest }) => ({ from: nodes[from]?.id, to: nodes[to]?.id, ...rest })),
  };
}
