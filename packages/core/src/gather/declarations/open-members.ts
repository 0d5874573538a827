/**
 * A text whose classes have no hidden members: two revisions of a class with private members are never assignable to each other
 * (they are nominal), whatever else they have in common.
 * In: a text. Out: a text of the same length and lines: what is private is blank, what is protected is public. Types of what
 * reads a private member become `any` by it. Not here: who compares (gather/types/compatibility.ts).
 */
import type { Language } from '../../model/facts.js';
import { parse } from '../facts/parser.js';
import { eachChild, endOf, startOf, type Node } from '../facts/syntax.js';

/** See the file's head; the text itself where it does not parse. */
export function withoutHidden(text: string, language: Language): string {
  const dialect = language === 'tsx' || language === 'dts' ? language : 'ts';
  const program = parse(text, dialect, 'auto')?.program;
  if (program === undefined || !/\b(?:private|protected)\b|#\w/.test(text)) return text;
  const waiting: Node[] = [program];
  let opened = text;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    opened = openedAt(opened, node);
    eachChild(node, (child) => void waiting.push(child));
  }
  return opened;
}

function openedAt(text: string, node: Node): string {
  const { type, accessibility } = node;
  const isMember = /(?:Property|Method)Definition$|AccessorProperty$/.test(type);
  if (type === 'TSParameterProperty' && accessibility === 'private')
    return replaced(replaced(text, node, 'private', '       '), node, 'readonly', '        ');
  if (accessibility === 'protected') return replaced(text, node, 'protected', 'public   ');
  if (!isMember) return text;
  if (node.kind === 'constructor')
    return accessibility === 'private' ? replaced(text, node, 'private', 'public ') : text;
  const isHidden = accessibility === 'private' || (node.key as Node | undefined)?.type === 'PrivateIdentifier';
  if (!isHidden) return text;
  const [start, end] = [startOf(node), endOf(node)];
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') + text.slice(end);
}

function replaced(text: string, node: Node, word: string, by: string): string {
  const [start, end] = [startOf(node), endOf(node)];
  const at = text.slice(start, end).search(new RegExp(`\\b${word}\\b`));
  return at < 0 ? text : text.slice(0, start + at) + by + text.slice(start + at + word.length);
}
