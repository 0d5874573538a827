/**
 * Tests run against the sources beside them; what one package takes from another is its build, as users get it.
 * Fixtures hold test files too: they are analysed, never run.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'fixtures/**'],
    // No test may leave anything in the user's cache, or find it there; those about the cache name a folder.
    env: { BLAST_RADIUS_CACHE: 'off' },
    // Cases that run git or start worker threads take seconds on a small machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
