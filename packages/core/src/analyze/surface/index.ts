/** Compatibility of declarations, and what packages promise. */
export { declaredDifferences } from './declared-differences.js';
export type { Differences } from './difference.js';
export { entryFiles } from './entry-files.js';
export { packageSurfaces } from './package-surfaces.js';
export { publicNames, type PublicNames } from './public-names.js';
export { typedCompatibility, writtenCompatibility } from './settle.js';
