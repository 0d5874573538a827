/**
 * What a survey of contracts takes over from an earlier one, and that it does not show in which order files come.
 * That what is taken over is right is shown for every story by kept-links.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { link } from '../src/analyze/link/index.js';
import { extractFacts } from '../src/gather/facts/index.js';
import { createFactsStore, type FactsStore } from '../src/gather/facts-store.js';
import { readRevision } from '../src/gather/read-revision.js';
import { memoryTree } from '../src/gather/tree-memory.js';
import type { Endpoints, RepoPath, Revision, Snapshot, SourceFile } from '../src/model/index.js';
import { shareFiles } from '../src/gather/shared-files.js';
import { analyzeCase, type Files } from './case.js';

const SHOP: Files = {
  'package.json': '{"name":"app","dependencies":{"express":"1.0.0","pg":"1.0.0"}}',
  'server.ts':
    "import express from 'express'; import { path } from './paths'; const app = express(); app.get(path, (q, s) => s.end());",
  'paths.ts': "export const path = '/orders';",
  'client.ts': "import { send } from './send'; export const list = () => send('/orders');",
  'send.ts': 'export const send = (url: string) => fetch(url, {});',
  'job.ts': "import { Client } from 'pg'; new Client().query('select id from orders');",
  'plain.ts': 'export const plain = Math.max(1, 2);',
};

describe('a survey beside an earlier one', () => {
  test.each<[string, Files, string[]]>([
    ['nothing', {}, []],
    ['a file that nobody asks', { 'plain.ts': 'export const plain = Math.min(1, 2);' }, ['plain.ts']],
    ['a text that a route has', { 'paths.ts': "export const path = '/books';" }, ['paths.ts', 'server.ts']],
    [
      'who calls a wrapper, which is asked again',
      { 'client.ts': "import { send } from './send'; export const all = () => send('/books');" },
      ['client.ts', 'send.ts'],
    ],
    [
      'a new caller of it, beside whom the other is asked',
      { 'new.ts': "import { send } from './send'; send('/new');" },
      ['client.ts', 'new.ts', 'send.ts'],
    ],
    ['a file that is gone', { 'job.ts': '' }, ['job.ts']],
  ])('looks only at what may be found otherwise: %s', async (_, edits, expected) => {
    const store = createFactsStore(async (inputs) => inputs.map((input) => extractFacts(input)));
    const asked = new Set<RepoPath>();
    const kept = watched(await revisionOf(SHOP, store), asked);
    const entryFiles = { starts: new Uint32Array(kept.files.length + 1), values: new Int32Array() };
    const columns = { ...link(alone(kept)).keep(), entryFiles, resourceImports: {} };
    const head = shareFiles(watched(await revisionOf({ ...SHOP, ...edits }, store), asked), kept);
    asked.clear();
    const found = link({ ...alone(head), kept: { files: kept.files, columns } }).endpoints.head;
    expect([...asked].sort()).toEqual(expected);
    expect(found).toEqual(link(alone(head)).endpoints.head);
  });
});

describe('the order of files', () => {
  const parts = [
    "export function one(app, depth) { app.get('/one', show); if (depth > 0) two(app, depth - 1); } function show() {}",
    "export function two(app, depth) { app.post('/two', make); one(app, depth); } function make() {}",
    "import express from 'express'; one(express(), 3);",
  ];

  test.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])('does not show where functions call each other: %i %i %i', async (...order) => {
    const names = order.map((place) => `${'abc'[place]!}`);
    const importing = (text: string): string =>
      `import { one } from './${names[0]!}'; import { two } from './${names[1]!}'; ${text}`;
    const files = Object.fromEntries(parts.map((text, part) => [`${names[part]!}.js`, importing(text)]));
    const manifest = { 'package.json': '{"name":"app","dependencies":{"express":"1.0.0"}}' };
    const { linked } = await analyzeCase({ ...manifest, ...files }, { ...manifest, ...files });
    const keys = (ends: Endpoints): string[] => ends.map(({ key }) => key).sort();
    expect(keys(linked.endpoints.head)).toEqual(['GET /one', 'POST /two']);
    expect(keys(linked.endpoints.base)).toEqual(['GET /one', 'POST /two']);
  });
});

async function revisionOf(files: Files, store: FactsStore): Promise<Revision> {
  return (await readRevision(memoryTree(files), store)).revision;
}

const facts = new Map<unknown, SourceFile['facts']>();

/** The same files; whose call records are read is noted. Equal texts have one object, as the store gives them. */
function watched(revision: Revision, asked: Set<RepoPath>): Revision {
  const files = revision.files.map((file): SourceFile => {
    const known = file.facts;
    if (known === undefined) return file;
    const own = facts.get(known) ?? Object.defineProperty({ ...known }, 'calls', { get: () => (asked.add(file.path), known.calls) }); // prettier-ignore
    facts.set(known, own);
    return { ...file, facts: own };
  });
  return { ...revision, files };
}

function alone(head: Revision): Snapshot {
  return {
    comparison: { head: 'head', chosenBy: 'test' },
    head,
    diffs: [],
    lockfiles: [],
    texts: { base: {}, head: {} },
    catalogue: [],
    resources: { base: [], head: [] },
    diagnostics: [],
  } as unknown as Snapshot;
}
