/**
 * Comments that accept a finding: `blast-radius-ignore db/column-dropped -- reason`, in any language's comment.
 * In: the head's texts. Out: suppressions, and a diagnostic for each that gives no reason (it accepts nothing).
 * On a line of its own it is for the next line that is no comment, behind code for that line; `…-ignore-file` is for the file.
 */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Suppression } from '../../model/flag.js';
import type { RepoPath } from '../../model/path.js';
import type { TextPair } from './changed-texts.js';

/** What the comments of the changed files say. */
export interface CommentSuppressions {
  readonly suppressions: readonly Suppression[];
  readonly diagnostics: readonly Diagnostic[];
}

const COMMENT = /^(.*?)(?:--|#|\/\/|\/\*|<!--|;|\*)\s*blast-radius-ignore(-file)?\b[:\s]*([^\n]*)/;
const NOT_CODE = /^\s*(?:--|#|\/\/|\/\*|\*|<!--|"""|;|$)/;

/** Reads them all. Linear in the texts. */
export function commentSuppressions(pairs: readonly TextPair[]): CommentSuppressions {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { file, head } of pairs) {
    if (head === undefined || !head.includes('blast-radius-ignore')) continue;
    const lines = head.split('\n');
    lines.forEach((line, index) => {
      const found = COMMENT.exec(line);
      if (found === null) return;
      const read = parse(file, index + 1, found, lines);
      if ('kind' in read) diagnostics.push(read);
      else suppressions.push(read);
    });
  }
  return { suppressions, diagnostics };
}

function parse(
  file: RepoPath,
  line: number,
  found: RegExpExecArray,
  lines: readonly string[],
): Suppression | Diagnostic {
  const [, before = '', whole, said = ''] = found;
  const [rules = '', ...rest] = said.replace(/\s*(?:\*\/|-->)\s*$/, '').split(/\s--\s|\s:\s|\s—\s/);
  const reason = rest.join(' -- ').trim();
  const ids = rules.split(/[\s,]+/).filter((one) => one !== '');
  if (reason === '' || ids.length === 0) {
    const message = 'This comment accepts nothing: write `blast-radius-ignore RULE -- reason`.';
    return { kind: 'suppression-without-reason', level: 'warning', message, file, line };
  }
  const target = whole !== undefined ? 0 : before.trim() === '' ? nextCode(lines, line) : line;
  return { by: 'comment', rules: ids, file, line, reason, target };
}

/** The 1-based line of the next code after `line`. */
function nextCode(lines: readonly string[], line: number): number {
  let next = line;
  while (next < lines.length && NOT_CODE.test(lines[next]!)) next++;
  return next + 1;
}
