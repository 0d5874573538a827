/** The prepared index that lint rules look up. */
export { buildLintIndex, type LintIndexSource } from './build.js';
export { referenceDigests, type ReferenceDigests } from './reference-digests.js';
