/**
 * A SQL text cut into statements, for every dialect alike.
 * In: text. Out: statements with their first line; comments between them, rollback sections and batch words are left out.
 * Quotes, dollar quotes, nested comments and BEGIN … END bodies hold semicolons. Linear. Not here: what a statement means.
 */

/** One statement without its semicolon. */
export interface SqlStatement {
  readonly text: string;
  /** 1-based line of its first character that is no comment. */
  readonly line: number;
}

/** Whatever undoes a migration is not what it does. */
const ROLLBACK = /^\s*--\s*(?:\+goose\s+down|migrate:down|!?downs?\b|rollback\b|@down|\+micrate\s+down|===*\s*down)/i;
const FORWARD = /^\s*--\s*(?:\+goose\s+up|migrate:up|!?ups?\b|@up|\+micrate\s+up)/i;
/** Words alone on a line that clients, not servers, read. */
const BATCH = /^\s*(?:go(?:\s+\d+)?|\/|delimiter\s+\S+)\s*$/i;
/** Statements whose body is a block of statements. */
const ROUTINE =
  /^\s*create\s+(?:or\s+\w+\s+)?(?:definer\s*=\s*\S+\s+)?(?:temp(?:orary)?\s+)?(?:trigger|procedure|proc|function|event)\b/i;

/** Every statement, in order. Never throws; an unclosed quote ends with the text. */
export function splitStatements(text: string): SqlStatement[] {
  const forward = withoutRollback(text);
  const found: SqlStatement[] = [];
  let start = 0;
  for (const end of statementEnds(forward)) {
    const statement = trimmed(forward, start, end);
    if (statement !== undefined) found.push(statement);
    start = end + 1;
  }
  return found;
}

/** Blank lines instead of rollback sections and batch words: line numbers stay. */
function withoutRollback(text: string): string {
  if (!/^\s*--.*(?:down|rollback|undo)/im.test(text) && !/^\s*(?:go|delimiter)\b/im.test(text)) return text;
  let back = false;
  const lines = text.split('\n').map((line) => {
    if (ROLLBACK.test(line)) back = true;
    else if (FORWARD.test(line)) back = false;
    if (back) return '';
    return BATCH.test(line) ? ';' : line;
  });
  return lines.join('\n');
}

function* statementEnds(text: string): Generator<number> {
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const skipped = skipQuoted(text, at);
    if (skipped > at) {
      at = skipped - 1;
      continue;
    }
    const code = text.charCodeAt(at);
    if (code === SEMICOLON && depth === 0) {
      yield at;
      start = at + 1;
    } else if (isWordStart(text, at)) {
      const word = wordAt(text, at);
      depth = blockDepth(depth, word, text, start, at);
      at += word.length - 1;
    }
  }
  yield text.length;
}

const SEMICOLON = 59;

function isWordStart(text: string, at: number): boolean {
  return /[a-z_]/i.test(text[at]!) && (at === 0 || !/[\w$]/.test(text[at - 1]!));
}

function wordAt(text: string, at: number): string {
  let end = at;
  while (end < text.length && /\w/.test(text[end]!)) end++;
  return text.slice(at, end);
}

/** Only routines have blocks; BEGIN elsewhere opens a transaction. */
function blockDepth(depth: number, word: string, text: string, start: number, at: number): number {
  const upper = word.toUpperCase();
  if (upper !== 'BEGIN' && upper !== 'CASE' && upper !== 'END') return depth;
  if (depth === 0 && !(upper === 'BEGIN' && ROUTINE.test(headOf(text, start, at)))) return depth;
  if (upper !== 'END') return depth + 1;
  return /^\s*(?:if|loop|while|repeat)\b/i.test(text.slice(at + 3, at + 12)) ? depth : Math.max(0, depth - 1);
}

function headOf(text: string, start: number, at: number): string {
  return text.slice(start, at).replace(/\/\*[\s\S]*?\*\/|--.*$/gm, ' ');
}

/** The offset behind a quote or comment that opens at `at`; `at` itself where none does. */
export function skipQuoted(text: string, at: number): number {
  const one = text[at]!;
  if (one === "'" || one === '"' || one === '`') return closingQuote(text, at, one);
  if (one === '-' && text[at + 1] === '-') return lineEnd(text, at);
  if (one === '#' && (at === 0 || text[at - 1] === '\n')) return lineEnd(text, at);
  if (one === '/' && text[at + 1] === '*') return commentEnd(text, at);
  if (one !== '$') return at;
  const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at, at + 64))?.[0];
  if (tag === undefined || (at > 0 && /\w/.test(text[at - 1]!))) return at;
  const close = text.indexOf(tag, at + tag.length);
  return close < 0 ? text.length : close + tag.length;
}

function closingQuote(text: string, at: number, quote: string): number {
  const escapes = quote === "'" && /[eE]/.test(text[at - 1] ?? '');
  for (let end = at + 1; end < text.length; end++) {
    if (escapes && text[end] === '\\') end++;
    else if (text[end] === quote) {
      if (text[end + 1] !== quote) return end + 1;
      end++;
    }
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function commentEnd(text: string, at: number): number {
  let depth = 1;
  for (let end = at + 2; end < text.length; end++) {
    if (text[end] === '*' && text[end + 1] === '/') {
      depth--;
      end++;
      if (depth === 0) return end + 1;
    } else if (text[end] === '/' && text[end + 1] === '*') {
      depth++;
      end++;
    }
  }
  return text.length;
}

function trimmed(text: string, start: number, end: number): SqlStatement | undefined {
  let at = start;
  while (at < end) {
    const next = /\s/.test(text[at]!) ? at + 1 : isComment(text, at) ? skipQuoted(text, at) : at;
    if (next === at) break;
    at = next;
  }
  const statement = text.slice(at, end).trimEnd();
  if (statement === '') return undefined;
  return { text: statement, line: countLines(text, at) };
}

function isComment(text: string, at: number): boolean {
  const two = text.slice(at, at + 2);
  return two === '--' || two === '/*' || two[0] === '#';
}

function countLines(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
