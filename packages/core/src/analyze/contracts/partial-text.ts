/**
 * Values as texts with holes: literals, templates, constants, enum members, one of several, what a caller passes.
 * In: a value of a file and what is bound there. Out: the texts that it can be; a hole is `HOLE`. Which functions' parameters
 * were met is said too: their callers may know more (wrapper inference).
 */
import { HOLE } from '../../model/endpoint.js';
import type { PartialValue } from '../../model/calls.js';
import type { LinkedFile } from '../link/module-table.js';
import { functionKey, type Bound, type Origin } from './origin.js';
import type { Resolver } from './resolver.js';

/** Texts that one value can be. */
const CHOICES = 4;

/** What reading a text has met. */
export interface Reading {
  readonly resolver: Resolver;
  readonly bound: Bound;
  /** Own functions whose parameters stand in the text, by their key. */
  readonly needs: Set<string>;
}

/** The texts that a value can be; empty where it is nothing that could be one. A wholly unknown value is one hole. */
export function textsOf(file: LinkedFile, value: PartialValue, reading: Reading, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (value === null || typeof value === 'boolean' || depth > 8) return [HOLE];
  switch (value[0]) {
    case 't':
      return template(file, value[1] as readonly string[], value[2] as readonly PartialValue[], reading, depth);
    case '|':
      return choices((value[1] as readonly PartialValue[]).flatMap((one) => textsOf(file, one, reading, depth + 1)));
    case 'o':
    case 'a':
    case 'f':
      return [];
    case 'p':
      return parameterTexts(file, value[1] as number, value[2] as number, reading, depth);
    case 'm':
    case 'e':
      if (isUnboundParameter(file, value, reading)) return [HOLE];
  }
  const found = reading.resolver
    .origins(file, value, reading.bound)
    .flatMap((one) => textOfOrigin(one, reading, depth));
  return found.length === 0 ? [HOLE] : choices(found);
}

function textOfOrigin(origin: Origin, reading: Reading, depth: number): readonly string[] {
  if (origin.kind === 'value') return textsOf(origin.file, origin.value, reading, depth + 1);
  if (origin.kind === 'path' && origin.pkg === 'global:URL') return urlText(origin, reading, depth);
  return [HOLE];
}

/** `new URL('/x', base)`, and `.href` of it. */
function urlText(origin: Origin & { kind: 'path' }, reading: Reading, depth: number): readonly string[] {
  const made = origin.steps.find(({ token }) => token === 'I')?.call;
  const record = made && reading.resolver.calls(made.file).calls[made.index];
  return made === undefined || record === undefined
    ? [HOLE]
    : textsOf(made.file, record[4][0] ?? null, reading, depth + 1);
}

function template(
  file: LinkedFile,
  quasis: readonly string[],
  holes: readonly PartialValue[],
  reading: Reading,
  depth: number,
): readonly string[] {
  let texts: string[] = [quasis[0] ?? ''];
  for (const [index, hole] of holes.entries()) {
    const after = quasis[index + 1] ?? '';
    const inside = textsOf(file, hole, reading, depth + 1);
    const parts = inside.length === 0 ? [HOLE] : inside;
    texts = texts.flatMap((text) => parts.map((part) => text + part + after)).slice(0, CHOICES);
  }
  return texts;
}

/** `const:` texts first; an unknown one beside known ones says nothing more. */
function choices(texts: readonly string[]): readonly string[] {
  const known = [...new Set(texts)].filter((text) => text !== HOLE);
  return known.length === 0 ? [HOLE] : known.slice(0, CHOICES);
}

/** What a parameter is given where the call is known; a hole, and a need, where it is not. */
function parameterTexts(
  file: LinkedFile,
  fn: number,
  index: number,
  reading: Reading,
  depth: number,
): readonly string[] {
  const entered = reading.bound.get(functionKey(file, fn));
  if (entered === undefined) {
    reading.needs.add(functionKey(file, fn));
    return [HOLE];
  }
  const argument = reading.resolver.calls(entered.place.file).calls[entered.place.index]?.[4][index] ?? null;
  return textsOf(entered.place.file, argument, { ...reading, bound: entered.bound }, depth + 1);
}

/** A member of a parameter whose call is not known; it is noted that it is needed. */
export function isUnboundParameter(file: LinkedFile, value: PartialValue, { bound, needs }: Reading): boolean {
  let at = value;
  while (Array.isArray(at) && (at[0] === 'm' || at[0] === 'e')) at = at[1] as PartialValue;
  if (!Array.isArray(at) || at[0] !== 'p') return false;
  const key = functionKey(file, at[1] as number);
  if (bound.has(key)) return false;
  needs.add(key);
  return true;
}
