#!/usr/bin/env node
/**
 * All accuracy suites in a row: oracles, harmless edits, commit replays. Each can be run by itself.
 *
 *   node benchmarks/accuracy/run.mjs [--oracle DIR] [--corpus DIR] [--count 50]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../places.mjs';

const { values } = parseArgs({
  options: { oracle: { type: 'string' }, corpus: { type: 'string' }, count: { type: 'string' } },
});
const flags = (...names) => names.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
const suites = [
  ['oracle.mjs', ...flags('oracle', 'corpus'), '--misses'],
  ['harmless.mjs', ...flags('corpus')],
  ['commits.mjs', ...flags('corpus', 'count')],
];
for (const [script, ...args] of suites) {
  console.log(`\n== ${script} ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(PROJECT, 'benchmarks/accuracy', script), ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
