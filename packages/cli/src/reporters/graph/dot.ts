/**
 * A graph in Graphviz's DOT. In: a picture. Out: text.
 * Source: graphviz.org/doc/info/lang.html: in a quoted string only `"` needs an escape, but labels read `\` escapes.
 */
import { visible } from '../../visible.js';
import { edgeStyle, type Picture, type PictureEdge, type PictureNode } from './picture.js';

/** Draws `picture`, dependents to the left; changed nodes are filled, types-only edges dashed. */
export function dotText({ nodes, edges }: Picture): string {
  return [
    'digraph "blast radius" {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="sans-serif"];',
    ...nodes.map((node, index) => `  n${index} [${attributesOf(node)}];`),
    ...edges.map((edge) => `  n${edge.from} -> n${edge.to}${styleOf(edge)};`),
    '}',
    '',
  ].join('\n');
}

function attributesOf({ id, label, changed }: PictureNode): string {
  const fill = changed === true ? ', style=filled, fillcolor="#f9c7c7"' : '';
  return `label=${quote(label)}, tooltip=${quote(id)}${fill}`;
}

function styleOf(edge: PictureEdge): string {
  const { dashed, label } = edgeStyle(edge);
  const parts = [...(label === '' ? [] : [`label=${quote(label)}`]), ...(dashed ? ['style=dashed'] : [])];
  return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

/** Backslashes doubled: `\N` in a label would stand for the node's name. */
function quote(text: string): string {
  return `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
