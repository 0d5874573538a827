/** What real repositories do wrong: each is said in one clear sentence, and the rest is analysed all the same. */
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { git, materialise } from '@blast-radius/testkit';
import { afterEach, expect, test } from 'vitest';
import { type AnalyzeOptions, type DiagnosticKind, type Report, UsageError } from '../src/model/index.js';
import { analyze } from '../src/repository.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The rest of the repository: `b` depends on `a`, whose body the head changes. */
const HEALTHY = {
  'package.json': '{"name":"app","private":true}',
  'src/a.ts': 'export const a = (): number => 1;\n',
  'src/b.ts': "import { a } from './a';\nexport const b = () => a();\n",
};
const CHANGED = { ...HEALTHY, 'src/a.ts': 'export const a = (): number => 2;\n' };

/** A repository whose head is `CHANGED` and, not committed, `files`. */
function repository(files: Files = {}): string {
  const made = materialise(HEALTHY, CHANGED);
  undo.push(made.dispose);
  write(made.root, files);
  return made.root;
}

function temporary(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'blast-radius-')));
  undo.push(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function write(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

const run = (root: string, options: AnalyzeOptions = { base: 'main' }): Promise<Report> =>
  analyze({ root, threads: 0, env: {}, ...options });

async function refusal(root: string, options?: AnalyzeOptions): Promise<string> {
  const error: unknown = await run(root, options).then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

/** The one sentence of `kind`; the report must hold the change of `a` and its impact on `b`. */
function sentence(report: Report, kind: DiagnosticKind): string {
  expect(report.changes).toContainEqual(expect.objectContaining({ file: 'src/a.ts', symbol: 'a', kind: 'body' }));
  expect(report.impacts).toContainEqual(expect.objectContaining({ file: 'src/b.ts', symbol: 'b', distance: 1 }));
  const said = report.diagnostics.filter((one) => one.kind === kind);
  expect(said.map(({ message }) => message)).toHaveLength(1);
  const { message } = said[0] as { message: string };
  expect(message).toMatch(/^[^\n]{20,400}$/);
  return message;
}

test('no git repository: the folder is read as it is; a base is refused', async () => {
  const root = temporary();
  write(root, CHANGED);
  const report = await run(root, { files: ['src/a.ts'] });
  expect(report.impacts.map(({ symbol }) => symbol)).toContain('b');
  const said = report.diagnostics.filter(({ kind }) => kind === 'not-a-repository');
  expect(said.map(({ message }) => message)).toEqual([
    `${root} is not in a git repository; the folder is read as it is.`,
  ]);
  expect(await refusal(root)).toBe(`--base needs git, but ${root} is not in a git repository.`);
});

test('an unknown ref, a bare repository and a folder that is not there are the caller’s to mend', async () => {
  const root = repository();
  expect(await refusal(root, { base: 'gone' })).toMatch(/^--base gone is not a commit in this clone; run: git fetch /);
  expect(await refusal(root, { base: 'main', head: 'gone' })).toMatch(/^--head gone is not a commit in this clone; /);
  expect(await refusal(join(root, 'nowhere'))).toMatch(/ does not exist\.$/);
  const bare = temporary();
  git(bare, 'init', '-q', '--bare');
  expect(await refusal(bare)).toMatch(/ is a bare repository, which has no files to read; give a clone of it, /);
});

test('a shallow clone that lacks the merge base: the command that mends it, and it does', async () => {
  const source = repository();
  git(source, 'checkout', '-q', 'main');
  git(source, 'commit', '-q', '--allow-empty', '-m', 'later');
  const root = join(temporary(), 'clone');
  git(source, 'clone', '-q', '--depth=1', '--no-single-branch', '--branch=change', `file://${source}`, root);
  const message = await refusal(root, { base: 'origin/main' });
  expect(message).toMatch(
    /^This clone is shallow and lacks the common ancestor of origin\/main and the head; run: git /,
  );
  git(root, ...(/run: git (.*)$/.exec(message)?.[1] ?? '').split(' '));
  expect((await run(root, { base: 'origin/main' })).impacts.map(({ symbol }) => symbol)).toContain('b');
});

test('a detached HEAD', async () => {
  const root = repository();
  git(root, 'checkout', '-q', '--detach');
  expect(sentence(await run(root), 'detached-head')).toMatch(/^HEAD is detached: /);
});

test('an unborn HEAD: everything is added', async () => {
  const root = temporary();
  git(root, 'init', '-q', '-b', 'main');
  write(root, CHANGED);
  const report = await run(root, {});
  expect(report.changes).toContainEqual(expect.objectContaining({ file: 'src/a.ts', symbol: 'a', kind: 'added' }));
  const said = report.diagnostics.filter(({ kind }) => kind === 'unborn-head');
  expect(said.map(({ message }) => message)).toEqual(['The branch has no commit yet, so every file counts as added.']);
});

test('a submodule', async () => {
  const root = repository();
  const inner = repository();
  git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'inner');
  expect(sentence(await run(root), 'submodule-skipped')).toMatch(
    /^1 submodule is not read: .* analyse it by itself\.$/,
  );
});

test('a broken package.json', async () => {
  const report = await run(repository({ 'packages/x/package.json': '{ "name": "x", ', 'packages/x/x.ts': '' }));
  expect(sentence(report, 'manifest-broken')).toMatch(/^packages\/x\/package\.json could not be parsed /);
});

test('a broken tsconfig, and one that extends itself in a circle', async () => {
  const broken = await run(repository({ 'tsconfig.json': '{ "compilerOptions": { "paths": ' }));
  expect(sentence(broken, 'tsconfig-broken')).toMatch(/^tsconfig\.json is not valid JSON /);
  const circle = await run(
    repository({ 'tsconfig.json': '{"extends":"./other.json"}', 'other.json': '{"extends":"./tsconfig.json"}' }),
  );
  expect(sentence(circle, 'tsconfig-cycle')).toBe(
    '"extends" runs in a circle, which is cut: other.json → tsconfig.json → other.json. Remove one of them.',
  );
});

test('syntax errors: the statements that parse are still linked', async () => {
  const broken = "import { a } from './a';\nexport const c = () => a();\nexport const = ;\n}}}\n";
  const report = await run(repository({ 'src/c.ts': broken }));
  expect(sentence(report, 'syntax-error')).toMatch(/^The file has a syntax error \(.+\); only what parses of it is /);
  expect(report.changes.filter(({ file }) => file === 'src/c.ts').map(({ symbol }) => symbol)).toContain('c');
});

test('bytes named .ts, and an import of them', async () => {
  const bytes = Uint8Array.from({ length: 4096 }, (_, at) => at % 251);
  const report = await run(repository({ 'src/video.ts': bytes, 'src/c.ts': "import './video';\n" }));
  expect(sentence(report, 'binary-file')).toBe('The file holds NUL bytes: it is no text.');
  expect(report.diagnostics.filter(({ kind }) => kind === 'unresolved-import')).toEqual([]);
});

test('a generated file of 20 MB: its specifiers are read, nothing else', async () => {
  const line = `export const row = ${'x'.repeat(1000)};\n`;
  const large = `import { a } from './a';\n${line.repeat(Math.ceil((20 << 20) / line.length))}`;
  const report = await run(repository({ 'src/rows.gen.ts': large }));
  expect(sentence(report, 'file-too-large')).toMatch(
    /^The file has 2\d{7} characters, more than .* only its specifiers/,
  );
  expect(report.changes).toContainEqual(
    expect.objectContaining({ file: 'src/a.ts', reach: expect.objectContaining({ directFiles: 2 }) }),
  );
});

test('symbolic links in circles, out of the repository, and into it', async () => {
  const root = repository({ 'src/d.ts': "import { a } from './round/a';\nexport const d = () => a();\n" });
  symlinkSync('.', join(root, 'src/round'));
  symlinkSync('loop', join(root, 'src/loop'));
  symlinkSync('/', join(root, 'src/out'));
  const report = await run(root);
  expect(sentence(report, 'symlink-skipped')).toMatch(/^3 symbolic links are not read under /);
  expect(report.diagnostics.filter(({ kind }) => kind === 'unresolved-import')).toEqual([]);
  expect(report.changes).toContainEqual(
    expect.objectContaining({ file: 'src/a.ts', reach: expect.objectContaining({ directFiles: 2 }) }),
  );
});

test('paths with spaces, quotes, newlines, brackets and unicode', async () => {
  const odd = [
    'sp ace/a b',
    'quo"te\'s',
    'new\nline',
    '[id]/(group)/$x',
    'ünï/文字',
    'e\u0301',
    '-dash',
    '#hash',
    'back`tick',
  ];
  const importer = odd.map((name, at) => `import { x as x${at} } from ${JSON.stringify(`./${name}`)};`).join('\n');
  const use = odd.map((_, at) => `x${at}()`).join(' + ');
  const before = Object.fromEntries(odd.map((name) => [`src/${name}.ts`, 'export const x = () => 1;\n']));
  const after = Object.fromEntries(odd.map((name) => [`src/${name}.ts`, 'export const x = () => 2;\n']));
  const all = { 'src/all.ts': `${importer}\nexport const all = () => ${use};\n` };
  const made = materialise({ ...HEALTHY, ...before, ...all }, { ...CHANGED, ...after, ...all });
  undo.push(made.dispose);
  for (const options of [{ base: 'main' }, { base: 'main', head: 'change' }]) {
    const report = await run(made.root, options);
    expect(report.diagnostics.filter(({ kind }) => kind !== 'base-chosen')).toEqual([]);
    expect(report.changes.map(({ file }) => file).toSorted()).toEqual(
      [...odd.map((name) => `src/${name}.ts`), 'src/a.ts'].toSorted(),
    );
    expect(new Set(report.impacts.map(({ symbol }) => symbol))).toEqual(new Set(['all', 'b']));
  }
});

test('a rename of case only, and names that only case tells apart', async () => {
  const button = 'export const button = () => 1;\nexport const label = () => "a button";\n';
  const use = (name: string) => `import { button } from './${name}';\nexport const use = () => button();\n`;
  const made = materialise(
    { ...HEALTHY, 'src/Button.ts': button, 'src/use.ts': use('Button') },
    { ...CHANGED, 'src/button.ts': button, 'src/use.ts': use('button') },
  );
  undo.push(made.dispose);
  const report = await run(made.root);
  expect(report.changes.map(({ file, kind }) => `${file} ${kind}`)).toEqual([
    'src/a.ts body',
    'src/button.ts moved',
    'src/button.ts moved',
  ]);
  expect(report.diagnostics).toEqual([]);
  expect(report.impacts.map(({ file }) => file)).toContain('src/b.ts');
  write(made.root, { 'src/BUTTON.ts': button });
  expect(sentence(await run(made.root), 'path-case-conflict')).toMatch(
    /^"src\/button\.ts" and "src\/BUTTON\.ts" are one name /,
  );
});

test('a repository whose .git is broken is a folder without git', async () => {
  const root = repository();
  renameSync(join(root, '.git/HEAD'), join(root, '.git/TAIL'));
  const report = await run(root, { files: ['src/a.ts'] });
  expect(report.impacts.map(({ symbol }) => symbol)).toContain('b');
  expect(report.diagnostics.map(({ kind }) => kind)).toContain('not-a-repository');
});
