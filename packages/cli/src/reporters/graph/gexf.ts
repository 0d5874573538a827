/**
 * A graph as GEXF, for Gephi and its kin. In: the library's graph. Out: XML.
 * The format is graphology-gexf's work; XML's own escapes leave only control characters to be spelt out.
 */
import { write } from 'graphology-gexf';
import type { PublicGraph } from '@blast-radius/core';
import { visibleLines } from '../../visible.js';

/** Writes `graph` with all its attributes. */
export function gexfText(graph: PublicGraph): string {
  return `${visibleLines(write(graph))}\n`;
}
