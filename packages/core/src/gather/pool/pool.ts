/**
 * Worker threads for the two costly pure functions, and the same work inline where threads don't pay or can't start.
 * In: how many threads are wanted. Out: the same answers, whoever computed them. Not here: what is computed (facts, reach).
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import workerpool from 'workerpool';
import { BATCH, reachSizes, type Places, type ReachGraph, type Seed } from '../../analyze/reach/index.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { FileFacts } from '../../model/facts.js';
import type { ReachSize } from '../../model/impact.js';
import type { AnalyzeOptions } from '../../model/options.js';
import type { ExtractInput } from '../facts-store.js';
import { extractFacts, type FactsInput } from '../facts/index.js';

/** Runs the engine's pure functions somewhere. */
export interface Pool {
  /** Facts of the inputs, in order. */
  extract(inputs: readonly ExtractInput[]): Promise<FileFacts[]>;
  /** One size per seed, in order. The graph's arrays are shared where they stand on shared memory. */
  sizes(graph: ReachGraph, seeds: readonly Seed[], places: Places): Promise<ReachSize[]>;
  /** What went wrong with threads so far; the answers are not affected. */
  diagnostics(): readonly Diagnostic[];
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Threads past this many wait for memory more than they compute. */
const MAX_THREADS = 8;

/** Texts per message: enough to hide the cost of sending, few enough to share out evenly. */
const CHUNK = 16;

/** Messages that a thread has before it: one to work on, one for when this thread is too busy to send the next. */
const AHEAD = 2;

/** With `auto`, this much text is extracted inline before threads start: each thread must first compile the extractor. */
const INLINE_CHARACTERS = 6_000_000;

/** With `auto`, reaches of fewer changes than this are sized inline. */
const INLINE_CHANGES = 4 * BATCH;

/** What a pool is made of. */
export interface PoolOptions extends Pick<AnalyzeOptions, 'threads' | 'parser'> {
  /** The worker's file; default the built one, if it is there. */
  readonly script?: string | undefined;
}

/** A pool; no thread starts before there is work that pays for it. `threads` 0 never starts one. */
export function createPool(options: PoolOptions = {}): Pool {
  return new LazyPool(options);
}

type Threads = ReturnType<typeof workerpool.pool>;

class LazyPool implements Pool {
  readonly #wanted: number;
  readonly #auto: boolean;
  readonly #parser: FactsInput['parser'];
  readonly #script: string | undefined;
  readonly #diagnostics: Diagnostic[] = [];
  #seen = 0;
  #threads: Threads | undefined;
  #broken = false;
  #fail: (reason: unknown) => void = () => undefined;
  /** Rejects when a thread fails: tasks that wait for a dead thread are never settled by workerpool itself. */
  readonly #failed = new Promise<never>((_, reject) => {
    this.#fail = reject;
  });

  constructor({ threads = 'auto', parser, script = workerFile() }: PoolOptions) {
    this.#script = script;
    this.#auto = threads === 'auto';
    this.#wanted = threads === 'auto' ? Math.min(availableParallelism() - 1, MAX_THREADS) : threads;
    this.#parser = parser;
    this.#failed.catch(() => undefined);
  }

  async extract(inputs: readonly ExtractInput[]): Promise<FileFacts[]> {
    const whole: FactsInput[] = inputs.map((input) =>
      this.#parser === undefined ? input : { ...input, parser: this.#parser },
    );
    for (const { text } of inputs) this.#seen += text.length;
    const inline = (chunk: readonly FactsInput[]): FileFacts[] => chunk.map((input) => extractFacts(input));
    const threads = this.#pays(this.#seen > INLINE_CHARACTERS) ? this.#start() : undefined;
    if (!threads) return inline(whole);
    const send = async (chunk: readonly FactsInput[]): Promise<FileFacts[]> =>
      JSON.parse((await threads.exec('extractBatch', [chunk])) as string) as FileFacts[];
    return this.#share(chunksOf(whole, CHUNK), send, inline);
  }

  async sizes(graph: ReachGraph, seeds: readonly Seed[], places: Places): Promise<ReachSize[]> {
    const { count, reverse, unmoved } = graph;
    const bare: ReachGraph = { count, reverse, ...(unmoved === undefined ? {} : { unmoved }) };
    const plain = seeds.map(({ node, seeds: bits }) => ({ node, seeds: bits }));
    const inline = (chunk: readonly Seed[]): ReachSize[] => reachSizes(bare, chunk, places);
    const threads = this.#pays(seeds.length > INLINE_CHANGES) ? this.#start() : undefined;
    if (!threads) return inline(plain);
    const hands = this.#wanted + (this.#auto ? 1 : 0);
    const share = Math.max(BATCH, Math.ceil(plain.length / hands / BATCH) * BATCH);
    const send = (chunk: readonly Seed[]): Promise<ReachSize[]> =>
      threads.exec('sizeBatch', [bare, chunk, places]) as unknown as Promise<ReachSize[]>;
    return this.#share(chunksOf(plain, share), send, inline);
  }

  diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = undefined;
    await threads?.terminate(true);
  }

  #pays(enough: boolean): boolean {
    return this.#wanted > 0 && !this.#broken && (enough || !this.#auto);
  }

  #start(): Threads | undefined {
    if (this.#threads) return this.#threads;
    if (this.#script === undefined) return undefined;
    this.#threads = workerpool.pool(this.#script, { maxWorkers: this.#wanted, workerType: 'thread' });
    return this.#threads;
  }

  /** The threads and this one, which has compiled the work already, take chunk after chunk until none is left. */
  async #share<In, Out>(
    chunks: readonly (readonly In[])[],
    send: (chunk: readonly In[]) => Promise<Out[]>,
    inline: (chunk: readonly In[]) => Out[],
  ): Promise<Out[]> {
    const parts: Out[][] = [];
    let next = 0;
    const taking = async (work: (chunk: readonly In[]) => Promise<Out[]>): Promise<void> => {
      while (next < chunks.length) {
        const at = next++;
        parts[at] = await work(chunks[at] as readonly In[]);
      }
    };
    const here = async (chunk: readonly In[]): Promise<Out[]> => {
      await breath();
      return inline(chunk);
    };
    const away = (chunk: readonly In[]): Promise<Out[]> => this.#orInline(send, inline, chunk);
    const takers = Array.from({ length: this.#wanted * AHEAD }, () => away);
    await Promise.all((this.#auto ? [here, ...takers] : takers).map(taking));
    return parts.flat();
  }

  /** In a thread; a chunk whose thread failed, and all later ones, inline. */
  async #orInline<In, Out>(
    send: (chunk: readonly In[]) => Promise<Out[]>,
    inline: (chunk: readonly In[]) => Out[],
    chunk: readonly In[],
  ): Promise<Out[]> {
    if (this.#broken) return inline(chunk);
    try {
      return await Promise.race([send(chunk), this.#failed]);
    } catch (error) {
      this.#giveUp(error);
      return inline(chunk);
    }
  }

  #giveUp(error: unknown): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#fail(error);
    const reason = error instanceof Error ? error.message : String(error);
    this.#diagnostics.push({
      kind: 'worker-fallback',
      level: 'note',
      message: `Worker threads failed (${reason}); the work was done in one thread, with the same result.`,
    });
  }
}

/** The built worker beside this file; under a test runner this file is TypeScript and the worker stands in `dist`. */
export function workerFile(): string | undefined {
  const here = import.meta.url;
  const url = here.endsWith('.ts')
    ? new URL('../../../dist/gather/pool/worker.js', here)
    : new URL('./worker.js', here);
  const file = fileURLToPath(url);
  return existsSync(file) ? file : undefined;
}

/** Lets messages of the threads in. */
function breath(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
