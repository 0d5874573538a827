/**
 * Who uses a method by its name alone: nodes from which both its class is made and the name is used on something unknown.
 * In: run-time edges, the methods, who uses which of them. Out: edges (user, method) at the first nodes where both meet.
 * A least fixpoint over bit sets, component by component: a method that is found used adds what it reaches.
 * Source: rapid type analysis (Bacon and Sweeney, 1996), per root, with names for signatures. Not here: why a method qualifies.
 */
import { EdgeBit, edgeWord, KIND_MASK, type ReverseAdjacency } from '../../model/graph.js';
import { nodesByComponent, stronglyConnected } from '../rank/components.js';
import type { EdgeList } from './edges.js';

/** A method of a class. */
export interface GatedMember {
  /** Node of the class. */
  readonly owner: number;
  readonly node: number;
  /** Bare name. */
  readonly name: string;
}

/** Who uses members of something unknown. */
export interface MemberSeeds {
  /** Per node: indexes of the methods that it may call. */
  readonly used: ReadonlyMap<number, ReadonlySet<number>>;
  /** Nodes that read a computed member: any method of a class that they themselves can get at. */
  readonly readsAny: ReadonlySet<number>;
  /** Nodes that call a computed member: any method, of whatever they are handed. */
  readonly callsAny: ReadonlySet<number>;
}

/** Rounds over the components after which it is not worth going on; a handful is usual. */
const ROUND_LIMIT = 40;

/**
 * Edges from a user to a method, as pairs of nodes, each once.
 * @returns `undefined` where the fixpoint is not reached in {@link ROUND_LIMIT} rounds. Time O(edges · methods / 32) a round.
 */
export function joinMembers(
  count: number,
  edges: EdgeList,
  gated: readonly GatedMember[],
  seeds: MemberSeeds,
): [number, number][] | undefined {
  const graph = condense(count, edges);
  const sets = seedRows(graph, gated, seeds);
  const joins: [number, number][] = [];
  for (let round = 0; round < ROUND_LIMIT; round++) {
    let changed = false;
    for (let component = 0; component < graph.count; component++) {
      if (settle(graph, sets, component, gated, joins)) changed = true;
    }
    if (!changed) return joins;
  }
  return undefined;
}

/** The run-time graph by strongly connected components: a component's dependencies have smaller ids. */
interface Condensed {
  readonly of: Int32Array;
  readonly count: number;
  /** The smallest node of each. */
  readonly first: Uint32Array;
  /** Components that each one depends on. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** Dependencies that joins add. */
  readonly added: Map<number, Set<number>>;
}

function condense(count: number, edges: EdgeList): Condensed {
  const forward = dependenciesOf(count, edges);
  const condensed = stronglyConnected(count, forward, () => true);
  const { of, count: components } = condensed;
  const { starts, nodes } = nodesByComponent(condensed);
  const targets = new Uint32Array(forward.dependents.length);
  const offsets = new Uint32Array(components + 1);
  const last = new Int32Array(components).fill(-1);
  let kept = 0;
  for (let component = 0; component < components; component++) {
    for (let i = starts[component]!; i < starts[component + 1]!; i++) {
      const node = nodes[i]!;
      for (let edge = forward.offsets[node]!; edge < forward.offsets[node + 1]!; edge++) {
        const target = of[forward.dependents[edge]!]!;
        if (target === component || last[target] === component) continue;
        last[target] = component;
        targets[kept++] = target;
      }
    }
    offsets[component + 1] = kept;
  }
  const first = Uint32Array.from({ length: components }, (_, one) => nodes[starts[one]!]!);
  return { of, count: components, first, offsets, targets: targets.subarray(0, kept), added: new Map() };
}

/** What each node depends on at run time, in the order of the edges. */
function dependenciesOf(count: number, { from, to, words, count: edgeCount }: EdgeList): Forward {
  const dispatches = edgeWord('dispatches', 0, 0);
  const passes = (word: number): boolean =>
    (word & EdgeBit.runtime) !== 0 && ((word & EdgeBit.elsewhere) === 0 || (word & KIND_MASK) !== dispatches);
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < edgeCount; i++) if (passes(words[i]!)) offsets[from[i]! + 1]!++;
  for (let node = 0; node < count; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice();
  const dependents = new Uint32Array(offsets[count]!);
  for (let i = 0; i < edgeCount; i++) if (passes(words[i]!)) dependents[next[from[i]!]!++] = to[i]!;
  return { offsets, dependents };
}

/** Rows of what a node depends on. */
type Forward = Pick<ReverseAdjacency, 'offsets' | 'dependents'>;

/**
 * Three bit sets in one row of words: methods whose class is made, methods whose name is used, methods that are reached.
 * Rows are never written to once they stand: equal ones are shared.
 */
interface Rows {
  /** Words of one set. */
  readonly width: number;
  readonly rows: Uint32Array[];
  /** The row of whoever has nothing. */
  readonly empty: Uint32Array;
  /** Members that a computed name can mean: not the private ones. */
  readonly nameable: Uint32Array;
  readonly own: Map<number, OwnSeeds>;
}

