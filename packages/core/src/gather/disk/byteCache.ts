/**
 * Contents that were read once and will likely be asked for again, by content id, within a budget of memory.
 * Shared by both trees of a comparison, since most ids are in both. Not here: reading.
 */

/** Enough for the sources of a 10,000-file repository; the oldest entries leave first beyond it. */
const DEFAULT_BUDGET = 128 * 1024 * 1024;

/** A first-in-first-out cache of bytes; equal ids mean equal bytes. */
export class ByteCache {
  private readonly entries = new Map<string, Uint8Array>();
  private size = 0;

  constructor(private readonly budget = DEFAULT_BUDGET) {}

  get(id: string): Uint8Array | undefined {
    return this.entries.get(id);
  }

  set(id: string, bytes: Uint8Array): void {
    if (this.entries.has(id) || bytes.length > this.budget / 8) return;
    this.entries.set(id, bytes);
    this.size += bytes.length;
    for (const [oldest, old] of this.entries) {
      if (this.size <= this.budget) break;
      this.entries.delete(oldest);
      this.size -= old.length;
    }
  }
}
