/**
 * The library out of few files where they are there, else out of its own: the same exports, sooner loaded.
 * Who imports the package itself is not concerned. Not here: how the bundle is made (scripts/bundle.mjs).
 */
import { statSync } from 'node:fs';

/** The library's exports. */
export type Library = typeof import('./index.js');

/** Loads the library once; a bundle that is older than the build beside it is passed over. */
export async function loadLibrary(): Promise<Library> {
  const bundle = new URL('./bundled/core/index.js', import.meta.url);
  const bundled = modified(bundle);
  // A released package has no such record; there the bundle is of the files that it is packed with.
  const built = modified(new URL('./.tsbuildinfo', import.meta.url)) ?? 0;
  if (bundled === undefined || bundled < built) return import('./index.js');
  return import(bundle.href) as Promise<Library>;
}

function modified(file: URL): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
