/**
 * A 64-bit hash over a stream of tokens, in plain JavaScript: two 32-bit murmur3-like lanes.
 * In: numbers, texts and variables (which count by order of first occurrence, so that names don't matter).
 * Out: sixteen hex digits. Not cryptographic: it tells edits apart, not attackers.
 */

/** Where ordinals of variables start, away from the small numbers that stand for flags and lengths. */
const ORDINAL_BASE = 0x5bd1e995;

/** Texts are hashed once while they stay in this table; it is emptied when it grows past its limit. */
const TEXT_CODES = new Map<string, TextCode>();
const TEXT_CODES_LIMIT = 50_000;
/** Longer texts are rarely met twice. */
const TEXT_LENGTH_LIMIT = 48;

/** The two lanes of a text's own hash. */
export interface TextCode {
  readonly a: number;
  readonly b: number;
}

/** The code of a text; equal texts have equal codes. Linear in its length, constant once seen. */
export function textCode(text: string): TextCode {
  if (text.length > TEXT_LENGTH_LIMIT) return freshTextCode(text);
  const known = TEXT_CODES.get(text);
  if (known !== undefined) return known;
  const code = freshTextCode(text);
  if (TEXT_CODES.size >= TEXT_CODES_LIMIT) TEXT_CODES.clear();
  TEXT_CODES.set(text, code);
  return code;
}

/** The same for a text that is not likely to come again. */
export function freshTextCode(text: string): TextCode {
  let a = 0x811c9dc5;
  let b = 0x1b873593 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return { a: a | 0, b: b | 0 };
}

/** A running hash. */
export class Fingerprint {
  private a = 0x2545f491;
  private b = 0x6c8e9cf5;
  private ordinals: Map<object, number> | undefined;

  /** Adds one token given as two lanes. */
  pair(left: number, right: number): void {
    let k = Math.imul(left, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    let a = this.a ^ Math.imul(k, 0x1b873593);
    a = (a << 13) | (a >>> 19);
    this.a = (Math.imul(a, 5) + 0xe6546b64) | 0;
    k = Math.imul(right, 0x239b961b);
    k = (k << 16) | (k >>> 16);
    let b = this.b ^ Math.imul(k, 0xab0e9789);
    b = (b << 17) | (b >>> 15);
    this.b = (Math.imul(b, 9) + 0x561ccd1b) | 0;
  }

  /** Adds a variable by the order in which this hash first met it. */
  variable(variable: object): void {
    this.ordinals ??= new Map();
    let ordinal = this.ordinals.get(variable);
    if (ordinal === undefined) this.ordinals.set(variable, (ordinal = this.ordinals.size + 1));
    this.pair(ORDINAL_BASE + ordinal, ordinal);
  }

  /** The hash so far; more tokens may follow. */
  hex(): string {
    return hexOf(finish(this.a ^ this.b), finish(this.b));
  }
}

/** The hash of one text, as {@link Fingerprint.hex} gives it. */
export function fingerprintOf(text: string): string {
  const print = new Fingerprint();
  const code = textCode(text);
  print.pair(code.a, code.b);
  return print.hex();
}

function finish(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * All digits at once: `toString(16)` and padding cost ten times as much, and there are three hashes a symbol. Two joined halves
 * would stay three strings.
 */
function hexOf(left: number, right: number): string {
  return String.fromCharCode(
    digit(left >>> 28),
    digit(left >>> 24),
    digit(left >>> 20),
    digit(left >>> 16),
    digit(left >>> 12),
    digit(left >>> 8),
    digit(left >>> 4),
    digit(left),
    digit(right >>> 28),
    digit(right >>> 24),
    digit(right >>> 20),
    digit(right >>> 16),
    digit(right >>> 12),
    digit(right >>> 8),
    digit(right >>> 4),
    digit(right),
  );
}

/** The code of the hexadecimal digit for the last four bits. */
function digit(value: number): number {
  const low = value & 15;
  return low < 10 ? low + 48 : low + 87;
}
