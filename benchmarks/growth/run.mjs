#!/usr/bin/env node
/**
 * How cost grows with size: whole cold processes on made monorepos, and the slope of a line through log(size), log(cost).
 * In: sizes in source files. Out: CPU and peak memory per size, slopes in all and between neighbours, and by phase; a JSON file.
 * A slope of 1 is linear. Sizes are measured in turn (A B C, A B C, …), the first round is discarded, medians are kept.
 *
 *   node benchmarks/growth/run.mjs [--sizes 1000,4000,16000] [--runs 3] [--command report|rank|impact] [--save NAME]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../checkout.mjs';
import { runMeasured } from '../macro/child.mjs';
import { CLI, WORK, writeResult } from '../places.mjs';
import { median, table } from '../statistics.mjs';
import { makeMonorepo } from './monorepo.mjs';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,4000,16000' },
    runs: { type: 'string', default: '3' },
    command: { type: 'string', default: 'report' },
    save: { type: 'string' },
  },
});

const COMMANDS = {
  report: ['report', '--base', 'HEAD~1', '--head', 'HEAD', '--json'],
  rank: ['rank', '--json'],
  impact: ['impact', 'packages/p1/src/area0/module0.ts', '--json'],
};

const sizes = options.sizes.split(',').map(Number);
const rows = sizes.map((files) => ({ files, root: repository(files), runs: [] }));
for (let round = 0; round <= Number(options.runs); round++) {
  for (const row of rows) {
    const run = await once(row.root);
    if (round > 0 || Number(options.runs) === 0) row.runs.push(run);
  }
}

const results = rows.map(({ files, runs }) => ({
  files,
  cpu: median(runs.map(({ cpu }) => cpu)),
  rss: median(runs.map(({ rss }) => rss)),
  phases: Object.fromEntries(
    runs[0].phases.map(({ phase }) => [
      phase,
      median(runs.map((run) => run.phases.find((one) => one.phase === phase)?.cpu ?? 0)),
    ]),
  ),
  counts: Object.assign({}, ...runs[0].phases.map(({ phase, counts }) => ({ [phase]: counts }))),
}));
tell(results);
console.log(
  `\nwritten to ${writeResult(options.save ?? `growth-${options.command}`, results, options.save !== undefined)}`,
);

function repository(files) {
  const root = join(WORK, 'growth', String(files));
  if (!existsSync(join(root, '.git')) || git(root, ['rev-list', '--count', 'HEAD']).trim() !== '2')
    makeMonorepo(root, files);
  return root;
}

async function once(root) {
  const timing = join(WORK, 'growth/timing.json');
  const args = [...COMMANDS[options.command], '--root', root, '--no-cache', '--timing-output', timing];
  const run = await runMeasured([process.execPath, '--max-old-space-size=8192', CLI, ...args], {
    cwd: WORK,
    limit: 3600,
  });
  if (run.status !== 0) throw new Error(`${args.join(' ')}: exit ${run.status}: ${run.stderr}`);
  return { ...run, phases: JSON.parse(readFileSync(timing, 'utf8')).phases };
}

/** Least squares of log(cost) over log(files). */
function slope(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (of) => logs.reduce((sum, point) => sum + point[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = (other) => logs.reduce((sum, point) => sum + (point[0] - x) * (point[other] - (other ? y : x)), 0);
  return over(1) / over(0);
}

function tell(all) {
  const lines = all.map(({ files, cpu, rss }, at) => {
    const near = (of) => (at === 0 ? '' : slope([all[at - 1], all[at]].map((one) => [one.files, one[of]])).toFixed(2));
    return [files, cpu.toFixed(2), near('cpu'), `${rss?.toFixed(0)} MB`, near('rss')];
  });
  console.log(table([['files', 'CPU s', 'slope', 'peak', 'slope'], ...lines]));
  if (all.length < 2) return;
  const of = (key) => slope(all.map((one) => [one.files, one[key]])).toFixed(3);
  console.log(`\nslope of CPU ${of('cpu')}, of peak memory ${of('rss')}\n`);
  const phases = Object.keys(all.at(-1).phases).map((phase) => {
    const points = all.map(({ files, phases }) => [files, Math.max(1, phases[phase] ?? 1)]);
    return [
      phase,
      ...points.map(([, cpu]) => cpu.toFixed(0)),
      slope(points).toFixed(2),
      slope(points.slice(-2)).toFixed(2),
    ];
  });
  console.log(table([['phase (CPU ms)', ...all.map(({ files }) => String(files)), 'slope', 'last two'], ...phases]));
}
