#!/usr/bin/env node
/**
 * Whole cold processes on pinned corpora: our CLI and its peers, one after the other in rounds (A B C, A B C, …).
 * In: checkouts. Out: medians of CPU, wall and memory, and CPU ratios to our `report`; a JSON file.
 * The first round is discarded. A process that fails or runs into the limit is said so and not timed again.
 *
 *   node benchmarks/macro/run.mjs --corpus DIR [--repo a,b] [--runs 5] [--limit 300] [--subject name,name] [--save NAME]
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../checkout.mjs';
import { PROJECT, corpora, writeResult } from '../places.mjs';
import { summary, table } from '../statistics.mjs';
import { runMeasured } from './child.mjs';
import { installPeers, ours, peers } from './subjects.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    repo: { type: 'string' },
    runs: { type: 'string', default: '5' },
    limit: { type: 'string', default: '300' },
    subject: { type: 'string' },
    save: { type: 'string' },
  },
});

for (const problem of installPeers()) console.log(`peers could not be installed: ${problem}`);
const chosen = corpora().filter(({ name, cold }) => (options.repo ? options.repo.split(',').includes(name) : cold));
const results = [];
for (const { name, sourceFiles } of chosen) {
  const root = join(resolve(options.corpus), name);
  if (!existsSync(root)) {
    console.log(`${name}: not in ${options.corpus}, left out`);
    continue;
  }
  const file = mostTypicalFile(root);
  const subjects = [...ours(root, file), ...(await peers(root, file))].filter(
    (subject) => !options.subject || options.subject.split(',').includes(subject.name),
  );
  results.push({ name, sourceFiles, file, rows: await rounds(root, subjects) });
  tell(results.at(-1));
}
if (results.length > 0)
  console.log(`\nwritten to ${writeResult(options.save ?? 'macro', results, options.save !== undefined)}`);

/** A source file to ask about: the middle one, by path, of those below a `src` folder; the same on every machine. */
function mostTypicalFile(root) {
  const files = git(root, ['ls-files', '-z'])
    .split('\0')
    .filter((path) => /(?:^|\/)src\/.*\.tsx?$/.test(path) && !/test|spec|\.d\.ts/.test(path));
  return files[files.length >> 1];
}

async function rounds(root, subjects) {
  const rows = subjects.map(({ name, command }) => ({ name, command, runs: [], failed: undefined }));
  for (let round = 0; round <= Number(options.runs); round++) {
    for (const row of rows) {
      if (row.failed !== undefined) continue;
      const run = await runMeasured(row.command, { cwd: root, limit: Number(options.limit) });
      if (run.status !== 0)
        row.failed = run.status === null ? `over ${options.limit} s` : `exit ${run.status}: ${run.stderr}`;
      else if (round > 0) row.runs.push(run);
    }
  }
  return rows.map(({ name, runs, failed }) =>
    runs.length === 0 ? { name, failed } : { name, failed, ...figures(runs) },
  );
}

function figures(runs) {
  const of = (key) => (runs.some((run) => run[key] !== undefined) ? summary(runs.map((run) => run[key])) : undefined);
  return { cpu: of('cpu'), wall: of('wall'), rss: of('rss'), bytes: runs[0].bytes };
}

function tell({ name, sourceFiles, rows }) {
  const reference = rows.find((row) => row.name === 'report')?.cpu?.median;
  const lines = rows.map((row) =>
    row.cpu
      ? [
          row.name,
          row.cpu.median.toFixed(2),
          `${(100 * row.cpu.spread).toFixed(0)} %`,
          row.wall.median.toFixed(2),
          row.rss ? `${row.rss.median.toFixed(0)} MB` : '',
          reference ? `${(row.cpu.median / reference).toFixed(2)} ×` : '',
          row.cpu.runs,
        ]
      : [row.name, row.failed ?? '', '', '', '', '', 0],
  );
  console.log(
    `\n${name} (${sourceFiles} source files)\n${table([['subject', 'CPU s', 'spread', 'wall s', 'peak', 'CPU of report', 'runs'], ...lines])}`,
  );
}
