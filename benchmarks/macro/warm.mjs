#!/usr/bin/env node
/**
 * The warm pull-request run over real commits: cache filled from each commit's parent, whole processes, `--types off`.
 * In: a checkout with history. Out: per commit the medians of CPU, wall time and peak memory; over all commits medians and p95, as ratios to
 * the cold run and to `node -e 0` with `git status`, all of one run; a JSON file. Each warm run starts from a fresh copy of the filled cache.
 *
 *   node benchmarks/macro/warm.mjs --repo DIR [--commits 10] [--runs 3] [--skip 0] [--files 30] [--cold 2] [--save NAME]
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../checkout.mjs';
import { CLI, writeResult } from '../places.mjs';
import { median, percentile, table } from '../statistics.mjs';
import { runMeasured } from './child.mjs';

const { values: options } = parseArgs({
  options: {
    repo: { type: 'string' },
    commits: { type: 'string', default: '10' },
    /** Counted runs a commit; one more comes first and is discarded. */
    runs: { type: 'string', default: '3' },
    /** Commits left out at the newest end. */
    skip: { type: 'string', default: '0' },
    /** Source files that a commit changes, at most. */
    files: { type: 'string', default: '30' },
    /** Commits of which a cold run is measured, too. */
    cold: { type: 'string', default: '2' },
    save: { type: 'string' },
  },
});
if (options.repo === undefined) throw new Error('say which checkout: --repo DIR');
const root = resolve(options.repo);
const folder = mkdtempSync(join(tmpdir(), 'blast-radius-warm-'));
const [filled, used] = [join(folder, 'filled'), join(folder, 'used')];

try {
  const floor = await floorOf();
  const commits = [];
  const colds = [];
  for (const commit of chosenCommits()) {
    await fill(commit.base);
    if (colds.length < Number(options.cold)) colds.push(await run(report(commit.base, commit.head, ['--no-cache'])));
    const runs = [];
    for (let at = 0; at <= Number(options.runs); at++) runs.push(await warmRun(commit));
    const figures = mediansOf(runs.slice(1));
    commits.push({ ...commit, ...figures });
    console.log(`${commit.head.slice(0, 10)} ${commit.files} files: CPU ${figures.cpu.toFixed(2)} s, wall ${figures.wall.toFixed(2)} s, ${figures.rss?.toFixed(0)} MB`); // prettier-ignore
  }
  tell({ repo: basename(root), floor, cold: mediansOf(colds), commits });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** First-parent commits that change some, but not too many source files, newest first. */
function chosenCommits() {
  const found = [];
  for (const line of git(root, [
    'rev-list',
    '--first-parent',
    '--no-merges',
    '--max-count=1000',
    '--parents',
    'HEAD',
  ]).split('\n')) {
    // prettier-ignore
    const [head, base] = line.split(' ');
    if (base === undefined) continue;
    const changes = git(root, ['diff', '--name-status', '--no-renames', base, head]).split('\n');
    const sources = changes.filter((change) => /\.[cm]?[jt]sx?$|\.vue$/.test(change));
    if (sources.length === 0 || sources.length > Number(options.files)) continue;
    const sameNames = changes.every((change) => change.startsWith('M'));
    found.push({ base, head, files: sources.length, sameNames });
    if (found.length >= Number(options.commits) + Number(options.skip)) break;
  }
  return found.slice(Number(options.skip));
}

function report(base, head, more) {
  const what = ['report', '--root', root, '--base', base, '--head', head, '--types', 'off', '--json', ...more];
  return [process.execPath, CLI, ...what];
}

/** Keeps the base, read and linked whole; facts of texts stay from commit to commit. */
async function fill(base) {
  for (const engine of filesBelow(filled)) rmSync(join(filled, engine, 'trees'), { recursive: true, force: true });
  await run(report(`${base}~1`, base, ['--cache-dir', filled]));
}

function filesBelow(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

async function warmRun({ base, head }) {
  rmSync(used, { recursive: true, force: true });
  cpSync(filled, used, { recursive: true, preserveTimestamps: true });
  return run(report(base, head, ['--cache-dir', used]));
}

/** What no answer can be faster than: Node's start, and git looking at the working tree. */
async function floorOf() {
  const [node, status] = [[], []];
  for (let at = 0; at <= 5; at++) {
    node.push(await run([process.execPath, '-e', '0']));
    status.push(await run(['git', 'status', '--porcelain']));
  }
  const [left, right] = [mediansOf(node.slice(1)), mediansOf(status.slice(1))];
  return { cpu: left.cpu + right.cpu, wall: left.wall + right.wall };
}

async function run(command) {
  const done = await runMeasured(command, { cwd: root, limit: 600 });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stderr}`);
  return done;
}

function mediansOf(runs) {
  const of = (key) => (runs.some((one) => one[key] !== undefined) ? median(runs.map((one) => one[key])) : undefined);
  return { cpu: of('cpu'), wall: of('wall'), rss: of('rss') };
}

function tell({ repo, floor, cold, commits }) {
  const groups = { all: commits, 'same names': commits.filter(({ sameNames }) => sameNames), 'names differ': commits.filter(({ sameNames }) => !sameNames) }; // prettier-ignore
  const rows = Object.entries(groups).flatMap(([group, list]) => {
    if (list.length === 0) return [];
    const of = (key) => list.map((one) => one[key]);
    const figures = {
      group,
      commits: list.length,
      cpuOfCold: median(of('cpu')) / cold.cpu,
      p95OfMedian: percentile(of('cpu'), 0.95) / median(of('cpu')),
      wallOfFloor: median(of('wall')) / floor.wall,
      peak: list[0].rss === undefined ? undefined : median(of('rss')),
    };
    return [figures];
  });
  const cells = rows.map((one) => [
    one.group,
    one.commits,
    one.cpuOfCold.toFixed(3),
    one.p95OfMedian.toFixed(2),
    one.wallOfFloor.toFixed(1),
    one.peak === undefined ? '' : `${one.peak.toFixed(0)} MB`,
  ]);
  const head = ['commits', 'count', 'CPU / cold', 'p95 / median', 'wall / (node + git status)', 'peak'];
  console.log(`\n${repo}\n${table([head, ...cells])}`);
  const path = writeResult(options.save ?? `warm-${repo}`, { repo, floor, cold, rows, commits }, options.save !== undefined); // prettier-ignore
  console.log(`\nwritten to ${path}`);
}
