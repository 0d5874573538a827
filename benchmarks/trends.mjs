#!/usr/bin/env node
/**
 * How figures moved from result to result of the same benchmark on this machine.
 * In: `results/local/history.jsonl`, one line a result, which every benchmark appends to. Out: a table a benchmark.
 * Bare times of two days differ by what else the machine did: look for steps, then measure both commits back to back.
 *
 *   node benchmarks/trends.mjs [--name micro] [--only WORD] [--last 6]
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { HISTORY } from './places.mjs';
import { table } from './statistics.mjs';

const { values: options } = parseArgs({
  options: { name: { type: 'string' }, only: { type: 'string', default: '' }, last: { type: 'string', default: '6' } },
});

const lines = existsSync(HISTORY) ? readFileSync(HISTORY, 'utf8').trim().split('\n') : [];
const results = lines.map((line) => JSON.parse(line)).filter(({ name }) => !options.name || name === options.name);
if (results.length === 0) console.log('no result is stored here yet: run a benchmark first');
for (const name of new Set(results.map((one) => one.name))) tell(name, results.filter((one) => one.name === name)); // prettier-ignore

function tell(name, all) {
  const shown = all.slice(-Number(options.last));
  const figures = shown.map(({ value }) => new Map(figuresOf(value, [])));
  const keys = [...new Set(figures.flatMap((one) => [...one.keys()]))].filter((key) => key.includes(options.only));
  const rows = keys.map((key) => {
    const values = figures.map((one) => one.get(key));
    const present = values.filter((value) => value !== undefined);
    const step = present.length > 1 && present.at(-2) !== 0 ? `${(present.at(-1) / present.at(-2)).toFixed(2)} ×` : '';
    return [key, ...values.map((value) => (value === undefined ? '' : String(Number(value.toPrecision(4))))), step];
  });
  const head = ['figure', ...shown.map(({ at, commit }) => `${at.slice(0, 10)} ${commit}`), 'last step'];
  console.log(`\n${name}\n${table([head, ...rows])}`);
}

/** Every number in a result, under the names of the records around it; spreads and counts of runs are left out. */
function* figuresOf(value, path) {
  if (typeof value === 'number') yield [path.join(' › '), value];
  if (value === null || typeof value !== 'object') return;
  for (const [key, part] of Object.entries(value)) {
    if (['spread', 'runs', 'files'].includes(key)) continue;
    const label = Array.isArray(value) ? String(part?.what ?? part?.name ?? part?.files ?? key) : key;
    yield* figuresOf(part, [...path, label]);
  }
}
