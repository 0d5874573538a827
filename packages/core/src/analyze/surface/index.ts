/** Compatibility of declarations, and what packages promise. */
export { declaredDifferences } from './declared-differences.js';
export type { Differences } from './difference.js';
export { packageSurfaces } from './package-surfaces.js';
export { typedCompatibility, writtenCompatibility } from './settle.js';
