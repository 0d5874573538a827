/**
 * Repository text made harmless: names and paths are other people's bytes, and a terminal obeys some of them.
 * In: any string. Out: the same with control and direction characters spelt out.
 * Not here: JSON's own escapes (reporters/json.ts), quoting for a graph language (reporters/graph).
 */

/** Control characters, line and paragraph separators, direction overrides, zero-width marks, unpaired surrogates. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** What runners take for a command where a log shows it: `::error::` at the start of a line, `##[group]` and `##vso[…]` anywhere. */
const LOG_COMMAND = /^(\s*):(?=:)|#(?=#\w*\[)/g;

/** `text` with every character that could move the cursor, colour, hide, reorder or command as `\xNN` or `\u{NNNN}`. */
export function visible(text: string): string {
  return text
    .replace(UNSAFE, spell)
    .replace(LOG_COMMAND, (sign, before: string | undefined) =>
      before === undefined ? '\\x23' : `${sign.slice(0, -1)}\\x3a`,
    );
}

function spell(character: string): string {
  const code = character.charCodeAt(0);
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}

/** Behind a letter or digit, `#` starts no comment and `~` stands for no folder. */
const SHELL_SAFE = /^(?:[\w@%+=:,./-]|(?<=\w)[#~])+$/;

/** One word for a POSIX shell: as it is where no shell could misread it, else in single quotes. */
export function shellWord(text: string): string {
  const clean = visible(text);
  return SHELL_SAFE.test(clean) ? clean : `'${clean.replaceAll("'", "'\\''")}'`;
}
