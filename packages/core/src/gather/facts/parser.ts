/**
 * Text to tree: the only file that knows the parsers. Both give one ESTree shape; offsets are UTF-16 code units.
 * In: text and dialect. Out: a program, or nothing where the text does not parse (salvage.ts takes it from there).
 * oxc-parser is loaded at once, TypeScript and typescript-estree only when a text needs them.
 */
import { createRequire } from 'node:module';
import { nestsTooDeep } from './nesting.js';
import { ownCopy, rawParser, type RawParse } from './raw-transfer.js';
import type { Comment, Node } from './syntax.js';

/** A tree and its comments. */
export interface Parsed {
  readonly program: Node;
  /** In source order; computed when asked. */
  readonly comments: () => readonly Comment[];
}

/** Which parser reads the text; `auto` is oxc, with typescript-estree where its binding is missing. */
export type ParserName = 'auto' | 'oxc' | 'typescript-estree';

/** What the text is written in. */
export type Dialect = 'ts' | 'tsx' | 'js' | 'dts';

type OxcParser = typeof import('oxc-parser');
type TypeScriptEstree = typeof import('@typescript-eslint/typescript-estree');

const load = createRequire(import.meta.url);
let oxc: OxcParser | null | undefined;
let raw: RawParse | undefined;
let estree: TypeScriptEstree | undefined;

function oxcParser(): OxcParser | null {
  if (oxc === undefined) {
    try {
      oxc = load('oxc-parser') as OxcParser;
      raw = rawParser(oxc.parseSync);
    } catch {
      oxc = null;
    }
  }
  return oxc;
}

/** TypeScript, loaded on first use. */
export function typeScript(): typeof import('typescript') {
  return load('typescript') as typeof import('typescript');
}

/** Parses a text; `undefined` where it has syntax errors that neither parser lets pass. Never throws. */
export function parse(text: string, dialect: Dialect, parser: ParserName): Parsed | undefined {
  const native = parser === 'typescript-estree' || nestsTooDeep(text, mayHaveTags(dialect)) ? null : oxcParser();
  const parsed = native === null ? undefined : parseNatively(native, text, dialect);
  return parsed ?? parseWithTypeScript(text, dialect);
}

function mayHaveTags(dialect: Dialect): boolean {
  return dialect === 'tsx' || dialect === 'js';
}

/** JavaScript may be a script, and may have types (Flow's look much like TypeScript's). */
function parseNatively(native: OxcParser, text: string, dialect: Dialect): Parsed | undefined {
  if (dialect !== 'js') return parseWithOxc(native, text, dialect, 'module');
  return (
    parseWithOxc(native, text, 'jsx', 'module') ??
    parseWithOxc(native, text, 'jsx', 'commonjs') ??
    parseWithOxc(native, text, 'tsx', 'module')
  );
}

function parseWithOxc(
  native: OxcParser,
  text: string,
  lang: Exclude<Dialect, 'js'> | 'jsx',
  sourceType: 'module' | 'commonjs',
): Parsed | undefined {
  try {
    const options = { lang, sourceType, preserveParens: false, astType: 'ts' } as const;
    const result = raw === undefined ? native.parseSync('file', text, options) : raw(text, options);
    const program = result.program as unknown as Node;
    if (program.body.length === 0 && result.errors.length > 0) return undefined;
    const comments = (): Comment[] => result.comments.map((each) => ({ ...each, value: ownCopy(each.value) }));
    return { program, comments };
  } catch {
    return undefined;
  }
}

function parseWithTypeScript(text: string, dialect: Dialect): Parsed | undefined {
  try {
    estree ??= load('@typescript-eslint/typescript-estree') as TypeScriptEstree;
    const filePath = dialect === 'dts' ? 'file.d.ts' : `file.${dialect === 'js' ? 'jsx' : dialect}`;
    const program = estree.parse(text, {
      range: true,
      loc: false,
      comment: true,
      jsx: dialect === 'tsx' || dialect === 'js',
      filePath,
      allowInvalidAST: true,
      suppressDeprecatedPropertyWarnings: true,
    });
    const comments = (): Comment[] =>
      (program.comments ?? []).map(({ type, value, range }) => ({ type, value, start: range[0] }));
    return { program: program as unknown as Node, comments };
  } catch {
    return undefined;
  }
}
