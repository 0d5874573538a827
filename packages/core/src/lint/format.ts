/**
 * The prepared index as bytes: a magic word, a JSON header that says where each column stands, the columns, the strings.
 * In: tables or bytes. Out: the other. Little-endian words, as every platform that Node runs on has them.
 * Numbers are views of the bytes and strings are decoded when asked for: opening costs no more than the header.
 */
import {
  LINT_INDEX_VERSION,
  U32_COLUMNS,
  U8_COLUMNS,
  type LintIndexMeta,
  type LintTables,
  type U32Column,
  type U8Column,
} from '../model/lint-index.js';

/** What a reader asks of an index. */
export interface LintColumns {
  readonly meta: LintIndexMeta;
  readonly u32: LintTables['u32'];
  readonly u8: LintTables['u8'];
  /** The string at an index. */
  text(index: number): string;
}

interface Header {
  readonly meta: LintIndexMeta;
  /** `[byte offset behind the header, number of elements]`. */
  readonly u32: Readonly<Record<U32Column, readonly [number, number]>>;
  readonly u8: Readonly<Record<U8Column, readonly [number, number]>>;
  /** Ends of the strings, in bytes of `texts`. */
  readonly ends: readonly [number, number];
  readonly texts: readonly [number, number];
  /** Bytes behind the header: a file that was cut has fewer. */
  readonly size: number;
}

const MAGIC = 'BLASTLNT';
/** The magic word and the header's length. */
const PREFIX = MAGIC.length + 4;

const aligned = (offset: number): number => (offset + 3) & ~3;

/** One buffer, to be written whole. */
export function encodeLintIndex({ meta, strings, u32, u8 }: LintTables): Uint8Array {
  const texts = strings.map((text) => Buffer.from(text, 'utf8'));
  let end = 0;
  const ends = Uint32Array.from(texts, (text) => (end += text.length));
  const parts: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  let size = 0;
  const place = (array: Uint32Array | Uint8Array): [number, number] => {
    const at = aligned(size);
    parts.push({ at, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
    size = at + array.byteLength;
    return [at, array.length];
  };
  const header: Header = {
    meta,
    u32: record(U32_COLUMNS, (name) => place(u32[name])),
    u8: record(U8_COLUMNS, (name) => place(u8[name])),
    ends: place(ends),
    texts: place(Buffer.concat(texts)),
    size,
  };
  const head = Buffer.from(JSON.stringify(header), 'utf8');
  const start = aligned(PREFIX + head.length);
  const bytes = new Uint8Array(start + size);
  bytes.set(Buffer.from(MAGIC, 'latin1'), 0);
  new DataView(bytes.buffer).setUint32(MAGIC.length, head.length, true);
  bytes.set(head, PREFIX);
  for (const part of parts) bytes.set(part.bytes, start + part.at);
  return bytes;
}

/** `undefined` where the bytes are no index of this version: cut short, of another release, something else. */
export function decodeLintIndex(bytes: Uint8Array): LintColumns | undefined {
  const found = readHeader(bytes);
  if (found === undefined || found.header.meta.version !== LINT_INDEX_VERSION) return undefined;
  if (bytes.length !== found.start + found.header.size) return undefined;
  const { header, start } = found;
  // Words can only be read where they are aligned; a small file may lie anywhere in a buffer that it shares.
  const whole = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const words = ([offset, length]: readonly [number, number]): Uint32Array => {
    return new Uint32Array(whole.buffer, whole.byteOffset + start + offset, length);
  };
  const ends = words(header.ends);
  const texts = Buffer.from(whole.buffer, whole.byteOffset + start + header.texts[0], header.texts[1]);
  return {
    meta: header.meta,
    u32: record(U32_COLUMNS, (name) => words(header.u32[name])),
    u8: record(U8_COLUMNS, (name) => {
      const [offset, length] = header.u8[name];
      return whole.subarray(start + offset, start + offset + length);
    }),
    text: (index) => texts.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index]),
  };
}

function readHeader(bytes: Uint8Array): { readonly header: Header; readonly start: number } | undefined {
  if (bytes.length < PREFIX || Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC)
    return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  try {
    const text = Buffer.from(bytes.subarray(PREFIX, PREFIX + length)).toString('utf8');
    return { header: JSON.parse(text) as Header, start: aligned(PREFIX + length) };
  } catch {
    return undefined;
  }
}

function record<Key extends string, Value>(keys: readonly Key[], value: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}
