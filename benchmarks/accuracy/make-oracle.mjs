#!/usr/bin/env node
/**
 * Makes a compile oracle for another repository, so that figures don't rest on the two that came with one.
 * In: a checkout. Out: an oracle file in the published format: what TypeScript newly rejects when one exported symbol breaks.
 * Nothing is installed: types of npm packages are `any`, so truth is a little smaller than it would be with them.
 *
 *   node benchmarks/accuracy/make-oracle.mjs --corpus DIR --repo NAME|OWNER/NAME --out DIR [--count 60] [--seed 1]
 *   (a repository that corpora.json does not pin is taken at its checkout's HEAD, in the folder NAME of the corpus)
 *   (copy the scorer, score.mjs, into that folder to use it as `--oracle`)
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutAt, git } from '../checkout.mjs';
import { PROJECT, corpora } from '../places.mjs';
import { seeded } from '../statistics.mjs';
import { typeJudge } from './checker.mjs';
import { parse } from './edits.mjs';
import { mutationsOf } from './mutations.mjs';
import { mutated } from './records.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    repo: { type: 'string' },
    out: { type: 'string' },
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});

const TESTS =
  /(?:^|\/)(?:tests?|__tests__|e2e|fixtures?|examples?|playground|benchmarks?)\/|\.(?:test|spec|test-d|bench)\.|\.d\.ts$/;
const LEFT_OUT =
  /(?:^|\/)(?:node_modules|dist|fixtures?|__testfixtures__|templates?|examples?|docs|www|website|playground)\//;

const corpus = corpora().find(({ name }) => name === options.repo) ?? unpinned(options.repo ?? '');
if (!corpus || !options.out) throw new Error('say --repo NAME (one of corpora.json) or OWNER/NAME, and --out DIR');
const root = checkoutAt(join(resolve(options.corpus), corpus.name), corpus.commit, `${corpus.name}-judged`);
const judge = typeJudge(root, (path) => !LEFT_OUT.test(path));
const random = seeded(Number(options.seed));
const rows = [{ meta: true, repo: corpus.repository, commit: corpus.commit, checkedFiles: judge.files }];
const sources = judge.files.filter((path) => !TESTS.test(path) && judge.importersOf(path).length > 1);
const used = new Set();
for (let tries = 0; rows.length <= Number(options.count) && tries < Number(options.count) * 20; tries++) {
  const row = breakOne(sources[Math.floor(random() * sources.length)]);
  if (row)
    rows.push({
      id: `${corpus.repository}-m${rows.length - 1}`,
      repo: corpus.repository,
      commit: corpus.commit,
      ...row,
    });
}
mkdirSync(options.out, { recursive: true });
writeFileSync(
  join(options.out, `compile-${corpus.name}.jsonl`),
  rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
);
console.log(`${corpus.name}: ${rows.length - 1} records, ${judge.files.length} files judged`);

/** A repository that is not among the pinned ones, as its checkout stands. */
function unpinned(repository) {
  const [owner, name] = repository.split('/');
  if (!owner || !name) return undefined;
  return { name, repository, commit: git(join(resolve(options.corpus), name), ['rev-parse', 'HEAD']) };
}

/** One mutation of a random declaration of the file, with what it breaks; `undefined` where it breaks no other file. */
function breakOne(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const mutations = mutationsOf(parse(file, text));
  const kinds = [...new Set(mutations.map(({ kind }) => kind))];
  const kind = kinds[Math.floor(random() * kinds.length)];
  const choices = mutations.filter((mutation) => mutation.kind === kind);
  const mutation = choices[Math.floor(random() * choices.length)];
  const key = `${file}#${mutation?.symbol}#${mutation?.member}#${kind}`;
  if (!mutation || used.has(key)) return undefined;
  used.add(key);
  const broken = judge.broken(file, mutated(text, { file, ...mutation }));
  const brokenFiles = [...new Set(broken.map((place) => place.file))].filter((path) => path !== file).sort();
  if (brokenFiles.length === 0) return undefined;
  const symbols = [...new Map(broken.map((place) => [`${place.file}#${place.symbol}`, place])).values()];
  return { mutation: { file, ...mutation }, brokenFiles, brokenSymbols: symbols };
}
