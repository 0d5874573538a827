/**
 * YAML and JSON texts as plain values with lines.
 * In: a text. Out: the value and the line of each key by JSON pointer, or why it can't be read. Never throws.
 * Aliases that stand for more than {@link MAX_ALIASES} nodes are refused: a few lines of them can mean gigabytes.
 */
import { getNodeValue, parseTree, type Node as JsonNode, type ParseError } from 'jsonc-parser';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { PlainDocument, PlainObject, PlainValue } from '../../model/contract-file.js';

/** A document, or why there is none. */
export type ReadDocument = PlainDocument | { readonly fault: 'syntax' | 'aliases'; readonly line: number };

const MAX_ALIASES = 100;
const MAX_LINES = 20_000;
const MAX_DEPTH = 200;

/** True where a document was read. */
export function isRead(document: ReadDocument): document is PlainDocument {
  return 'value' in document;
}

/** Every document of a text; JSON has one. */
export function readDocuments(path: string, text: string): ReadDocument[] {
  return /\.jsonc?$/.test(path) ? [readJson(text)] : readYaml(text);
}

function readJson(text: string): ReadDocument {
  try {
    const line = lineCounter(text);
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true });
    // The parser goes on behind an error: what it makes of the rest is a guess, and half a document compares as removals.
    if (root === undefined || errors.length > 0) return { fault: 'syntax', line: line(errors[0]?.offset ?? 0) };
    const lines: Record<string, number> = {};
    let count = 0;
    const pending: { readonly node: JsonNode; readonly at: string }[] = [{ node: root, at: '' }];
    while (pending.length > 0) {
      const { node, at } = pending.pop()!;
      if (count > MAX_LINES) break;
      (node.children ?? []).forEach((child, index) => {
        const [key, value] = node.type === 'object' ? [child.children?.[0], child.children?.[1]] : [undefined, child];
        const pointer = `${at}/${key === undefined ? String(index) : escaped(String(key.value))}`;
        lines[pointer] = line(child.offset);
        count++;
        if (value !== undefined) pending.push({ node: value, at: pointer });
      });
    }
    return { value: plain(getNodeValue(root), 0), lines };
  } catch {
    return { fault: 'syntax', line: 1 };
  }
}

function readYaml(text: string): ReadDocument[] {
  const counter = new LineCounter();
  try {
    const documents = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' });
    return (documents as readonly Document[]).map((document) => {
      const error = document.errors[0];
      if (error !== undefined) return { fault: 'syntax', line: counter.linePos(error.pos[0]).line };
      return yamlDocument(document, counter);
    });
  } catch {
    return [{ fault: 'syntax', line: 1 }];
  }
}

function yamlDocument(document: Document, counter: LineCounter): ReadDocument {
  try {
    const value = plain(document.toJS({ maxAliasCount: MAX_ALIASES }), 0);
    return { value, lines: yamlLines(document.contents, counter) };
  } catch (error) {
    return { fault: /alias/i.test(String(error)) ? 'aliases' : 'syntax', line: 1 };
  }
}

/** Aliases are not followed: what they stand for has lines of its own. */
function yamlLines(contents: unknown, counter: LineCounter): Record<string, number> {
  const lines: Record<string, number> = {};
  let count = 0;
  const pending: { readonly node: unknown; readonly at: string }[] = [{ node: contents, at: '' }];
  const note = (pointer: string, node: unknown): void => {
    const range = (node as { readonly range?: readonly number[] } | null)?.range;
    if (range !== undefined) lines[pointer] = counter.linePos(range[0]!).line;
    count++;
  };
  while (pending.length > 0) {
    const { node, at } = pending.pop()!;
    if (count > MAX_LINES) break;
    if (isAlias(node)) continue;
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const pointer = `${at}/${escaped(String(isScalar(key) ? key.value : key))}`;
        note(pointer, key);
        pending.push({ node: value, at: pointer });
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        note(`${at}/${index}`, item);
        pending.push({ node: item, at: `${at}/${index}` });
      });
    }
  }
  return lines;
}

/** One segment of a JSON pointer. */
export function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Dates, big integers and the like as text; objects without a prototype; too deep = nothing. */
function plain(value: unknown, depth: number): PlainValue {
  if (value === null || value === undefined || depth > MAX_DEPTH) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value as bigint);
  const object = Object.create(null) as Record<string, PlainValue>;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  for (const [key, item] of entries) object[String(key)] = plain(item, depth + 1);
  return object as PlainObject;
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
