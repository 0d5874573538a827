/**
 * 32 counters that are raised together, one per bit of a mask, and the counters of a size.
 * In: masks. Out: how often each bit was set. Bit-sliced: adding costs two word operations on average,
 * however many bits are set. Not here: what is counted (batch-walk.ts).
 */
import type { ReachSize } from '../../model/index.js';

/** See the file's header. Each counter holds up to 2³² − 1. */
export class BitTally {
  /** Plane `i` holds bit `i` of every counter. */
  readonly #planes = new Int32Array(32);

  /** Raises by one the counter of each bit set in `bits`. */
  add(bits: number): void {
    let carry = bits;
    for (let i = 0; carry !== 0; i++) {
      const both = this.#planes[i]! & carry;
      this.#planes[i]! ^= carry;
      carry = both;
    }
  }

  /** The counter of bit `index`, 0 to 31. */
  of(index: number): number {
    let count = 0;
    for (let i = 31; i >= 0; i--) count = count * 2 + ((this.#planes[i]! >>> index) & 1);
    return count;
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

/** The counters behind 32 sizes. */
export class SizeTally {
  readonly symbols = new DistanceTally();
  readonly files = new DistanceTally();
  readonly packages = new BitTally();
  readonly apps = new BitTally();
  readonly tests = new BitTally();

  /** The size of change `index` of the batch. */
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
