/**
 * action.yml's step as the runner runs it, on a recorded event, a merge commit and an API on this machine.
 * The CLI is the built one; scripts/check-pack.mjs runs the packed one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { git, materialise, type MadeRepository } from '@blast-radius/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startApi, type FakeApi } from './api-server.js';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const ACTION = parse(readFileSync(join(PROJECT, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly env: Readonly<Record<string, string>>; readonly run: string }[];
  };
};
const [INSTALL, REPORT] = ACTION.runs.steps;

const FILES = {
  'package.json': '{"name":"shop","private":true,"workspaces":["packages/*"]}',
  'packages/money/package.json': '{"name":"@shop/money","version":"1.0.0","main":"src/index.ts"}',
  'packages/money/src/index.ts': 'export function format(cents: number): string {\n  return `${cents / 100}`;\n}\n',
  'packages/web/package.json': '{"name":"@shop/web","version":"1.0.0","dependencies":{"@shop/money":"*"}}',
  'packages/web/src/cart.ts':
    "import { format } from '@shop/money';\n\nexport function total(cents: number): string {\n  return format(cents);\n}\n",
};
const CHANGED = {
  ...FILES,
  'packages/money/src/index.ts':
    'export function format(cents: number, currency: string): string {\n  return `${cents / 100} ${currency}`;\n}\n',
};

let repository: MadeRepository;
let event: string;
let merge: string;
beforeAll(() => {
  repository = materialise(FILES, CHANGED);
  const { root } = repository;
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'currency', '--allow-empty');
  const head = git(root, 'rev-parse', 'HEAD').trim();
  const stale = git(root, 'rev-parse', 'main').trim();
  // Somebody else's work lands on main after the event's base: it is not of this change.
  git(root, 'checkout', '-q', 'main');
  writeFileSync(join(root, 'packages/web/src/other.ts'), 'export const other = 1;\n');
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'other');
  git(root, 'checkout', '-q', '--detach');
  git(root, 'merge', '-q', '--no-ff', '-m', 'Merge 42 into main', head);
  merge = git(root, 'rev-parse', 'HEAD').trim();
  const recorded = readFileSync(new URL('./events/pull_request.json', import.meta.url), 'utf8');
  event = recorded.replaceAll('HEAD_SHA', head).replaceAll('BASE_SHA', stale);
});
afterAll(() => repository.dispose());

let api: FakeApi;
let temp: string;
beforeEach(async () => {
  api = await startApi();
  temp = mkdtempSync(join(tmpdir(), 'blast-radius-action-'));
  writeFileSync(join(temp, 'event.json'), event);
  for (const name of ['summary', 'output']) writeFileSync(join(temp, name), '');
});
afterEach(async () => {
  await api.close();
  rmSync(temp, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** `${{ inputs.x }}` as the runner fills it in. */
function filled(text: string, inputs: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
    if (!(name in ACTION.inputs)) throw new Error(`action.yml has no input ${name}`);
    return inputs[name] ?? ACTION.inputs[name]!.default;
  });
}

/** Runs the step in bash, with nothing but what a runner sets. */
async function run(inputs: Readonly<Record<string, string>>): Promise<Ran> {
  const given = { cli: join(PROJECT, 'packages/cli/dist/bin.js'), token: 'secret', types: 'off', ...inputs };
  const env = Object.fromEntries(Object.entries(REPORT!.env).map(([name, text]) => [name, filled(text, given)]));
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', REPORT!.run], {
    cwd: repository.root,
    env: {
      ...env,
      PATH: process.env['PATH'],
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: PROJECT,
      GITHUB_API_URL: api.url,
      GITHUB_BASE_REF: 'main',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: join(temp, 'event.json'),
      GITHUB_OUTPUT: join(temp, 'output'),
      GITHUB_REPOSITORY: 'shop/shop',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: git(repository.root, 'rev-parse', 'HEAD').trim(),
      GITHUB_STEP_SUMMARY: join(temp, 'summary'),
      GITHUB_WORKSPACE: repository.root,
      RUNNER_TEMP: temp,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += String(chunk)));
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? -1)));
  const read = (name: string): string => readFileSync(join(temp, name), 'utf8');
  const outputs = Object.fromEntries(read('output').trim().split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2))); // prettier-ignore
  return { code, log, summary: read('summary'), outputs };
}