/** What a component has by itself. */
interface OwnSeeds {
  readonly made: number[];
  readonly used: Set<number>;
  readonly reached: number[];
  /** A node for each used method, to start a join at. */
  readonly user: Map<number, number>;
  /** The first node that makes a class; else the first that uses something. */
  first: number;
  readsAny: boolean;
  callsAny: boolean;
}

function seedRows(graph: Condensed, gated: readonly GatedMember[], seeds: MemberSeeds): Rows {
  const width = (gated.length + 31) >>> 5;
  const own = new Map<number, OwnSeeds>();
  const at = (node: number): OwnSeeds => {
    const component = graph.of[node]!;
    let known = own.get(component);
    if (known === undefined) {
      known = {
        made: [],
        used: new Set(),
        reached: [],
        user: new Map(),
        first: node,
        readsAny: false,
        callsAny: false,
      };
      own.set(component, known);
    }
    return known;
  };
  gated.forEach(({ owner, node }, index) => {
    at(owner).made.push(index);
    at(node).reached.push(index);
  });
  for (const [node, members] of [...seeds.used].sort(([left], [right]) => left - right)) {
    const { used, user } = at(node);
    for (const member of members) {
      used.add(member);
      if (!user.has(member)) user.set(member, node);
    }
  }
  for (const node of seeds.readsAny) at(node).readsAny = true;
  for (const node of seeds.callsAny) at(node).callsAny = true;
  const empty = new Uint32Array(width * 3);
  const nameable = new Uint32Array(width);
  gated.forEach(({ name }, index) => {
    if (!name.startsWith('#')) nameable[index >>> 5]! |= 1 << (index & 31);
  });
  return { width, nameable, rows: Array.from({ length: graph.count }, () => empty), empty, own };
}

/** Computes one component's row anew from its dependencies and its own seeds. Returns whether it changed. */
function settle(
  graph: Condensed,
  sets: Rows,
  component: number,
  gated: readonly GatedMember[],
  joins: [number, number][],
): boolean {
  const { rows, empty } = sets;
  const before = rows[component]!;
  const own = sets.own.get(component);
  const below = distinctRows(graph, sets, component);
  if (own === undefined && below.length < 2) {
    const row = below[0] ?? empty;
    if (row === empty || equal(before, row)) return false;
    rows[component] = row;
    return true;
  }
  const row = before.slice();
  for (const one of below) for (let word = 0; word < row.length; word++) row[word]! |= one[word]!;
  if (own) addOwn(row, sets, own);
  if (addJoins(graph, row, sets, component, own, gated, joins) || !equal(before, row)) {
    rows[component] = below.find((one) => equal(one, row)) ?? row;
    return true;
  }
  return false;
}

const NO_ROWS: readonly Uint32Array[] = [];

/** Rows of what the component depends on, each once, without empty ones. */
function distinctRows(graph: Condensed, { rows, empty }: Rows, component: number): readonly Uint32Array[] {
  let found: Uint32Array[] | undefined;
  const add = (target: number): void => {
    const row = rows[target]!;
    if (row === empty || found?.includes(row)) return;
    if (found === undefined) found = [row];
    else found.push(row);
  };
  for (let i = graph.offsets[component]!; i < graph.offsets[component + 1]!; i++) add(graph.targets[i]!);
  if (graph.added.size > 0) for (const target of graph.added.get(component) ?? []) add(target);
  return found ?? NO_ROWS;
}

function addOwn(row: Uint32Array, { width, nameable }: Rows, own: OwnSeeds): void {
  for (const index of own.made) row[index >>> 5]! |= 1 << (index & 31);
  for (const index of own.used) row[width + (index >>> 5)]! |= 1 << (index & 31);
  for (const index of own.reached) row[2 * width + (index >>> 5)]! |= 1 << (index & 31);
  if (own.callsAny) for (let word = 0; word < width; word++) row[width + word]! |= nameable[word]!;
}

/** Methods that are made and used here and not reached yet: from now on they are. */
function addJoins(
  graph: Condensed,
  row: Uint32Array,
  { width, nameable }: Rows,
  component: number,
  own: OwnSeeds | undefined,
  gated: readonly GatedMember[],
  joins: [number, number][],
): boolean {
  let found = false;
  for (let word = 0; word < width; word++) {
    const used = own?.readsAny ? row[width + word]! | nameable[word]! : row[width + word]!;
    let open = row[word]! & used & ~row[2 * width + word]!;
    for (; open !== 0; open &= open - 1) {
      const index = word * 32 + (31 - Math.clz32(open & -open));
      const member = gated[index] as GatedMember;
      row[2 * width + word]! |= 1 << (index & 31);
      joins.push([own?.user.get(index) ?? own?.first ?? graph.first[component]!, member.node]);
      const added = graph.added.get(component);
      if (added) added.add(graph.of[member.node]!);
      else graph.added.set(component, new Set([graph.of[member.node]!]));
      found = true;
    }
  }
  return found;
}

function equal(left: Uint32Array, right: Uint32Array): boolean {
  if (left === right) return true;
  for (let word = 0; word < left.length; word++) if (left[word] !== right[word]) return false;
  return true;
}
