/**
 * Schemas, contracts, settings and configuration that are broken or hostile: one clear diagnostic each, the rest analysed all
 * the same, nothing fetched, and an unknown verdict wherever a change could not be read.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { materialise } from '@blast-radius/testkit';
import type { DiagnosticKind, Report } from '../src/model/index.js';
import { analyze } from '../src/repository.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

type Files = Readonly<Record<string, string>>;

/** `b` depends on `a`; beside them a migration that is well and drops a column. */
const BASE = {
  'package.json': '{"name":"app","private":true}',
  'src/a.ts': 'export const a = (): number => 1;\n',
  'src/b.ts': "import { a } from './a';\nexport const b = () => a();\n",
};
const HEAD = {
  ...BASE,
  'src/a.ts': 'export const a = (): number => 2;\n',
  'db/migrations/0002_email.sql': 'ALTER TABLE users DROP COLUMN email;\n',
};

async function run(head: Files, base: Files = {}): Promise<Report> {
  const made = materialise({ ...BASE, ...base }, { ...HEAD, ...head });
  undo.push(made.dispose);
  return analyze({ root: made.root, base: 'main', threads: 0, env: {}, types: 'off', cacheDir: false });
}

/** The rest must be there: the code's change with its impact, and the healthy migration's flag. */
function expectTheRest(report: Report): void {
  expect(report.impacts).toContainEqual(expect.objectContaining({ file: 'src/b.ts', symbol: 'b', distance: 1 }));
  expect(report.flags.map(({ rule }) => rule)).toContain('db/column-dropped');
}

const said = (report: Report, kind: DiagnosticKind) => report.diagnostics.filter((one) => one.kind === kind);

const OPENAPI = 'openapi: 3.0.3\ninfo: { title: Shop, version: "1" }\npaths:\n  /orders:\n    get:\n      responses:\n        "200": { description: ok }\n'; // prettier-ignore
const graphql = 'type Query {\n  orders: [String]\n}\n';
const proto = 'syntax = "proto3";\nmessage Order { string id = 1; }\n';
const deep = (open: string, close: string): string => open.repeat(100_000) + close.repeat(100_000);

/** File, healthy text of the base, broken text of the head, what is said. */
const BROKEN: readonly (readonly [name: string, file: string, base: string, head: string, kind: DiagnosticKind])[] = [
  ['YAML with a syntax error', 'api/openapi.yaml', OPENAPI, `${OPENAPI}  /x: [\n`, 'schema-broken'],
  ['JSON with a syntax error', 'api/openapi.json', '{"openapi":"3.0.3","paths":{"/a":{"get":{}}}}', '{"openapi":"3.0.3","paths":{"/a":{"get":{}', 'schema-broken'], // prettier-ignore
  ['JSON that is cut and closed', 'api/openapi.json', '{"openapi":"3.0.3","paths":{"/a":{},"/b":{}}}', '{"openapi":"3.0.3","paths":{"/a": }}', 'schema-broken'], // prettier-ignore
  ['GraphQL with a syntax error', 'schema.graphql', graphql, 'type Query {\n  orders: [String\n}\n', 'schema-broken'],
  ['GraphQL nested without end', 'schema.graphql', graphql, `type Query { a: ${deep('[', ']')} }`, 'schema-broken'],
  ['Protobuf with a syntax error', 'order.proto', proto, 'syntax = "proto3";\nmessage Order { string id = ; }\n', 'schema-broken'], // prettier-ignore
  ['Prisma with a syntax error', 'prisma/schema.prisma', 'model User {\n  id Int @id\n}\n', 'model User {\n  id Int @id\n', 'schema-broken'], // prettier-ignore
  ['YAML nested without end', 'api/openapi.yaml', OPENAPI, `${OPENAPI}x: ${deep('[', ']')}\n`, 'schema-broken'],
  ['JSON nested without end', 'api/openapi.json', '{"openapi":"3.0.3"}', `{"openapi":"3.0.3","x":${deep('[', ']')}}`, 'schema-broken'], // prettier-ignore
  ['a billion laughs', 'api/openapi.yaml', OPENAPI, `${OPENAPI}${laughs()}`, 'alias-bomb'],
  ['aliases by the thousand', 'docker-compose.yml', 'services:\n  web: { image: "web:1" }\n', `x: &x { a: 1 }\nservices:\n  web: { image: "web:2" }\ny:\n${'  - *x\n'.repeat(5000)}`, 'alias-bomb'], // prettier-ignore
  ['SQL of no dialect', 'db/migrations/0003_x.sql', '', 'FROBNICATE TABLE users WITH GLEE;\nALTER TABLE users DROP COLUMN name;\n', 'sql-not-read'], // prettier-ignore
  ['SQL nested without end', 'db/migrations/0003_x.sql', '', `SELECT ${deep('(', ')')};\nALTER TABLE users DROP COLUMN name;\n`, 'sql-not-read'], // prettier-ignore
  ['a reference to the network', 'api/openapi.yaml', OPENAPI, `${OPENAPI}x: { $ref: 'https://evil.example/x.yaml' }\n`, 'reference-remote'], // prettier-ignore
  ['a reference to a file URL', 'api/openapi.yaml', OPENAPI, `${OPENAPI}x: { $ref: 'file:///etc/passwd' }\n`, 'reference-remote'], // prettier-ignore
  ['a reference to a host', 'api/openapi.yaml', OPENAPI, `${OPENAPI}x: { $ref: '//evil.example/x.yaml' }\n`, 'reference-remote'], // prettier-ignore
  ['a reference out of the repository', 'api/openapi.yaml', OPENAPI, `${OPENAPI}x: { $ref: '../../../../etc/hosts.yaml' }\n`, 'reference-missing'], // prettier-ignore
  ['a reference to an absolute path', 'api/openapi.yaml', OPENAPI, `${OPENAPI}x: { $ref: '/etc/hosts.yaml' }\n`, 'reference-missing'], // prettier-ignore
  ['a reference to no file', 'api/openapi.yaml', OPENAPI, `${OPENAPI}x: { $ref: './gone.yaml#/x' }\n`, 'reference-missing'], // prettier-ignore
];

