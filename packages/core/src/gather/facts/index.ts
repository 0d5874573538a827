/**
 * Text to facts: what one file declares, refers to, imports and exports. See model/facts.ts for the records.
 * In: a text, its language. Out: FileFacts, for any input. Not here: files, paths, resolution, types.
 */
import type { FileFacts, Language } from '../../model/facts.js';
import { SymbolFlag } from '../../model/facts.js';
import { assemble } from './assemble.js';
import { Draft } from './draft.js';
import { addGuesses, guessFacts } from './guess.js';
import { jsonFacts } from './json.js';
import { isTypeScript } from './language.js';
import { LineTable } from './line-table.js';
import { nestsTooDeep } from './nesting.js';
import type { Dialect, Parsed, ParserName } from './parser.js';
import { parse } from './parser.js';
import { programFacts } from './program.js';
import { salvage } from './salvage.js';
import type { ScriptBlocks } from './sfc.js';
import { scriptBlocks } from './sfc.js';
import type { Comment, Node } from './syntax.js';

export { languageOf } from './language.js';

/** A text and how to read it. */
export interface FactsInput {
  readonly text: string;
  readonly language: Language;
  /** Default `auto`. */
  readonly parser?: ParserName;
}

/** A comment as any parser gives it. */
export interface ProgramComment {
  /** `Line` or `Block`. */
  readonly type: string;
  /** Without its delimiters. */
  readonly value: string;
  readonly start?: number;
  readonly range?: readonly [number, number];
}

/** Past this many UTF-16 units a text is generated or data: only its specifiers are looked for. */
const SIZE_LIMIT = 5 * 1024 * 1024;
/** Past this many UTF-16 units a text that no native parser may read is not worth the slow one's seconds. */
const DEEP_SIZE_LIMIT = 1024 * 1024;

/**
 * The facts of one file. Total: a text that can't be read gives a module symbol, guessed requests and a problem.
 * Linear in the text's length; the same text and language give the same facts with either parser.
 */
export function extractFacts({ text, language, parser = 'auto' }: FactsInput): FileFacts {
  if (text.includes('\0'))
    return guessFacts('', language, { kind: 'binary', line: 1, message: 'The file holds NUL bytes: it is no text.' });
  if (text.length > SIZE_LIMIT) {
    const message = `The file has ${text.length} characters, more than ${SIZE_LIMIT}: only its specifiers are read.`;
    return guessFacts(text, language, { kind: 'too-large', line: 1, message });
  }
  if (
    text.length > DEEP_SIZE_LIMIT &&
    language !== 'json' &&
    nestsTooDeep(text, !isTypeScript(language) || language === 'tsx')
  ) {
    const message = 'The file is long and nests deep, as only generated code does: only its specifiers are read.';
    return guessFacts(text, language, { kind: 'too-large', line: 1, message });
  }
  try {
    return language === 'json' ? jsonFacts(text) : sourceFacts(text, language, parser);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return guessFacts(text, language, { kind: 'syntax', line: 1, message: `The file could not be read: ${message}` });
  }
}

/** A text that is parsed already (by ESLint, say). */
export interface ParsedText {
  /** An ESTree or TSESTree program with `range` or `start` and `end` in UTF-16 units. */
  readonly program: unknown;
  readonly text: string;
  readonly language: Language;
  /** Of the whole text, in source order. */
  readonly comments: readonly ProgramComment[];
  /** False leaves `FileFacts.calls` empty, for who does not ask them. Default: true. */
  readonly calls?: boolean;
}

/** The facts of a text that is parsed already. */
export function extractFromProgram({ program, text, language, comments, calls = true }: ParsedText): FileFacts {
  const placed = (): Comment[] =>
    comments.map(({ type, value, start, range }) => ({ type, value, start: range?.[0] ?? start ?? 0 }));
  return fromParsed({ program: program as Node, comments: placed }, text, language, new Draft(calls));
}

function sourceFacts(text: string, language: Language, parser: ParserName): FileFacts {
  const component = language === 'vue' || language === 'svelte' || language === 'astro';
  const blocks = component ? scriptBlocks(text, language) : undefined;
  const source = blocks?.text ?? text;
  const dialect: Dialect = blocks?.dialect ?? dialectOf(language);
  const parsed = parse(source, dialect, parser);
  if (parsed !== undefined) return fromParsed(parsed, source, language, new Draft(), blocks);
  const draft = new Draft();
  const lines = new LineTable(source);
  const salvaged = salvage(source, dialect, parser, (offset) => lines.lineAt(offset), draft.problems);
  if (salvaged !== undefined) return fromParsed(salvaged.parsed, salvaged.text, language, draft, blocks, salvaged.lost);
  const problem = draft.problems[0] ?? { kind: 'syntax' as const, line: 1, message: 'The file does not parse.' };
  return guessFacts(source, language, problem);
}

function fromParsed(
  parsed: Parsed,
  text: string,
  language: Language,
  draft: Draft,
  blocks?: ScriptBlocks,
  lost?: string,
): FileFacts {
  const lines = new LineTable(text);
  const count = lines.count(text.length);
  draft.declare({
    name: '<module>',
    kind: 'module',
    flags: SymbolFlag.value | SymbolFlag.eager,
    parent: -1,
    line: 1,
    endLine: count,
  });
  const { pragmas, calls } = programFacts({ parsed, text, language, draft, lines, blocks });
  if (lost !== undefined) addGuesses(draft, lost.trimEnd(), lines);
  const elides = isTypeScript(language);
  return assemble(draft, { language, pragmas, executable: text.startsWith('#!'), lines: count, elides, calls });
}

function dialectOf(language: Language): Dialect {
  return language === 'ts' || language === 'tsx' || language === 'dts' ? language : 'js';
}
