/**
 * Words and places of messages: who uses a symbol, what it is called, where it stands in the text.
 * In: records of the library. Out: texts without a full stop, and locations. Not here: when to say something.
 */
import type { ChangedSymbol, Dependents } from '@blast-radius/core/lint';
import type { SourceCode } from 'eslint';

/** `used by 14 files (in 3 other packages): apps/web/src/cart.ts, …`; tests where nobody else uses it. */
export function usedBy({ directFiles, directPackages, tests, named }: Dependents): string {
  const packages = directPackages === 0 ? '' : ` (in ${count(directPackages, 'other package')})`;
  const who = directFiles > 0 ? `${count(directFiles, 'file')}${packages}` : count(tests, 'test file');
  const rest = (directFiles > 0 ? directFiles : tests) - named.length;
  return `used by ${who}: ${named.join(', ')}${rest > 0 ? ', …' : ''}`;
}

/** `3 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Whether a file outside the symbol's own uses it. */
export function isUsed({ directFiles, tests }: Dependents): boolean {
  return directFiles + tests > 0;
}

/** The symbol in a sentence. */
export function nameOf({ name, kind }: Pick<ChangedSymbol, 'name' | 'kind'>): string {
  if (kind === 'module') return 'The top-level code of this file';
  if (kind === 'mutation') return `What top-level code does to \`${name.replace(/~\d*$/, '')}\``;
  return name === 'default' ? 'The default export' : `\`${name}\``;
}

/** What is gone has no place of its own. */
export const FIRST_CHARACTER = { start: { line: 1, column: 0 }, end: { line: 1, column: 1 } };

/** Of a text as ESLint counts: lines from 1, columns from 0. */
interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** The symbol's own name on its line, or what is written there. */
export function locationOf(
  sourceCode: SourceCode,
  { name, line }: { readonly name: string; readonly line: number },
): Location {
  const from = startOfLine(sourceCode.text, line);
  const to = sourceCode.text.indexOf('\n', from);
  const text = sourceCode.text.slice(from, to < 0 ? undefined : to);
  const leaf = name.slice(name.lastIndexOf('.') + 1);
  const found = leaf === '' ? -1 : text.search(new RegExp(`(?<![\\w$])${escapeRegExp(leaf)}(?![\\w$])`));
  const column = found >= 0 ? found : Math.max(0, text.search(/\S/));
  const end = found >= 0 ? found + leaf.length : Math.max(column + 1, text.trimEnd().length);
  const at = (offset: number): Location['start'] =>
    sourceCode.getLocFromIndex(Math.min(from + offset, sourceCode.text.length));
  return { start: at(column), end: at(end) };
}

/** Of a line as the engine counts them, by line feeds; ESLint counts other separators too. The text's end where there are fewer. */
function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return start;
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
