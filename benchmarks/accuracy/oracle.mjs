#!/usr/bin/env node
/**
 * Accuracy against ground truth: repositories that were really broken, and what really failed.
 * In: a folder of oracle files with its scorer, and the checkouts that their records name. Out: a table of recall, safe
 * records, precision and mean set, beside file-level importers in the same run; misses by name; predictions in `.work/`.
 *
 *   node benchmarks/accuracy/oracle.mjs --oracle DIR --corpus DIR [--only NAME] [--ids a,b] [--misses] [--save NAME]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutAt } from '../checkout.mjs';
import { PROJECT, WORK, corpora, engine, writeResult } from '../places.mjs';
import { table } from '../statistics.mjs';
import { importersOf, transitiveImporters } from './file-level.mjs';
import { mutated, mutatedSymbol, oracleFiles } from './records.mjs';

const { values: options } = parseArgs({
  options: {
    oracle: { type: 'string', default: join(PROJECT, '../shared/oracle') },
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    only: { type: 'string' },
    ids: { type: 'string' },
    misses: { type: 'boolean', default: false },
    save: { type: 'string' },
  },
});

const rows = [];
for (const oracle of oracleFiles(resolve(options.oracle)).filter(
  ({ name }) => !options.only || name.includes(options.only),
)) {
  const source = corpusFolder(oracle.repo);
  if (!source) {
    console.log(`${oracle.name}: no checkout of ${oracle.repo} in ${options.corpus}, left out`);
    continue;
  }
  rows.push(...(await judge(chosen(oracle), checkoutAt(source, oracle.commit, basename(source)))));
}
if (rows.length > 0) report(rows);

/** The folder of `--corpus` that holds a repository: by its name in corpora.json, else by its own. */
function corpusFolder(repo) {
  const known = corpora().find(({ repository }) => repository === repo)?.name;
  const names = [known, repo.split('/')[1], repo.replace('/', '-')].filter(Boolean);
  return names.map((name) => join(resolve(options.corpus), name)).find((folder) => existsSync(folder));
}

function chosen(oracle) {
  if (!options.ids) return oracle;
  const ids = options.ids.split(',');
  return {
    ...oracle,
    records: oracle.records.filter(({ id }) => ids.some((wanted) => id === wanted || id.endsWith(`-${wanted}`))),
  };
}

