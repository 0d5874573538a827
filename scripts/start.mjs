/**
 * `pnpm start`: builds what changed, then runs the CLI with the given arguments.
 * Without `--root` it runs on the bundled shop: fixtures/shop/{base,head} become a git history in a temporary folder,
 * which stays, so that the commands that the report proposes work on it.
 * The build speaks on standard error only, so that `--json` can be piped.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** Commands that compare two revisions get the shop's base, unless a flag says what is compared. */
const COMPARING = new Set(['report', 'why', 'tests', 'affected']);
const COMPARED = ['--base', '--patch', '--files', '--symbol'];

build();
process.exitCode = await start(process.argv.slice(2).filter((arg, i) => !(i === 0 && arg === '--')));

function build() {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const { status } = spawnSync(process.execPath, [join(dirname(typescript), 'bin/tsc'), '-b'], {
    cwd: project,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(2);
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the CLI's exit code
 */
async function start(args) {
  const asks = (/** @type {string[]} */ ...names) => args.some((arg) => names.includes(arg.split('=')[0] ?? ''));
  if (asks('--root', '--help', '-h', '--version', '-V', 'help', 'schema')) return runCli(args);
  const { materialise } = await import('../packages/testkit/dist/index.js');
  const shop = materialise(join(project, 'fixtures/shop/base'), join(project, 'fixtures/shop/head'));
  process.stderr.write(`The shop's history is in ${shop.root}\n`);
  const command = args.find((arg) => !arg.startsWith('-')) ?? 'report';
  const base = COMPARING.has(command) && !asks(...COMPARED) ? ['--base', 'main'] : [];
  return runCli([...args, '--root', shop.root, ...base]);
}

/**
 * Runs in the folder where the user typed the command, so that relative paths mean what they meant there.
 * @param {readonly string[]} args
 * @returns {number}
 */
function runCli(args) {
  const cli = join(project, 'packages/cli/dist/bin.js');
  const { status } = spawnSync(process.execPath, [cli, ...args], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    stdio: 'inherit',
  });
  return status ?? 2;
}
