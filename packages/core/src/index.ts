/**
 * The library: analyse a change, open a repository, ask a finished report. Functions and record types, nothing else.
 * Start with {@link analyze}. Every record is plain and JSON-safe, but for the graph, which is typed arrays.
 */
export { prepareIndex, type IndexOptions } from './pipeline.js';
export {
  analyze,
  openComparisons,
  openRepository,
  type ComparedRevisions,
  type Comparisons,
  type Repository,
} from './repository.js';
export type { PreparedIndex } from './lint/prepare.js';
export {
  fileGraph,
  impactGraph,
  packageGraph,
  symbolGraph,
  type FoundSymbols,
  type GraphEdgeAttributes,
  type GraphNodeAttributes,
  type PublicGraph,
} from './analyze/impact/index.js';
export type { CountMethod, RankOptions, Ranking, RankRow } from './analyze/rank/index.js';
export { dependentsOf, reach, type Dependent, type ReachGraph, type Seed } from './analyze/reach/index.js';
export { affectedPackages, why, type AffectedPackage, type WhyPath, type WhyStep } from './analyze/report/index.js';
export type { CacheFile } from './gather/cache/index.js';
export { openRepositoryCache, type RepositoryCache } from './gather/repository-cache.js';
export { remotePage } from './gather/git/index.js';
export { watchRepository, type Watching, type WatchOptions } from './gather/watch.js';
export type { Assumption } from './analyze/change/index.js';
export * from './model/index.js';
