/**
 * Whether a cache ever changes an answer: a random walk over real commits, each analysed with what the former ones kept and without.
 * In: a checkout with history. Out: a line a step where the bytes differ, a summary as JSON; exit 1 where any did.
 *
 *   node benchmarks/cache/walk.mjs --repo DIR [--steps 100] [--seed 1] [--span 40]
 *
 * A step goes to a commit some commits away from the last one (up to `span`, either way), and compares it with a base up to three commits
 * before it: so most steps find a kept revision that is near, but neither the base nor the head.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engine, writeResult } from '../places.mjs';

const { values } = parseArgs({
  options: {
    repo: { type: 'string' },
    steps: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    span: { type: 'string', default: '40' },
  },
});
if (values.repo === undefined) throw new Error('say which checkout: --repo DIR');
const root = values.repo;
const { analyze } = await engine();
const commits =
  execFileSync('git', ['-C', root, 'rev-list', '--first-parent', '--max-count=2000', 'HEAD'], { encoding: 'utf8' }) // prettier-ignore
    .trim()
    .split('\n');

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function measured(options) {
  const before = process.cpuUsage();
  const text = JSON.stringify(await analyze({ root, exactBase: true, types: 'off', threads: 0, env: {}, ...options }));
  const { user, system } = process.cpuUsage(before);
  return { text, cpu: (user + system) / 1000 };
}

const random = randomNumbers(Number(values.seed));
const span = Math.min(Number(values.span), commits.length - 5);
const cacheDir = mkdtempSync(join(tmpdir(), 'blast-radius-walk-'));
const steps = [];
let at = 0;
try {
  for (let step = 0; step < Number(values.steps); step++) {
    at = Math.max(0, Math.min(commits.length - 4, at + Math.round((random() * 2 - 1) * span)));
    const [head, base] = [commits[at], commits[at + 1 + Math.floor(random() * 3)]];
    const warm = await measured({ head, base, cacheDir });
    const cold = await measured({ head, base, cacheDir: false });
    const same = warm.text === cold.text;
    steps.push({ base, head, same, warm: warm.cpu, cold: cold.cpu, heap: process.memoryUsage().heapUsed });
    if (!same) console.log(`step ${step}: ${base}..${head} differs`);
  }
} finally {
  rmSync(cacheDir, { recursive: true, force: true });
}
const median = (list) => [...list].sort((left, right) => left - right)[list.length >> 1];
const summary = {
  repo: root.split('/').at(-1),
  steps: steps.length,
  differing: steps.filter(({ same }) => !same).length,
  medianCpuRatio: median(steps.slice(1).map(({ warm, cold }) => warm / cold)),
};
console.log(JSON.stringify(summary));
writeResult(`walk-${summary.repo}`, { ...summary, seed: values.seed, span, list: steps });
process.exitCode = summary.differing > 0 ? 1 : 0;
