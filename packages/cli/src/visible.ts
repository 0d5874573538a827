/**
 * Repository text where a person reads it: harmless (the library's part), and as one word for a shell.
 * Not here: JSON's own escapes (reporters/json.ts), quoting for a graph language (reporters/graph).
 */
import { visible } from '@blast-radius/core/visible';

export { visible };

/** The same of a text of several lines, which stay lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** Behind a letter or digit, `#` starts no comment and `~` stands for no folder. */
const SHELL_SAFE = /^(?:[\w@%+=:,./-]|(?<=\w)[#~])+$/;

/** One word for a POSIX shell: as it is where no shell could misread it, else in single quotes. */
export function shellWord(text: string): string {
  const clean = visible(text);
  return SHELL_SAFE.test(clean) ? clean : `'${clean.replaceAll("'", "'\\''")}'`;
}
