/**
 * Named columns in one file: typed arrays that are views of the bytes as they were read, and values as JSON.
 * In: a record. Out: the same record, whole or not at all. Not here: what the columns mean.
 *
 * Layout: magic, header length, crc32 of all that follows (4 bytes each, then 4 unused); the header `[[name, type, offset, bytes], …]` as JSON;
 * the columns, each at a multiple of 8.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const MAGIC = 0x31_54_52_42; // `BRT1`
const PREFIX_BYTES = 16;
const ARRAYS = { Uint8Array, Int32Array, Uint32Array } as const;

type ColumnType = keyof typeof ARRAYS | 'json';
type Field = readonly [name: string, type: ColumnType, offset: number, bytes: number];

/** Writes `columns` into `path` by way of a file beside it. @throws where the disk refuses. */
export function writeColumns(path: string, columns: Readonly<Record<string, unknown>>): void {
  const fields: Field[] = [];
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, value] of Object.entries(columns)) {
    const type = typeOf(value);
    const bytes = type === 'json' ? Buffer.from(JSON.stringify(value)) : bytesOf(value as Uint8Array);
    fields.push([name, type, offset, bytes.length]);
    const padding = Buffer.alloc(-bytes.length & 7);
    parts.push(bytes, padding);
    offset += bytes.length + padding.length;
  }
  const header = Buffer.from(JSON.stringify(fields));
  const body = Buffer.concat([header, Buffer.alloc(-header.length & 7), ...parts]);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32LE(MAGIC, 0);
  prefix.writeUInt32LE(header.length, 4);
  prefix.writeUInt32LE(crc32(body), 8);
  const draft = `${path}.draft`;
  try {
    writeFileSync(draft, Buffer.concat([prefix, body]), { flag: 'wx', mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Columns of a file; values in JSON are parsed when they are asked for. */
export interface ColumnsReader {
  /** @throws what `missing` made, where the file has no such column. */
  get(name: string): unknown;
}

/** Reads a file of columns; `undefined` where it is not there, or not what was written. Never throws; its columns may be missing later. */
export function readColumns(path: string, missing: (what: string) => Error): ColumnsReader | undefined {
  try {
    const bytes = readFileSync(path);
    const body = bytes.subarray(PREFIX_BYTES);
    if (bytes.readUInt32LE(0) !== MAGIC || crc32(body) !== bytes.readUInt32LE(8)) return undefined;
    const length = bytes.readUInt32LE(4);
    const fields = new Map((JSON.parse(body.toString('utf8', 0, length)) as Field[]).map((field) => [field[0], field]));
    const start = length + (-length & 7);
    const columns = body.subarray(start);
    return {
      get: (name) => {
        const field = fields.get(name);
        if (field === undefined) throw missing(`the column ${name} is missing`);
        return columnIn(columns, field);
      },
    };
  } catch {
    return undefined;
  }
}

function columnIn(columns: Buffer, [, type, offset, length]: Field): unknown {
  const bytes = columns.subarray(offset, offset + length);
  if (type === 'json') return JSON.parse(bytes.toString('utf8'));
  const { BYTES_PER_ELEMENT } = ARRAYS[type];
  // Node reads into memory of its own, but a small file may stand at an odd place in a shared pool.
  const aligned = bytes.byteOffset % BYTES_PER_ELEMENT === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  return new ARRAYS[type](aligned.buffer as ArrayBuffer, aligned.byteOffset, length / BYTES_PER_ELEMENT);
}

function typeOf(value: unknown): ColumnType {
  const name = ArrayBuffer.isView(value) ? value.constructor.name : '';
  return name in ARRAYS ? (name as ColumnType) : 'json';
}

function bytesOf(array: Uint8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
