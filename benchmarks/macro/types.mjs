#!/usr/bin/env node
/**
 * What the type checker costs and adds: the same changes with `--types off`, `ts-morph` and `native`, one process for each mode.
 * In: an oracle folder (its mutations are the changed symbols) and the checkouts that it names. Out: CPU of whole runs, the checker's share,
 * native against ts-morph, mean sets, and every change on which the two do not say the same. CPU is user + system of the process and all that it starts.
 *
 *   node benchmarks/macro/types.mjs --oracle DIR --corpus DIR --only NAME [--count 50]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutated, oracleFiles } from '../accuracy/records.mjs';
import { checkoutAt } from '../checkout.mjs';
import { PROJECT, WORK, corpora, engine } from '../places.mjs';
import { table } from '../statistics.mjs';

const MODES = ['off', 'ts-morph', 'native'];
const { values: options } = parseArgs({
  options: {
    oracle: { type: 'string', default: join(PROJECT, '../shared/oracle') },
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    only: { type: 'string', default: 'compile' },
    count: { type: 'string', default: '50' },
    /** Set in the processes that this one starts. */
    mode: { type: 'string' },
  },
});
const oracles = oracleFiles(resolve(options.oracle)).filter(
  ({ name, protocol }) => protocol === 'compile' && name.includes(options.only),
);
for (const oracle of oracles) {
  if (options.mode) await runMode(oracle, options.mode);
  else compareModes(oracle);
}

function answersFile({ name }, mode) {
  return join(WORK, `types-${name}-${mode}.json`);
}

function compareModes(oracle) {
  const runs = MODES.map((mode) => {
    const before = childSeconds();
    const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--only', oracle.name, '--mode', mode];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`${mode} failed`);
    return { mode, cpu: childSeconds() - before, ...JSON.parse(readFileSync(answersFile(oracle, mode), 'utf8')) };
  });
  const [off, reference, native] = runs;
  const rows = runs.map(({ mode, cpu, sets }) => [
    mode,
    (cpu / off.cpu).toFixed(2),
    `${Math.round(((cpu - off.cpu) / cpu) * 100)} %`,
    (sets.reduce((sum, one) => sum + one, 0) / sets.length).toFixed(1),
  ]);
  console.log(`\n${oracle.name}: ${reference.sets.length} changed symbols, one process a mode`);
  console.log(table([['types', 'CPU / off', "checker's share", 'mean set'], ...rows]));
  const checker = (native.cpu - off.cpu) / (reference.cpu - off.cpu);
  console.log(
    `native / ts-morph: whole runs ${(native.cpu / reference.cpu).toFixed(2)}, the checker alone ${checker.toFixed(2)}`,
  );
  const different = Object.keys(reference.answers).filter((id) => reference.answers[id] !== native.answers[id]);
  console.log(
    `answers that differ: ${different.length} of ${reference.sets.length}${different.map((id) => `\n  ${id}`).join('')}`,
  );
}

/** CPU seconds of all children so far that have ended, and theirs. */
function childSeconds() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** All that the engines have to agree on. How a compiler words an error, and under which number, is its own: TypeScript 7 differs from 6. */
function answerOf({ changes, impacts, types }) {
  return JSON.stringify({
    changes: changes.map(({ file, symbol, kind, compatibility }) => [file, symbol, kind, compatibility]),
    impacts: impacts.map(({ world, distance, file, symbol }) => [world, distance, file, symbol]),
    breaks: types?.breaks.map(({ file, line }) => `${file}:${line}`),
    suspects: types?.suspects,
    counts: [types?.checkedFiles, types?.spared, types?.doubtful],
  });
}

async function runMode(oracle, mode) {
  const { analyze } = await engine();
  const known = corpora().find(({ repository }) => repository === oracle.repo)?.name ?? oracle.repo.split('/')[1];
  const source = join(resolve(options.corpus), known);
  if (!existsSync(source)) throw new Error(`no checkout of ${oracle.repo} in ${options.corpus}`);
  const checkout = checkoutAt(source, oracle.commit, `${basename(source)}-types`);
  const answers = {};
  const sets = [];
  for (const { id, mutation } of oracle.records.slice(0, Number(options.count))) {
    const path = join(checkout, mutation.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, mutated(text, mutation));
    try {
      const report = await analyze({ root: checkout, base: 'HEAD', threads: 0, types: mode });
      const places = [...report.changes, ...report.impacts.filter(({ world }) => world === 'compile')];
      sets.push(new Set(places.map(({ file }) => file)).size);
      answers[id] = answerOf(report);
    } finally {
      writeFileSync(path, text);
    }
  }
  writeFileSync(answersFile(oracle, mode), JSON.stringify({ answers, sets }));
}
