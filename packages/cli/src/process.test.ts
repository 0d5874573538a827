/**
 * The built CLI as a process of its own, on a small git history: what a shell sees.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { materialise, type MadeRepository } from '@blast-radius/testkit';

const BIN = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

const BASE = {
  'package.json': '{"name":"shop","private":true,"workspaces":["packages/*"]}',
  'packages/money/package.json': '{"name":"@shop/money","version":"1.0.0","main":"src/index.ts"}',
  'packages/money/src/index.ts': 'export function format(cents: number): string {\n  return `${cents / 100}`;\n}\n',
  'packages/web/package.json':
    '{"name":"@shop/web","version":"1.0.0","scripts":{"start":"node ."},"dependencies":{"@shop/money":"*"}}',
  'packages/web/src/cart.ts':
    "import { format } from '@shop/money';\n\nexport function total(cents: number): string {\n  return format(cents);\n}\n",
  'packages/web/src/cart.test.ts':
    "import { expect, test } from 'vitest';\nimport { total } from './cart';\n\ntest('total', () => expect(total(100)).toBe('1'));\n",
};
const HEAD = {
  ...BASE,
  'packages/money/src/index.ts':
    'export function format(cents: number, currency: string): string {\n  return `${cents / 100} ${currency}`;\n}\n',
};
const COMMENT = { ...BASE, 'packages/money/src/index.ts': `// Cents.\n${BASE['packages/money/src/index.ts']}` };

let shop: MadeRepository;
let comment: MadeRepository;
beforeAll(() => {
  shop = materialise(BASE, HEAD);
  comment = materialise(BASE, COMMENT);
});
afterAll(() => {
  shop.dispose();
  comment.dispose();
});

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], root = shop.root, input?: string): Ran {
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  return { code: status, out: stdout, err: stderr };
}

const compare = ['--base', 'main'];

describe('report', () => {
  it('names the change, whom it reaches and the test to run', () => {
    const { code, out, err } = run(['report', ...compare]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('format  packages/money/src/index.ts:1');
    expect(out).toContain('format, called by total');
    expect(out).toContain('packages/web/src/cart.test.ts');
  });

  it('gives JSON that is valid by the schema it prints', () => {
    const schema = JSON.parse(run(['schema']).out) as object;
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    for (const root of [shop.root, comment.root]) {
      validate(JSON.parse(run(['report', '--json', ...compare], root).out));
      expect(validate.errors).toBeNull();
    }
  });

  it('gates', () => {
    expect(run([...compare, '--fail-over', '0']).code).toBe(1);
    expect(run([...compare, '--fail-over', '100', '--allow-unknown']).code).toBe(0);
  });

  it('says that a comment has no effect', () => {
    const { code, out } = run([...compare, '--fail-over', '0'], comment.root);
    expect(out).toMatch(/No effect/i);
    expect(code).toBe(0);
  });
});

describe('report --watch', () => {
  it('reports again when a file changes, and not because of what it writes itself', async () => {
    const watched = materialise(BASE, COMMENT);
    const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8' };
    const child = spawn(process.execPath, [BIN, '--watch', '--no-cache', '--output', 'report.txt', ...compare], { cwd: watched.root, env }); // prettier-ignore
    try {
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      const until = async (isSo: () => boolean): Promise<void> => {
        while (!isSo()) await new Promise((done) => setTimeout(done, 20));
      };
      const report = join(watched.root, 'report.txt');
      await until(() => existsSync(report) && /No effect/i.test(readFileSync(report, 'utf8')));
      writeFileSync(join(watched.root, 'packages/money/src/index.ts'), HEAD['packages/money/src/index.ts']);
      await until(() => readFileSync(report, 'utf8').includes('format, called by total'));
      expect(err).toBe('\nChanged: packages/money/src/index.ts.\n');
    } finally {
      child.kill();
      watched.dispose();
    }
  });

  it('follows the working tree alone', () => {
    expect(run(['--watch', '--head', 'main']).err).toBe(
      'error: --watch follows the working tree: leave out --head and --patch.\n',
    );
  });
});

describe('the other commands', () => {
  it('tests', () => expect(run(['tests', ...compare]).out).toBe('packages/web/src/cart.test.ts\n'));
  it('tests with none', () => expect(run(['tests', ...compare], comment.root)).toEqual({ code: 0, out: '', err: '' }));

  it('affected', () => {
    expect(run(['affected', ...compare, '--format', 'turbo']).out).toMatch(
      /^--filter=@shop\/(money --filter=@shop\/web|web --filter=@shop\/money)\n$/,
    );
  });

  it('why', () => {
    const { out } = run(['why', 'total', ...compare]);
    expect(out).toContain('total is reached in 1 step');
    expect(out).toMatch(/called by\s+total\s+packages\/web\/src\/cart.ts:3/);
    expect(run(['why', 'totl', ...compare])).toMatchObject({ code: 2, out: '' });
  });

  it('impact of a symbol, of a file, and of what is not there', () => {
    expect(run(['impact', 'packages/money/src/index.ts#format']).out).toContain('format, called by total');
    expect(run(['impact', 'packages/money/src/index.ts']).out).toContain('total  packages/web/src/cart.ts:3');
    expect(run(['impact', 'nothing/there.ts']).code).toBe(2);
  });

  it('rank', () => {
    const { rows } = JSON.parse(run(['rank', '--json']).out) as { rows: { name: string }[] };
    expect(rows.slice(0, 3).map(({ name }) => name)).toContain('format');
    expect(run(['rank', '--by', 'packages']).out).toMatch(/1\s+\d+\s+\d+\s+@shop\/money/);
  });

  it('rank --method estimate says how sure it is', () => {
    const [exact, estimate] = ['exact', 'estimate'].map((how) => run(['rank', '--method', how]));
    expect(exact?.out).not.toContain('estimated');
    expect(estimate?.out).toContain('half of the numbers are within 2.8 %');
    expect(JSON.parse(run(['rank', '--method', 'estimate', '--json']).out)).toMatchObject({ medianError: 0.0277 });
  });

  it('--timing tells of each phase beside the report, never in it', () => {
    const file = join(shop.root, '../timing.json');
    const plain = run(['report', ...compare, '--json']);
    const timed = run(['report', ...compare, '--json', '--timing', '--timing-output', file]);
    expect(timed.out).toBe(plain.out);
    expect(timed.err).toMatch(
      /^phase +wall ms +CPU ms\nstarting .*\ncomparing revisions [^]*1 differing\n[^]*\nin all .* MB at the peak\n$/,
    );
    const { phases, total } = JSON.parse(readFileSync(file, 'utf8')) as {
      phases: { phase: string; wall: number; counts: Record<string, number> }[];
      total: { wall: number };
    };
    expect(phases.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['reading files', 'linking', 'judging and reporting'])); // prettier-ignore
    expect(phases.find(({ phase }) => phase === 'linking')?.counts['symbols']).toBeGreaterThan(3);
    expect(phases.reduce((sum, { wall }) => sum + wall, 0)).toBeCloseTo(total.wall, -1);
  });

  it('--timing of rank and impact', () => {
    expect(run(['rank', '--timing']).err).toContain('counting dependents');
    expect(run(['impact', 'format', '--timing']).err).toContain('following dependents');
  });

  it.each([
    ['packages', 'gexf', 'label="@shop/money"'],
    ['files', 'mermaid', '["packages/web/src/cart.ts"]'],
    ['symbols', 'dot', '[label="total"'],
  ])('graph --of %s --format %s', (of, format, part) => {
    expect(run(['graph', '--of', of, '--format', format]).out).toContain(part);
  });

  it('graph --of impact', () => {
    const { nodes, edges } = JSON.parse(run(['graph', '--of', 'impact', ...compare]).out) as {
      nodes: { id: string; label: string; changed: boolean }[];
      edges: { from: string; to: string }[];
    };
    const idOf = (label: string): string | undefined => nodes.find((node) => node.label.includes(label))?.id;
    expect(nodes.filter(({ changed }) => changed).map(({ id }) => id)).toEqual([idOf('format')]);
    expect(edges).toContainEqual(expect.objectContaining({ from: idOf('total'), to: idOf('format') }));
  });
});

describe('the process', () => {
  it('knows its version, and that of no other', () => {
    const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    expect(run(['--version']).out).toBe(`${(JSON.parse(manifest) as { version: string }).version}\n`);
  });

  it('says in one line what is wrong', () => {
    const { code, out, err } = run(['report', '--base', 'no-such-ref']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: [^\n]*no-such-ref[^\n]*\n$/);
  });

  it('takes a list of files from standard input', () => {
    const { out } = run(['tests', '--files', '-'], shop.root, 'packages/money/src/index.ts\0');
    expect(out).toBe('packages/web/src/cart.test.ts\n');
  });

  it('ends quietly when the reader goes away', async () => {
    const child = spawn(process.execPath, [BIN, 'graph', '--of', 'symbols'], { cwd: shop.root });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
