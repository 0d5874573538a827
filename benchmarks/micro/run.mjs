#!/usr/bin/env node
/**
 * Single stages inside one process; see README.md. Without a corpus only the synthetic graphs are measured.
 *
 *   node benchmarks/micro/run.mjs [--corpus DIR] [--repo query] [--runs 5] [--only reach|rank|extractor|resolver] [--save NAME]
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT, writeResult } from '../places.mjs';
import { table } from '../statistics.mjs';
import { measureRank } from './rank.mjs';
import { measureReach } from './reach.mjs';
import { measureExtractor, measureResolver } from './stages.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    repo: { type: 'string', default: 'query' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    save: { type: 'string' },
  },
});

const root = join(resolve(options.corpus), options.repo);
const runs = Number(options.runs);
const suites = { reach: () => measureReach(), rank: () => measureRank(runs) };
if (existsSync(root)) {
  suites.extractor = () => measureExtractor(root, runs);
  suites.resolver = () => measureResolver(root, runs);
} else {
  console.log(`${options.repo} is not in ${options.corpus}: extractor and resolver left out`);
}

const rows = [];
for (const [name, suite] of Object.entries(suites))
  if (!options.only || options.only === name) rows.push(...(await suite()));
const number = (value, digits) => (value === undefined ? '' : value.toFixed(digits));
const lines = rows.map(({ what, median, spread, runs, per, unit, ratio }) => [
  what,
  number(median, 1),
  spread === undefined ? '' : `${(100 * spread).toFixed(0)} %`,
  runs ?? '',
  per === undefined ? '' : `${per.toFixed(1)} ${unit}`,
  ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
]);
console.log(table([['stage', 'CPU ms', 'spread', 'runs', 'per', 'ratio'], ...lines]));
console.log(`\nwritten to ${writeResult(options.save ?? 'micro', rows, options.save !== undefined)}`);
