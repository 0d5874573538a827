/** Reverse reachability over typed arrays: adjacency, kernel, paths, sizes, coverage. */
export { reverseAdjacency } from './adjacency.js';
export { forwardAdjacency, reachedByTests } from './coverage.js';
export { reach } from './kernel.js';
export type { Seed } from './kernel.js';
export type { ReachGraph } from './layer.js';
export { dependentsOf, parentPlace, pathTo } from './path.js';
export type { Dependent, Place, ReachPath } from './path.js';
export { BATCH } from './batch-walk.js';
export type { Places } from './batch-walk.js';
export { reachSizes } from './sizes.js';
