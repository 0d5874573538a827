/**
 * A walk of up to 32 changes at once, one bit each: what they reach in common is walked once.
 * In: the graph, seeds, where nodes live. Out: one size per seed. Direct and two-hop reach level by level, the rest in
 * whatever order is cheapest. Source: "The More the Merrier: Efficient Multi-Source Graph Traversal", VLDB 2014.
 * The rules of travel are kernel.ts's; a property test holds them equal.
 */
import { EdgeBit, SeedBit } from '../../model/index.js';
import type { ReachSize } from '../../model/index.js';
import type { FarOrder } from './far-order.js';
import type { Seed } from './kernel.js';
import type { ReachGraph } from './layer.js';
import { SizeTally } from './tally.js';

/** Changes per batch: the bits of one machine word. */
export const BATCH = 32;

/** The first distance that only the totals count. */
const FAR = 3;

/** Where nodes live, as typed arrays that threads can share. */
export interface Places {
  /** File of each node; −1 for external symbols. */
  readonly fileOf: Int32Array;
  /** Package of each file. */
  readonly packageOf: Int32Array;
  /** 1 for files of tests and their support. */
  readonly testFiles: Uint8Array;
  /** 1 for packages that are apps. */
  readonly apps: Uint8Array;
}

/** What a node is reached as; the state of node `v` in mode `m` is `m * n + v`. */
const RUNTIME = 0;
const SURFACE = 1;
const USED = 2;
const CROSSED = 3;
/** Behind a mutation made elsewhere: no test is reached. */
const BESIDE = 4;
const MODES = 5;

/** The mode in which a run-time edge is passed from a run-time mode; −1 where it is not. */
function runtimeMode(mode: number, word: number): number {
  if ((word & EdgeBit.runtime) === 0 || (mode !== RUNTIME && mode !== BESIDE)) return -1;
  if (mode === RUNTIME && (word & EdgeBit.elsewhere) === 0) return RUNTIME;
  return (word & EdgeBit.intoTest) === 0 ? BESIDE : -1;
}

/** The arrays of one walk, used again for the next; cleared through the list of what was touched. */
export class BatchWalk {
  readonly #seen: Int32Array;
  readonly #pending: Int32Array;
  readonly #next: Int32Array;
  /** Bits of the changes that reach the node in some world. */
  readonly #nodes: Int32Array;
  readonly #files: Int32Array;
  readonly #packages: Int32Array;
  #now: number[] = [];
  #later: number[] = [];
  #touched: number[] = [];
  readonly #graph: ReachGraph;
  readonly #places: Places;
  readonly #order: FarOrder | undefined;
  /** 1 for components with pending states. */
  readonly #marked: Uint8Array;
  /** The component that is being walked beyond two hops; −1 before. */
  #component = -1;

  /** @param order lets what lies beyond two hops be walked component by component; without it, level by level. */
  constructor(graph: ReachGraph, places: Places, order?: FarOrder) {
    this.#graph = graph;
    this.#places = places;
    this.#order = order;
    this.#marked = new Uint8Array(order?.count ?? 0);
    this.#seen = new Int32Array(MODES * graph.count);
    this.#pending = new Int32Array(MODES * graph.count);
    this.#next = new Int32Array(MODES * graph.count);
    this.#nodes = new Int32Array(graph.count);
    this.#files = new Int32Array(places.packageOf.length);
    this.#packages = new Int32Array(places.apps.length);
  }

