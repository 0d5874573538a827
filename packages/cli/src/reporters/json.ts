/**
 * Any result as JSON. In: a JSON-safe record. Out: text that ends in a newline.
 * Not here: the schema (the library's).
 */

/** JSON leaves these as they are, but a terminal that shows them need not: DEL, C1, format characters, separators. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** `value` as indented JSON, with everything that a terminal could obey escaped. Parses back to the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(UNSAFE, escaped)}\n`;
}

/** Past the first plane, two escapes. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
