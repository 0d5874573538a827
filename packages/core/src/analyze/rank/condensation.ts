/**
 * A graph as far as counting dependents needs it: cycles as one component, edges once, and what each component counts for.
 * In: the graph, and to which thing (symbol, file, package) each node counts. Out: components whose dependents have smaller
 * numbers. Not here: counting (closure-bits.ts, closure-sketches.ts).
 */
import { EdgeBit } from '../../model/graph.js';
import type { ReachGraph } from '../reach/index.js';
import { nodesByComponent, stronglyConnected, type Components } from './components.js';

/** See the file's header. */
export interface Condensation {
  /** Number of components. */
  readonly count: number;
  /** Component of each node. */
  readonly of: Int32Array;
  /** Rows of `dependents`: those of component `c` are `dependents[offsets[c]] … dependents[offsets[c + 1] − 1]`. */
  readonly offsets: Uint32Array;
  /** Components that change when this one does, each once, largest number first; all smaller than the component itself. */
  readonly dependents: Uint32Array;
  /** What components count for by themselves: pairs, ordered by component, without repeats. */
  readonly own: { readonly components: Uint32Array; readonly things: Uint32Array };
  /** Things that occur in `own.things`, which numbers them 0, 1, 2 … in the order of the components that have them. */
  readonly things: number;
}

/** An edge through which a change travels on: run-time edges, and compile-time edges in what others see. */
export function passesOn(word: number): boolean {
  return (
    (word & EdgeBit.runtime) !== 0 ||
    (word & (EdgeBit.compile | EdgeBit.surface)) === (EdgeBit.compile | EdgeBit.surface)
  );
}

/** An edge that ends at its dependent: a type used inside a body. */
function endsHere(word: number): boolean {
  return (word & (EdgeBit.runtime | EdgeBit.compile | EdgeBit.surface)) === EdgeBit.compile;
}

/**
 * @param thingOf  the thing that each node counts as; −1 = none (tests).
 * @param things   how many things there are.
 * A component's own things are those of its nodes and of dependents through which a change does not travel on.
 * Time O(nodes + edges × log of the longest row); memory O(nodes + edges).
 */
export function condense(graph: ReachGraph, thingOf: Int32Array, things: number): Condensation {
  const { words } = graph.reverse;
  const components = stronglyConnected(graph.count, graph.reverse, (edge) => passesOn(words[edge]!));
  const { nodes: members } = nodesByComponent(components);
  return {
    count: components.count,
    of: components.of,
    ...rowsOf(graph, components, members),
    ...ownThings(graph, components, members, new Numbering(thingOf, things)),
  };
}

function rowsOf(
  { reverse }: ReachGraph,
  { of, count }: Components,
  members: Uint32Array,
): Pick<Condensation, 'offsets' | 'dependents'> {
  const offsets = new Uint32Array(count + 1);
  const dependents = new Uint32Array(reverse.dependents.length);
  const seenBy = new Int32Array(count).fill(-1);
  let end = 0;
  for (let at = 0; at < members.length;) {
    const component = of[members[at]!]!;
    seenBy[component] = component;
    for (; at < members.length && of[members[at]!] === component; at++) {
      const node = members[at]!;
      for (let edge = reverse.offsets[node]!; edge < reverse.offsets[node + 1]!; edge++) {
        const dependent = of[reverse.dependents[edge]!]!;
        if (seenBy[dependent] === component || !passesOn(reverse.words[edge]!)) continue;
        seenBy[dependent] = component;
        dependents[end++] = dependent;
      }
    }
    dependents.subarray(offsets[component], end).sort().reverse();
    offsets[component + 1] = end;
  }
  return { offsets, dependents: dependents.slice(0, end) };
}

/** New numbers for things, in the order in which they are first met: neighbours in the graph get neighbouring numbers. */
class Numbering {
  readonly #thingOf: Int32Array;
  readonly #numbers: Int32Array;
  readonly #seenBy: Int32Array;
  count = 0;

  constructor(thingOf: Int32Array, things: number) {
    this.#thingOf = thingOf;
    this.#numbers = new Int32Array(things).fill(-1);
    this.#seenBy = new Int32Array(things).fill(-1);
  }

  /** The number of a node's thing; −1 where it has none or `component` has met it before. */
  fresh(node: number, component: number): number {
    const thing = this.#thingOf[node]!;
    if (thing < 0 || this.#seenBy[thing] === component) return -1;
    this.#seenBy[thing] = component;
    if (this.#numbers[thing]! < 0) this.#numbers[thing] = this.count++;
    return this.#numbers[thing]!;
  }
}

function ownThings(
  { reverse }: ReachGraph,
  { of }: Components,
  members: Uint32Array,
  numbering: Numbering,
): Pick<Condensation, 'own' | 'things'> {
  const components: number[] = [];
  const things: number[] = [];
  const add = (node: number, component: number): void => {
    const thing = numbering.fresh(node, component);
    if (thing < 0) return;
    things.push(thing);
    components.push(component);
  };
  for (const node of members) {
    const component = of[node]!;
    add(node, component);
    for (let edge = reverse.offsets[node]!; edge < reverse.offsets[node + 1]!; edge++)
      if (endsHere(reverse.words[edge]!)) add(reverse.dependents[edge]!, component);
  }
  return {
    own: { components: Uint32Array.from(components), things: Uint32Array.from(things) },
    things: numbering.count,
  };
}
