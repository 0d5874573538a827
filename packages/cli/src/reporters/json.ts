/**
 * Any result as JSON. In: a JSON-safe record. Out: text that ends in a newline.
 * Not here: the schema (the library's).
 */

/** JSON leaves these as they are, but a terminal that shows them need not: DEL, C1, separators, direction marks. */
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** `value` as indented JSON, with everything that a terminal could obey escaped. Parses back to the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
