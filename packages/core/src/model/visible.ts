/**
 * Repository text made harmless: names and paths are other people's bytes, and a terminal or a log obeys some of them.
 * In: any string. Out: the same with control, format and direction characters spelt out. It stands alone: `@blast-radius/core/visible`.
 */

/** Control and format characters (direction marks, zero width, tags), line and paragraph separators, unpaired surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

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
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}
