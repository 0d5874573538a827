#!/usr/bin/env node
/**
 * Makes an execution oracle from a checkout whose tests run with vitest, or with any command that runs JavaScript as it is
 * written (`node --test`, `mocha`): which test files really execute which function.
 * In: a checkout with its packages installed, for vitest its coverage provider among them. Out: an oracle file in the published format.
 * This is the one benchmark that EXECUTES a repository's code (its tests, one file a run): give it only what you trust.
 * Not here: processes that tests start; what only they execute is missing from the truth.
 *
 *   node benchmarks/accuracy/make-execution-oracle.mjs --checkout DIR --repo OWNER/NAME --out DIR [--config VITEST_CONFIG]
 *        [--project NAME] [--provider v8|istanbul] [--sources FOLDER] [--tests SUBSTRING] [--most 1000] [--count 300] [--seed 1]
 *   … --command "node --test" --pattern '^test/.*\\.test\\.js$'   (V8's own coverage, of the processes that it starts too)
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
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
    command: { type: 'string' },
    pattern: { type: 'string', default: '[.]test[.][cm]?js$' },
    most: { type: 'string', default: '1000' },
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
const listed = (options.command ? trackedTests() : testFiles()).filter((path) => path.includes(options.tests));
const tests = sample(listed, Number(options.most), seeded(Number(options.seed))).sort();
const executed = new Map();
const unloaded = [];
/** Run, but not green: what they executed is true, what they would have executed on may be missing. */
const failing = [];
for (const test of tests) (options.command ? recordCommand : recordRun)(test);
const functions = git(['ls-files', '-z'])
  .split('\0')
  .filter((path) => isSource(path) && path.startsWith(options.sources) && !tests.includes(path))
  .flatMap(functionsOf);
const rows = sample(functions, Number(options.count), seeded(Number(options.seed)));
write(rows);

/** Paths that `--pattern` says are tests. */
function trackedTests() {
  const pattern = new RegExp(options.pattern);
  return git(['ls-files', '-z'])
    .split('\0')
    .filter((path) => pattern.test(path));
}

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
  const reports = join(WORK, `coverage-${process.pid}`);
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
      for (const { line, column } of [fnMap[id].loc.start, fnMap[id].decl.start])
        note(`${inRoot(path)}:${line}:${column}`, test);
    }
  }
  console.error(`${test}: exit ${run.status}`);
}

/** Runs one test file by `--command` and notes every function that V8 counted in it, by its offset. */
function recordCommand(test) {
  const reports = join(WORK, `coverage-${process.pid}`);
  rmSync(reports, { recursive: true, force: true });
  const [program, ...args] = options.command.split(' ');
  const env = { ...process.env, CI: '1', NODE_V8_COVERAGE: reports };
  const run = spawnSync(program, [...args, test], { cwd: root, env, timeout: TEST_TIMEOUT, stdio: 'ignore' });
  const reported = existsSync(reports) ? readdirSync(reports).filter((name) => name.endsWith('.json')) : [];
  if (reported.length === 0) return void unloaded.push(test);
  if (run.status !== 0) failing.push(test);
  for (const name of reported) {
    for (const { url, functions } of JSON.parse(readFileSync(join(reports, name), 'utf8')).result) {
      const path = url.startsWith('file:') ? inRoot(fileURLToPath(url)) : '';
      if (path === '' || path.startsWith('..') || path.includes('node_modules')) continue;
      for (const { ranges } of functions) {
        if (ranges[0].count > 0) note(`${path}@${ranges[0].startOffset}`, test);
      }
    }
  }
  console.error(`${test}: exit ${run.status}`);
}

function note(key, test) {
  executed.set(key, (executed.get(key) ?? new Set()).add(test));
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
      for (const test of executed.get(`${file}@${place}`) ?? []) by.add(test);
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
