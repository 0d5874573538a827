/**
 * Proves that what we publish works for who installs it: packs every public package, installs the tarballs in an empty
 * folder with npm, and there runs the CLI, the library and what action.yml runs on the shop fixture.
 * Needs a build and a package registry (for the packages' own dependencies).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { materialise } from '../packages/testkit/dist/index.js';

const project = fileURLToPath(new URL('..', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'blast-radius-pack-'));
const shop = materialise(join(project, 'fixtures/shop/base'), join(project, 'fixtures/shop/head'));
try {
  const tarballs = publicPackages().map(pack);
  const home = install(tarballs);
  const cli = join(home, 'node_modules/.bin', process.platform === 'win32' ? 'blast-radius.cmd' : 'blast-radius');
  expect('blast-radius --version', run(cli, ['--version'], home), /^\d+\.\d+\.\d+/);
  const report = run(cli, ['report', '--root', shop.root, '--base', 'main', '--json'], home);
  expect('blast-radius report --json', report, /"formatMoney"/);
  expect(
    'action.yml with the packed CLI',
    runAction(join(home, 'node_modules/blast-radius/dist/bin.js')),
    /Blast Radius: /,
  );
  expect('import @blast-radius/core', run(process.execPath, [libraryCall(home)], home), /^formatMoney signature/m);
  expect(
    'blast-radius index',
    run(cli, ['index', '--root', shop.root, '--base', 'main', '--output', join(home, 'radius.index')], home),
    /^Indexed \d+ symbols/,
  );
  expect(
    'eslint-plugin-blast-radius',
    run(process.execPath, [pluginCall(home)], home),
    /^blast-radius\/max-radius `formatMoney` /m,
  );
  console.log(`pack: ${tarballs.length} packages install and run in an empty folder`);
} finally {
  shop.dispose();
  rmSync(place, { recursive: true, force: true });
}

/** Folders of the packages that are published. */
function publicPackages() {
  return readdirSync(join(project, 'packages'))
    .map((name) => join(project, 'packages', name))
    .filter((folder) => !JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private);
}

/**
 * @param {string} folder
 * @returns {string} the tarball's absolute path
 */
function pack(folder) {
  const pnpm = process.env['npm_execpath'] ?? 'pnpm';
  const args = ['pack', '--json', '--pack-destination', place];
  const text = /\.[cm]?js$/.test(pnpm) ? run(process.execPath, [pnpm, ...args], folder) : run(pnpm, args, folder);
  /** @type {{ filename: string, files: { path: string }[] }} */
  const { filename, files } = JSON.parse(text);
  const strays = files.map((it) => it.path).filter((path) => /\.(test|fixture)\.|tsbuildinfo|\.map$/.test(path));
  if (strays.length > 0) throw new Error(`${folder} would publish ${strays.join(', ')}`);
  return filename;
}

/**
 * @param {string[]} tarballs
 * @returns {string} the folder they are installed in
 */
function install(tarballs) {
  const home = join(place, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'home', private: true }));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  run(
    npm,
    ['install', '--no-audit', '--no-fund', '--loglevel', 'error', ...tarballs, '@typescript-eslint/parser@8'],
    home,
  );
  return home;
}

/**
 * @param {string} cli
 * @returns {string} the log and the job summary of what action.yml runs, on the shop
 */
function runAction(cli) {
  const summary = join(place, 'summary.md');
  const inputs = { INPUT_CLI: cli, INPUT_BASE: 'main', INPUT_TYPES: 'off', INPUT_SUMMARY: 'true' };
  const env = {
    ...process.env,
    ...inputs,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: shop.root,
    RUNNER_TEMP: place,
  };
  const log = execFileSync(process.execPath, [join(project, 'packages/action/src/main.mjs')], {
    env,
    encoding: 'utf8',
  });
  return log + readFileSync(summary, 'utf8');
}

/**
 * @param {string} home
 * @returns {string} a program that uses the library as its documentation says
 */
function libraryCall(home) {
  const file = join(home, 'call.mjs');
  const options = JSON.stringify({ root: shop.root, base: 'main' });
  writeFileSync(
    file,
    `import { analyze } from '@blast-radius/core';
const report = await analyze(${options});
for (const change of report.changes) console.log(change.symbol, change.kind);
`,
  );
  return file;
}

/**
 * @param {string} home
 * @returns {string} a program that lints as the plugin's documentation says; npm has installed the ESLint that it asks for
 */
function pluginCall(home) {
  const file = join(home, 'lint.mjs');
  const settings = JSON.stringify({ 'blast-radius': { index: join(home, 'radius.index') } });
  writeFileSync(
    file,
    `import { ESLint } from 'eslint';
import parser from '@typescript-eslint/parser';
import blastRadius from 'eslint-plugin-blast-radius';
const files = { files: ['**/*.ts'], languageOptions: { parser }, settings: ${settings} };
const eslint = new ESLint({
  cwd: ${JSON.stringify(shop.root)},
  overrideConfigFile: true,
  overrideConfig: [files, { files: ['**/*.ts'], ...blastRadius.configs.strict }],
});
for (const { messages } of await eslint.lintFiles(['packages/utils/src/money.ts']))
  for (const { ruleId, message } of messages) console.log(ruleId, message);
`,
  );
  return file;
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @returns {string} standard output
 */
function run(program, args, cwd) {
  const shell = program.endsWith('.cmd');
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell });
}

/**
 * @param {string} what
 * @param {string} text
 * @param {RegExp} pattern
 */
function expect(what, text, pattern) {
  if (!pattern.test(text)) throw new Error(`${what} printed, without ${pattern}:\n${text.slice(0, 2000)}`);
}
