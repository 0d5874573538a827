/**
 * A graph in Graphviz's DOT. In: a picture. Out: text.
 * Source: graphviz.org/doc/info/lang.html: in a quoted string only `"` needs an escape, but labels read `\` escapes.
 */
import { visible } from '../../visible.js';
import { edgeStyle, groupsOf, labelOf, type Picture, type PictureEdge, type PictureNode } from './picture.js';

/** Draws `picture`, dependents to the left, packages as boxes; changed nodes are filled, types-only edges dashed. */
export function dotText(picture: Picture): string {
  return [
    'digraph "blast radius" {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="sans-serif"];',
    ...groupsOf(picture).flatMap(({ package: owner, nodes }, cluster) => {
      const lines = nodes.map((index) => `  n${index} [${attributesOf(picture.nodes[index] as PictureNode)}];`);
      if (owner === '') return lines;
      return [
        `  subgraph cluster${cluster} {`,
        `    label=${quote(owner)};`,
        ...lines.map((line) => `  ${line}`),
        '  }',
      ];
    }),
    ...picture.edges.map((edge) => `  n${edge.from} -> n${edge.to}${styleOf(edge)};`),
    '}',
    '',
  ].join('\n');
}

function attributesOf(node: PictureNode): string {
  const fill = node.changed === true ? ', style=filled, fillcolor="#f9c7c7"' : '';
  return `label=${quote(labelOf(node))}, tooltip=${quote(node.id)}${fill}`;
}

function styleOf(edge: PictureEdge): string {
  const { dashed, label } = edgeStyle(edge);
  const parts = [...(label === '' ? [] : [`label=${quote(label)}`]), ...(dashed ? ['style=dashed'] : [])];
  return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

/** Backslashes doubled: `\\N` in a label would stand for the node's name. */
function quote(text: string): string {
  return `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