/** Predicts every record with the engine and with file-level importers; returns one scored row for each. */
async function judge(oracle, checkout) {
  const { analyze, openRepository } = await engine();
  const repository = await openRepository({ root: checkout });
  const started = process.hrtime.bigint();
  const ours = [];
  for (const record of oracle.records) {
    const report =
      oracle.protocol === 'exec'
        ? repository.impact([`${record.mutation.file}:${record.mutation.line}`], 'body')
        : await analyzeMutated(analyze, checkout, record.mutation);
    ours.push({ id: record.id, ...prediction(report, oracle.protocol) });
    if (options.ids) show(record, report, oracle);
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const importers = importersOf(repository.snapshot.head);
  const simple = oracle.records.map(({ id, mutation }) => {
    const files = [...transitiveImporters(importers, mutation.file)];
    return { id, files, tests: files };
  });
  return [score(oracle, 'blast-radius', ours, seconds), score(oracle, 'file-level', simple)];
}

/** The report on the working tree with the mutation in it against its HEAD; the file is put back whatever happens. */
async function analyzeMutated(analyze, checkout, mutation) {
  const path = join(checkout, mutation.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, mutated(text, mutation));
  try {
    return await analyze({ root: checkout, base: 'HEAD' });
  } finally {
    writeFileSync(path, text);
  }
}

/** What a report claims, in the scorer's form: compile asks for files and symbols, the others for tests. */
function prediction(report, protocol) {
  if (protocol !== 'compile') return { tests: report.tests };
  const places = [...report.changes, ...report.impacts.filter(({ world }) => world === 'compile')];
  const symbols = new Map(
    places.map(({ file, symbol }) => [`${file}#${topLevel(symbol)}`, { file, symbol: topLevel(symbol) }]),
  );
  return { files: [...new Set(places.map(({ file }) => file))].sort(), symbols: [...symbols.values()] };
}

/** The oracle names declarations, not members. */
function topLevel(symbol) {
  return symbol.split('.')[0].replace(/~$/, '');
}

/** Runs the oracle's own scorer on predictions and reads its one line. */
function score(oracle, method, predictions, seconds) {
  mkdirSync(join(WORK, 'predictions'), { recursive: true });
  const path = join(WORK, 'predictions', `${oracle.name}.${method}.jsonl`);
  writeFileSync(path, predictions.map((row) => JSON.stringify(row) + '\n').join(''));
  const truth = options.ids ? subset(oracle) : oracle.path;
  const args = [
    join(resolve(options.oracle), 'score.mjs'),
    truth,
    path,
    ...(options.misses && method === 'blast-radius' ? ['--misses'] : []),
  ];
  const lines = execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split('\n');
  const line = lines.pop();
  const number = (pattern) => Number(pattern.exec(line)?.[1] ?? Number.NaN);
  return {
    oracle: oracle.name,
    method,
    recall: number(/recall ([\d.]+) %/),
    counts: /\((\d+\/\d+)\)/.exec(line)?.[1] ?? '',
    safe: number(/safe ([\d.]+) %/),
    precision: number(/precision ([\d.]+) %/),
    set: number(/set ([\d.]+) for/),
    truth: number(/for truth ([\d.]+)/),
    empty: number(/set ([\d.]+) on/),
    symbolRecall: number(/symbols recall ([\d.]+) %/),
    symbolPrecision: number(/symbols recall [\d.]+ % precision ([\d.]+) %/),
    seconds: seconds === undefined ? undefined : Math.round(seconds * 10) / 10,
    misses: lines,
  };
}

/** An oracle file with the chosen records only, for the scorer. */
function subset(oracle) {
  const path = join(WORK, 'predictions', `${oracle.name}.subset.jsonl`);
  const meta = readFileSync(oracle.path, 'utf8')
    .split('\n')
    .find((line) => line.startsWith('{"meta"'));
  writeFileSync(path, [meta, ...oracle.records.map((record) => JSON.stringify(record))].join('\n'));
  return path;
}

/** With `--ids`: what the engine said of one record, to find out why. */
function show(record, report, oracle) {
  const claimed = new Set(prediction(report, oracle.protocol)[oracle.protocol === 'compile' ? 'files' : 'tests']);
  const truth = record.brokenFiles ?? record.failingTests ?? record.executedByTests;
  console.log(`\n${record.id} ${record.mutation.kind} ${mutatedSymbol(record.mutation)} line ${record.mutation.line}`);
  for (const { kind, file, symbol, rule } of report.changes)
    console.log(`  change  ${kind} ${file}#${symbol} (${rule})`);
  for (const file of truth.filter((path) => path !== record.mutation.file))
    console.log(`  ${claimed.has(file) ? 'found ' : 'MISSED'}  ${file}`);
  console.log(`  needless ${[...claimed].filter((file) => oracle.seen.has(file) && !truth.includes(file)).length}`);
}

function report(scored) {
  const head = [
    'oracle',
    'method',
    'recall',
    'found',
    'safe',
    'precision',
    'set',
    'truth',
    'no-truth set',
    'symbols r/p',
    'set ratio',
    's',
  ];
  const cell = (value, suffix = '') => (Number.isNaN(value) || value === undefined ? '' : `${value}${suffix}`);
  const lines = scored.map((row) => {
    const simple = scored.find(({ oracle, method }) => oracle === row.oracle && method === 'file-level');
    const symbols = Number.isNaN(row.symbolRecall) ? '' : `${row.symbolRecall} / ${row.symbolPrecision}`;
    const percent = [cell(row.recall, ' %'), row.counts, cell(row.safe, ' %'), cell(row.precision, ' %')];
    return [
      row.oracle,
      row.method,
      ...percent,
      cell(row.set),
      cell(row.truth),
      cell(row.empty),
      symbols,
      (row.set / simple.set).toFixed(2),
      cell(row.seconds),
    ];
  });
  if (options.misses) for (const row of scored) for (const miss of row.misses) console.log(miss);
  console.log(`\n${table([head, ...lines])}`);
  console.log(`\nwritten to ${writeResult(options.save ?? 'accuracy-oracle', scored, options.save !== undefined)}`);
}
