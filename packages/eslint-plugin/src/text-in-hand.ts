/**
 * The judgement of the text that ESLint has in hand, made once for all rules.
 * In: a rule's context. Out: a judgement, a problem that is to be said now, or nothing. Not here: what a judgement is worth.
 */
import { isAbsolute } from 'node:path';
import { lookUp, type IndexProblem, type Judgement, type Looked } from '@blast-radius/core/lint';
import type { Rule, SourceCode } from 'eslint';

/** What a rule gets. Without either key: it keeps silent. */
export type Judged =
  | { readonly judgement: Judgement }
  | { readonly problem: IndexProblem; readonly root: string }
  | { readonly silent: true };

const judged = new WeakMap<SourceCode, Looked>();

/** Which file and rule has said that a repository's index can't be used: the same one says it again, no other does. */
const told = new Map<string, string>();

/** The judgement for a rule. The first rule that asks pays for it. */
export function judgementOf(context: Rule.RuleContext, rule: string): Judged {
  const { sourceCode, filename } = context;
  const looked = judged.get(sourceCode) ?? look(context);
  judged.set(sourceCode, looked);
  if (!('problem' in looked)) return looked;
  const teller = `${filename}\0${rule}`;
  const key = `${looked.root}\0${looked.problem}`;
  if (!told.has(key)) told.set(key, teller);
  return told.get(key) === teller ? looked : { silent: true };
}

function look({ sourceCode, filename, physicalFilename, settings, cwd }: Rule.RuleContext): Looked {
  // A block of another file (Markdown, a component's script) is not the text of that file.
  if (!isAbsolute(filename) || filename !== physicalFilename) return { silent: true };
  const { ast, text, hasBOM } = sourceCode;
  if ((ast as { readonly type?: string }).type !== 'Program') return { silent: true };
  const { index } = (settings['blast-radius'] ?? {}) as { readonly index?: unknown };
  return lookUp({
    file: filename,
    text,
    hasBom: hasBOM,
    program: ast,
    comments: () => sourceCode.getAllComments().map(({ type, value, range = [0, 0] }) => ({ type, value, range })),
    cwd,
    ...(typeof index === 'string' ? { index } : {}),
  });
}

const COMMAND = 'run `npx blast-radius index`';

const WORDS = {
  missing: `There is no prepared index of this repository, so the blast-radius rules say nothing: ${COMMAND}.`,
  'other-version': `The prepared index was made by another release, so the blast-radius rules say nothing: ${COMMAND}.`,
  stale: `HEAD has moved since the index was made, and with it perhaps what texts are compared with, so the blast-radius rules say nothing: ${COMMAND}.`,
} as const satisfies Record<IndexProblem, string>;

/** One sentence that says what to do. */
export function problemText({ problem }: { readonly problem: IndexProblem }): string {
  return WORDS[problem];
}
