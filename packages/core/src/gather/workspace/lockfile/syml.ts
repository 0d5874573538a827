/**
 * Yarn's and pnpm's YAML, by Yarn's own parser, which is loaded when the first lockfile is read: most runs read none.
 */
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
let parser: typeof import('@yarnpkg/parsers') | undefined;

/** The document as plain values. Throws where the text is none. */
export function parseSyml(text: string): unknown {
  parser ??= load('@yarnpkg/parsers') as typeof import('@yarnpkg/parsers');
  return parser.parseSyml(text);
}
