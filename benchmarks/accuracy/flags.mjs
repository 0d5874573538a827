#!/usr/bin/env node
/**
 * Replays real merged commits for their flags: which fire, where, how grave; and how often ordinary commits get a grave one.
 * In: full-history checkouts. Out: one record a commit in `results/`, counts on standard output.
 *
 *   node benchmarks/accuracy/flags.mjs --corpus DIR [--repo a,b] [--count 50] [--touching sensitive|ordinary|any] [--list] [--save NAME]
 *
 * `sensitive` commits touch a migration, schema, route, guard or deployment file, by path; `ordinary` ones touch none.
 * `--list` prints each flag of at least `low`, to be read by hand.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT, WORK, corpora, engine, writeResult } from '../places.mjs';
import { table } from '../statistics.mjs';
import { mergedCommits } from './merged-commits.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    repo: { type: 'string' },
    count: { type: 'string', default: '50' },
    touching: { type: 'string', default: 'any' },
    list: { type: 'boolean', default: false },
    save: { type: 'string' },
  },
});

const SENSITIVE =
  /(?:^|\/)(?:migrations?|schemas?|auth|guards?|routes?|routers?|controllers?|api|prisma|drizzle|k8s|helm|deploy|middleware)(?:\/|\.)|\.(?:sql|prisma|graphql|gql|proto|tf)$|(?:^|\/)(?:Dockerfile|docker-compose|\.github\/workflows|\.env|serverless|openapi|swagger)/i;
const TOUCHING = {
  any: () => true,
  sensitive: (paths) => paths.some((path) => SENSITIVE.test(path)),
  ordinary: (paths) => !paths.some((path) => SENSITIVE.test(path)),
};
const GRAVE = new Set(['high', 'critical']);

const { analyze } = await engine();
const results = [];
for (const name of options.repo?.split(',') ?? corpora().map((corpus) => corpus.name)) {
  const root = join(resolve(options.corpus), name);
  if (!existsSync(root)) {
    console.log(`${name}: not in ${options.corpus}, left out`);
    continue;
  }
  const from = corpora().find((corpus) => corpus.name === name)?.commit ?? 'HEAD';
  const wanted = TOUCHING[options.touching];
  const commits = [];
  for (const commit of mergedCommits(root, { from, count: Number(options.count), all: true, wanted }))
    commits.push(await replay(root, commit));
  results.push({ name, commits });
}
conclude();

/** The flags of one commit against its parent. */
async function replay(root, commit) {
  try {
    const { flags } = await analyze({
      root,
      base: `${commit}^`,
      head: commit,
      exactBase: true,
      env: {},
      types: 'off',
      cacheDir: join(WORK, 'cache-flags'),
    });
    const rows = flags.map(({ rule, severity, verdict, file, line, message }) => ({
      rule,
      severity,
      verdict,
      file,
      line,
      message,
    }));
    if (options.list)
      for (const { rule, severity, file, line, message } of rows.filter((flag) => flag.severity !== 'info'))
        console.log(`${commit.slice(0, 10)} ${severity} ${rule} ${file}:${line} ${message}`);
    return { commit, flags: rows };
  } catch (error) {
    return { commit, flags: [], crash: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function conclude() {
  const rows = results.map(({ name, commits }) => {
    const grave = commits.filter(({ flags }) => flags.some(({ severity }) => GRAVE.has(severity))).length;
    const some = commits.filter(({ flags }) => flags.some(({ severity }) => severity !== 'info')).length;
    const crashes = commits.filter(({ crash }) => crash !== undefined).length;
    return [name, commits.length, crashes, some, grave, `${((100 * grave) / (commits.length || 1)).toFixed(1)} %`];
  });
  const counts = new Map();
  for (const { flags } of results.flatMap(({ commits }) => commits))
    for (const rule of new Set(flags.map((flag) => flag.rule))) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  console.log(table([['repository', 'commits', 'crashes', 'with a flag', 'with a grave one', 'share'], ...rows]));
  for (const [rule, count] of [...counts].sort((left, right) => right[1] - left[1]))
    console.log(`  ${rule} in ${count}`);
  console.log(`written to ${writeResult(options.save ?? 'accuracy-flags', results, options.save !== undefined)}`);
}
