/**
 * Where benchmarks read and write, and the built engine that they measure.
 * Not here: what is measured. Everything written lands in `.work/` (scratch, ignored by git) or in `results/`.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// What is measured is the engine, not what it kept from the run before; benchmarks of the cache name a folder.
process.env.BLAST_RADIUS_CACHE ??= 'off';

/** The project's root folder. */
export const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));
/** Scratch: checkouts, predictions, installed peers. Deleting it costs time only. */
export const WORK = join(PROJECT, 'benchmarks/.work');
/** Result files; `local/` inside is ignored by git, what stands beside it was committed on purpose. */
export const RESULTS = join(PROJECT, 'benchmarks/results');
/** One line for each result that was ever written here; `trends.mjs` reads it. */
export const HISTORY = join(RESULTS, 'local/history.jsonl');
/** The built CLI. */
export const CLI = join(PROJECT, 'packages/cli/dist/bin.js');

/** The built engine's public API. Throws a sentence that says what to run where it isn't built. */
export async function engine() {
  return builtModule('index.js');
}

/** A module of the built engine by its path below `packages/core/dist`, for measuring one stage by itself. */
export async function builtModule(path) {
  const file = join(PROJECT, 'packages/core/dist', path);
  if (!existsSync(file)) throw new Error(`${file} is not there: run \`pnpm build\` first`);
  return import(pathToFileURL(file).href);
}

/** Writes `value` as JSON to `results/local/<name>.json` (or `results/<name>.json` where `keep`); returns the path. */
export function writeResult(name, value, keep = false) {
  const path = join(RESULTS, keep ? '' : 'local', `${name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(dirname(HISTORY), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
  appendFileSync(HISTORY, `${JSON.stringify({ name, ...whenAndWhat(), value })}\n`);
  return path;
}

/** The day, the commit (with `+` where the working tree differs from it) and the Node version of a result. */
function whenAndWhat() {
  const git = (...args) => spawnSync('git', args, { cwd: PROJECT, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
  return { at: new Date().toISOString(), commit, node: process.version };
}

/** The corpora that benchmarks are pinned to: the records of `corpora.json`. */
export function corpora() {
  return JSON.parse(readFileSync(join(PROJECT, 'benchmarks/corpora.json'), 'utf8')).corpora;
}
