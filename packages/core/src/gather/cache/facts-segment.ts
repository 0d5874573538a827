/**
 * One file of stored facts: written whole, then never changed, so that readers need no lock.
 * In: keys and blobs. Out: a file that is there whole or not at all, and lookups by key. Not here: which files there are.
 *
 * Layout: blobs; index records sorted by key (key 24 bytes, offset, length, head: 4 bytes each); a footer (magic, count,
 * crc32 of the index). Lookups are by binary search in the index as it was read: nothing is parsed.
 */
import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Language } from '../../model/facts.js';
import { CacheFault } from './cache-fault.js';
import type { BlobSource, FactsBlob } from './facts-blob.js';

const MAGIC = 0x31_46_52_42; // `BRF1`
const KEY_BYTES = 24;
const RECORD_BYTES = KEY_BYTES + 12;
const FOOTER_BYTES = 12;
/** Written at once. */
const CHUNK = 1 << 20;

const LANGUAGES = ['ts', 'tsx', 'js', 'jsx', 'dts', 'vue', 'svelte', 'astro', 'json'] as const satisfies Language[];

/** The key of a text: 20 bytes of its git id and its language; `undefined` for texts that git has not named. */
export function factsKey(id: string, language: Language): Buffer | undefined {
  if (!/^[0-9a-f]{40,64}$/.test(id)) return undefined;
  const key = Buffer.alloc(KEY_BYTES);
  key.write(id, 0, 20, 'hex');
  key[20] = LANGUAGES.indexOf(language) + 1;
  return key;
}

/** A segment that is open for reading. */
export interface Segment {
  readonly path: string;
  readonly bytes: number;
  find(key: Buffer): BlobSource | undefined;
  /** Every key with its blob, in order of keys. */
  entries(): Iterable<readonly [Buffer, FactsBlob]>;
  close(): void;
}

/** Opens a segment; `undefined` where it is no whole segment. Never throws. */
export function openSegment(path: string): Segment | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const segment = readSegment(path, file);
    if (segment === undefined) closeSync(file);
    return segment;
  } catch {
    if (file !== undefined) closeSync(file);
    return undefined;
  }
}

function readSegment(path: string, file: number): Segment | undefined {
  const bytes = fstatSync(file).size;
  if (bytes < FOOTER_BYTES) return undefined;
  const footer = readAt(file, bytes - FOOTER_BYTES, FOOTER_BYTES);
  const count = footer.readUInt32LE(4);
  const start = bytes - FOOTER_BYTES - count * RECORD_BYTES;
  if (footer.readUInt32LE(0) !== MAGIC || start < 0) return undefined;
  const index = readAt(file, start, count * RECORD_BYTES);
  if (crc32(index) !== footer.readUInt32LE(8)) return undefined;
  const fault = (what: string): CacheFault => {
    rmSync(path, { force: true });
    return new CacheFault(what);
  };
  const source = (at: number): BlobSource => {
    const offset = index.readUInt32LE(at + KEY_BYTES);
    return {
      head: index.readUInt32LE(at + KEY_BYTES + 8),
      read: (from, length) => {
        const read = readAt(file, offset + from, length);
        if (read.length !== length) throw fault('stored facts are cut short');
        return read;
      },
      fault,
    };
  };
  return {
    path,
    bytes,
    find: (key) => {
      const at = search(index, count, key);
      return at < 0 ? undefined : source(at);
    },
    *entries() {
      for (let at = 0; at < index.length; at += RECORD_BYTES) {
        const { head, read } = source(at);
        yield [index.subarray(at, at + KEY_BYTES), { bytes: read(0, index.readUInt32LE(at + KEY_BYTES + 4)), head }];
      }
    },
    close: () => closeSync(file),
  };
}

/** Shorter where the file ends before. */
function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}

/** Position of the record, −1 where there is none. */
function search(index: Buffer, count: number, key: Buffer): number {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = middle * RECORD_BYTES;
    const order = index.compare(key, 0, KEY_BYTES, at, at + KEY_BYTES);
    if (order === 0) return at;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Writes one segment, blob by blob, into a file beside its place; `finish` puts it there. */
export class SegmentWriter {
  readonly #file: number;
  readonly #records: Buffer[] = [];
  readonly #draft: string;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #offset = 0;

  /** @throws where the folder can't be written. */
  constructor(readonly path: string) {
    this.#draft = `${path}.draft`;
    this.#file = openSync(this.#draft, 'wx', 0o600);
  }

  add(key: Buffer, { bytes, head }: FactsBlob): void {
    const record = Buffer.alloc(RECORD_BYTES);
    key.copy(record);
    record.writeUInt32LE(this.#offset, KEY_BYTES);
    record.writeUInt32LE(bytes.length, KEY_BYTES + 4);
    record.writeUInt32LE(head, KEY_BYTES + 8);
    this.#records.push(record);
    this.#offset += bytes.length;
    this.#write(bytes);
  }

  finish(): void {
    const index = Buffer.concat(this.#records.sort((left, right) => left.compare(right, 0, KEY_BYTES, 0, KEY_BYTES)));
    const footer = Buffer.alloc(FOOTER_BYTES);
    footer.writeUInt32LE(MAGIC, 0);
    footer.writeUInt32LE(this.#records.length, 4);
    footer.writeUInt32LE(crc32(index), 8);
    this.#write(index);
    this.#write(footer);
    this.#flush();
    closeSync(this.#file);
    renameSync(this.#draft, this.path);
  }

  /** Leaves nothing behind. */
  abandon(): void {
    try {
      closeSync(this.#file);
    } catch {
      // It is closed already.
    }
    rmSync(this.#draft, { force: true });
  }

  #write(bytes: Buffer): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes > CHUNK) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending);
    for (let written = 0; written < bytes.length;) written += writeSync(this.#file, bytes, written);
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}
