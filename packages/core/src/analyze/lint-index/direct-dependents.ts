/**
 * Who uses a node in one step, in files.
 * In: the graph. Out: distinct files outside the node's own. Resources and external packages are no users.
 * Not here: what lies behind them (analyze/rank/closure-counts.ts), counts and names (dependent-counter.ts).
 */
import { EdgeBit, NODE_KINDS, type SymbolGraph } from '../../model/graph.js';

const RESOURCE = NODE_KINDS.indexOf('resource');

/** Asks one graph; what it remembers between questions is only which question a file was last seen in. */
export class DirectDependents {
  readonly #graph: SymbolGraph;
  readonly #seen: Int32Array;
  #question = 0;

  constructor(graph: SymbolGraph) {
    this.#graph = graph;
    this.#seen = new Int32Array(graph.files.length);
  }

  /** Files with an edge to `node`, or to a whole that it is part of (that costs no hop); indexes into `graph.files`. */
  filesOf(node: number): number[] {
    const { fileOf, kinds, reverse } = this.#graph;
    const { offsets, dependents, words } = reverse;
    const found: number[] = [];
    const wholes = [node];
    this.#question++;
    this.#isNew(fileOf[node]!);
    for (let next = 0; next < wholes.length; next++) {
      for (let edge = offsets[wholes[next]!]!; edge < offsets[wholes[next]! + 1]!; edge++) {
        const dependent = dependents[edge]!;
        const word = words[edge]!;
        if ((word & EdgeBit.gone) !== 0) continue;
        if ((word & EdgeBit.free) !== 0) {
          if (!wholes.includes(dependent)) wholes.push(dependent);
        } else if (kinds[dependent] !== RESOURCE && this.#isNew(fileOf[dependent]!)) found.push(fileOf[dependent]!);
      }
    }
    return found;
  }

  /** False for external symbols, and for a file that this question has met. */
  #isNew(file: number): boolean {
    if (file < 0 || this.#seen[file] === this.#question) return false;
    this.#seen[file] = this.#question;
    return true;
  }
}
