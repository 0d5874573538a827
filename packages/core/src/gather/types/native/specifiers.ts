/**
 * Makes specifiers lead where the resolver says. The compiler resolves by itself, and its `paths` hold for all files alike; so each
 * specifier that leads into the repository is replaced, in the text that the compiler gets, by a token of the same length, and
 * `paths` names the file behind the token. Offsets stay, two files may mean different things by one specifier, and the module is
 * the file itself: its default export, its `export =` and the identity of its types are what they are.
 * In: texts and resolutions. Out: texts, `paths`, and messages with the specifiers put back. Not here: installed packages.
 */
import type { RepoPath, TypeProgramInput } from '../../../model/index.js';
import { programName } from '../ts-morph/file-host.js';

/** Tokens only ever grow in number: a file that means the same in the next revision keeps its text. */
export interface Specifiers {
  /** Tokens by specifier for every file that has some; the files' texts differ by them. */
  leads(input: TypeProgramInput): ReadonlyMap<RepoPath, Leads>;
  /** `paths` of a tsconfig: a token, the absolute name of a file. */
  readonly paths: Readonly<Record<string, readonly [string]>>;
  /** The same text with the specifiers in it. */
  restored(text: string): string;
}

/** Tokens by specifier. */
export type Leads = ReadonlyMap<string, string>;

/** TypeScript reads these by itself. */
const READABLE = /\.(?:[cm]?[jt]sx?|json|vue|svelte|astro)$/;
const DIGITS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** No specifier holds a control character or one for private use. */
const MARK = '\u007f';
const PRIVATE_USE = 0xe000;

/** See {@link Specifiers}. */
export function createSpecifiers(): Specifiers {
  const tokens = new Map<string, string>();
  const counts = new Map<number, number>();
  const specifiers = new Map<string, string>();
  const paths: Record<string, readonly [string]> = {};

  function tokenOf(specifier: string, target: string): string {
    const key = `${specifier}\n${target}`;
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const { length } = specifier;
    const count = counts.get(length) ?? 0;
    counts.set(length, count + 1);
    const token = nthToken(length, count);
    tokens.set(key, token);
    specifiers.set(token, specifier);
    paths[token] = [target];
    return token;
  }

  function leadsOf(
    input: TypeProgramInput,
    resolutions: ReadonlyMap<string, RepoPath>,
    ambient: ReadonlySet<string>,
  ): Leads {
    const leads = new Map<string, string>();
    for (const [specifier, target] of resolutions) {
      if (specifier === '' || !READABLE.test(target) || !input.texts.has(target)) continue;
      const name = programName(input.root, target);
      if (ambient.has(specifier)) paths[specifier] = [name];
      else leads.set(specifier, tokenOf(specifier, name));
    }
    return leads;
  }

  return {
    paths,
    leads: (input) => {
      const ambient = ambientModules(input);
      const files = [...input.resolutions].filter(([path]) => input.texts.has(path));
      return new Map(files.map(([path, resolutions]) => [path, leadsOf(input, resolutions, ambient)] as const));
    },
    restored: (text) => text.replace(TOKENS, (token) => specifiers.get(unescaped(token)) ?? token),
  };
}

/** A mark and digits: as many tokens of one length as there are files that could be meant. */
function nthToken(length: number, count: number): string {
  const each = DIGITS.length ** (length - 1);
  const round = Math.floor(count / each);
  let rest = count % each;
  let digits = '';
  while (digits.length < length - 1) {
    digits = DIGITS[rest % DIGITS.length]! + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return (round === 0 ? MARK : String.fromCharCode(PRIVATE_USE + round - 1)) + digits;
}

/** Printed types show a mark as an escape. */
const TOKENS = /(?:[\u007f\ue000-\uf8ff]|\\u(?:007[fF]|[eEfF][\da-fA-F]{3}))[A-Za-z\d]*/g;

function unescaped(token: string): string {
  return token.replace(/^\\u(.{4})/, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Names that `declare module '…'` gives to modules of its own: an import of one means that, wherever it would lead. */
function ambientModules({ texts }: TypeProgramInput): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts.values()) {
    if (!text.includes('declare module')) continue;
    for (const [, name] of text.matchAll(/\bdeclare module ["']([^"'\n]+)["']/g))
      if (!name!.startsWith('.')) names.add(name!);
  }
  return names;
}

/** What stands between a keyword and its specifier: space, brackets, short comments. */
const BETWEEN = String.raw`(?:[\s(]|\/\*(?:[^*]|\*(?!\/)){0,200}\*\/)*`;
const SPECIFIER = new RegExp(
  String.raw`(\b(?:from|import|require|module)\b${BETWEEN})(["'\x60])([^"'\x60\n\\]+)\2`,
  'g',
);

/** `text` as the compiler gets it: as long, line for line. Its API loses count after a byte order mark. Time linear. */
export function withTokens(text: string, leads: Leads | undefined): string {
  const plain = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  if (leads === undefined || leads.size === 0) return plain;
  return plain.replace(SPECIFIER, (whole, before: string, quote: string, specifier: string) => {
    const token = leads.get(specifier);
    return token === undefined ? whole : `${before}${quote}${token}${quote}`;
  });
}

/** Where in `text` specifiers may stand: offsets of their quotes. */
export function specifierPositions(text: string): readonly number[] {
  return [...text.matchAll(SPECIFIER)].map(({ index, 1: before }) => index + before!.length);
}

/** Whether the compiler gets the same text for the same text. */
export function sameLeads(left: Leads | undefined, right: Leads | undefined): boolean {
  if ((left?.size ?? 0) !== (right?.size ?? 0)) return false;
  return [...(left ?? [])].every(([specifier, token]) => right?.get(specifier) === token);
}
