/** Names that every JavaScript object knows by itself: to a repository they are names like any other. */
import { materialise } from '@blast-radius/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { fileGraph, impactGraph, packageGraph, symbolGraph } from '../src/analyze/impact/index.js';
import { secondsOf } from '../src/analyze/risk/code/durations.js';
import { amountOf } from '../src/analyze/risk/settings/amounts.js';
import type { Node } from '../src/gather/facts/syntax.js';
import { builderOperations } from '../src/gather/sensitive/sql/builder-calls.js';
import { codeTree } from '../src/gather/sensitive/tables/code-tree.js';
import { operationFields } from '../src/model/graphql-text.js';
import type { AnalyzeOptions, Report } from '../src/model/index.js';
import { analyze, openRepository } from '../src/repository.js';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];

/** Texts by path. */
type Files = Readonly<Record<string, string>>;

function options(base: Files, head: Files): AnalyzeOptions & { readonly root: string } {
  const { root, dispose } = materialise(base, head);
  undo.push(dispose);
  return { root, base: 'main', threads: 0, env: {}, types: 'off' };
}

const report = (base: Files, head: Files): Promise<Report> => analyze(options(base, head));

/** `packages/a` has `body`; `packages/b`, of the name `name`, uses it, and `packages/c` uses that. */
function workspace(name: string, body: string): Files {
  return {
    'package.json': '{"name":"root","private":true,"workspaces":["packages/*"]}',
    'packages/a/package.json': '{"name":"first","main":"index.ts"}',
    'packages/a/index.ts': `export const a = () => ${body};\n`,
    'packages/b/package.json': JSON.stringify({ name, main: 'index.ts', dependencies: { first: '*' } }),
    'packages/b/index.ts': "import { a } from 'first';\nexport const b = () => a();\n",
    'packages/c/package.json': `{"name":"last","main":"index.ts","dependencies":{${JSON.stringify(name)}:"*"}}`,
    'packages/c/index.ts': `import { b } from '${name}';\nexport const c = () => b();\n`,
  };
}

