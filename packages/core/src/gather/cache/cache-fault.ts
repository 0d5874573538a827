/**
 * What is thrown where something that the run already relies on turns out to be broken in the cache.
 * Whoever started the run catches it, and runs again without the cache: a broken cache costs a cold run, never an answer.
 */
export class CacheFault extends Error {
  override readonly name = 'CacheFault';
}
