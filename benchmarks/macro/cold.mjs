#!/usr/bin/env node
/**
 * The cold run against its targets, a row each: peers, the Rust tool, TypeScript 7, start-up, memory of many repositories at once.
 * In: corpora side by side. Out: CPU ratios of medians (memory: megabytes), whether each target is met; a JSON file.
 * Ours is `report --types off` without cache. Subjects of a row take turns; the first round is discarded.
 *
 *   node benchmarks/macro/cold.mjs --corpus DIR [--row peers,rust,tsc,start,memory] [--repo a,b] [--runs 5] [--node PATH] [--save NAME]
 */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../checkout.mjs';
import { CLI, PROJECT, WORK, corpora, writeResult } from '../places.mjs';
import { summary, table } from '../statistics.mjs';
import { runMeasured } from './child.mjs';
import { installPeers, peers } from './subjects.mjs';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(PROJECT, '../corpora') },
    row: { type: 'string', default: 'peers,rust,tsc,start,memory' },
    repo: { type: 'string' },
    runs: { type: 'string', default: '5' },
    limit: { type: 'string', default: '300' },
    /** Another Node for our own process. */
    node: { type: 'string', default: process.execPath },
    save: { type: 'string' },
  },
});

const chosen = options.repo?.split(',') ?? corpora().flatMap(({ name, cold }) => (cold ? [name] : []));
const PEERS = ['madge', 'dependency-cruiser', 'skott', 'knip'];
const ROWS = { peers: againstPeers, rust: againstRust, tsc: againstTypeScript, start: startUp, memory: memory };

for (const problem of installPeers()) console.log(`peers could not be installed: ${problem}`);
const rows = [];
for (const name of options.row.split(',')) {
  for (const row of await ROWS[name]()) {
    rows.push(row);
    console.log(
      `${row.row}: ${row.figure.toFixed(2)} ${row.unit}, target ${row.target}: ${row.met ? 'met' : 'not met'}`,
    );
  }
}
const cells = rows.map(({ row, figure, unit, target, met }) => [row, `${figure.toFixed(2)} ${unit}`, target, met ? 'met' : 'not met']); // prettier-ignore
console.log(`\n${table([['row', 'figure', 'target', ''], ...cells])}`);
console.log(`\nwritten to ${writeResult(options.save ?? 'cold', rows, options.save !== undefined)}`);

/** Our cold run: nothing kept, no type checker asked. */
function cold(root) {
  const what = [
    'report',
    '--root',
    root,
    '--base',
    'HEAD~1',
    '--head',
    'HEAD',
    '--types',
    'off',
    '--no-cache',
    '--json',
  ];
  return { name: 'cold', command: [options.node, CLI, ...what] };
}

async function againstPeers() {
  const found = [];
  for (const { name, root } of checkouts(chosen)) {
    const others = (await peers(root, '')).filter((peer) => PEERS.includes(peer.name));
    const figures = await rounds(root, [cold(root), ...others]);
    const [fastest] = PEERS.filter((peer) => figures[peer]).toSorted((a, b) => cpu(figures[a]) - cpu(figures[b]));
    if (!figures.cold || !fastest) continue;
    const figure = cpu(figures[fastest]) / cpu(figures.cold);
    found.push({ row: `${name}: ${fastest}, the fastest peer, over ours`, figure, unit: '×', target: '>= 3', met: figure >= 3, figures }); // prettier-ignore
  }
  return found;
}

async function againstRust() {
  const found = [];
  for (const { name, root } of checkouts(chosen)) {
    const rust = (await peers(root, '')).filter((peer) => peer.name === 'rust graph');
    const figures = await rounds(root, [cold(root), ...rust]);
    if (!figures.cold || !figures['rust graph']) continue;
    const figure = cpu(figures.cold) / cpu(figures['rust graph']);
    const limit = options.node === process.execPath && process.versions.node.startsWith('20.') ? 4 : 2.5;
    found.push({ row: `${name}: ours over the Rust tool's graph`, figure, unit: '×', target: `<= ${limit}`, met: figure <= limit, figures }); // prettier-ignore
  }
  return found;
}

