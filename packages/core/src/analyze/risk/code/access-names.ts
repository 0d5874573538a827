/** Whether a name speaks of access. In: a name as code writes it. Out: yes or no, by the catalogue's words alone. Pure. */
import {
  ACCESS_WORDS,
  ACTOR_WORDS,
  DEMANDING_WORDS,
  MEASURED_WORDS,
  SHOWN_WORDS,
} from '../../../catalogue/access-words.js';

/** The words of a name, in lower case. */
export function wordsOfName(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** See the file's head. */
export function namesAccess(name: string): boolean {
  const words = wordsOfName(name);
  if (SHOWN_WORDS.has(words.at(-1) ?? '')) return false;
  const isMeasured = words.some((word) => MEASURED_WORDS.has(word));
  if (words.some((word) => ACCESS_WORDS.has(word) && !(isMeasured && /^tokens?$/.test(word)))) return true;
  const demanding = words.findIndex((word) => DEMANDING_WORDS.has(word));
  return demanding >= 0 && words.slice(demanding + 1).some((word) => ACTOR_WORDS.has(word));
}
