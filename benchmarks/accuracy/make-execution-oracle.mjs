#!/usr/bin/env node
/**
 * Makes an execution oracle from a checkout whose tests run with vitest: which test files really execute which function.
 * In: a checkout with its packages installed, its coverage provider among them. Out: an oracle file in the published format.
 * This is the one benchmark that EXECUTES a repository's code (its tests, one file a run): give it only what you trust.
 * Not here: processes that tests start; what only they execute is missing from the truth.
 *
 *   node benchmarks/accuracy/make-execution-oracle.mjs --checkout DIR --repo OWNER/NAME --out DIR [--config VITEST_CONFIG]
 *        [--project NAME] [--provider v8|istanbul] [--sources FOLDER] [--tests SUBSTRING] [--count 300] [--seed 1]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { WORK } from '../places.mjs';
import { seeded } from '../statistics.mjs';
import { descendants, parse } from './edits.mjs';

const { values: options } = parseArgs({
  options: {
    checkout: { type: 'string' },
    repo: { type: 'string' },
    out: { type: 'string' },
    config: { type: 'string' },
    project: { type: 'string' },
    provider: { type: 'string', default: 'v8' },
    sources: { type: 'string', default: '' },
    tests: { type: 'string', default: '' },
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
});
if (!options.checkout || !options.repo || !options.out)
  throw new Error('say --checkout DIR, --repo OWNER/NAME, --out DIR');

/** One test file that hangs must not hold up the rest. */
const TEST_TIMEOUT = 300_000;
const root = resolve(options.checkout);
const chosen = [
  ...(options.config ? ['--config', options.config] : []),
  ...(options.project ? ['--project', options.project] : []),
];
const git = (args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
const commit = git(['rev-parse', 'HEAD']).trim();
const tests = testFiles().filter((path) => path.includes(options.tests));
const executed = new Map();
const unloaded = [];
/** Run, but not green: what they executed is true, what they would have executed on may be missing. */
const failing = [];
for (const test of tests) recordRun(test);
const functions = git(['ls-files', '-z'])
  .split('\0')
  .filter((path) => isSource(path) && path.startsWith(options.sources) && !tests.includes(path))
  .flatMap(functionsOf);
const rows = sample(functions, Number(options.count), seeded(Number(options.seed)));
write(rows);

/** Paths of all test files, as the runner itself lists them. */
function testFiles() {
  const { stdout } = vitest(['list', '--filesOnly', '--json', ...chosen]);
  const listed = JSON.parse(stdout.slice(stdout.indexOf('[\n') >= 0 ? stdout.indexOf('[\n') : stdout.indexOf('[')));
  return [...new Set(listed.map(({ file }) => inRoot(file)))].sort();
}

function vitest(args) {
  return spawnSync('npx', ['--no-install', 'vitest', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: TEST_TIMEOUT,
    env: { ...process.env, CI: '1' },
  });
}

function inRoot(path) {
  return relative(root, path).split(sep).join('/');
}

/** Runs one test file under coverage and notes every function with a count. */
function recordRun(test) {
  const reports = join(WORK, 'coverage');
  rmSync(reports, { recursive: true, force: true });
  const coverage = [
    'enabled',
    `provider=${options.provider}`,
    'reporter=json',
    `reportsDirectory=${reports}`,
    'reportOnFailure',
  ];
  const run = vitest(['run', test, ...chosen, ...coverage.map((option) => `--coverage.${option}`)]);
  const report = join(reports, 'coverage-final.json');
  if (!existsSync(report)) return void unloaded.push(test);
  if (run.status !== 0) failing.push(test);
  for (const [path, { fnMap, f }] of Object.entries(JSON.parse(readFileSync(report, 'utf8')))) {
    for (const [id, count] of Object.entries(f)) {
      if (count === 0) continue;
      for (const { line, column } of [fnMap[id].loc.start, fnMap[id].decl.start]) {
        const key = `${inRoot(path)}:${line}:${column}`;
        executed.set(key, (executed.get(key) ?? new Set()).add(test));
      }
    }
  }
  console.error(`${test}: exit ${run.status}`);
}

function isSource(path) {
  return (
    /\.[cm]?[jt]sx?$/.test(path) &&
    !/\.d\.[cm]?ts$|(?:^|\/)(?:node_modules|dist|docs|site|www)\//.test(path) &&
    !/\.config\.[cm]?[jt]s$/.test(path)
  );
}

/** A record for each function with a body; whichever of its starts the coverage names decides who executes it. */
function functionsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const source = parse(file, text);
  const found = [];
  for (const node of descendants(source)) {
    if (!ts.isFunctionLike(node) || !node.body) continue;
    const block = ts.isBlock(node.body);
    const at = node.body.getStart() + (block ? 1 : 0);
    const places = [node.body.getStart(), node.getStart(), node.name?.getStart()].filter((each) => each !== undefined);
    const by = new Set();
    for (const place of places) {
      const { line, character } = source.getLineAndCharacterOfPosition(place);
      for (const test of executed.get(`${file}:${line + 1}:${character}`) ?? []) by.add(test);
    }
    const names = enclosingNames(node);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    const mutation = {
      file,
      symbol: names[0] ?? '<module>',
      qualified: names.join('.') || '<module>',
      kind: 'executed',
      line: line + 1,
      fnStart: node.getStart(),
      fnEnd: node.getEnd(),
      block,
      at,
      end: node.body.getEnd(),
    };
    found.push({ mutation, executedByTests: [...by].sort() });
  }
  return found;
}

function enclosingNames(node) {
  const names = [];
  for (let at = node; at; at = at.parent) {
    const name = at.name ?? (ts.isConstructorDeclaration(at) ? { text: 'constructor' } : undefined);
    if (typeof name?.text === 'string') names.unshift(name.text);
  }
  return names;
}

function sample(all, count, random) {
  const rest = [...all];
  const picked = [];
  while (picked.length < count && rest.length > 0) picked.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return picked;
}

function write(records) {
  const { repo } = options;
  const name = repo.split('/')[1];
  const ran = tests.filter((test) => !unloaded.includes(test));
  const visible = records.map((record, index) => ({
    id: `${repo}-x${index}`,
    repo,
    commit,
    ...record,
    executedByTests: record.executedByTests.filter((test) => ran.includes(test)),
  }));
  const meta = {
    meta: true,
    repo,
    commit,
    testFiles: ran,
    failedUnderInstrumentation: failing,
    functions: functions.length,
  };
  mkdirSync(options.out, { recursive: true });
  const lines = [meta, ...visible].map((row) => `${JSON.stringify(row)}\n`);
  writeFileSync(join(options.out, `exec-${name}.jsonl`), lines.join(''));
  console.log(
    `${name}: ${visible.length} of ${functions.length} functions, ${ran.length} of ${tests.length} test files`,
  );
}