function laughs(): string {
  const levels = Array.from({ length: 12 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(10)}]\n`);
  return `l0: &l0 ha\n${levels.join('')}`;
}

test.each(BROKEN)('%s', async (_, file, before, head, kind) => {
  const report = await run({ [file]: head }, before === '' ? {} : { [file]: before });
  expectTheRest(report);
  const [first] = said(report, kind);
  expect(first).toMatchObject({ file, message: expect.stringMatching(/^[^\n]{20,400}$/) });
  expect(report.verdict.known).toBe(false);
  expect(report.unknowns.map((one) => one.file)).toContain(file);
  if (kind === 'sql-not-read') expect(report.flags.map(({ subject }) => subject)).toContain('users.name');
});

describe('references in circles', () => {
  const circle = `${OPENAPI}components:\n  schemas:\n    A: { type: object, properties: { b: { $ref: '#/components/schemas/B' }, c: { $ref: './other.yaml#/C' } } }\n    B: { allOf: [{ $ref: '#/components/schemas/A' }] }\n    Self: { $ref: '#/components/schemas/Self' }\n`; // prettier-ignore
  const used = circle.replace('{ description: ok }', "{ description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }"); // prettier-ignore
  const other = "C: { $ref: './openapi.yaml#/components/schemas/A' }\n";

  test('are ordinary, and what changes beside them is found', async () => {
    const files = { 'api/openapi.yaml': used, 'api/other.yaml': other };
    const report = await run({ ...files, 'api/openapi.yaml': used.replace('/orders', '/purchases') }, files);
    expectTheRest(report);
    expect(report.flags.map(({ rule }) => rule)).toContain('openapi/api-path-removed-without-deprecation');
    expect(report.diagnostics.filter(({ level }) => level !== 'note')).toEqual([]);
  });
});

describe('the configuration', () => {
  const good = '{ "rules": ["db/*"], "reason": "empty table" }';

  test.each([
    ['a key with a typo', `{ "supress": [${good}] }`, /`supress` is no key of it; did you mean `suppress`\?/],
    [
      'a key of an item with a typo',
      '{ "suppress": [{ "rules": ["db/*"], "raeson": "x" }] }',
      /did you mean `reason`\?/,
    ],
    ['a list that is none', `{ "suppress": ${good} }`, /`suppress` is no list/],
    ['no reason', '{ "suppress": [{ "rules": ["db/*"] }] }', /needs `rules` and a `reason`; it accepts nothing/],
    ['no object', '[]', /it is no object/],
    ['a syntax error', `{ "suppress": [${good}]`, /it does not parse/],
    ['nothing in it', '', /it does not parse|it is no object/],
  ])('%s', async (_, text, message) => {
    const report = await run({ 'blast-radius.config.json': text });
    expectTheRest(report);
    const sentences = said(report, 'config-invalid').map((one) => one.message);
    expect(sentences.join('\n')).toMatch(message);
    expect(report.suppressed).toEqual([]);
  });

  test('a typo beside what is right: that counts, and an alias bomb is none of it', async () => {
    const report = await run({
      'blast-radius.config.yaml': `suppress:\n  - { rules: [db/*], reason: empty table }\nsupress: []\n`,
    });
    expect(report.suppressed.map(({ rule }) => rule)).toContain('db/column-dropped');
    expect(said(report, 'config-invalid')).toHaveLength(1);
    const bomb = await run({ 'blast-radius.config.yaml': laughs() });
    expectTheRest(bomb);
    expect(said(bomb, 'config-invalid')).toHaveLength(1);
  });
});

describe('a comment that accepts a finding', () => {
  test.each([
    [
      'before the line',
      '-- blast-radius-ignore db/column-dropped -- nobody reads it\nALTER TABLE users DROP COLUMN email;\n',
    ],
    ['behind the code', 'ALTER TABLE users DROP COLUMN email; -- blast-radius-ignore db/* -- nobody reads it\n'],
    [
      'for the file',
      '-- blast-radius-ignore-file db/column-dropped -- nobody reads it\nSELECT 1;\nALTER TABLE users DROP COLUMN email;\n',
    ],
  ])('%s, is counted with its reason', async (_, text) => {
    const report = await run({ 'db/migrations/0002_email.sql': text });
    expect(report.flags.map(({ rule }) => rule)).not.toContain('db/column-dropped');
    expect(report.suppressed.find(({ rule }) => rule === 'db/column-dropped')?.suppression).toMatchObject({ by: 'comment', reason: 'nobody reads it' }); // prettier-ignore
    expect(report.rules.map(({ id }) => id)).toContain('db/column-dropped');
  });

  test.each([
    ['of another rule', '-- blast-radius-ignore db/table-dropped -- why\n', undefined],
    ['without a reason', '-- blast-radius-ignore db/column-dropped\n', 'suppression-without-reason'],
    ['without a rule', '-- blast-radius-ignore -- because\n', 'suppression-without-reason'],
  ] as const)('%s, accepts nothing', async (_, comment, kind) => {
    const report = await run({ 'db/migrations/0002_email.sql': `${comment}ALTER TABLE users DROP COLUMN email;\n` });
    expectTheRest(report);
    if (kind !== undefined) expect(said(report, kind)).toHaveLength(1);
  });
});
