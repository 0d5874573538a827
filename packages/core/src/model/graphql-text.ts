/**
 * The root fields of GraphQL documents with holes, and of a schema's root types, by their tokens alone.
 * In: a document's text. Out: `Query.user`, `Mutation.createUser`. Fields below the root have types that only a schema knows:
 * they are not here. A document with syntax errors gives what stands before them.
 */
import { ownEntry } from './own-entry.js';

const ROOTS: Readonly<Record<string, string>> = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
const TOKEN = /"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\.\.\.|\$\{\}|[\w$@]+|[{}()[\]:!=|&,]/g;

/** It reads like an operation. */
export function isGraphqlOperation(text: string): boolean {
  return (
    text.length < 40_000 &&
    /^\s*(?:#[^\n]*\n\s*)*(?:query|mutation|subscription)\b[^{]*\{|^\s*fragment\s+\w+\s+on\b[^]*\b(?:query|mutation|subscription)\b[^{]*\{/.test(
      text,
    )
  );
}

/** A root field and the line that names it, counted from 0. */
export interface RootField {
  readonly name: string;
  readonly line: number;
}

/** Root fields that the document's operations ask for. */
export function operationFields(document: string): RootField[] {
  const tokens = tokensOf(document);
  const found: RootField[] = [];
  let root = '';
  let depth = 0;
  let round = 0;
  for (const [index, { text, line }] of tokens.entries()) {
    if (text === '(') round += 1;
    else if (text === ')') round -= 1;
    if (round > 0 || text === ')') continue;
    if (text === '{') {
      if (depth === 0 && root === '' && found.length === 0 && tokens[index - 1] === undefined) root = 'Query';
      depth += 1;
    } else if (text === '}') {
      depth -= 1;
      if (depth === 0) root = '';
    } else if (depth === 0) root = ownEntry(ROOTS, text) ?? (text === 'fragment' ? 'fragment' : root);
    else if (depth === 1 && root !== '' && root !== 'fragment' && isField(tokens, index))
      found.push({ name: `${root}.${text}`, line });
  }
  return found;
}

/** It declares root fields. */
export function isGraphqlSchema(text: string): boolean {
  return /(?:^|[}\n])\s*(?:extend\s+)?type\s+(?:Query|Mutation|Subscription)\b[^{}]*\{/.test(text);
}

/** A root field of a schema, and its arguments, type and directives as one normal text. */
export interface DeclaredField extends RootField {
  readonly says: string;
}

/** Fields of the root types that a schema declares. */
export function schemaFields(schema: string): DeclaredField[] {
  const tokens = tokensOf(schema);
  const found: (RootField & { readonly from: number; to: number })[] = [];
  let type = '';
  let depth = 0;
  let round = 0;
  for (const [index, { text, line }] of tokens.entries()) {
    if (text === '(') round += 1;
    else if (text === ')') round -= 1;
    if (round > 0 || text === ')') continue;
    const before = tokens[index - 1]?.text;
    if (depth === 0 && before === 'type') type = text;
    else if (text === '{') depth += 1;
    else if (text === '}') {
      depth -= 1;
      if (depth === 0) type = '';
    } else if (depth === 1 && Object.values(ROOTS).includes(type) && /^\w+$/.test(text)) {
      const after = tokens[index + 1]?.text;
      if ((after === ':' || after === '(') && before !== ':' && before !== '@')
        found.push({ name: `${type}.${text}`, line, from: index, to: index });
    }
    const last = found.at(-1);
    if (last !== undefined && depth === 1 && text !== '{' && type !== '') last.to = index;
  }
  return found.map(({ name, line, from, to }) => ({
    name,
    line,
    says: tokens
      .slice(from, to + 1)
      .map(({ text }) => text)
      .join(' '),
  }));
}

/** A name that is selected: no alias, no argument, no directive, no spread. */
function isField(tokens: readonly Token[], index: number): boolean {
  const text = tokens[index]?.text ?? '';
  const before = tokens[index - 1]?.text;
  return (
    /^[A-Za-z_]\w*$/.test(text) &&
    tokens[index + 1]?.text !== ':' &&
    before !== '...' &&
    before !== 'on' &&
    !text.startsWith('@')
  );
}

interface Token {
  readonly text: string;
  readonly line: number;
}

function tokensOf(document: string): Token[] {
  const tokens: Token[] = [];
  let line = 0;
  let at = 0;
  for (const match of document.matchAll(TOKEN)) {
    for (; at < match.index; at += 1) if (document.charCodeAt(at) === 10) line += 1;
    if (!/^["#]/.test(match[0])) tokens.push({ text: match[0], line });
  }
  return tokens;
}
