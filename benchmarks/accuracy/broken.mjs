#!/usr/bin/env node
/**
 * Whether dependents that are said to break really do: `types.breaks` and `types.suspects` against `brokenFiles` of compile oracles.
 * In: an oracle folder and the checkouts that it names. Out: recall and precision of errors alone and of both; misses and false ones by file.
 *
 *   node benchmarks/accuracy/broken.mjs --oracle DIR --corpus DIR [--only NAME] [--types native] [--step 1]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutAt } from '../checkout.mjs';
import { PROJECT, corpora, engine } from '../places.mjs';
import { table } from '../statistics.mjs';
import { mutated, oracleFiles } from './records.mjs';

const { values: options } = parseArgs({
  options: {
    oracle: { type: 'string', default: join(PROJECT, '../shared/oracle') },
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    only: { type: 'string', default: 'compile' },
    types: { type: 'string', default: 'native' },
    /** Every so many of the records. */
    step: { type: 'string', default: '1' },
    misses: { type: 'boolean', default: false },
  },
});
const { analyze } = await engine();
const rows = [];
for (const oracle of oracleFiles(resolve(options.oracle))) {
  if (oracle.protocol !== 'compile' || !oracle.name.includes(options.only)) continue;
  const known = corpora().find(({ repository }) => repository === oracle.repo)?.name ?? oracle.repo.split('/')[1];
  const source = join(resolve(options.corpus), known);
  if (!existsSync(source)) console.log(`${oracle.name}: no checkout of ${oracle.repo}, left out`);
  else rows.push(...(await judge(oracle, checkoutAt(source, oracle.commit, `${basename(source)}-broken`))));
}
console.log(table([['oracle', 'records', 'said to break by', 'recall', 'precision', 'found / said'], ...rows]));

async function judge(oracle, checkout) {
  const records = oracle.records.filter((_, index) => index % Number(options.step) === 0);
  const methods = { errors: [], 'errors and suspects': [] };
  let asked = 0;
  for (const { id, mutation, brokenFiles } of records) {
    const { types } = await analyzeMutated(checkout, mutation);
    if (types === undefined) continue;
    asked++;
    const errors = types.breaks.map(({ file }) => file);
    const suspects = types.suspects.map(({ file }) => file);
    const truth = new Set(brokenFiles.filter((file) => file !== mutation.file));
    const judged = (files) => ({ id, truth, said: new Set(files.filter((file) => file !== mutation.file)) });
    methods.errors.push(judged(errors));
    methods['errors and suspects'].push(judged([...errors, ...suspects]));
  }
  return Object.entries(methods).map(([method, all]) => [oracle.name, asked, method, ...score(all)]);
}

function score(judged) {
  let [found, truths, claims] = [0, 0, 0];
  for (const { id, truth, said } of judged) {
    truths += truth.size;
    claims += said.size;
    for (const file of truth) if (said.has(file)) found++;
    if (!options.misses) continue;
    for (const file of truth) if (!said.has(file)) console.log(`${id} missed ${file}`);
    for (const file of said) if (!truth.has(file)) console.log(`${id} false  ${file}`);
  }
  const percent = (part, whole) => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`);
  return [percent(found, truths), percent(found, claims), `${found} / ${claims}`];
}

async function analyzeMutated(checkout, mutation) {
  const path = join(checkout, mutation.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, mutated(text, mutation));
  try {
    return await analyze({ root: checkout, base: 'HEAD', threads: 0, types: options.types });
  } finally {
    writeFileSync(path, text);
  }
}
