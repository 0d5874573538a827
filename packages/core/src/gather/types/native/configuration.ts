/**
 * The tsconfig of a program, as text. In: compiler options, files, `paths`. Out: JSON.
 * What version 7 no longer knows is said as what comes nearest to it; both revisions are read with the same options.
 */
import type { TypeProgramInput } from '../../../model/index.js';
import { programName } from '../ts-morph/file-host.js';
import { ownEntry } from '../../../model/own-entry.js';

/** JSON for the virtual tsconfig. `revision` makes it differ where the files that exist do, so that lookups are made anew. */
export function configurationOf(
  input: TypeProgramInput,
  paths: Readonly<Record<string, readonly [string]>>,
  revision: number,
): string {
  const present = input.roots.filter((path) => input.texts.has(path));
  const files = [...present.map((path) => programName(input.root, path)), ...input.ambient];
  const compilerOptions = { types: [], ...knownOptions(input.compilerOptions), paths };
  return JSON.stringify({ compilerOptions, files, revision });
}

/** Options by lower-case name and value that version 7 refuses, and what stands for them. */
const REPLACED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  target: { es3: 'es2015', es5: 'es2015', es6: 'es2015' },
  module: { amd: 'esnext', umd: 'esnext', system: 'esnext', none: 'esnext' },
  moduleresolution: { node: 'bundler', node10: 'bundler', classic: 'bundler' },
};

/** Options that version 7 refuses whatever their value. */
const GONE = new Set(['baseurl', 'outfile', 'downleveliteration', 'ignoredeprecations', 'paths', 'alwaysstrict']);

function knownOptions(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(options).filter(([name, value]) => !GONE.has(name.toLowerCase()) && value !== undefined);
  return Object.fromEntries(kept.map(([name, value]) => [name, replaced(name, value)]));
}

function replaced(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return ownEntry(ownEntry(REPLACED, name.toLowerCase()) ?? {}, value.toLowerCase()) ?? value;
}
