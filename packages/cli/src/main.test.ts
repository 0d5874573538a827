/**
 * The command line with a library that answers at once: exit codes, streams and files. The real library is run by cli.test.ts.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnalyzeOptions, Report } from '@blast-radius/core';
import type { CliIo } from './io.js';
import { main } from './main.js';
import { impact, report } from './reporters/report.fixture.js';

const library = vi.hoisted(() => ({ answer: undefined as unknown, asked: [] as unknown[], find: {} as unknown }));

vi.mock('@blast-radius/core/loader', () => ({
  loadLibrary: async () => ({
    analyze: async (options: AnalyzeOptions) => {
      library.asked.push(options);
      options.onPhase?.('linking', 3, 8);
      if (library.answer instanceof Error) throw library.answer;
      return library.answer;
    },
    openRepository: async () => ({ find: () => library.find, close: () => undefined }),
    why: () => [],
    affectedPackages: (found: Report) => found.packages,
    remotePage: async () => undefined,
  }),
}));

const folder = mkdtempSync(join(tmpdir(), 'blast-radius-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  library.answer = report();
  library.asked.length = 0;
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(argv: readonly string[], input = '', more: Partial<CliIo> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await main(argv, {
    stdin: (async function* () {
      yield Buffer.from(input);
    })(),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: { LANG: 'C.UTF-8' },
    cwd: folder,
    platform: 'linux',
    now: () => 0,
    ...more,
  });
  return { code, out, err };
}

function usageError(message: string): Error {
  return Object.assign(new Error(message), { name: 'UsageError' });
}

const asked = (): AnalyzeOptions => library.asked[0] as AnalyzeOptions;
const unsure = report({
  unknowns: [{ file: 'a\u001b.ts', line: 4, reason: 'computed import' }],
  verdict: { known: false, level: 'low', summary: 'x' },
});

describe('exit codes', () => {
  it.each([
    [['report'], 0],
    [[], 0],
    [['--fail-over', '10'], 1],
    [['--fail-over', '50'], 0],
    [['--help'], 0],
    [['help', 'why'], 0],
    [['--version'], 0],
    [['report', '--no-such-flag'], 2],
    [['reprot'], 2],
    [['why'], 2],
    [['--fail-over', '101'], 2],
    [['--threads', '-1'], 2],
    [['--allow-unknown'], 2],
    [['--baseline', 'missing.json'], 2],
    [['--patch', 'missing.diff'], 2],
    [['--output', 'no/such/folder/x'], 2],
    [['graph', '--base', 'main'], 2],
    [['graph', '--json', '--format', 'dot'], 2],
  ])('%j exits %i', async (argv, code) => {
    const ran = await run(argv);
    expect(ran.code).toBe(code);
    if (code === 2) expect(ran.err).toMatch(/^error: [^\n]+\n([^\n]*\n)?$/);
  });

  it('3 where a gate can’t tell, and says so', async () => {
    library.answer = unsure;
    const ran = await run(['--fail-over', '90', '--json']);
    expect(ran.code).toBe(3);
    expect(ran.err).toContain('could not tell');
    expect(JSON.parse(ran.out)).toEqual(unsure);
  });

  it('2 and one sentence for a usage error of the library; 2 and a stack for a bug', async () => {
    library.answer = usageError('There is no commit `x\u001b`.');
    expect(await run([])).toEqual({ code: 2, out: '', err: 'error: There is no commit `x\\x1b`.\n' });
    library.answer = new TypeError('oops');
    const bug = await run([]);
    expect(bug.code).toBe(2);
    expect(bug.err).toMatch(/^This is a bug in blast-radius[^]*TypeError: oops\n\s+at /);
  });

  it('2 for `why` of a name that means nothing, which must not read as "not reached"', async () => {
    library.find = { nodes: [], candidates: ['src/a.ts#Cart'], message: 'There is no symbol `Cat`.' };
    expect(await run(['why', 'Cat'])).toMatchObject({ code: 2, err: expect.stringContaining('src/a.ts#Cart') });
    library.find = { nodes: [4], candidates: [] };
    expect(await run(['why', 'Cart'])).toMatchObject({ code: 0, out: 'No change reaches Cart.\n' });
  });
});

describe('options', () => {
  it('reach the library as written', async () => {
    const revisions = '--root sub --base main --exact-base --head HEAD~1';
    await run(`report ${revisions} --threads 2 --parser oxc --symbol a --symbol b --assume removed`.split(' '));
    const comparison = { base: 'main', exactBase: true, head: 'HEAD~1', symbols: ['a', 'b'], assume: 'removed' };
    expect(asked()).toMatchObject({ root: join(folder, 'sub'), threads: 2, parser: 'oxc', ...comparison });
    expect(asked()).not.toHaveProperty('patch');
  });

  it('reads lists of files, NUL or newline separated, with the ones named', async () => {
    await run(['--files', './x.ts', '-'], 'a b.ts\0new\nline.ts\0');
    expect(asked().files).toEqual(['x.ts', 'a b.ts', 'new\nline.ts']);
    library.asked.length = 0;
    await run(['--files', '-'], 'a.ts\r\nb.ts\n');
    expect(asked().files).toEqual(['a.ts', 'b.ts']);
  });

  it('reads a patch from standard input, whole characters over chunks', async () => {
    const [first, second] = [Buffer.from([0xef, 0xbb, 0xbf, 0xc3]), Buffer.from([0xa9])];
    const stdin = (async function* () {
      yield first;
      yield second;
    })();
    await run(['--patch', '-'], '', { stdin });
    expect(asked().patch).toBe('é');
    expect((await run(['--patch', '-', '--files', '-'])).code).toBe(2);
  });
});

describe('files', () => {
  it('writes --output whole, with nothing left beside it', async () => {
    expect(await run(['--json', '--output', 'r.json'])).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).toEqual(report());
    expect(readdirSync(folder)).toEqual(['r.json']);
  });

  it('takes what it wrote as a baseline', async () => {
    await run(['--json', '--output', 'base.json']);
    expect(await run(['--fail-over', '10', '--baseline', 'base.json'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 of 1 change, 0 of 1 impact and 0 of 0 unknowns are new'),
    });
    library.answer = report({ impacts: [impact({ id: 'other' })] });
    expect((await run(['--fail-over', '10', '--baseline', 'base.json'])).code).toBe(1);
  });

  it.each([
    '',
    '[]',
    '{"version":1}',
    '{"version":2,"changes":[],"impacts":[],"unknowns":[]}',
    '{"version":1,"changes":[1],"impacts":[],"unknowns":[]}',
  ])('refuses %j as a baseline', async (text) => {
    writeFileSync(join(folder, 'bad.json'), text);
    expect(await run(['--baseline', 'bad.json'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: The baseline bad.json /),
    });
  });
});

it('a timing that can’t be written hides no other error, and is said where there is none', async () => {
  const flags = ['--timing-output', join(folder, 'nowhere/timing.json')];
  library.answer = usageError('The base is not there.');
  expect(await run(flags)).toMatchObject({ code: 2, err: 'error: The base is not there.\n' });
  library.answer = report();
  expect(await run(flags)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^error: Cannot write .*timing\.json: /),
  });
});

describe('lists', () => {
  it('prints tests one a line, or raw with NUL', async () => {
    library.answer = report({ tests: ['a.test.ts', 'b\nc.test.ts'] });
    expect((await run(['tests'])).out).toBe('a.test.ts\nb\\x0ac.test.ts\n');
    expect((await run(['tests', '-0'])).out).toBe('a.test.ts\0b\nc.test.ts\0');
    expect(JSON.parse((await run(['tests', '--json'])).out)).toMatchObject({
      known: true,
      tests: ['a.test.ts', 'b\nc.test.ts'],
    });
  });

  it('prints nothing where nothing is affected', async () => {
    library.answer = report({ tests: [], packages: [] });
    expect(await run(['tests'])).toEqual({ code: 0, out: '', err: '' });
    expect(await run(['affected', '--format', 'turbo'])).toEqual({ code: 0, out: '', err: '' });
  });

  it.each([['tests'], ['affected']])('%s says on standard error that its list may be short', async (command) => {
    library.answer = unsure;
    const ran = await run([command]);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('affected: 1 thing near the change could not be followed\n');
    expect(ran.err).toContain('a\\x1b.ts:4  computed import');
    expect(ran.out).not.toContain('warning');
  });
});

describe('progress', () => {
  const slow = (isTTY: boolean): Partial<CliIo> & { readonly log: string[] } => {
    const log: string[] = [];
    let time = 0;
    return { log, stderr: { write: (text) => log.push(text), isTTY, columns: 80 }, now: () => (time += 600) };
  };

  it('is shown on a terminal after half a second, and cleared', async () => {
    const io = slow(true);
    await run([], '', io);
    expect(io.log).toEqual(['\r\u001b[2Klinking 3 of 8', '\r\u001b[2K']);
  });

  it('is not shown elsewhere, nor while it is quick', async () => {
    const io = slow(false);
    await run([], '', io);
    expect(io.log).toEqual([]);
    expect((await run([])).err).toBe('');
  });
});

it('help teaches: a purpose, examples and exit codes for every command', async () => {
  for (const command of ['report', 'why', 'impact', 'rank', 'tests', 'affected', 'graph', 'schema']) {
    const { out } = await run([command, '--help']);
    expect(out).toMatch(/Examples:\n( {2}.*\n){2,}/);
    expect(out).toMatch(/Exit codes: 0 /);
    expect(out).not.toContain('words');
  }
});

describe('--format', () => {
  it('writes several formats of one run, one of them to standard output', async () => {
    const files = ['m.md', 's.sarif', 'q.json'].map((name) => join(folder, name));
    const [markdown = '', sarif = '', quality = ''] = files;
    const asked = [`markdown=${markdown}`, `sarif=${sarif}`, `gitlab=${quality}`, 'github'].flatMap((one) => ['--format', one]); // prettier-ignore
    const { code, out, err } = await run(['report', ...asked, '--fail-over', '10']);
    expect({ code, err }).toEqual({ code: 1, err: 'Gate: failed. The score 31.5 is over the limit of 10 (exit 1).\n' });
    expect(library.asked).toHaveLength(1);
    expect(out).toMatch(/^::warning file=packages\/money/);
    expect(readFileSync(markdown, 'utf8')).toContain(
      '**Gate: failed. The score 31.5 is over the limit of 10 (exit 1).**',
    );
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(JSON.parse(readFileSync(quality, 'utf8'))).toHaveLength(1);
  });

  it('takes --output for the one format without a file, and longer lists for a summary', async () => {
    const file = join(folder, 'summary.md');
    library.answer = report({ tests: Array.from({ length: 30 }, (_, at) => `test/${at}.test.ts`) });
    expect(await run(['report', '--format', 'summary', '--output', file])).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(file, 'utf8')).toContain('test/29.test.ts');
    expect((await run(['report', '--format', 'markdown'])).out).toContain('… and 20 more');
  });

  it.each([
    [['--format', 'html'], /no format `html`; the formats are text, json,/],
    [['--format', 'sarif='], /file name must stand behind/],
    [['--format', 'sarif', '--format', 'github'], /sarif and github files of their own/],
    [['--json', '--format', 'text'], /give one of them/],
    [['--format', 'json=r', '--format', 'sarif=./r'], /^error: \.\/r is named for two results/],
    [['--format', 'json', '--output', 'r', '--timing-output', 'r'], /^error: r is named for two results/],
    [['--format', 'json=r', '--format', 'text', '--output', 'r'], /^error: r is named for two results/],
    [['--format', 'sarif=a', '--output', 'b'], /each --format names its own file/],
  ])('%j is a mistake', async (flags, message) => {
    const { code, err } = await run(['report', ...flags]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
