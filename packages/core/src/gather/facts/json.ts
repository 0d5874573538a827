/**
 * JSON as a module: entries as symbols, so that one changed key reaches only those who read it.
 * In: text (comments and trailing commas are allowed, as in tsconfig). Out: facts; a broken text has a problem and no entries.
 */
import type { Node as JsonNode, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { FileFacts } from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import { assemble } from './assemble.js';
import { Draft } from './draft.js';
import { textCode } from './fingerprint.js';
import { LineTable } from './line-table.js';

/** Entries below this depth belong to the entry above. */
const DEPTH_LIMIT = 3;
/** Entries past this many belong to the entry above: a table of data is one thing. */
const ENTRY_LIMIT = 2000;

/** The facts of a JSON file: `export=` is the value, exported as `default` too. */
export function jsonFacts(text: string): FileFacts {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const lines = new LineTable(text);
  const draft = new Draft();
  const endLine = lines.count(text.length);
  const flags = SymbolFlag.value | SymbolFlag.exported;
  draft.declare({ name: '<module>', kind: 'module', flags: SymbolFlag.value, parent: -1, line: 1, endLine });
  const symbol = draft.declare({ name: 'export=', kind: 'export', flags, parent: -1, line: 1, endLine });
  for (const name of ['export=', 'default'])
    draft.exports.push({ kind: 'local', name, symbol, typeOnly: false, line: 1 });
  const first = errors[0];
  if (first !== undefined) {
    draft.problems.push({
      kind: 'syntax',
      line: lines.lineAt(first.offset),
      message: printParseErrorCode(first.error),
    });
  }
  if (root !== undefined) readEntries(draft, lines, root, symbol);
  return assemble(draft, {
    language: 'json',
    pragmas: [],
    executable: false,
    lines: endLine,
    elides: false,
    calls: '',
  });
}

/** Breadth first, so that the limit cuts deep entries before shallow ones. */
function readEntries(draft: Draft, lines: LineTable, root: JsonNode, symbol: number): void {
  const queue: { node: JsonNode; symbol: number; depth: number }[] = [{ node: root, symbol, depth: 0 }];
  let count = 0;
  for (let at = 0; at < queue.length; at += 1) {
    const { node, symbol: parent, depth } = queue[at] as (typeof queue)[number];
    const fits = node.type === 'object' && depth < DEPTH_LIMIT && count + (node.children?.length ?? 0) <= ENTRY_LIMIT;
    if (!fits) {
      pour(draft, parent, node);
      continue;
    }
    token(draft, parent, '{');
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key === undefined || value === undefined) continue;
      count += 1;
      queue.push({ node: value, symbol: declareEntry(draft, lines, parent, property), depth: depth + 1 });
    }
  }
}

function declareEntry(draft: Draft, lines: LineTable, parent: number, property: JsonNode): number {
  const owner = draft.symbol(parent);
  const key = String(property.children?.[0]?.value);
  owner.members.push(key);
  return draft.declare({
    name: `${owner.name}.${key}`,
    kind: 'entry',
    flags: SymbolFlag.value,
    parent,
    line: lines.lineAt(property.offset),
    endLine: lines.lineAt(property.offset + Math.max(property.length - 1, 0)),
  });
}

/** Adds a whole value to a symbol. Iterative. */
function pour(draft: Draft, symbol: number, root: JsonNode): void {
  const stack = [root];
  while (stack.length > 0) {
    const node = stack.pop() as JsonNode;
    token(draft, symbol, `${node.type}${node.children?.length ?? 0}`);
    if (node.children) stack.push(...node.children.toReversed());
    else token(draft, symbol, JSON.stringify(node.value));
  }
}

function token(draft: Draft, symbol: number, text: string): void {
  const { sink } = draft.symbol(symbol);
  const { a, b } = textCode(text);
  for (const print of [sink.content, sink.shape, sink.runtime]) print.pair(a, b);
}
