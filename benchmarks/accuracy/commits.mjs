#!/usr/bin/env node
/**
 * Replays real merged commits: does it finish, how is the score spread, what does not resolve.
 * In: full-history checkouts. Out: one record a commit in `results/`, a summary on standard output.
 * Nothing is checked out: both revisions are read from git's objects.
 *
 *   node benchmarks/accuracy/commits.mjs --corpus DIR [--repo a,b] [--count 50] [--all] [--save NAME]
 *
 * Commits of the first-parent line that change at least one source file; with `--all` every commit.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../checkout.mjs';
import { PROJECT, corpora, engine, writeResult } from '../places.mjs';
import { median, percentile, table } from '../statistics.mjs';
import { mergedCommits } from './merged-commits.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    repo: { type: 'string' },
    count: { type: 'string', default: '50' },
    all: { type: 'boolean', default: false },
    save: { type: 'string' },
  },
});

const LEVELS = ['none', 'low', 'moderate', 'high', 'critical'];

const { analyze } = await engine();
const wanted =
  options.repo?.split(',') ??
  corpora()
    .filter((corpus) => corpus.replay)
    .map(({ name }) => name);
const results = [];
for (const name of wanted) {
  const root = join(resolve(options.corpus), name);
  if (!existsSync(root)) {
    console.log(`${name}: not in ${options.corpus}, left out`);
    continue;
  }
  const commits = [];
  const from = corpora().find((corpus) => corpus.name === name)?.commit ?? 'HEAD';
  for (const commit of mergedCommits(root, { from, count: Number(options.count), all: options.all }))
    commits.push(await replay(root, commit));
  results.push({ name, commits });
  tell(name, commits);
}
if (results.length > 0) conclude(results);

/** One commit against its parent: the report's figures, or the error that ended it. */
async function replay(root, commit) {
  const started = process.hrtime.bigint();
  const milliseconds = () => Math.round(Number(process.hrtime.bigint() - started) / 1e6);
  try {
    const report = await analyze({ root, base: `${commit}^`, head: commit, exactBase: true, env: {} });
    return {
      commit,
      subject: git(root, ['show', '-s', '--format=%s', commit]),
      ms: milliseconds(),
      ...figures(report),
    };
  } catch (error) {
    return {
      commit,
      ms: milliseconds(),
      crash: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function figures({ score, verdict, changes, impacts, tests, unknowns, diagnostics, stats }) {
  const kinds = {};
  for (const { kind } of changes) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    score: score.value,
    level: score.level,
    known: verdict.known,
    addends: Object.fromEntries(score.addends.map(({ id, points }) => [id, points])),
    changes: changes.length,
    kinds,
    impactedFiles: stats.impactedFiles,
    impactedSymbols: stats.impactedSymbols,
    impacts: impacts.length,
    files: stats.sourceFiles,
    tests: tests.length,
    unknowns: unknowns.map(({ file, line, reason }) => ({ file, line, reason })),
    specifiers: stats.specifiers,
    resolved: stats.resolved,
    unresolved: diagnostics
      .filter(({ kind }) => kind === 'unresolved-import')
      .map(({ file, line, message, count }) => ({ file, line, message, count })),
    otherDiagnostics: countBy(diagnostics, ({ kind }) => kind),
  };
}

function countBy(values, key) {
  const counts = {};
  for (const value of values) counts[key(value)] = (counts[key(value)] ?? 0) + 1;
  return counts;
}

/** One repository's summary. */
function tell(name, commits) {
  const done = commits.filter(({ crash }) => crash === undefined);
  console.log(`\n${name}: ${commits.length} commits, ${commits.length - done.length} crashes`);
  for (const { commit, crash } of commits)
    if (crash) console.log(`  CRASH ${commit.slice(0, 10)} ${crash.split('\n').slice(0, 3).join(' | ')}`);
  if (done.length === 0) return;
  const share = (part, whole) => `${((100 * part) / (whole || 1)).toFixed(2)} %`;
  const newest = done[0];
  console.log(
    `  levels ${LEVELS.map((level) => `${level} ${done.filter((row) => row.level === level).length}`).join(' · ')} · unknown verdicts ${done.filter(({ known }) => !known).length}`,
  );
  console.log(
    `  score median ${median(done.map(({ score }) => score))}, 90th percentile ${percentile(
      done.map(({ score }) => score),
      0.9,
    )}`,
  );
  console.log(
    `  impacted files median ${median(done.map(({ impactedFiles }) => impactedFiles))} of ${newest.files}, tests median ${median(done.map(({ tests }) => tests))}`,
  );
  console.log(
    `  specifiers resolved at the newest ${share(newest.resolved, newest.specifiers)} (${newest.resolved}/${newest.specifiers}), least ${share(Math.min(...done.map((row) => row.resolved / (row.specifiers || 1))), 1)}`,
  );
  console.log(`  ms median ${median(done.map(({ ms }) => ms))}, most ${Math.max(...done.map(({ ms }) => ms))}`);
  const reasons = countBy(
    done.flatMap(({ unknowns }) => [...new Set(unknowns.map(({ reason }) => reason))]),
    (reason) => reason,
  );
  const frequent = Object.entries(reasons).sort((a, b) => b[1] - a[1]);
  for (const [reason, count] of frequent.slice(0, 8)) console.log(`  unknown in ${count} commits: ${reason}`);
  for (const { file, line, message } of newest.unresolved) console.log(`  unresolved ${file}:${line} ${message}`);
}

/** The distribution over all repositories, and the file. */
function conclude(repositories) {
  const rows = repositories.map(({ name, commits }) => {
    const done = commits.filter(({ crash }) => crash === undefined);
    const high = done.filter(({ level }) => level === 'high' || level === 'critical').length;
    return [
      name,
      commits.length,
      commits.length - done.length,
      ...LEVELS.map((level) => done.filter((row) => row.level === level).length),
      `${((100 * high) / (done.length || 1)).toFixed(1)} %`,
    ];
  });
  console.log(`\n${table([['repository', 'commits', 'crashes', ...LEVELS, 'high+critical'], ...rows])}`);
  console.log(
    `\nwritten to ${writeResult(options.save ?? 'accuracy-commits', repositories, options.save !== undefined)}`,
  );
}
