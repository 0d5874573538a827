/**
 * Node's own types, for repositories whose packages are not installed: without them `Buffer` or `process` would be unknown.
 * In: nothing. Out: a folder on the disk. Not here: what the repository has installed.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** Absolute folder of our own copy of `@types/node`; `undefined` where it was left out of the installation. */
export function nodeTypesFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@types/node/package.json')).replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}
