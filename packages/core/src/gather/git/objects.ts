/**
 * Reads blobs out of git's object store through one long-lived `git cat-file --batch`.
 * In: object ids. Out: their bytes. Nothing is ever fetched: what is not there is absent from the answer.
 * The process starts at the first question and never keeps Node alive by itself.
 */
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { type ByteCache, MAX_FILE_BYTES } from '../disk/index.js';
import type { Git } from './command.js';

interface Question {
  readonly id: string;
  readonly answer: (bytes: Uint8Array | undefined) => void;
}

/** How often git may die before the store is taken to be broken. */
const MAX_DEATHS = 20;

/** Bytes of blobs by id, in batches, cached. */
export class ObjectReader {
  private child: ChildProcess | undefined;
  private waiting: Question[] = [];
  /** Index into `waiting` of the question whose answer is being read. */
  private head = 0;
  private pending: Buffer[] = [];
  private pendingSize = 0;
  /** Bytes that must be there before the next step of parsing can succeed. */
  private needed = 1;
  /** Bytes still to be thrown away: the rest of a blob that is too large. */
  private unwanted = 0;
  private deaths = 0;

  /**
   * @param absent ids known not to be there (partial clones), so that git is never tempted to fetch them.
   */
  constructor(
    private readonly git: Git,
    private readonly cache: ByteCache,
    private readonly absent?: Promise<ReadonlySet<string>>,
  ) {}

  /** Bytes of `ids`; ids that are missing, no blobs' names, or larger than `MAX_FILE_BYTES` are left out. */
  async read(ids: Iterable<string>): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    const asked: Promise<void>[] = [];
    const absent = await this.absent;
    const child = this.child ?? this.launch();
    child.stdin?.cork();
    for (const id of new Set(ids)) {
      const cached = this.cache.get(id);
      if (cached !== undefined) found.set(id, cached);
      else if (/^[0-9a-f]{40,64}$/.test(id) && absent?.has(id) !== true) {
        asked.push(
          this.ask(id).then((bytes) => {
            if (bytes === undefined) return;
            this.cache.set(id, bytes);
            found.set(id, bytes);
          }),
        );
      }
    }
    child.stdin?.uncork();
    await Promise.all(asked);
    return found;
  }

  /** Ends the process; later questions start another. */
  close(): void {
    const { child } = this;
    this.child = undefined;
    child?.stdin?.end();
    child?.kill();
    this.giveUp();
  }

  private ask(id: string): Promise<Uint8Array | undefined> {
    return new Promise((answer) => {
      const child = this.child ?? this.launch();
      if (this.head === this.waiting.length) hold(child, true);
      this.waiting.push({ id, answer });
      child.stdin?.write(`${id}\n`);
    });
  }

  private launch(): ChildProcess {
    const child = this.git.start(['cat-file', '--batch']);
    this.child = child;
    child.stdout?.on('data', (chunk: Buffer) => {
      if (this.child === child) this.take(chunk);
    });
    child.stderr?.resume();
    child.stdin?.on('error', () => undefined);
    const ended = (): void => {
      if (this.child === child) this.recover();
    };
    child.on('error', ended);
    child.on('close', ended);
    return child;
  }

  private take(received: Buffer): void {
    const chunk = received.subarray(Math.min(this.unwanted, received.length));
    this.unwanted -= received.length - chunk.length;
    this.pending.push(chunk);
    this.pendingSize += chunk.length;
    if (this.pendingSize < this.needed) return;
    let buffer = this.pending.length === 1 ? chunk : Buffer.concat(this.pending);
    for (let next = this.step(buffer); next !== undefined; next = this.step(buffer)) buffer = next;
    this.pending = buffer.length > 0 ? [buffer] : [];
    this.pendingSize = buffer.length;
    if (this.head === this.waiting.length) {
      this.waiting = [];
      this.head = 0;
      if (this.child !== undefined) hold(this.child, false);
    }
  }

  /** Takes one whole answer off the front of `buffer`; `undefined` where it is not all there yet. */
  private step(buffer: Buffer): Buffer | undefined {
    const question = this.waiting[this.head];
    const end = question === undefined ? -1 : buffer.indexOf(10);
    if (question === undefined || end < 0) {
      this.needed = buffer.length + 1;
      return undefined;
    }
    const [, type, written] = buffer.toString('latin1', 0, end).split(' ');
    const size = type === 'missing' || written === undefined ? -1 : Number(written);
    const after = end + 1 + (size < 0 ? 0 : size + 1);
    if (size > MAX_FILE_BYTES) this.unwanted = Math.max(0, after - buffer.length);
    else if (buffer.length < after) {
      this.needed = after;
      return undefined;
    }
    this.head++;
    const readable = type === 'blob' && size <= MAX_FILE_BYTES;
    // A copy: a view would keep the whole chunk alive for one small file.
    question.answer(readable ? Uint8Array.prototype.slice.call(buffer, end + 1, end + 1 + size) : undefined);
    return buffer.subarray(after);
  }

  /** Git died over the object that is next (a corrupt one): that one is given up, the rest is asked again. */
  private recover(): void {
    const rest = this.waiting.slice(this.head + 1);
    this.waiting = this.waiting.slice(this.head, this.head + 1);
    this.head = 0;
    this.child = undefined;
    this.giveUp();
    if (++this.deaths > MAX_DEATHS) rest.forEach(({ answer }) => answer(undefined));
    else rest.forEach(({ id, answer }) => void this.ask(id).then(answer));
  }

  private giveUp(): void {
    const open = this.waiting.slice(this.head);
    this.waiting = [];
    this.head = 0;
    this.pending = [];
    this.pendingSize = 0;
    this.needed = 1;
    this.unwanted = 0;
    for (const { answer } of open) answer(undefined);
  }
}

/**
 * Blobs that the named commits mention and that this partial clone does not hold.
 * Git tells without fetching; where it can't tell (some trees are missing too) the answer is empty.
 */
export async function listAbsent(git: Git, commits: readonly string[]): Promise<Set<string>> {
  if (commits.length === 0) return new Set();
  const args = ['rev-list', '--objects', '--no-walk', '--missing=print', '--no-object-names', '--stdin'];
  const { stdout } = await git.run(args, `${commits.join('\n')}\n`);
  const lines = stdout.toString('latin1').split('\n');
  return new Set(lines.flatMap((line) => (line.startsWith('?') ? line.slice(1) : [])));
}

/** Whether the process and its pipes keep Node alive. */
function hold(child: ChildProcess, alive: boolean): void {
  for (const part of [child, child.stdin, child.stdout, child.stderr] as unknown as (Socket | null)[]) {
    if (alive) part?.ref();
    else part?.unref();
  }
}
