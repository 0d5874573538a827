/**
 * What the names are that a file takes from other files of the repository, so that its text can be surveyed without them.
 * In: a resolver of the whole revision, a file. Out: package paths and texts by import, as one JSON text and back.
 * Left out: the repository's own functions and classes, namespaces. Packages need no entry: their specifier says what they are.
 */
import type { PartialValue } from '../../model/calls.js';
import type { LinkedFile } from '../link/module-table.js';
import type { Origin } from './origin.js';

/** One thing that an import can be. A `value` is a text, a number or a flag. */
export type ImportedOrigin =
  (Origin & { readonly kind: 'path' }) | { readonly kind: 'value'; readonly value: string | number | boolean };

/** By {@link importKey}. */
export type ImportedOrigins = ReadonlyMap<string, readonly ImportedOrigin[]>;

/** Nothing is known of other files. */
export const NO_IMPORTS: ImportedOrigins = new Map();

/** As stored: `[key, origins]`, a path as `[package, subpath, tokens]`. */
type Stored = readonly [
  key: string,
  origins: readonly (string | number | boolean | readonly [string, string, string[]])[],
][];

/** Specifier and name of an imported binding; `''` for all others. */
export function importKey({ facts }: LinkedFile, binding: number): string {
  const bound = facts?.bindings[binding];
  const entry = bound?.kind === 'import' ? facts?.imports[bound.import] : undefined;
  return entry === undefined ? '' : `${facts?.requests[entry.request]?.specifier ?? ''}\0${entry.name}`;
}

/** A resolver of the whole revision. */
export interface OriginSource {
  origins(file: LinkedFile, value: PartialValue): readonly Origin[];
}

/** What a file's imports from the repository are; `''` where nothing is known of any. */
export function writeImported(resolver: OriginSource, file: LinkedFile): string {
  const found = new Map<string, Stored[number][1]>();
  for (const [index, binding] of file.facts?.bindings.entries() ?? []) {
    const entry = binding.kind === 'import' ? file.facts?.imports[binding.import] : undefined;
    const kind = entry === undefined ? undefined : file.source.resolutions[entry.request]?.kind;
    if (kind !== 'file' && kind !== 'files') continue;
    const origins = resolver.origins(file, ['b', index]).flatMap(stored);
    if (origins.length > 0) found.set(importKey(file, index), origins);
  }
  return found.size === 0 ? '' : JSON.stringify([...found]);
}

function stored(origin: Origin): Stored[number][1] {
  if (origin.kind === 'path') return [[origin.pkg, origin.subpath, origin.steps.map(({ token }) => token)]];
  return origin.kind === 'value' && origin.value !== null && typeof origin.value !== 'object' ? [origin.value] : [];
}

/** The inverse of {@link writeImported}. */
export function readImported(text: string): ImportedOrigins {
  if (text === '') return NO_IMPORTS;
  return new Map((JSON.parse(text) as Stored).map(([key, origins]) => [key, origins.map(restored)]));
}

function restored(one: Stored[number][1][number]): ImportedOrigin {
  if (typeof one !== 'object') return { kind: 'value', value: one };
  const [pkg, subpath, tokens] = one;
  return { kind: 'path', pkg, subpath, steps: tokens.map((token) => ({ token })) };
}
