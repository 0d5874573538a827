/**
 * oxc's tree without JSON: the parser writes it into a buffer, its own generated code makes the objects from there.
 * In: text and options. Out: program, comments and errors, or nothing where this process can't (parser.ts then takes JSON).
 * oxc-parser's own front door to this asks for Node 22 and a buffer of 6 GiB, whose address space weighs on the garbage
 * collector; 4 GiB will do, in which an aligned block of 2 GiB is sought. The files below its package are no public interface:
 * the version is pinned, and a probe is read both ways before the result is trusted.
 */
import { createRequire } from 'node:module';
import type { ParserOptions } from 'oxc-parser';
import type { Comment, Node } from './syntax.js';

/** What one text gives. */
export interface RawParsed {
  readonly program: Node;
  readonly comments: readonly Comment[];
  readonly errors: readonly unknown[];
}

/** Parses one text; the options are those of `parseSync`, `astType` being `ts`. Throws where oxc does. */
export type RawParse = (text: string, options: ParserOptions) => RawParsed;

/** The views over the block that oxc's generated code expects. */
type Block = Uint8Array & { int32: Int32Array; float64: Float64Array; block: Uint8Array };

interface Bindings {
  readonly rawTransferSupported: () => boolean;
  readonly getBufferOffset: (buffer: Uint8Array) => number;
  readonly parseRawSync: (file: string, block: Uint8Array, at: number, bytes: number, options: ParserOptions) => void;
}

interface Constants {
  readonly BLOCK_SIZE: number;
  readonly BUFFER_SIZE: number;
  readonly ACTIVE_SIZE: number;
}

interface Deserializer {
  readonly deserialize: (block: Block, text: SharedText, at: number, bytes: number) => RawParsed;
}

const GIB = 2 ** 30;
/** How many buffers are tried for one with an aligned block in it: half of all addresses have one. */
const TRIES = 6;
/** After a text this long (in UTF-16 units) the block is given back, with the pages that it filled. */
const LONG_TEXT = 1 << 20;

/** A parser over a block of its own, or `undefined` where something it needs is not there or it fails the probe. Never throws. */
export function rawParser(parseSync: typeof import('oxc-parser').parseSync): RawParse | undefined {
  try {
    const load = createRequire(import.meta.url);
    const bindings = load('oxc-parser/src-js/bindings.js') as Bindings;
    if (!bindings.rawTransferSupported()) return undefined;
    const constants = load('oxc-parser/src-js/generated/constants.js') as Constants;
    const { deserialize } = load('oxc-parser/src-js/generated/deserialize/ts.js') as Deserializer;
    const parse = parserOver(bindings, constants, deserialize);
    return passesProbe(parse, parseSync) ? parse : undefined;
  } catch {
    return undefined;
  }
}

function parserOver(bindings: Bindings, constants: Constants, deserialize: Deserializer['deserialize']): RawParse {
  const encoder = new TextEncoder();
  let block: Block | undefined;
  return (text, options) => {
    block ??= findBlock(bindings, constants);
    const into = block;
    const room = text.length * 3;
    const at = constants.ACTIVE_SIZE - room;
    const source = new Uint8Array(into.buffer, into.byteOffset + at, room);
    const { written } = encoder.encodeInto(text, source);
    if (text.length > LONG_TEXT) block = undefined;
    bindings.parseRawSync('file', into.block, at, written, options);
    return deserialize(into, new SharedText(text), at, written);
  };
}

/** Texts of a tree that were met before; emptied when it is full. */
const TEXTS = new Map<string, string>();
const TEXTS_LIMIT = 50_000;

/**
 * The source as the generated code reads it. Names and values of texts (`substr`) are one string for all files, and keep no source
 * alive as a slice would; literals and comments as written (`slice`) are read and thrown away.
 */
class SharedText {
  readonly length: number;

  constructor(private readonly text: string) {
    this.length = text.length;
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  substr(start: number, length: number): string {
    return shared(this.text.substr(start, length));
  }
}

function shared(part: string): string {
  const known = TEXTS.get(part);
  if (known !== undefined) return known;
  if (TEXTS.size >= TEXTS_LIMIT) TEXTS.clear();
  const copy = ownCopy(part);
  TEXTS.set(copy, copy);
  return copy;
}

/** The same text, without the longer one that it is a part of. */
export function ownCopy(part: string): string {
  return `${part} `.slice(0, -1);
}

/** 2 GiB at an address that is a multiple of 4 GiB, within 4 GiB (the longest buffer of Node 20). Untouched pages cost nothing. */
function findBlock({ getBufferOffset }: Bindings, { BLOCK_SIZE, BUFFER_SIZE }: Constants): Block {
  const fillers: ArrayBuffer[] = [];
  for (let tried = 0; tried < TRIES; tried += 1) {
    const buffer = new ArrayBuffer(4 * GIB);
    const offset = getBufferOffset(new Uint8Array(buffer));
    if (offset + BLOCK_SIZE <= buffer.byteLength) {
      const int32 = new Int32Array(buffer, offset, BUFFER_SIZE / 4);
      const float64 = new Float64Array(buffer, offset, BUFFER_SIZE / 8);
      const block = new Uint8Array(buffer, offset, BLOCK_SIZE);
      return Object.assign(new Uint8Array(buffer, offset, BUFFER_SIZE), { int32, float64, block });
    }
    fillers.push(new ArrayBuffer(2 * GIB));
  }
  throw new RangeError(`no aligned block in ${fillers.length} buffers`);
}

const PROBE = `#!/usr/bin/env node
// é
import type { A } from './a'; export * as b from "./b";
@dec class C<T extends A = A> extends (class {})<T> { static #x?: number = 0x1_0; declare y: \`a\${string}\`; get z() { return /é+/u } }
export const f = async <T,>(a: T, { b = 1n, ...c }: Record<string, T>, [d]: T[]): Promise<void> => { await a?.b!['c']; for (const x of d as any) x satisfies 1; };
enum E { A = 'é', B = 1 << 2 } declare module 'm' { interface I { (x: number): asserts x is 1; readonly [k: string]: typeof import('./q') } }
type M<T> = { -readonly [K in keyof T]?: T[K] extends infer U ? U : never }; namespace N.O { export let v = tag\`a\\u00e9\${1}b\` }
const j = <A b="é" {...c}><>{/* d */}text &amp; e</></A>;
`;
const PROBE_OPTIONS: ParserOptions = { lang: 'tsx', sourceType: 'module', preserveParens: false, astType: 'ts' };

/** Whether both ways give one tree for a text that has a little of everything. */
function passesProbe(parse: RawParse, parseSync: typeof import('oxc-parser').parseSync): boolean {
  const raw = parse(PROBE, PROBE_OPTIONS);
  const { program, comments, errors } = parseSync('file', PROBE, PROBE_OPTIONS);
  return raw.program.body.length > 0 && written([raw.program, raw.comments, raw.errors.length]) === written([program, comments, errors.length]); // prettier-ignore
}

/** A tree as text, keys in order: the two ways write them in different ones. */
export function written(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' || part instanceof RegExp
      ? String(part)
      : part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)))
        : part,
  );
}
