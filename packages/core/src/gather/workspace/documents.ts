/**
 * JSON, JSON with comments and YAML as plain values, read as far as they go.
 * In: text. Out: the value and, where the text is broken, the first fault with its line. Never throws.
 * Not here: what the values mean.
 */
import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { parseDocument } from 'yaml';

/** An object as written, of which nothing is known yet. Read it through the functions below. */
export type RawObject = Readonly<Record<string, unknown>>;

/** A parsed text. */
export interface ParsedDocument {
  /** The value as far as it could be read; `undefined` where nothing could. */
  readonly value: unknown;
  /** The first fault. `line` is 1-based. */
  readonly fault?: { readonly message: string; readonly line: number };
}

/** Strict JSON where the text is that (fast), else JSON with comments and trailing commas, fault-tolerant. */
export function parseJson(text: string): ParsedDocument {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return parseTolerant(text);
  }
}

function parseTolerant(text: string): ParsedDocument {
  const errors: ParseError[] = [];
  let value: unknown;
  try {
    value = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: false });
  } catch {
    // The parser recurses once per nesting level; only a hostile text is nested that deep.
    return { value: undefined, fault: { message: 'nested too deeply', line: 1 } };
  }
  const first = errors[0];
  if (first === undefined) return { value };
  return { value, fault: { message: describeError(first), line: lineOf(text, first.offset) } };
}

/** `CommaExpected` → `comma expected`. */
function describeError(error: ParseError): string {
  return printParseErrorCode(error.error)
    .replace(/(?!^)[A-Z]/g, ' $&')
    .toLowerCase();
}

/** YAML 1.2. A fault leaves what stands before it. */
export function parseYaml(text: string): ParsedDocument {
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    const error = document.errors[0];
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    if (error === undefined) return { value };
    return {
      value,
      fault: { message: error.code.toLowerCase().replaceAll('_', ' '), line: lineOf(text, error.pos[0]) },
    };
  } catch {
    return { value: undefined, fault: { message: 'not readable as YAML', line: 1 } };
  }
}

/** 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** True for what `{…}` makes. */
export function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value itself where it is an object, else an empty one. */
export function objectOf(value: unknown): RawObject {
  return isObject(value) ? value : {};
}

/** The strings of an array (a lone string counts as one), else nothing. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The value where it is a string with something in it. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An object's string-valued entries. */
export function stringRecordOf(value: unknown): Readonly<Record<string, string>> {
  const pairs = Object.entries(objectOf(value)).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(pairs);
}
