/** What code flags say of whole changes that once were told wrong. */
import { expect, test } from 'vitest';
import { flagsOf, type Files } from './rule-case.js';
import { packageFlags } from './typescript.cases.js';

const said = async (base: Files, head: Files, rules: RegExp): Promise<string[]> =>
  (await flagsOf([base, head])).flatMap(({ rule, message }) => (rules.test(rule) ? [message] : []));

const manifest = (name: string): string => JSON.stringify({ name: 'app', dependencies: { [name]: '1.0.0' } });

const HONO: Files = {
  'package.json': manifest('hono'),
  'src/invoices.ts':
    "import { Hono } from 'hono';\nexport const invoices = new Hono();\ninvoices.get('/', (c) => c.text(''));\n",
  'src/app.ts': `import { Hono } from 'hono';
import { invoices } from './invoices';
export const app = new Hono();
app.route('/invoices', invoices);
`,
};

test('a router that is not known, mounted beside others, guards none of them', async () => {
  const head = {
    ...HONO,
    'src/app.ts': `${HONO['src/app.ts']}import { oauthRouter } from 'elsewhere';\napp.route('/oauth', oauthRouter);\n`,
  };
  expect(await said(HONO, head, /^auth\/guard/)).toEqual([]);
});

test('a guard on one path, or behind a mount, guards no mount on another or before', async () => {
  const guard = "import { requireUser } from 'elsewhere';\n";
  const other = { ...HONO, 'src/app.ts': `${guard}${HONO['src/app.ts']}app.use('/admin/*', requireUser);\n` };
  expect(await said(HONO, other, /^auth\/guard/)).toEqual([]);
  const before = HONO['src/app.ts']!.replace(
    "app.route('/inv",
    "app.use('/invoices/*', requireUser);\napp.route('/inv",
  );
  expect(await said(HONO, { ...HONO, 'src/app.ts': guard + before }, /^auth\/guard/)).toEqual([
    'requireUser runs before GET /invoices now.',
  ]);
});

test('what a test puts before a router is no guard of it', async () => {
  const head = {
    ...HONO,
    'src/app.test.ts':
      "import { requireUser } from 'elsewhere';\nimport { app } from './app';\napp.use(requireUser);\ntest('x', () => {});\n",
  };
  expect(await said(HONO, head, /^auth\/guard/)).toEqual([]);
});

const query = (text: string): Files => ({
  'package.json': manifest('pg'),
  'src/jobs.ts': `import { Pool } from 'pg';
const pool = new Pool();
export function jobs(team: string | undefined) {
  const filter = team ? 'AND team = $1' : '';
  return pool.query(\`${text}\`, [team]);
}
`,
});

test('a query that is put together from constant texts alone is no raw SQL', async () => {
  const base = query('SELECT id FROM jobs WHERE open');
  expect(await said(base, query('SELECT id FROM jobs WHERE open ${filter}'), /^q\/raw/)).toEqual([]);
  expect(await said(base, query('SELECT id FROM jobs WHERE open ${team}'), /^q\/raw/)).toHaveLength(1);
});

test('a query of several tables is told once', async () => {
  const base = query('SELECT jobs.id FROM jobs JOIN teams ON teams.id = jobs.team WHERE jobs.id = $1');
  const head = query('SELECT jobs.id FROM jobs JOIN teams ON teams.id = jobs.team WHERE jobs.name = $1');
  expect(await said(base, head, /^q\//)).toEqual([expect.stringMatching(/^The query of jobs, teams filters by /)]);
});

const workflow = (step: string): Files => ({
  '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n${step}`,
});

test('what a step installs is no check that the step makes', async () => {
  const base = workflow('      - run: pnpm exec playwright install chromium\n');
  expect(await said(base, workflow(''), /^infra\/ci-check/)).toEqual([]);
  const types = workflow('      - run: echo "$TITLE" | grep -E "^(feat|test|build):"\n');
  expect(await said(types, workflow(''), /^infra\/ci-check/)).toEqual([]);
  const asked = workflow(`      - run: grep -q '"@playwright/test"' package.json && pnpm exec playwright install\n`);
  expect(await said(asked, workflow(''), /^infra\/ci-check/)).toEqual([]);
  expect(
    await said(workflow('      - run: pnpm exec playwright test\n'), workflow(''), /^infra\/ci-check/),
  ).toHaveLength(1);
});

const released = (version: string, peer: string): Files => ({
  'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }),
  'packages/server/package.json': JSON.stringify({ name: '@acme/server', version, main: './src/index.ts' }),
  'packages/server/src/index.ts': 'export const server = 1;\n',
  'packages/client/package.json': JSON.stringify({
    name: '@acme/client',
    version,
    main: './src/index.ts',
    peerDependencies: { '@acme/server': peer },
  }),
  'packages/client/src/index.ts': 'export const client = 1;\n',
});

test('packages that are released together ask for nothing more of each other', async () => {
  const base = released('1.2.0', '1.2.0');
  expect(await packageFlags([base, released('1.3.0', '1.3.0')])).not.toContain('ts/pkg-peer-narrowed');
  expect(await packageFlags([released('1.2.0', '^1.0.0'), released('1.2.1', '^2.0.0')])).toContain(
    'ts/pkg-peer-narrowed',
  );
});

test('what the root of a workspace sets up is no shared library', async () => {
  const packages = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].flatMap((at) => [
      [`packages/p${at}/package.json`, JSON.stringify({ name: `p${at}`, private: true })],
      [`packages/p${at}/src/index.ts`, `import { setUp } from '../../../setup';\nexport const n${at} = setUp();\n`],
    ]),
  );
  const root = (text: string): Files => ({
    ...packages,
    'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }),
    'setup.ts': text,
  });
  const step = [root('export const setUp = () => 1;\n'), root('export const setUp = () => 2;\n')] as const;
  expect(await packageFlags(step)).toEqual([]);
});
