/**
 * Many texts as two columns: bytes, and where each text starts.
 * In: texts. Out: columns, and from columns the single texts. Nothing is decoded that is not asked for.
 */
import type { ColumnsReader } from './cache/index.js';

/** Texts that are decoded one by one. */
export function textFields(name: string, texts: readonly string[]): Record<string, unknown> {
  const bytes = texts.map((text) => UTF8.encode(text));
  const starts = new Uint32Array(texts.length + 1);
  bytes.forEach(({ length }, index) => (starts[index + 1] = starts[index]! + length));
  const whole = new Uint8Array(starts.at(-1)!);
  bytes.forEach((one, index) => whole.set(one, starts[index]));
  return { [`${name}.starts`]: starts, [`${name}.bytes`]: whole };
}

const UTF8 = new TextEncoder();
const TEXT = new TextDecoder();

/** The same again: the text at an index. */
export function textsIn(columns: ColumnsReader, name: string): (index: number) => string {
  const [starts, bytes] = [columns.get(`${name}.starts`) as Uint32Array, columns.get(`${name}.bytes`) as Uint8Array];
  return (index) =>
    starts[index] === starts[index + 1] ? '' : TEXT.decode(bytes.subarray(starts[index], starts[index + 1]));
}
