#!/usr/bin/env node
/**
 * False alarms: edits that nobody can notice must have a radius of exactly 0.
 * In: checkouts of real repositories. Out: for each kind of edit how many files were edited at once, and what the engine
 * wrongly calls a change or an impact, by name. Exit 1 where there is any, unless `--report-only`.
 *
 *   node benchmarks/accuracy/harmless.mjs --corpus DIR [--repo a,b] [--files 150] [--seed 1] [--kind comments] [--save NAME]
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutAt, git } from '../checkout.mjs';
import { PROJECT, corpora, engine, writeResult } from '../places.mjs';
import { seeded, table } from '../statistics.mjs';
import { addComments, changeLineEnds, reformat, reindentJson, renameLocals } from './edits.mjs';
import { moveToNewFile, moveWithinFile } from './moves.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    repo: { type: 'string', default: 'changesets,graphql-inspector,trpc,vue-core' },
    files: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
    kind: { type: 'string' },
    'report-only': { type: 'boolean', default: false },
    save: { type: 'string' },
  },
});

const CODE = /\.(?:[mc]?[jt]s|[jt]sx)$/;
/** Each kind: which files it takes, and how it edits one. */
const KINDS = {
  comments: { takes: CODE, edit: addComments },
  format: { takes: /\.[mc]?[jt]s$/, edit: reformat },
  'format-jsx': { takes: /\.[jt]sx$/, edit: reformat },
  'line-ends': { takes: CODE, edit: changeLineEnds },
  'json-indent': { takes: /(?:^|\/)(?:package|tsconfig[\w.]*)\.json$/, edit: reindentJson },
  'local-names': { takes: CODE, edit: renameLocals },
  'move-within-file': { takes: CODE, edit: moveWithinFile },
  'move-to-new-file': { takes: CODE, edit: moveToNewFile, moves: true },
};

const { analyze } = await engine();
const results = [];
for (const name of options.repo.split(',')) {
  const source = join(resolve(options.corpus), name);
  const pinned = corpora().find((corpus) => corpus.name === name);
  if (!existsSync(source)) {
    console.log(`${name}: not in ${options.corpus}, left out`);
    continue;
  }
  const checkout = checkoutAt(source, pinned?.commit ?? git(source, ['rev-parse', 'HEAD']), name);
  for (const kind of Object.keys(KINDS).filter((kind) => !options.kind || kind === options.kind))
    results.push(await trial(name, checkout, kind));
}
conclude();

/** Edits many files of a checkout in one way, asks for the report, and puts the files back. */
async function trial(repo, checkout, kind) {
  const random = seeded(Number(options.seed));
  const edits = await editsOf(checkout, KINDS[kind], random);
  const before = new Map();
  for (const [path, text] of Object.entries(Object.assign({}, ...edits))) {
    const file = join(checkout, path);
    before.set(file, existsSync(file) ? readFileSync(file, 'utf8') : undefined);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  try {
    const report = await analyze({ root: checkout, base: 'HEAD' });
    return {
      repo,
      kind,
      edited: edits.length,
      ...alarms(report, KINDS[kind].moves ? new Set(edits.flatMap((texts) => Object.keys(texts))) : undefined),
    };
  } finally {
    for (const [file, text] of before) {
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
    }
  }
}

/** Up to `--files` edits of random files: one record of path → new text each. */
async function editsOf(checkout, { takes, edit, moves }, random) {
  const paths = git(checkout, ['ls-files', '-z'])
    .split('\0')
    .filter((path) => takes.test(path));
  const shuffled = paths.map((path) => [random(), path]).sort((a, b) => a[0] - b[0]);
  const edits = [];
  for (const [, path] of shuffled) {
    if (edits.length >= Number(options.files)) break;
    const text = readable(join(checkout, path));
    const result = text === undefined ? undefined : await edit(path, text, random);
    if (result !== undefined) edits.push(moves ? result.texts : { [path]: result });
  }
  return edits;
}

function readable(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length < 200_000 ? text : undefined;
  } catch {
    return undefined;
  }
}

/** What should not be there. A move may change the two files it edits and reach nothing else. */
function alarms({ score, changes, impacts, tests }, edited) {
  const reached = impacts.filter(({ file }) => !edited?.has(file));
  const wrong = edited
    ? changes.filter(({ reach }) => reach.files > 0 || reach.tests > 0)
    : changes.filter(({ kind }) => kind !== 'comment');
  return {
    score: score.value,
    wrongChanges: wrong.map(({ kind, file, symbol, rule, line }) => `${kind} ${file}:${line}#${symbol} (${rule})`),
    impactedFiles: new Set(reached.map(({ file }) => file)).size,
    tests: tests.filter((file) => !edited?.has(file)).length,
  };
}

function conclude() {
  for (const { repo, kind, wrongChanges } of results)
    for (const change of wrongChanges.slice(0, 20)) console.log(`${repo} ${kind}: ${change}`);
  const bad = ({ wrongChanges, impactedFiles, tests, score, kind }) =>
    wrongChanges.length + impactedFiles + tests > 0 || (score > 0 && kind !== 'move-to-new-file');
  const rows = results.map((row) => [
    row.repo,
    row.kind,
    row.edited,
    row.wrongChanges.length,
    row.impactedFiles,
    row.tests,
    row.score,
    bad(row) ? 'ALARM' : 'ok',
  ]);
  console.log(
    `\n${table([['repository', 'edit', 'files edited', 'wrong changes', 'impacted files', 'tests', 'score', ''], ...rows])}`,
  );
  if (results.length > 0)
    console.log(
      `\nwritten to ${writeResult(options.save ?? 'accuracy-harmless', results, options.save !== undefined)}`,
    );
  if (results.some(bad) && !options['report-only']) process.exitCode = 1;
}
