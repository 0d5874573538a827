/** Everything's radius at once. */
export { closureCounts, type CountMethod } from './closure-counts.js';
export { rankGraph, type RankOptions, type Ranking, type RankRow } from './rank.js';