  /** The sizes of at most {@link BATCH} changes. */
  run(changes: readonly Seed[]): ReachSize[] {
    const tally = new SizeTally();
    changes.forEach((change, index) => this.#plant(change, 1 << index));
    for (let level = 0; this.#now.length + this.#later.length > 0; level++) {
      if (level === FAR && this.#order !== undefined) {
        this.#sweep(this.#order, tally);
        break;
      }
      for (let i = 0; i < this.#now.length; i++) this.#settle(this.#now[i]!, level, tally);
      [this.#now, this.#later] = [this.#later, []];
      for (const state of this.#now) {
        this.#pending[state]! |= this.#next[state]!;
        this.#next[state] = 0;
      }
    }
    this.#clear(changes);
    return changes.map((_, index) => tally.sizeOf(index));
  }

  /**
   * Beyond two hops the distance no longer counts: components in topological order, so that a state is settled once
   * with all its bits, and again only inside a cycle.
   */
  #sweep({ of, nodes, starts, count }: FarOrder, tally: SizeTally): void {
    const n = this.#graph.count;
    for (const state of this.#now) this.#marked[of[state % n]!] = 1;
    for (let component = count - 1; component >= 0; component--) {
      if (this.#marked[component] === 0) continue;
      this.#marked[component] = 0;
      this.#component = component;
      this.#now = [];
      for (let i = starts[component]!; i < starts[component + 1]!; i++) {
        for (let state = nodes[i]!; state < MODES * n; state += n)
          if (this.#pending[state] !== 0) this.#now.push(state);
      }
      for (let i = 0; i < this.#now.length; i++) this.#settle(this.#now[i]!, FAR, tally);
    }
    this.#component = -1;
    this.#now = [];
  }

  #plant({ node, seeds }: Seed, bit: number): void {
    const n = this.#graph.count;
    this.#nodes[node]! |= bit;
    const file = this.#places.fileOf[node]!;
    if (file >= 0) {
      this.#files[file]! |= bit;
      this.#packages[this.#places.packageOf[file]!]! |= bit;
    }
    if ((seeds & SeedBit.runtime) !== 0) this.#offer(RUNTIME * n + node, bit, true);
    if ((seeds & SeedBit.compile) !== 0) this.#offer(SURFACE * n + node, bit, true);
    const { offsets, dependents, words } = this.#graph.reverse;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const word = words[i]!;
      if ((seeds & SeedBit.gone) !== 0 && (word & EdgeBit.gone) !== 0)
        this.#offer(USED * n + dependents[i]!, bit, false);
      if ((seeds & (SeedBit.gone | SeedBit.system)) === 0 || (word & EdgeBit.system) === 0) continue;
      this.#offer(CROSSED * n + dependents[i]!, bit, (word & EdgeBit.free) !== 0);
    }
  }

  #offer(state: number, bits: number, now: boolean): void {
    const fresh = bits & ~this.#seen[state]!;
    if (fresh === 0) return;
    if (this.#component >= 0) return this.#offerFar(state, fresh);
    const waiting = now ? this.#pending : this.#next;
    if (waiting[state] === 0) (now ? this.#now : this.#later).push(state);
    waiting[state]! |= fresh;
  }

  #offerFar(state: number, fresh: number): void {
    const component = this.#order!.of[state % this.#graph.count]!;
    if (component !== this.#component) this.#marked[component] = 1;
    else if (this.#pending[state] === 0) this.#now.push(state);
    this.#pending[state]! |= fresh;
  }

  #settle(state: number, level: number, tally: SizeTally): void {
    const fresh = this.#pending[state]! & ~this.#seen[state]!;
    this.#pending[state] = 0;
    if (fresh === 0) return;
    this.#seen[state]! |= fresh;
    this.#touched.push(state);
    const n = this.#graph.count;
    const mode = Math.floor(state / n);
    const node = state - mode * n;
    const unmoved = (mode === SURFACE || mode === USED) && this.#graph.unmoved?.[node] === 1;
    const first = unmoved ? 0 : fresh & ~this.#nodes[node]!;
    if (first !== 0) this.#count(node, first, level, tally);
    this.#expand(node, mode, fresh, unmoved);
  }

  #expand(node: number, mode: number, bits: number, unmoved: boolean): void {
    const n = this.#graph.count;
    const { offsets, dependents, words } = this.#graph.reverse;
    const end = offsets[node + 1]!;
    for (let i = offsets[node]!; i < end; i++) {
      const word = words[i]!;
      const now = (word & EdgeBit.free) !== 0;
      const crosses = (word & EdgeBit.system) !== 0 || (mode === CROSSED && (word & EdgeBit.runtime) !== 0);
      if (crosses && !unmoved) this.#offer(CROSSED * n + dependents[i]!, bits, now);
      const runs = runtimeMode(mode, word);
      if (runs >= 0) this.#offer(runs * n + dependents[i]!, bits, now);
      if (mode !== SURFACE || (word & EdgeBit.compile) === 0) continue;
      this.#offer(((word & EdgeBit.surface) !== 0 ? SURFACE : USED) * n + dependents[i]!, bits, now);
    }
  }

  #count(node: number, bits: number, level: number, tally: SizeTally): void {
    this.#nodes[node]! |= bits;
    const { fileOf, packageOf, testFiles, apps } = this.#places;
    const file = fileOf[node]!;
    const test = file >= 0 && testFiles[file] !== 0;
    if (level === 0 && !test) return;
    const freshFile = file < 0 ? 0 : bits & ~this.#files[file]!;
    if (freshFile !== 0) this.#files[file]! |= freshFile;
    if (test) return tally.tests.add(freshFile);
    tally.symbols.add(bits, level);
    if (freshFile === 0) return;
    tally.files.add(freshFile, level);
    const owner = packageOf[file]!;
    const freshPackage = freshFile & ~this.#packages[owner]!;
    if (freshPackage === 0) return;
    this.#packages[owner]! |= freshPackage;
    tally.packages.add(freshPackage);
    if (apps[owner] !== 0) tally.apps.add(freshPackage);
  }

  #clear(changes: readonly Seed[]): void {
    const n = this.#graph.count;
    for (const state of this.#touched) {
      this.#seen[state] = 0;
      this.#nodes[state % n] = 0;
      const file = this.#places.fileOf[state % n]!;
      if (file >= 0) this.#files[file] = 0;
    }
    for (const { node } of changes) {
      this.#nodes[node] = 0;
      const file = this.#places.fileOf[node]!;
      if (file >= 0) this.#files[file] = 0;
    }
    this.#packages.fill(0);
    this.#touched = [];
  }
}
