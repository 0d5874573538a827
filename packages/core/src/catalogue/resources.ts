/**
 * Amounts that a deployment gets, and where configuration writes them: data for the rules `res/…` and their classifier.
 * A new amount is a row in {@link DIMENSIONS} and a row for each place in {@link RESOURCE_ROWS}.
 */
import type { SettingsFormat } from '../model/setting.js';

/** How a value is measured; all are compared in the first unit. */
export type Unit = 'bytes' | 'cores' | 'count' | 'seconds' | 'megabytes';

/** One amount. */
export interface Dimension {
  readonly id: string;
  /** As the subject of a sentence. */
  readonly words: string;
  readonly unit: Unit;
  /** What happens when it is too small, and when it is gone. */
  readonly tooSmall: string;
  readonly gone: string;
}

/** Every amount. */
export const DIMENSIONS: readonly Dimension[] = [
  dimension(
    'container-memory-limit',
    'the memory limit of a container',
    'bytes',
    'The container is killed where it needed more.',
    'One container can take the memory of the whole node.',
  ),
  dimension(
    'container-cpu-limit',
    'the CPU limit of a container',
    'cores',
    'The container is slowed down under load: latency and timeouts rise.',
    'One container can take the CPU of the whole node.',
  ),
  dimension(
    'container-memory-request',
    'the memory that is reserved for a container',
    'bytes',
    'It shares a node with more neighbours, and is the first to be evicted.',
    'Nothing is reserved: it is the first to be evicted.',
  ),
  dimension(
    'container-cpu-request',
    'the CPU that is reserved for a container',
    'cores',
    'It gets less under pressure: latency rises.',
    'Nothing is reserved: it may starve under pressure.',
  ),
  dimension(
    'ephemeral-storage-limit',
    'the disk limit of a container',
    'bytes',
    'The container is evicted where it wrote more.',
    'One container can fill the disk of the node.',
  ),
  dimension(
    'replicas',
    'the number of replicas',
    'count',
    'Fewer carry the load, and fewer are left when one fails.',
    'The default counts: often one.',
  ),
  dimension(
    'autoscale-min',
    'the least number of replicas',
    'count',
    'Fewer carry the load when it rises suddenly.',
    'The default counts: often one.',
  ),
  dimension(
    'autoscale-max',
    'the largest number of replicas',
    'count',
    'Peaks are not carried any more.',
    'The default counts.',
  ),
  dimension(
    'grace-period',
    'the time to stop',
    'seconds',
    'Requests and jobs that run longer are cut off at each deployment.',
    'The default counts: often ten or thirty seconds.',
  ),
  dimension(
    'probe-tolerance',
    'what a health check tolerates',
    'seconds',
    'Slow but healthy containers are restarted or get no traffic.',
    'The default counts: often one second, three times.',
  ),
  dimension(
    'heap-limit',
    'the heap limit of Node.js',
    'megabytes',
    'The process ends with "heap out of memory" where it needed more.',
    'The default of Node.js counts, which follows the memory of the machine or container.',
  ),
  dimension(
    'function-memory',
    'the memory of a function',
    'megabytes',
    'It fails where it needed more, and gets less CPU with it.',
    'The default of the platform counts.',
  ),
  dimension(
    'function-timeout',
    'the time that a function may take',
    'seconds',
    'Invocations that take longer are cut off.',
    'The default of the platform counts: often a few seconds.',
  ),
  dimension(
    'function-concurrency',
    'the concurrency that is reserved for a function',
    'count',
    'Calls beyond it are turned away.',
    'It shares the concurrency of the account.',
  ),
  dimension(
    'pool-max',
    'the size of a connection pool',
    'count',
    'Requests wait for a connection, and time out.',
    'The default of the driver counts.',
  ),
  dimension('worker-count', 'the number of workers', 'count', 'Fewer carry the load.', 'The default counts.'),
  dimension(
    'thread-pool',
    'the thread pool of Node.js',
    'count',
    'File, DNS and crypto work waits.',
    'The default counts: four threads.',
  ),
  dimension(
    'timeout',
    'a timeout',
    'seconds',
    'What takes longer fails that did not.',
    'The default counts, which may be none.',
  ),
];

/** Amounts that only code writes: see catalogue/code-amounts.ts. They have rules of their own, but no place in configuration. */
export const CODE_DIMENSIONS: readonly Dimension[] = [
  dimension('concurrency', 'how much runs at once', 'count', 'Work waits: queues grow.', 'The default counts, which may be one, or no limit.'),
  dimension('batch-size', 'how much is taken at once', 'count', 'More round trips for the same work.', 'The default counts: often one.'),
  dimension('retries', 'the number of retries', 'count', 'Passing failures of what is called become failures here.', 'The default counts, which may be none.'),
  dimension('body-limit', 'the largest request or response', 'bytes', 'Larger ones are turned away that were not.', 'The default counts: often 100 kB; or nothing limits it.'),
  dimension('cache-max', 'the size of a cache', 'count', 'More misses: what is behind it gets more load.', 'It may grow until the memory is full.'),
]; // prettier-ignore

const BY_ID: ReadonlyMap<string, Dimension> = new Map([...DIMENSIONS, ...CODE_DIMENSIONS].map((one) => [one.id, one]));

