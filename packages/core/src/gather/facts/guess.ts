/**
 * Facts of a text that no parser reads: the module symbol, and the specifiers that the text seems to name.
 */
import type { FactsProblem, FileFacts, Language } from '../../model/facts.js';
import { ReferenceFlag, SymbolFlag } from '../../model/facts.js';
import { assemble } from './assemble.js';
import { Draft } from './draft.js';
import { textCode } from './fingerprint.js';
import { LineTable } from './line-table.js';
import { guessSpecifiers } from './salvage.js';

/** The coarsest facts: all of the text is the initialiser, and it uses all of what it names. */
export function guessFacts(text: string, language: Language, problem: FactsProblem): FileFacts {
  const draft = new Draft();
  const lines = new LineTable(text);
  const endLine = lines.count(text.length);
  draft.declare({
    name: '<module>',
    kind: 'module',
    flags: SymbolFlag.value | SymbolFlag.eager | SymbolFlag.open,
    parent: -1,
    line: 1,
    endLine,
  });
  if (language === 'json') addText(draft, text);
  else addGuesses(draft, text, lines);
  draft.problems.push(problem);
  return assemble(draft, {
    language,
    pragmas: [],
    executable: text.startsWith('#!'),
    lines: endLine,
    elides: false,
    calls: '',
  });
}

/** Adds unreadable text to the initialiser: its content, and a use of each module that it seems to name. */
export function addGuesses(draft: Draft, text: string, lines: LineTable): void {
  const { sink } = draft.symbol(0);
  addText(draft, text);
  for (const { specifier, offset, required, dynamic } of guessSpecifiers(text)) {
    const line = lines.lineAt(offset);
    const kind = required ? 'require' : dynamic ? 'dynamic-import' : 'import';
    const request = draft.request({
      specifier,
      kind,
      typeOnly: false,
      eager: !dynamic,
      pattern: false,
      line,
      start: offset,
    });
    const variable = draft.requests[request]?.variable;
    if (variable === undefined) continue;
    const flags = ReferenceFlag.runtime | ReferenceFlag.surface | ReferenceFlag.eager | ReferenceFlag.escapes;
    sink.add({ binding: draft.bindingOf(variable), path: [], kind: 'read', flags, line });
    if (required) draft.cjs = true;
    else if (!dynamic) draft.esm = true;
  }
}

function addText(draft: Draft, text: string): void {
  const { sink } = draft.symbol(0);
  const { a, b } = textCode(text);
  for (const print of [sink.content, sink.shape, sink.runtime]) print.pair(a, b);
}
