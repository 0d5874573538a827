/**
 * What is held from one reading to the next: the cache's files, facts of late texts, the revision that was linked last.
 * In: readings of one repository, one after another. Out: what the next one need not do again. One reading that stands alone has one of
 * its own. Memory: one linked revision, and the facts of two readings.
 */
import type { Diagnostic } from '../model/diagnostic.js';
import type { KeptColumns } from '../model/kept.js';
import type { AnalyzeOptions } from '../model/options.js';
import type { FileTree } from '../model/tree.js';
import { openCache, type Cache } from './cache/index.js';
import { createFactsStore, type ExtractBatch, type FactsStore } from './facts-store.js';
import { besideKept, findKept, type KeptRevision } from './kept-revisions.js';
import type { KeptTree } from './kept-tree.js';
import type { ReadRevision } from './read-revision.js';

/** The stores, where there are any, and what is to be said of them. */
interface OpenedCache {
  readonly cache?: Cache;
  readonly diagnostics: readonly Diagnostic[];
}

/** See the file's header. Of use until `close`. */
export class Standing {
  #opened: OpenedCache | undefined;
  #store: FactsStore | undefined;
  #extract: ExtractBatch | undefined;
  #kept: KeptTree | undefined;

  /** The cache that the first reading's options ask for. */
  cache(options: Pick<AnalyzeOptions, 'cacheDir' | 'parser'>, identity: string): OpenedCache {
    return (this.#opened ??= openCache(options, identity));
  }

  /** Facts by content. What neither this reading nor the one before it asked for is let go. */
  store(extract: ExtractBatch): FactsStore {
    this.#extract = extract;
    this.#store ??= createFactsStore((inputs) => (this.#extract as ExtractBatch)(inputs), this.#opened?.cache?.facts);
    this.#store.nextReading();
    return this.#store;
  }

  /** The revision that is at hand for readings of `trees`: the one that was linked last, else one of an earlier run. */
  former(trees: readonly FileTree[], store: FactsStore): KeptRevision | undefined {
    const files = this.#opened?.cache?.trees;
    this.#kept ??= files && findKept(files, trees, store);
    return this.#kept && besideKept(this.#kept, store);
  }

  /** From now on this revision is at hand; where it is in the cache, it is read from there when it is wanted: its facts take no memory. */
  keep(tree: FileTree, { files, classified, reading }: NonNullable<ReadRevision['keep']>, columns: KeptColumns): void {
    const isStored = this.#opened?.cache !== undefined;
    this.#kept = isStored ? undefined : { ...reading, entries: tree.entries, files, classified, columns };
  }

  /** Lets go of everything; the next reading starts anew. */
  close(): void {
    this.#opened?.cache?.close();
    this.#opened = undefined;
    this.#store = undefined;
    this.#kept = undefined;
  }
}