describe.each(NAMES)('%s', (name) => {
  test('a package of that name', async () => {
    const asked = options(workspace(name, '1'), workspace(name, '2'));
    const { packages, impacts, changes } = await analyze(asked);
    expect(packages.map((one) => one.name).toSorted()).toEqual(['first', 'last', name].toSorted());
    expect(new Set(impacts.map(({ symbol, package: owner }) => `${symbol} of ${owner}`))).toEqual(
      new Set([`b of ${name}`, 'c of last']),
    );
    expect(changes.map(({ symbol }) => symbol)).toEqual(['a']);
    const repository = await openRepository({ root: asked.root, threads: 0, env: {} });
    const graph = packageGraph(repository.graph);
    expect(graph.mapNodes((_, { label }) => label).toSorted()).toEqual(['first', 'last', 'root', name].toSorted());
    expect(graph.mapEdges((edge) => [graph.source(edge), graph.target(edge)].map((key) => graph.getNodeAttribute(key, 'label'))).toSorted()).toEqual([['last', name], [name, 'first']].toSorted()); // prettier-ignore
    expect(
      repository
        .rank({ by: 'packages', limit: 10 })
        .rows.map((row) => row.package)
        .toSorted(),
    ).toEqual(['first', 'last', name].toSorted());
    repository.close();
  });

  test('files and folders of that name, their owners, and what a manifest lists', async () => {
    const files = (body: string): Files => ({
      'package.json': `{"name":"app","private":true,"dependencies":{"${name}":"^1.0.0"},"exports":{"./${name}":"./${name}.ts"},"bin":{"${name}":"./${name}.ts"}}`,
      CODEOWNERS: `* @${name}\n`,
      [name]: 'A file without an extension.\n',
      [`${name}.ts`]: `export const a = () => ${body};\n`,
      [`src/${name}/index.ts`]: `import { a } from '../../${name}.js';\nimport other from '${name}';\nexport const b = () => a() + other;\n`,
    });
    const made = await report(files('1'), files('2'));
    expect(new Set(made.impacts.map(({ file, symbol }) => `${file}#${symbol}`))).toEqual(
      new Set([`src/${name}/index.ts#b`]),
    );
    expect(JSON.stringify(made)).toContain(`@${name}`);
    const repository = await openRepository(options(files('1'), files('2')));
    expect(fileGraph(repository.graph).mapNodes((_, { label }) => label)).toContain(`${name}.ts`);
    expect(symbolGraph(repository.graph).order).toBeGreaterThan(2);
    expect(impactGraph(made).order).toBe(2);
    repository.close();
  });

  test('exports, members, parameters and entries of that name', async () => {
    const files = (body: string): Files => ({
      'package.json': '{"name":"app","private":true}',
      'a.ts': [
        `function made() { return ${body}; }`,
        `export { made as ${name} };`,
        `export class Box { static ${name === 'constructor' ? 'builder' : name}() { return ${body}; } ['${name}']() { return ${body}; } }`,
        `export const table = { '${name}': () => ${body} };`,
        `export enum Kind { ${name} = ${body} }`,
        `export interface Shape { ${name}: number }`,
        `export type Either = { ${name}: ${body} };`,
      ].join('\n'),
      'b.ts': [
        `import { ${name} as made, Box, table, Kind } from './a';`,
        'export const direct = () => made();',
        `export const ofTable = () => table['${name}']();`,
        `export const ofKind = () => Kind.${name};`,
        `export const ofBox = (box: Box) => box.${name}();`,
      ].join('\n'),
    });
    const { impacts } = await report(files('1'), files('2'));
    expect(impacts.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(['direct', 'ofTable', 'ofKind']));
  });

  test('routes, calls and fields of that name', async () => {
    const files = (body: string): Files => ({
      'package.json': '{"name":"app","private":true,"dependencies":{"express":"4","knex":"1","jsonwebtoken":"9"}}',
      'server.ts': [
        "import express from 'express';",
        "import jwt from 'jsonwebtoken';",
        'const app = express();',
        `class Service { queue = express(); ${name === 'constructor' ? '' : `${name} = 1;`} use() { return this.${name}; } run() { return this.queue.${name}(); } }`,
        `const service = new Service();`,
        `app.get('/${name}', service.${name}, { ${name}: ${body} }.${name});`,
        `app.use(service.${name});`,
        `export const token = () => jwt.sign({ ${name}: 1 }, 'x', { expiresIn: '${body} ${name}' });`,
        `export const asked = \`${name} { a } query { ${name} }\`;`,
        `export const text = gql\`${name} { a }\`;`,
      ].join('\n'),
      'client.ts': `export const ask = () => fetch('/${name}');\n`,
      'migrations/0001_a.ts': `export async function up(queryRunner: any, knex: any) { await queryRunner.${name}('t'); await knex.schema.${name}('t', 1); await knex.schema.alterTable('t', (t) => { t.${name}('c').alter(); t.dropColumn('${name}'); }); }\n`,
    });
    const { changes } = await report(files('1'), files('2'));
    expect(changes.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(['token', 'app~']));
  });

  test('tables, columns, types, settings and schemas of that name', async () => {
    const files = (size: number): Files => ({
      'package.json': '{"name":"app","private":true}',
      'schema.sql': `CREATE TABLE "${name}" ("${name}" varchar(${size}), b ${name}${size});\n`,
      'migrations/0001.sql': `ALTER TABLE "${name}" ALTER COLUMN "${name}" TYPE ${name}(${size});\n`,
      'prisma/schema.prisma': `model ${name.replaceAll('_', 'x')} {\n  id Int @id\n  ${name.replaceAll('_', 'x')} String @db.VarChar(${size})\n}\n`,
      'schema.graphql': `type Query { ${name.replace('__', 'x')}(${name.replace('__', 'x')}: Int = ${size}): Int }\ntype ${name.replace('__', 'x')} { a: Int }\n`,
      'a.proto': `syntax = "proto3";\nmessage ${name} { string ${name} = ${size}; }\nservice S { rpc ${name} (${name}) returns (${name}); }\n`,
      'openapi.yaml': `openapi: 3.0.0\ninfo: { title: t, version: "1" }\npaths:\n  /${name}:\n    get:\n      parameters: [{ name: ${name}, in: query, schema: { type: string, maxLength: ${size} } }]\n      responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/${name}" } } } } }\ncomponents: { schemas: { ${name}: { type: object, properties: { ${name}: { type: string, maxLength: ${size} } } } } }\n`,
      'k8s.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { replicas: ${size}, template: { spec: { containers: [{ name: ${name}, image: "${name}:${size}", env: [{ name: ${name}, value: "${size}" }], resources: { limits: { ${name}: "${size}" } } }] } } }\n`,
      '.env.example': `${name}=${size}\n`,
      'tsconfig.json': `{"compilerOptions":{"${name}":"${size}","paths":{"${name}":["./${name}.ts"]}}}`,
      'pnpm-workspace.yaml': `packages: []\ncatalog: { ${name}: ^${size}.0.0 }\n`,
    });
    const { changes } = await report(files(20), files(10));
    for (const file of ['migrations/0001.sql', 'schema.graphql', 'a.proto', 'openapi.yaml', 'k8s.yaml'])
      expect(changes.map((one) => one.file)).toContain(file);
  });

  test('words that tables of units, methods and roots are asked for', () => {
    expect(secondsOf(`3 ${name}`, undefined)).toBeUndefined();
    for (const unit of ['bytes', 'megabytes', 'seconds'] as const) expect(amountOf(`3 ${name}`, unit)).toBeUndefined();
    expect(operationFields(`${name} { a }`)).toEqual([]);
    for (const receiver of ['queryRunner', 'schema']) {
      const statement = (codeTree('a.ts', `${receiver}.${name}('t', 'c');`)!['body'] as Node[])[0]!;
      expect(builderOperations(statement['expression'] as Node)).toEqual([]);
    }
  });
});