/** One repository whose root tsconfig holds its sources. Without its packages the compiler stops before it checks anything. */
async function againstTypeScript() {
  const [checkout] = checkouts(['vue-core']);
  const native = tsc();
  if (checkout === undefined || native === undefined) return [];
  const { root } = checkout;
  if (!existsSync(join(root, 'node_modules'))) {
    console.log(`vue-core: left out, its packages are not installed in ${root}`);
    return [];
  }
  const check = { name: 'tsc', command: [process.execPath, native, '--noEmit', '-p', '.'], fails: true };
  const figures = await rounds(root, [cold(root), check]);
  if (!figures.cold || !figures.tsc) return [];
  const figure = cpu(figures.cold) / cpu(figures.tsc);
  return [{ row: 'vue-core: ours over tsc 7 --noEmit', figure, unit: '×', target: '<= 0.35', met: figure <= 0.35, figures }]; // prettier-ignore
}

function tsc() {
  try {
    const manifest = createRequire(join(PROJECT, 'packages/core/package.json')).resolve(
      '@typescript/native/package.json',
    );
    return join(dirname(manifest), 'bin/tsc');
  } catch {
    return undefined;
  }
}

async function startUp() {
  const version = { name: 'version', command: [options.node, CLI, '--version'] };
  const nothing = { name: 'nothing', command: [options.node, '-e', '0'] };
  const figures = await rounds(PROJECT, [version, nothing]);
  const figure = cpu(figures.version) / cpu(figures.nothing);
  return [{ row: '--version over node -e 0', figure, unit: '×', target: '<= 1.5', met: figure <= 1.5, figures }];
}

/** All corpora as folders of one repository. */
async function memory() {
  const root = join(WORK, 'side-by-side');
  if (!existsSync(root)) putTogether(root);
  const { cold: figures } = await rounds(root, [cold(root)], 1);
  if (!figures?.rss) return [];
  const figure = figures.rss.median;
  return [
    { row: 'peak of all corpora side by side', figure, unit: 'MB', target: '<= 900', met: figure <= 900, figures },
  ];
}

function putTogether(root) {
  mkdirSync(root, { recursive: true });
  for (const { name, root: from } of checkouts(corpora().map((corpus) => corpus.name))) {
    cpSync(from, join(root, name), { recursive: true, filter: (path) => !/[\\/](?:\.git|node_modules)$/.test(path) });
    rmSync(join(root, name, '.gitmodules'), { force: true });
  }
  const as = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'gc.auto=0'];
  git(root, ['init', '-q']);
  git(root, ['add', '-A']);
  git(root, [...as, 'commit', '-qm', 'base']);
  git(root, [...as, 'commit', '-q', '--allow-empty', '-m', 'head']);
}

function checkouts(names) {
  return names.flatMap((name) => {
    const root = join(resolve(options.corpus), name);
    if (existsSync(root)) return [{ name, root }];
    console.log(`${name}: not in ${options.corpus}, left out`);
    return [];
  });
}

function cpu(figures) {
  return figures.cpu.median;
}

/** Medians by subject; a subject that fails is left out, and said so. */
async function rounds(root, subjects, runs = Number(options.runs)) {
  const done = new Map(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= runs; round++) {
    for (const { name, command, fails } of subjects) {
      if (!done.has(name)) continue;
      const run = await runMeasured(command, { cwd: root, limit: Number(options.limit) });
      if (run.status === 0 || (fails && run.status !== null)) done.get(name).push(run);
      else {
        console.log(`${name} in ${root}: ${run.status === null ? `over ${options.limit} s` : run.stderr}`);
        done.delete(name);
      }
    }
  }
  return Object.fromEntries([...done].map(([name, all]) => [name, figuresOf(all.slice(1))]));
}

function figuresOf(runs) {
  const of = (key) => (runs.some((run) => run[key] !== undefined) ? summary(runs.map((run) => run[key])) : undefined);
  return { cpu: of('cpu'), wall: of('wall'), rss: of('rss') };
}