describe('a pull request', () => {
  it('gets marks, a summary, outputs and one comment, which the next run replaces', async () => {
    const first = await run({ comment: 'true', sarif: join(temp, 'radius.sarif') });
    expect(first.log).toMatch(
      /^::warning file=packages\/money\/src\/index\.ts,line=1,title=Breaking change|^Blast Radius: /m,
    );
    expect(first.code).toBe(0);
    expect(first.summary).toContain('Blast Radius: ');
    expect(first.outputs).toMatchObject({ known: 'true', 'exit-code': '0', 'comment-url': expect.stringMatching(/issuecomment-900$/) }); // prettier-ignore
    expect(Number(first.outputs['score'])).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(join(temp, 'radius.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    const [comment] = api.comments;
    expect(comment?.body).toContain('`format`');
    expect(comment?.body).toMatch(
      /https:\/\/github\.com\/shop\/shop\/blob\/[0-9a-f]{40}\/packages\/money\/src\/index\.ts#L1/,
    );

    const second = await run({ comment: 'true', 'fail-over': '0' });
    expect(second.code).toBe(1);
    expect(api.comments).toHaveLength(1);
    expect(comment?.body).toMatch(/Gate: failed\. The score [\d.]+ is over the limit of 0 \(exit 1\)/);
  });

  it('is what merging brings, not what others merged meanwhile', async () => {
    const { outputs } = await run({ json: join(temp, 'report.json') });
    const report = JSON.parse(readFileSync(join(temp, 'report.json'), 'utf8')) as { changes: { file: string }[] };
    expect(new Set(report.changes.map(({ file }) => file))).toEqual(new Set(['packages/money/src/index.ts']));
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(ACTION.outputs).sort());
  });

  it('from a fork, whose token can only read, keeps its verdict and says why there is no comment', async () => {
    api.failures.push({ method: 'POST', status: 403 });
    const { code, log, summary } = await run({ comment: 'true' });
    expect(code).toBe(0);
    expect(log).toMatch(/^::warning title=Blast Radius::No comment was written: the token may not write here \(403\)/m);
    expect(summary).toContain('Blast Radius: ');
  });

  it('does not keep a better looking comment when a run fails', async () => {
    await run({ comment: 'true' });
    const { code, outputs } = await run({ comment: 'true', base: 'nowhere' });
    expect({ code, known: outputs['known'] }).toEqual({ code: 2, known: 'false' });
    expect(api.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/UNKNOWN[\s\S]*could not be completed[\s\S]*no all-clear/),
    ]);
  });

  it('leaves no older verdict in a lasting file when a run fails, but for its baseline', async () => {
    const asked = { json: join(temp, 'kept/report.json'), sarif: join(temp, 'radius.sarif') };
    await run(asked);
    const former = readFileSync(asked.json, 'utf8');
    const kept = await run({ ...asked, base: 'nowhere', baseline: asked.json });
    expect(readFileSync(asked.json, 'utf8')).toBe(former);
    expect(kept.outputs).toMatchObject({ score: '', known: 'false', 'exit-code': '2' });
    const failed = await run({ ...asked, base: 'nowhere' });
    expect(failed.outputs).toMatchObject({ score: '', known: 'false', 'exit-code': '2' });
    expect(failed.summary).toContain('UNKNOWN');
    expect(Object.values(asked).map((file) => existsSync(file))).toEqual([false, false]);
  });

  it('is never over the limit because the CLI crashed', async () => {
    const crashing = join(temp, 'crash.mjs');
    const markdown = `process.argv.find((one) => one.startsWith('markdown='))?.slice('markdown='.length)`;
    writeFileSync(crashing, `import { writeFileSync } from 'node:fs';\nwriteFileSync(${markdown}, '<!-- blast-radius:report -->');\nthrow new Error('no verdict');\n`); // prettier-ignore
    const { code, outputs } = await run({ cli: crashing, comment: 'true', 'fail-over': '0' });
    expect({ code, said: outputs['exit-code'] }).toEqual({ code: 2, said: '2' });
    expect(api.comments.map(({ body }) => body)).toEqual([expect.stringContaining('UNKNOWN')]);
  });

  it('takes a CLI below the workspace', async () => {
    symlinkSync(PROJECT, join(repository.root, '.tool'));
    try {
      const cli = '.tool/packages/cli/dist/bin.js';
      expect((await run({ cli, 'working-directory': 'packages/web' })).code).toBe(0);
    } finally {
      rmSync(join(repository.root, '.tool'));
    }
  });

  it('asks nobody and prints no token unless a comment is asked for', async () => {
    const { log, summary } = await run({ annotations: 'false', summary: 'false' });
    expect(api.asked).toEqual([]);
    expect({ summary, log }).toEqual({ summary: '', log: '' });
  });
});

