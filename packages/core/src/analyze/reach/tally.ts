/**
 * 32 counters that are raised together, one per bit of a mask.
 * In: masks. Out: how often each bit was set. Bit-sliced: adding costs two word operations on average,
 * however many bits are set. Not here: what is counted (sizes.ts, counts.ts).
 */

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
