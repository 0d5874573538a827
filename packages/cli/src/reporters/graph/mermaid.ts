/**
 * A graph in Mermaid's flowchart language. In: a picture. Out: text for a Markdown code block.
 * Source: mermaid.js.org/syntax/flowchart.html, "Special characters": entity codes `#quot;` in quoted labels.
 */
import { visible } from '../../visible.js';
import { edgeStyle, groupsOf, labelOf, type Picture, type PictureEdge, type PictureNode } from './picture.js';

/** Mermaid's default `maxEdges`: beyond it, a page shows an error instead of the drawing. */
export const MERMAID_EDGES = 500;

/** Draws `picture`, packages as boxes; changed nodes have the class `changed`, types-only edges are dotted. */
export function mermaidText(picture: Picture): string {
  const { nodes, edges } = picture;
  const changed = nodes.flatMap((node, index) => (node.changed === true ? [`n${index}`] : []));
  return [
    'flowchart LR',
    ...groupsOf(picture).flatMap(({ package: owner, nodes: members }, cluster) => {
      const lines = members.map((index) => `  n${index}["${mermaidLabel(labelOf(nodes[index] as PictureNode))}"]`);
      if (owner === '') return lines;
      return [`  subgraph p${cluster}["${mermaidLabel(owner)}"]`, ...lines.map((line) => `  ${line}`), '  end'];
    }),
    ...edges.map((edge) => `  n${edge.from} ${arrowOf(edge)} n${edge.to}`),
    ...(changed.length === 0
      ? []
      : ['  classDef changed fill:#f9c7c7,stroke:#b91c1c', `  class ${changed.join(',')} changed`]),
    '',
  ].join('\n');
}

function arrowOf(edge: PictureEdge): string {
  const { dashed, label } = edgeStyle(edge);
  return `${dashed ? '-.->' : '-->'}${label === '' ? '' : `|"${mermaidLabel(label)}"|`}`;
}

/** Every character that Mermaid, Markdown or HTML reads as its own becomes an entity code. */
export function mermaidLabel(text: string): string {
  return visible(text).replace(/[^\p{L}\p{N} _./:@~,()-]/gu, (character) => `#${character.codePointAt(0)};`);
}
