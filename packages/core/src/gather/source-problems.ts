/**
 * What was wrong with source texts, as diagnostics.
 * In: a revision. Out: one record per file and kind, the first hundred; the rest counted, one record per kind.
 */
import type { Diagnostic, DiagnosticKind } from '../model/diagnostic.js';
import type { FactsProblem } from '../model/facts.js';
import { KeptMark } from '../model/kept.js';
import { compareText } from '../model/path.js';
import type { Revision } from '../model/snapshot.js';

/** More than anybody reads; a repository of broken fixtures has thousands. */
const LISTED = 100;

/** Ordered by path; a file's record has its first problem's words and place, and the number of its problems. */
export function sourceProblems(revision: Revision): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const source of revision.files) {
    if (source.known && (source.known.marks & KeptMark.problems) === 0) continue;
    const { path: file, facts } = source;
    const counts = new Map<DiagnosticKind, number>();
    for (const { kind } of facts?.problems ?? []) counts.set(kindOf(kind), (counts.get(kindOf(kind)) ?? 0) + 1);
    for (const [kind, count] of counts) {
      const first = facts?.problems.find((problem) => kindOf(problem.kind) === kind) as FactsProblem;
      const { line } = first;
      const message = sentenceOf(first);
      found.push({ kind, level: 'warning', message, file, line, ...(count === 1 ? {} : { count }) });
    }
  }
  return [...found.slice(0, LISTED), ...restOf(found.slice(LISTED))];
}

function sentenceOf({ kind, message }: FactsProblem): string {
  if (kind !== 'syntax' && kind !== 'template') return message;
  return `The file has a syntax error (${message.replace(/\.$/, '')}); only what parses of it is analysed.`;
}

function kindOf(kind: FactsProblem['kind']): DiagnosticKind {
  if (kind === 'binary') return 'binary-file';
  return kind === 'too-large' ? 'file-too-large' : 'syntax-error';
}

const WORDS: Readonly<Partial<Record<DiagnosticKind, string>>> = {
  'binary-file': 'are binary',
  'file-too-large': 'are too large to be read whole',
  'syntax-error': 'have syntax errors',
};

function restOf(rest: readonly Diagnostic[]): Diagnostic[] {
  const kinds = [...new Set(rest.map(({ kind }) => kind))].sort(compareText);
  return kinds.map((kind) => {
    const count = rest.filter((one) => one.kind === kind).length;
    return { kind, level: 'warning', message: `${count} more source files ${WORDS[kind]}.`, count };
  });
}
