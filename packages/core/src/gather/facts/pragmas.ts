/**
 * Comments that mean something: compiler and bundler directives, triple-slash references, JSDoc types in JavaScript.
 * In: the text's comments and directives. Out: normalised pragmas, requests and compile-only references of the module.
 * Lint directives do not count.
 */
import { compareText } from '../../model/path.js';
import { Space } from './scope.js';
import type { Comment, Node } from './syntax.js';
import { endOf } from './syntax.js';
import type { Walk } from './walk.js';

/** A look that spares the comments of files without any. */
const WORTH_A_LOOK = /@ts-|@jsx|-environment|webpack|@vite|turbopack|__PURE__|__NO_SIDE|<(reference|amd)|\/\*\*/;

const DIRECTIVES = [
  /@ts-(?:nocheck|check|expect-error|ignore)\b/g,
  /@jsx(?:Frag|Runtime|ImportSource)?\s+[\w$.@/-]+/g,
  /@(?:vitest|jest)-environment(?:-options)?\s+\S+/g,
  /\bwebpack[A-Z]\w+\s*:\s*(?:"[^"]*"|'[^']*'|\/[^/]+\/|\[[^\]]*\]|\w+)/g,
  /@vite-ignore\b|\bturbopackIgnore\s*:\s*\w+/g,
  /[@#]__(?:PURE|NO_SIDE_EFFECTS|INLINE|NOINLINE)__/g,
];

/** The pragmas of a file, in order: directives of its first statements, then comments. */
export function pragmasOf(
  text: string,
  program: Node,
  comments: () => readonly Comment[],
): { pragmas: string[]; comments: readonly Comment[] } {
  const pragmas: string[] = [];
  for (const statement of program.body as Node[]) {
    if (typeof statement.directive !== 'string') break;
    pragmas.push(statement.directive);
  }
  if (!WORTH_A_LOOK.test(text)) return { pragmas, comments: [] };
  const all = comments();
  for (const comment of all) pragmas.push(...directivesIn(comment));
  return { pragmas, comments: all };
}

function directivesIn(comment: Comment): string[] {
  const { value } = comment;
  if (comment.type === 'Line' && value.startsWith('/')) {
    const reference = /^\/\s*<(reference|amd-module|amd-dependency)\s+([^>]*?)\/?>/.exec(value);
    return reference ? [`<${reference[1] as string} ${(reference[2] as string).trim().replaceAll(/\s+/g, ' ')}>`] : [];
  }
  const found: { at: number; text: string }[] = [];
  for (const pattern of DIRECTIVES) {
    for (const match of value.matchAll(pattern))
      found.push({ at: match.index, text: match[0].replaceAll(/\s+/g, ' ') });
  }
  return found.toSorted((left, right) => left.at - right.at).map(({ text }) => text);
}

/** Triple-slash references: requests, and what they bring as a compile-only dependency of the module. */
export function noteTripleSlash(walk: Walk, comments: readonly Comment[]): void {
  for (const { type, value, start } of comments) {
    const match = type === 'Line' ? /^\/\s*<reference\s+(path|types)\s*=\s*["']([^"']+)["']/.exec(value) : null;
    if (match === null) continue;
    const kind = match[1] === 'path' ? 'reference-path' : 'reference-types';
    addTypeRequest(walk, match[2] as string, kind, start, []);
  }
}

const JSDOC_IMPORT = /\bimport\(\s*['"]([^'"]+)['"]\s*\)((?:\.[\w$]+)*)/g;
const JSDOC_TAG =
  /@(?:type|param|arg|returns?|typedef|satisfies|extends|augments|implements|template|property|prop|this|callback|enum|throws)\s*\{/g;
const JSDOC_IMPORT_TAG = /@import\s+([^'"]*?)\s*from\s+['"]([^'"]+)['"]/g;

/** Types that JavaScript's JSDoc comments name: references of the module, compile-only, and part of its content. */
export function noteJsDoc(walk: Walk, comments: readonly Comment[], body: readonly Node[]): void {
  const written: { readonly of: string; readonly text: string }[] = [];
  for (const { type, value, start } of comments) {
    if (type !== 'Block' || !value.startsWith('*') || !value.includes('@')) continue;
    for (const [whole, names, specifier] of value.matchAll(JSDOC_IMPORT_TAG)) {
      const imported = [...(names as string).matchAll(/([\w$]+)(?:\s+as\s+[\w$]+)?/g)].map(
        (match) => match[1] as string,
      );
      for (const name of imported)
        addTypeRequest(walk, specifier as string, 'import-type', start, (names as string).includes('{') ? [name] : []);
      written.push({ of: '', text: whole });
    }
    const of = declarationOf(body, start);
    for (const braced of bracedTypes(value)) {
      for (const match of braced.matchAll(JSDOC_IMPORT)) {
        addTypeRequest(walk, match[1] as string, 'import-type', start, (match[2] as string).split('.').filter(Boolean));
      }
      noteNames(walk, braced.replaceAll(JSDOC_IMPORT, ''), start);
      written.push({ of, text: braced.replaceAll(/[\s*]+/g, ' ') });
    }
  }
  // A function that moves within the file takes its comments along: nothing changes.
  for (const { of, text } of written.toSorted((left, right) => compareText(left.of, right.of)))
    walk.erasedText(of + text);
}

/** The name of the top-level function or class that a comment stands before or in; `''` for any other place. */
function declarationOf(body: readonly Node[], at: number): string {
  let [low, high] = [0, body.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(body[middle] as Node) < at) low = middle + 1;
    else high = middle;
  }
  const statement = body[low];
  const declaration = (statement?.declaration ?? statement) as Node | undefined;
  const isHoisted = declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration';
  return isHoisted ? ((declaration.id?.name as string | undefined) ?? '') : '';
}

/** The `{…}` behind type tags, braces balanced. */
function bracedTypes(value: string): string[] {
  const found: string[] = [];
  for (const match of value.matchAll(JSDOC_TAG)) {
    const from = match.index + match[0].length;
    let depth = 1;
    let at = from;
    for (; at < value.length && depth > 0; at += 1) depth += value[at] === '{' ? 1 : value[at] === '}' ? -1 : 0;
    found.push(value.slice(from, at - 1));
  }
  return found;
}

function noteNames(walk: Walk, type: string, start: number): void {
  for (const match of type.matchAll(/(?<![\w$.'"])([A-Za-z_$][\w$]*)((?:\.[\w$]+)*)/g)) {
    const variable = walk.scope.lookup(match[1] as string, Space.both);
    if (variable?.target === undefined) continue;
    walk.erased = true;
    walk.refer(variable, (match[2] as string).split('.').filter(Boolean), 'type', 0, { type: 'Comment', start });
    walk.erased = false;
  }
}

function addTypeRequest(
  walk: Walk,
  specifier: string,
  kind: 'import-type' | 'reference-path' | 'reference-types',
  start: number,
  path: readonly string[],
): void {
  const place = { type: 'Comment', start } as Node;
  const request = walk.draft.request({
    specifier,
    kind,
    typeOnly: true,
    eager: false,
    pattern: false,
    line: walk.line(place),
    start,
  });
  const variable = walk.draft.requests[request]?.variable;
  walk.erased = true;
  if (variable !== undefined) walk.refer(variable, path, 'type', 0, place);
  walk.erased = false;
}
