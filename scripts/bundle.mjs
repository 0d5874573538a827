/**
 * `pnpm run bundle`: the built library in few files, which load in a fraction of the time that some 500 take.
 * In: packages/core/dist, built. Out: packages/core/dist/bundled/core. Other packages stay outside. Source: packages/core/src/loader.ts takes it
 * while it is newer than the build. The folder is as deep as those whose files find others by their own place.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = fileURLToPath(new URL('../packages/core/dist', import.meta.url));
const into = join(dist, 'bundled/core');

rmSync(into, { recursive: true, force: true });
const bundle = await rolldown({
  input: { index: join(dist, 'index.js'), worker: join(dist, 'gather/pool/worker.js') },
  platform: 'node',
  external: (specifier) => !/^[./]|^[A-Z]:/i.test(specifier),
});
await bundle.write({
  dir: into,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  // Names stay, for the stacks of bug reports.
  minify: { compress: false, mangle: false, codegen: true },
});
await bundle.close();