describe('what is checked out', () => {
  afterEach(() => git(repository.root, 'checkout', '-q', '--detach', merge));

  const changed = async (inputs: Readonly<Record<string, string>> = {}): Promise<string[]> => {
    const { code } = await run({ json: join(temp, 'report.json'), ...inputs });
    expect(code).toBe(0);
    const { changes } = JSON.parse(readFileSync(join(temp, 'report.json'), 'utf8')) as { changes: { file: string }[] };
    return [...new Set(changes.map(({ file }) => file))];
  };

  it.each(['', 'main'])(
    'the target branch, as under pull_request_target, is no pull request (base: %j)',
    async (base) => {
      git(repository.root, 'checkout', '-q', '--detach', 'main');
      const { code, log, summary, outputs } = await run({ comment: 'true', 'fail-over': '0', base });
      expect({ code, known: outputs['known'], score: outputs['score'] }).toEqual({
        code: 2,
        known: 'false',
        score: '',
      });
      expect(log).toMatch(
        /^::error title=Blast Radius::What is checked out is not pull request 42: .*ref: refs\/pull\/42\/merge/m,
      );
      for (const text of [summary, api.comments[0]?.body]) expect(text).toMatch(/UNKNOWN[^]*is not pull request 42: /);
    },
  );

  it('the head itself, and commits on top of it, are compared with the merge base', async () => {
    git(repository.root, 'checkout', '-q', '--detach', 'change');
    expect(await changed()).toEqual(['packages/money/src/index.ts']);
    expect(await changed({ base: 'main' })).toEqual(['packages/money/src/index.ts']);
    git(repository.root, 'commit', '-q', '--allow-empty', '-m', 'formatted');
    expect(await changed()).toEqual(['packages/money/src/index.ts']);
  });

  it('a merge whose parents a shallow clone lacks is told apart: the CLI says what to fetch', async () => {
    const shallow = join(temp, 'shallow');
    git(temp, 'clone', '-q', '--depth=1', `file://${repository.root}`, shallow);
    const { code, log } = await run({ 'working-directory': shallow });
    expect(code).toBe(2);
    expect(log).not.toContain('is not pull request');
    expect(log).toMatch(/is not a commit in this clone; run: git fetch/);
  });
});

describe('action.yml', () => {
  it('hands on every input, and pins the CLI of its own version', () => {
    const used = [INSTALL, REPORT].flatMap(
      (step) =>
        Object.values(step!.env)
          .join()
          .match(/(?<=inputs\.)[\w-]+/g) ?? [],
    );
    expect([...used].sort()).toEqual(Object.keys(ACTION.inputs).sort());
    const { name, version } = JSON.parse(readFileSync(join(PROJECT, 'packages/cli/package.json'), 'utf8')) as { name: string; version: string }; // prettier-ignore
    expect(ACTION.inputs['package']?.default).toBe(`${name}@${version}`);
  });

  it('puts no text of an event into a script', () => {
    for (const { run: script } of ACTION.runs.steps) expect(script).not.toContain('${{');
  });
});
