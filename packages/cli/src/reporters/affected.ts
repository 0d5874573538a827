/**
 * Affected packages in the forms that people and task runners take.
 * In: packages, ordered. Out: text; empty where there are none.
 * Sources: Turborepo's and Nx's command-line references (`--filter`, `-p`).
 */
import type { AffectedPackage } from '@blast-radius/core';
import { shellWord, visible } from '../visible.js';
import { jsonText } from './json.js';

/** Values of `--format`. */
export const AFFECTED_FORMATS = ['names', 'paths', 'json', 'turbo', 'nx'] as const;

/** See {@link AFFECTED_FORMATS}. */
export type AffectedFormat = (typeof AFFECTED_FORMATS)[number];

/** The packages as `format` says. Lines are for eyes and `while read`; turbo and nx words are quoted for a POSIX shell. */
export function affectedText(packages: readonly AffectedPackage[], format: AffectedFormat): string {
  if (format === 'json') return jsonText(packages);
  if (packages.length === 0) return '';
  return FORMATS[format](packages);
}

const FORMATS = {
  names: (packages) => packages.map(({ name, root }) => `${visible(name === '' ? root || '.' : name)}\n`).join(''),
  paths: (packages) => packages.map(({ root }) => `${visible(root === '' ? '.' : root)}\n`).join(''),
  turbo: (packages) => `${packages.map((one) => shellWord(`--filter=${turboFilter(one)}`)).join(' ')}\n`,
  nx: (packages) => `-p ${shellWord(packages.map(({ name, root }) => (name === '' ? root || '.' : name)).join(','))}\n`,
} as const satisfies Record<Exclude<AffectedFormat, 'json'>, (packages: readonly AffectedPackage[]) => string>;

/** Turborepo calls the root package `//`, whatever its name, and takes a folder in braces where a package has no name. */
function turboFilter({ name, root }: AffectedPackage): string {
  if (root === '') return '//';
  return name === '' || name === root ? `{./${root}}` : name;
}
