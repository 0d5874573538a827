/**
 * One file's facts as bytes, field by field, so that a reader decodes only the fields that it asks for.
 * In: `FileFacts`. Out: bytes, and from bytes an object with the same fields, decoded at first use. It knows no field by name:
 * a new one needs nothing here but a new `FACTS_VERSION`.
 *
 * Layout: length and crc32 of the header (4 bytes each), the header as JSON `[[field, bytes, crc32], …]`, then each field as JSON. The longest field comes last.
 */
import { crc32 } from 'node:zlib';
import type { FileFacts } from '../../model/facts.js';
import type { CacheFault } from './cache-fault.js';

const PREFIX_BYTES = 8;

/** Encoded facts. */
export interface FactsBlob {
  readonly bytes: Buffer;
  /** How many bytes hold the header and every field but the last. */
  readonly head: number;
}

/** Where a blob's bytes are read from. */
export interface BlobSource {
  /** @throws CacheFault where they are not there. */
  read(start: number, length: number): Buffer;
  /** See {@link FactsBlob.head}. */
  readonly head: number;
  /** What is thrown where the bytes are not what was written; they will not be found again. */
  fault(what: string): CacheFault;
}

/** Encodes. Linear in the facts. */
export function encodeFacts(facts: FileFacts): FactsBlob {
  const fields = Object.entries(facts).map(([name, value]) => ({ name, bytes: Buffer.from(JSON.stringify(value)) }));
  fields.sort((left, right) => left.bytes.length - right.bytes.length);
  const header = Buffer.from(JSON.stringify(fields.map(({ name, bytes }) => [name, bytes.length, crc32(bytes)])));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32LE(header.length, 0);
  prefix.writeUInt32LE(crc32(header), 4);
  const bytes = Buffer.concat([prefix, header, ...fields.map((field) => field.bytes)]);
  return { bytes, head: bytes.length - (fields.at(-1)?.bytes.length ?? 0) };
}

/** The facts that `source` holds, each field decoded when it is first asked for. A broken blob throws `CacheFault` then. */
export function decodeFacts(source: BlobSource): FileFacts {
  const head = source.read(0, source.head);
  const fields = readHeader(source, head);
  return new (classFor(fields.map(([name]) => name)))(source, head, fields) as unknown as FileFacts;
}

type Field = readonly [name: string, length: number, checksum: number];

function readHeader(source: BlobSource, head: Buffer): readonly Field[] {
  const header = head.subarray(PREFIX_BYTES, PREFIX_BYTES + head.readUInt32LE(0));
  if (crc32(header) !== head.readUInt32LE(4)) throw source.fault('a header of stored facts is damaged');
  return JSON.parse(header.toString('utf8')) as readonly Field[];
}

/** Facts that are still bytes. */
class StoredFacts {
  readonly #source: BlobSource;
  #head: Buffer | undefined;
  readonly #fields: readonly Field[];
  readonly #values: unknown[] = [];
  #open: number;

  constructor(source: BlobSource, head: Buffer, fields: readonly Field[]) {
    this.#source = source;
    this.#head = head;
    this.#fields = fields;
    this.#open = fields.length;
  }

  field(at: number): unknown {
    const known = this.#values[at];
    if (known !== undefined) return known;
    const value: unknown = this.#decode(at);
    this.#values[at] = value;
    if (--this.#open === 0) this.#head = undefined;
    return value;
  }

  #decode(at: number): unknown {
    const [, length, checksum] = this.#fields[at] as Field;
    const head = this.#head as Buffer;
    let start = PREFIX_BYTES + head.readUInt32LE(0);
    for (let before = 0; before < at; before++) start += (this.#fields[before] as Field)[1];
    const bytes = start < head.length ? head.subarray(start, start + length) : this.#source.read(start, length);
    if (bytes.length !== length || crc32(bytes) !== checksum) throw this.#source.fault('stored facts are damaged');
    return JSON.parse(bytes.toString('utf8'));
  }
}

const classes = new Map<string, typeof StoredFacts>();

/** A class whose instances have these fields; one per set of fields, so that all facts have one shape. */
function classFor(names: readonly string[]): typeof StoredFacts {
  const key = names.join();
  let known = classes.get(key);
  if (known === undefined) {
    known = class extends StoredFacts {};
    names.forEach((name, at) =>
      Object.defineProperty((known as typeof StoredFacts).prototype, name, {
        enumerable: true,
        get(this: StoredFacts) {
          return this.field(at);
        },
      }),
    );
    classes.set(key, known);
  }
  return known;
}
