/** What is kept between runs, and where. */
export { cachePath, openCacheFolder, type CacheFolder, type CacheWish } from './cache-folder.js';
export { exportCache, importCache } from './archive.js';
export { CacheFault } from './cache-fault.js';
export { openCache, type Cache } from './cache.js';
export type { ColumnsReader } from './columns-file.js';
export { treeDigest, type TreeFile, type TreeFiles } from './tree-files.js';
export { listCache, pruneCache, type CacheFile } from './contents.js';
