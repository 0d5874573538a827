/**
 * Node's own types, for repositories whose packages are not installed: without them `Buffer` or `process` would be unknown.
 * In: nothing. Out: a folder on the disk. Not here: what the repository has installed.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** Absolute folder of our own copy of `@types/node`; `undefined` where it was left out of the installation. */
export function nodeTypesFolder(): string | undefined {
  return folderOf('@types/node', import.meta.url);
}

/** Absolute folders of the packages that {@link nodeTypesFolder} imports: `fetch` and what belongs to it. Links are followed. */
export function nodeTypesDependencies(): readonly string[] {
  const node = nodeTypesFolder();
  const undici = node === undefined ? undefined : folderOf('undici-types', `${node}/index.d.ts`);
  return undici === undefined ? [] : [undici];
}

function folderOf(name: string, from: string): string | undefined {
  try {
    return dirname(createRequire(from).resolve(`${name}/package.json`)).replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}
