/**
 * A graph in Graphviz's DOT. In: a picture. Out: text.
 * Source: graphviz.org/doc/info/lang.html: in a quoted string only `"` needs an escape, but labels read `\` escapes.
 */
import { visible } from '../../visible.js';
import type { Picture, PictureNode } from './picture.js';

/** Draws `picture`, dependents to the left; changed nodes are filled. */
export function dotText({ nodes, edges }: Picture): string {
  return [
    'digraph "blast radius" {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="sans-serif"];',
    ...nodes.map((node, index) => `  n${index} [${attributesOf(node)}];`),
    ...edges.map(({ from, to, kind }) => `  n${from} -> n${to}${kind === '' ? '' : ` [label=${quote(kind)}]`};`),
    '}',
    '',
  ].join('\n');
}

function attributesOf({ id, label, changed }: PictureNode): string {
  const fill = changed ? ', style=filled, fillcolor="#f9c7c7"' : '';
  return `label=${quote(label)}, tooltip=${quote(id)}${fill}`;
}

/** Backslashes doubled: `\N` in a label would stand for the node's name. */
function quote(text: string): string {
  return `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
