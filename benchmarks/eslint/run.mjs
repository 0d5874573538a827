/**
 * What the plugin adds to a lint run: CPU time of real ESLint 9 and 10 with typescript-eslint's recommended preset, without
 * and with `strict` of this plugin. In one process and file by file, the configurations taking turns to be first.
 *   node benchmarks/eslint/run.mjs CHECKOUT... [--files 300]
 * `clean`: texts are the base's, as most are. `edited`: each differs, so that each is read through and compared.
 * Needs a build. Nothing is written to the checkouts.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareIndex } from '../../packages/core/dist/index.js';
import blastRadius from '../../packages/eslint-plugin/dist/index.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'string', default: '300' } },
});
const load = createRequire(new URL('../../packages/eslint-plugin/package.json', import.meta.url));
const tseslint = load('typescript-eslint');
/** Files at the beginning that only warm the process up. */
const WARM_UP = 0.15;
/** Each text is linted so often in a row, and the least counts: a collection of garbage is nobody's own. */
const ROUNDS = 3;

for (const checkout of positionals.map((path) => resolve(path))) {
  const folder = mkdtempSync(join(tmpdir(), 'blast-radius-bench-'));
  try {
    const index = join(folder, 'radius.index');
    await prepareIndex({ root: checkout, output: index, cacheDir: false });
    for (const name of ['eslint9', 'eslint']) await measure(checkout, index, load(name).ESLint);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} root
 * @param {string} index
 * @param {typeof import('eslint').ESLint} ESLint
 */
async function measure(root, index, ESLint) {
  const linter = (/** @type {import('eslint').Linter.Config[]} */ more) =>
    new ESLint({
      cwd: root,
      overrideConfigFile: true,
      ignore: false,
      allowInlineConfig: false,
      overrideConfig: [
        ...tseslint.configs.recommended,
        {
          languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
          settings: { 'blast-radius': { index } },
        },
        ...more,
      ],
    });
  const plain = linter([]);
  const strict = linter([blastRadius.configs.strict]);
  const turns = [
    { name: 'preset', eslint: plain, edit: '', cpu: 0, own: 0 },
    { name: 'clean', eslint: strict, edit: '', cpu: 0, own: 0 },
    { name: 'edited', eslint: strict, edit: '\n// edited\n', cpu: 0, own: 0 },
  ];
  const files = sample(root, Number(values.files));
  for (const [at, file] of files.entries()) {
    const text = readFileSync(join(root, file), 'utf8');
    for (let turn = 0; turn < turns.length; turn++) {
      const one = turns[(at + turn) % turns.length];
      if (one === undefined) continue;
      const filePath = join(root, file);
      let least = Infinity;
      let result;
      for (let round = 0; round < ROUNDS; round++) {
        const before = process.cpuUsage();
        [result] = await one.eslint.lintText(text + one.edit, { filePath });
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, user + system);
      }
      if (at < files.length * WARM_UP) continue;
      one.cpu += least;
      one.own += result?.messages.filter(({ ruleId }) => ruleId?.startsWith('blast-radius/')).length ?? 0;
    }
  }
  const base = turns[0]?.cpu ?? 1;
  const told = turns.map(({ name, cpu, own }) => `${name} ${(cpu / base).toFixed(3)} (${own} findings)`);
  console.log(`${basename(root)}, ESLint ${ESLint.version}, ${files.length} files: ${told.join(', ')}`);
}

/**
 * @param {string} root
 * @param {number} count
 * @returns {string[]} TypeScript files, evenly out of all
 */
function sample(root, count) {
  const listed = execFileSync('git', ['-C', root, 'ls-files', '-z', '*.ts', '*.tsx'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const all = listed.split('\0').filter((file) => file !== '' && !file.endsWith('.d.ts'));
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor(at * step)] ?? '');
}
