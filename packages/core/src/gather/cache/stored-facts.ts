/**
 * Facts of texts that some run has extracted before, by the text's git id and language.
 * In: the cache folder. Out: facts, decoded as they are used; new ones are kept for the next run.
 * A folder of segments (facts-segment.ts): each run adds one with what it extracted; small ones are merged now and then; past
 * the limit the oldest leave. Not here: what facts are, which texts a run needs.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFacts, Language } from '../../model/facts.js';
import { decodeFacts, encodeFacts } from './facts-blob.js';
import { factsKey, openSegment, type Segment, SegmentWriter } from './facts-segment.js';

/** A store that survives the run. */
export interface StoredFactsFolder {
  get(id: string, language: Language): FileFacts | undefined;
  /** Keeps facts for later runs; texts without a git id are not kept. */
  add(id: string, language: Language, facts: FileFacts): void;
  /** Makes what was added visible to other runs. Never throws: what can't be written is extracted again. */
  save(): void;
  close(): void;
}

/** Segments smaller than this are merged when there are more than {@link MANY} of them. */
const SMALL = 8 << 20;
const MANY = 8;

/** Bytes of facts kept per repository: some 250,000 files' worth. */
export const FACTS_LIMIT = 1 << 30;

/** Opens the facts below `folder`. Never throws. */
export function openStoredFacts(folder: string, limit = FACTS_LIMIT): StoredFactsFolder {
  return new SegmentFolder(join(folder, 'facts'), limit);
}

class SegmentFolder implements StoredFactsFolder {
  #segments: Segment[] | undefined;
  #writer: SegmentWriter | undefined;
  #broken = false;

  constructor(
    private readonly folder: string,
    private readonly limit: number,
  ) {}

  get(id: string, language: Language): FileFacts | undefined {
    const key = factsKey(id, language);
    if (key === undefined) return undefined;
    for (const segment of this.#open()) {
      const source = segment.find(key);
      if (source !== undefined) return decodeFacts(source);
    }
    return undefined;
  }

  add(id: string, language: Language, facts: FileFacts): void {
    const key = factsKey(id, language);
    if (key === undefined || this.#broken) return;
    this.#attempt(() => {
      this.#writer ??= this.#create();
      this.#writer.add(key, encodeFacts(facts));
    });
  }

  save(): void {
    const writer = this.#writer;
    if (writer === undefined) return;
    this.#attempt(() => {
      writer.finish();
      this.#writer = undefined;
      this.#tidy();
    });
  }

  close(): void {
    this.#writer?.abandon();
    this.#writer = undefined;
    for (const segment of this.#segments ?? []) segment.close();
    this.#segments = undefined;
  }

  #open(): readonly Segment[] {
    this.#segments ??= segmentPaths(this.folder).flatMap((path) => openSegment(path) ?? []);
    return this.#segments;
  }

  #create(): SegmentWriter {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return new SegmentWriter(join(this.folder, segmentName()));
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch {
      this.#broken = true; // A full disk, a folder that went away: the run goes on without.
      this.#writer?.abandon();
      this.#writer = undefined;
    }
  }

  /** Merges small segments, and drops the oldest past the limit. Others may do the same at once: what is gone is gone. */
  #tidy(): void {
    const sized = segmentPaths(this.folder).flatMap((path) => {
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      return size === undefined ? [] : [{ path, size }];
    });
    let total = 0;
    for (const { path, size } of sized) {
      total += size;
      if (total > this.limit) rmSync(path, { force: true });
    }
    const small = sized.filter(({ size }) => size < SMALL).map(({ path }) => path);
    if (small.length > MANY) this.#merge(small);
  }

  #merge(paths: readonly string[]): void {
    const segments = paths.flatMap((path) => openSegment(path) ?? []);
    const writer = this.#create();
    this.#writer = writer;
    const seen = new Set<string>();
    for (const segment of segments) {
      for (const [key, blob] of segment.entries()) {
        const name = key.toString('latin1');
        if (!seen.has(name)) writer.add(key, blob);
        seen.add(name);
      }
      segment.close();
    }
    writer.finish();
    this.#writer = undefined;
    for (const path of paths) rmSync(path, { force: true });
  }
}

/** Newest first, by name. */
function segmentPaths(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.facts'));
    return names.sort().reverse().map((name) => join(folder, name)); // prettier-ignore
  } catch {
    return [];
  }
}

/** Names sort by time, so that the oldest can leave first; the rest keeps two processes apart. */
function segmentName(): string {
  return `${Date.now().toString(36).padStart(9, '0')}-${randomBytes(4).toString('hex')}.facts`;
}