/** The dimension with that id; a row that names none is a bug, and throws. */
export function dimensionOf(id: string): Dimension {
  const found = BY_ID.get(id);
  if (found === undefined) throw new Error(`no dimension ${id} in the catalogue`);
  return found;
}

function dimension(id: string, words: string, unit: Unit, tooSmall: string, gone: string): Dimension {
  return { id, words, unit, tooSmall, gone };
}

/** Where an amount is written. */
export interface ResourceRow {
  /** Absent = any. */
  readonly formats?: readonly SettingsFormat[];
  /** On a setting's path. */
  readonly path: RegExp;
  readonly dimension: string;
  /** Takes the amount out of the value; absent = the value itself. */
  readonly value?: RegExp;
  /** The unit of bare numbers, where it is another than the dimension's. */
  readonly bare?: 'milliseconds' | 'megabytes';
}

const YAML: readonly SettingsFormat[] = ['kubernetes', 'yaml', 'text'];

/** Every place; a setting may match several. */
export const RESOURCE_ROWS: readonly ResourceRow[] = [
  { formats: YAML, path: /(?:^|\/)limits\/memory$/, dimension: 'container-memory-limit' },
  { formats: YAML, path: /(?:^|\/)limits\/cpu$/, dimension: 'container-cpu-limit' },
  { formats: YAML, path: /(?:^|\/)limits\/ephemeral-storage$/, dimension: 'ephemeral-storage-limit' },
  { formats: YAML, path: /(?:^|\/)requests\/memory$/, dimension: 'container-memory-request' },
  { formats: YAML, path: /(?:^|\/)requests\/cpu$/, dimension: 'container-cpu-request' },
  {
    formats: ['kubernetes'],
    path: /^(?:Deployment|StatefulSet|ReplicaSet|Rollout):[^/]*\/spec\/replicas$/,
    dimension: 'replicas',
  },
  { formats: ['yaml'], path: /(?:^|\/)replica(?:Count|s)$/, dimension: 'replicas' },
  { formats: ['kubernetes', 'yaml'], path: /(?:^|\/)minReplicas$/, dimension: 'autoscale-min' },
  { formats: ['kubernetes', 'yaml'], path: /(?:^|\/)maxReplicas$/, dimension: 'autoscale-max' },
  { formats: ['kubernetes', 'yaml'], path: /(?:^|\/)terminationGracePeriodSeconds$/, dimension: 'grace-period' },
  {
    formats: ['kubernetes', 'yaml'],
    path: /(?:liveness|readiness|startup)Probe\/(?:timeoutSeconds|failureThreshold|initialDelaySeconds)$/,
    dimension: 'probe-tolerance',
  },
  {
    formats: ['compose'],
    path: /^services\/[^/]+\/(?:deploy\/resources\/limits\/memory|mem_limit)$/,
    dimension: 'container-memory-limit',
  },
  {
    formats: ['compose'],
    path: /^services\/[^/]+\/(?:deploy\/resources\/limits\/cpus|cpus)$/,
    dimension: 'container-cpu-limit',
  },
  {
    formats: ['compose'],
    path: /^services\/[^/]+\/(?:deploy\/resources\/reservations\/memory|mem_reservation)$/,
    dimension: 'container-memory-request',
  },
  { formats: ['compose'], path: /^services\/[^/]+\/(?:deploy\/replicas|scale)$/, dimension: 'replicas' },
  { formats: ['compose'], path: /^services\/[^/]+\/stop_grace_period$/, dimension: 'grace-period' },
  {
    formats: ['compose'],
    path: /^services\/[^/]+\/healthcheck\/(?:timeout|start_period)$/,
    dimension: 'probe-tolerance',
  },
  { formats: ['serverless'], path: /(?:^|\/)(?:memorySize|MemorySize)$/, dimension: 'function-memory' },
  {
    formats: ['serverless'],
    path: /^(?:provider|functions\/[^/]+)\/timeout$|\/Properties\/Timeout$/,
    dimension: 'function-timeout',
  },
  {
    formats: ['serverless'],
    path: /(?:^|\/)(?:reservedConcurrency|ReservedConcurrentExecutions)$/,
    dimension: 'function-concurrency',
  },
  { formats: ['json'], path: /^functions\/[^/]+\/memory$/, dimension: 'function-memory' },
  { formats: ['json'], path: /^functions\/[^/]+\/maxDuration$/, dimension: 'function-timeout' },
  { path: /./, dimension: 'heap-limit', value: /--max[-_]old[-_]space[-_]size[= ](\d+)/ },
  { path: /(?:^|\/)UV_THREADPOOL_SIZE(?:\/value)?$/, dimension: 'thread-pool' },
  { path: /(?:^|\/)WEB_CONCURRENCY(?:\/value)?$/, dimension: 'worker-count' },
  { path: /(?:^|\/)\w*POOL_?(?:MAX|SIZE|LIMIT)\w*(?:\/value)?$/, dimension: 'pool-max' },
  { path: /(?:^|\/)\w*DATABASE_URL(?:\/value)?$/, dimension: 'pool-max', value: /[?&]connection_limit=(\d+)/ },
  { formats: ['env'], path: /TIMEOUT(?:_MS|_MILLIS)$/, dimension: 'timeout', bare: 'milliseconds' },
  { formats: ['env'], path: /TIMEOUT(?:_S|_SECS|_SECONDS)?$/, dimension: 'timeout' },
];
