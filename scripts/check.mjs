/**
 * `pnpm run check`: every check that is no test, all of them even when one fails.
 * Out: one line per check at the end, and exit code 1 where one failed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Name and package.json script, cheapest first. */
const CHECKS = ['format', 'lint', 'layers', 'types', 'pack'];

const cwd = fileURLToPath(new URL('..', import.meta.url));
const asked = process.argv.slice(2);
const failed = CHECKS.filter((name) => (asked.length === 0 || asked.includes(name)) && !passes(name));
for (const name of failed) console.log(`check failed: ${name}   (pnpm run check:${name})`);
if (failed.length === 0) console.log('all checks passed');
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * @param {string} name
 * @returns {boolean}
 */
function passes(name) {
  console.log(`── ${name}`);
  // The pnpm that runs us, so that no second version is fetched.
  const pnpm = process.env['npm_execpath'] ?? join(cwd, 'node_modules/.bin/pnpm');
  const direct = /\.[cm]?js$/.test(pnpm) ? [process.execPath, pnpm] : [pnpm];
  const { status } = spawnSync(direct[0] ?? '', [...direct.slice(1), 'run', `check:${name}`], {
    cwd,
    stdio: 'inherit',
  });
  return status === 0;
}
