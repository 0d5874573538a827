/** The catalogue's rows and a user's: one schema holds both, and the published schema is that one. `UPDATE=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parsePath } from '../src/analyze/contracts/access-path.js';
import { PROJECT_CONFIG_SCHEMA, ROW_SCHEMA, schemaFaults } from '../src/catalogue/config-schema.js';
import { CATALOGUE } from '../src/catalogue/frameworks/index.js';
import { SETS } from '../src/catalogue/frameworks/sets.js';
import { readProjectConfig } from '../src/gather/sensitive/project-config.js';
import { memoryTree } from '../src/gather/tree-memory.js';

const PUBLISHED = fileURLToPath(new URL('../../../docs/blast-radius.config.schema.json', import.meta.url));

test('every row is as the schema says, and its id is its own', () => {
  expect(CATALOGUE.flatMap((row) => schemaFaults(ROW_SCHEMA, row).map((fault) => ({ row: row.id, ...fault })))).toEqual(
    [],
  );
  expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
  expect(CATALOGUE.length).toBeGreaterThan(150);
});

test('access paths are made of known tokens and sets', () => {
  const paths = CATALOGUE.flatMap((row) => [...(row.recv ?? []), ...(row.fluent ?? []), ...(row.call === 'new' || row.call === 'tpl' ? [] : [row.call ?? ''])]); // prettier-ignore
  for (const path of paths) {
    expect(path).toMatch(/^(?:$|(?:(?:\*\*|[A-Z](?:\[[^\]]+\])?)(?:\.(?!$)|$))+$)/);
    for (const [, set = ''] of path.matchAll(/#(\w+)/g)) expect(SETS).toHaveProperty(set);
    expect(parsePath(path).length).toBe(path === '' ? 0 : path.replaceAll(/\[[^\]]*\]/g, '').split('.').length);
  }
});

test('the published schema is the one that validates', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'blast-radius.config',
    ...PROJECT_CONFIG_SCHEMA,
  };
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  if (process.env['UPDATE'] === '1') writeFileSync(PUBLISHED, text);
  expect(JSON.parse(readFileSync(PUBLISHED, 'utf8'))).toEqual(JSON.parse(text));
});

test('a typo gets the nearest key, a row that is wrong is left out, the rest counts', async () => {
  const text = JSON.stringify({
    catalog: [],
    catalogue: [
      { id: 'own.route', role: 'http.route', pkg: ['own'], call: 'M[on]', bind: { path: 'A0' } },
      { id: 'own.client', role: 'http.clint', pkg: ['own'] },
      { id: 'own.file', role: 'http.route', kind: 'file', pkg: [], style: 'remix', files: '(a+)+$' },
    ],
  });
  const { catalogue, diagnostics } = await readProjectConfig(
    memoryTree({ 'blast-radius.config.json': text }, { label: 'x' }),
  );
  expect(catalogue.map(({ id }) => id)).toEqual(['own.route']);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    expect.stringContaining('`catalog` is no key of it; did you mean `catalogue`?'),
    expect.stringContaining('did you mean `http.client`?'),
    expect.stringContaining('no plain regular expression'),
  ]);
});
