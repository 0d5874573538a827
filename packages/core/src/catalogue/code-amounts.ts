/**
 * Options in code that are amounts, and the dimension of catalogue/resources.ts that each is: data for the rules `res/…`.
 * In: rows `[rows, options, dimension]`, matched in order, the first that fits counts. Options are those of catalogue/frameworks.
 */

/** One row: ids of catalogue rows, names of options, id of a dimension. */
export interface CodeAmount {
  readonly rows: RegExp;
  readonly options: RegExp;
  readonly dimension: string;
}

const POOLS = /pool|postgres|mongo\.|knex|sequelize|typeorm|agent/;

/** See the file's head. */
export const CODE_AMOUNTS: readonly CodeAmount[] = [
  amount(/./, /resourceLimits\.maxOldGenerationSizeMb$/, 'heap-limit'),
  amount(/body-limit|fastify\.options|multer|axios/, /^(?:limit|bodyLimit|limits\.fileSize|maxContentLength)$/, 'body-limit'),
  amount(/lru-cache/, /^(?:max|maxSize|maxKeys)$/, 'cache-max'),
  amount(/piscina|workerpool/, /^(?:maxThreads|maxWorkers)$/, 'worker-count'),
  amount(POOLS, /^(?:max|pool\.max|extra\.max|connectionLimit|maxPoolSize|poolSize|connections|maxSockets|maxTotalSockets)$/, 'pool-max'),
  amount(/./, /(?:^|\.)(?:concurrency|prefetch|maxConcurrent|partitionsConsumedConcurrently|concurrentTasksPerWorker|limiter\.max)$/, 'concurrency'),
  amount(/./, /^(?:MaxNumberOfMessages|maxBytes)$/, 'batch-size'),
  amount(/./, /(?:^|\.)(?:retries|attempts|maxRetriesPerRequest|retry|retry\.limit)$/, 'retries'),
  amount(/./, /timeout|Timeout|TimeoutM(?:illi)?s|(?:acquire|idle|evict)$|maxWait|lockDuration|VisibilityTimeout/, 'timeout'),
]; // prettier-ignore

function amount(rows: RegExp, options: RegExp, dimension: string): CodeAmount {
  return { rows, options, dimension };
}
