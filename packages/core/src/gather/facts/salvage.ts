/**
 * A text with syntax errors: the statements that do parse are kept, the broken ones blanked out in place.
 * In: text and dialect. Out: a text of the same length (offsets and lines hold) with a tree, and what was wrong.
 * Source: TypeScript's parser recovers where the others give up.
 */
import type { FactsProblem } from '../../model/facts.js';
import type { Dialect, Parsed, ParserName } from './parser.js';
import { parse, typeScript } from './parser.js';

/** What could be kept of a broken text. */
export interface Salvaged {
  readonly parsed: Parsed;
  /** The text that was parsed. */
  readonly text: string;
  /** What was blanked out, at its place: as long as the text. */
  readonly lost: string;
}

/** The span of one top-level statement. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** How often the rest is tried again with more blanked out. */
const ROUNDS = 4;

/** Keeps the statements that parse; `undefined` where none do. Problems are added to the list. */
export function salvage(
  text: string,
  dialect: Dialect,
  parser: ParserName,
  lineAt: (offset: number) => number,
  problems: FactsProblem[],
): Salvaged | undefined {
  let rest = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const broken = brokenSpans(rest, dialect, (offset, message) => {
      if (round === 0) problems.push({ kind: 'syntax', line: lineAt(offset), message });
    });
    if (broken === undefined) return undefined;
    const before = rest;
    for (const span of broken) rest = blank(rest, span);
    const parsed = parse(rest, dialect, parser);
    if (parsed !== undefined) return { parsed, text: rest, lost: difference(text, rest) };
    if (rest === before) return undefined;
  }
  return undefined;
}

function brokenSpans(
  text: string,
  dialect: Dialect,
  report: (offset: number, message: string) => void,
): Span[] | undefined {
  try {
    const ts = typeScript();
    const name = dialect === 'dts' ? 'file.d.ts' : `file.${dialect === 'js' ? 'jsx' : dialect}`;
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false);
    const { parseDiagnostics } = file as unknown as {
      parseDiagnostics: { start: number; length: number; messageText: string | { messageText: string } }[];
    };
    const spans: Span[] = [];
    for (const { start, length, messageText } of parseDiagnostics) {
      report(start, typeof messageText === 'string' ? messageText : messageText.messageText);
      for (const statement of file.statements) {
        if (statement.end >= start && statement.pos <= start + length)
          spans.push({ start: statement.getStart(file), end: statement.end });
      }
      spans.push({ start, end: start + length });
    }
    return spans.length > 0 ? spans : undefined;
  } catch {
    return undefined;
  }
}

/** The text with a span turned into spaces, line breaks kept. */
export function blank(text: string, { start, end }: Span): string {
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') + text.slice(end);
}

/** What `rest` lacks of `text`, the remainder as spaces. */
function difference(text: string, rest: string): string {
  const units: string[] = [];
  for (let index = 0; index < text.length; index += 1)
    units.push(text[index] === rest[index] ? ' ' : (text[index] as string));
  return units.join('');
}

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]{1,500})\1/g;

/** The specifiers that a text seems to name, where it can't be parsed. In source order. Linear. */
export function guessSpecifiers(
  text: string,
): { specifier: string; offset: number; required: boolean; dynamic: boolean }[] {
  const found = [];
  for (const match of text.matchAll(SPECIFIER)) {
    const required = match[0].startsWith('require');
    const dynamic = match[0].startsWith('import') && match[0].includes('(');
    found.push({ specifier: match[2] as string, offset: match.index, required, dynamic });
  }
  return found;
}
