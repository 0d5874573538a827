/** Everything's radius at once. */
export { rankGraph, type RankOptions, type RankRow } from './rank.js';
