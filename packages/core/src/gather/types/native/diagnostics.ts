/**
 * The compiler's errors as records. In: what the API gives for one file, the file's text. Out: ordered by position.
 * Not here: which file is asked about (program.ts).
 */
import { compareText, type RepoPath, type TypeDiagnostic } from '../../../model/index.js';
import type { Diagnostic } from './api.js';

/** `readable` puts back what the compiler did not get to see as it is. Offsets are of UTF-16 units, as in `text`. */
export function diagnosticsOf(
  file: RepoPath,
  text: string,
  found: readonly Diagnostic[],
  readable: (message: string) => string,
): readonly TypeDiagnostic[] {
  if (found.length === 0) return [];
  const lineAt = lineCounter(text);
  const records = found.map(({ pos, code, ...rest }) => {
    const start = Math.max(pos, 0);
    return { file, start, line: lineAt(start), code, message: readable(messageOf(rest)) };
  });
  return records.sort(
    (left, right) => left.start - right.start || left.code - right.code || compareText(left.message, right.message),
  );
}

/** The chain, one message a line, each level two spaces further in. */
function messageOf(first: Pick<Diagnostic, 'text' | 'messageChain'>): string {
  const lines: string[] = [];
  const waiting = [{ one: first, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { one, depth } = next;
    lines.push('  '.repeat(depth) + one.text);
    waiting.push(...[...(one.messageChain ?? [])].reverse().map((link) => ({ one: link, depth: depth + 1 })));
  }
  return lines.join('\n');
}

/** 1-based line of an offset, by TypeScript's line ends. Time of a call: logarithmic. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return high;
  };
}
