/**
 * How much each changed symbol reaches by itself.
 * In: the graph, one seed per change, where nodes live. Out: one ReachSize per change.
 * 32 changes travel at once, one bit each, so what they reach in common is walked once. A pure function: runs in any thread.
 * Not here: the union with its paths (kernel.ts). Source: "The More the Merrier: Efficient Multi-Source Graph Traversal", VLDB 2014.
 */
import { EdgeBit, SeedBit } from '../../model/index.js';
import type { ReachSize } from '../../model/index.js';
import { BitTally } from './tally.js';
import type { Seed } from './kernel.js';
import type { ReachGraph } from './layer.js';

/** Changes per batch: the bits of one machine word. */
export const BATCH = 32;

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

/**
 * The size of each seed's own reach, in the order of `changes`.
 * A node counts once, at its smallest distance over the worlds; nodes at distance 0 are the change itself and count nowhere.
 * Files, packages and apps are those of impacted symbols outside tests, the change's own left out; `tests` counts test files.
 * Time O(batches × (nodes reached + their edges)) and a few arrays of length 4n, whatever the number of changes.
 */
export function reachSizes(graph: ReachGraph, changes: readonly Seed[], places: Places): ReachSize[] {
  const sizes: ReachSize[] = [];
  if (changes.length === 0) return sizes;
  const walk = new BatchWalk(graph, places);
  for (let start = 0; start < changes.length; start += BATCH) {
    sizes.push(...walk.run(changes.slice(start, start + BATCH)));
  }
  return sizes;
}

/** What a node is reached as; the state of node `v` in mode `m` is `m * n + v`. */
const RUNTIME = 0;
const SURFACE = 1;
const USED = 2;
const CROSSED = 3;
const MODES = 4;

/** The arrays of one run, cleared through the list of what was touched. */
class BatchWalk {
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

  constructor(graph: ReachGraph, places: Places) {
    this.#graph = graph;
    this.#places = places;
    this.#seen = new Int32Array(MODES * graph.count);
    this.#pending = new Int32Array(MODES * graph.count);
    this.#next = new Int32Array(MODES * graph.count);
    this.#nodes = new Int32Array(graph.count);
    this.#files = new Int32Array(places.packageOf.length);
    this.#packages = new Int32Array(places.apps.length);
  }

  run(changes: readonly Seed[]): ReachSize[] {
    const tally = new SizeTally();
    changes.forEach((change, index) => this.#plant(change, 1 << index));
    for (let level = 0; this.#now.length + this.#later.length > 0; level++) {
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
    const waiting = now ? this.#pending : this.#next;
    if (waiting[state] === 0) (now ? this.#now : this.#later).push(state);
    waiting[state]! |= fresh;
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
    const first = fresh & ~this.#nodes[node]!;
    if (first !== 0) this.#count(node, first, level, tally);
    this.#expand(node, mode, fresh);
  }

  #expand(node: number, mode: number, bits: number): void {
    const n = this.#graph.count;
    const { offsets, dependents, words } = this.#graph.reverse;
    const end = offsets[node + 1]!;
    for (let i = offsets[node]!; i < end; i++) {
      const word = words[i]!;
      const now = (word & EdgeBit.free) !== 0;
      const crosses = (word & EdgeBit.system) !== 0 || (mode === CROSSED && (word & EdgeBit.runtime) !== 0);
      if (crosses) this.#offer(CROSSED * n + dependents[i]!, bits, now);
      if (mode === RUNTIME && (word & EdgeBit.runtime) !== 0) this.#offer(RUNTIME * n + dependents[i]!, bits, now);
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

/** Counts at distance 1, at most 2, and all. */
class DistanceTally {
  readonly #direct = new BitTally();
  readonly #twoHop = new BitTally();
  readonly #all = new BitTally();

  add(bits: number, level: number): void {
    if (level <= 1) this.#direct.add(bits);
    if (level <= 2) this.#twoHop.add(bits);
    this.#all.add(bits);
  }

  of(index: number): readonly [direct: number, twoHop: number, all: number] {
    return [this.#direct.of(index), this.#twoHop.of(index), this.#all.of(index)];
  }
}

class SizeTally {
  readonly symbols = new DistanceTally();
  readonly files = new DistanceTally();
  readonly packages = new BitTally();
  readonly apps = new BitTally();
  readonly tests = new BitTally();

  sizeOf(index: number): ReachSize {
    const [direct, twoHop, total] = this.symbols.of(index);
    const [directFiles, twoHopFiles, files] = this.files.of(index);
    return {
      direct,
      twoHop,
      total,
      directFiles,
      twoHopFiles,
      files,
      packages: this.packages.of(index),
      apps: this.apps.of(index),
      tests: this.tests.of(index),
    };
  }
}
