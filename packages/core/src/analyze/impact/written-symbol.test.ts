import { expect, test } from 'vitest';
import { NODE_KINDS, Presence } from '../../model/index.js';
import type { NodeKind, SymbolGraph } from '../../model/index.js';
import { reverseAdjacency } from '../reach/index.js';
import { externalId, symbolId, symbolIds } from './symbol-id.js';
import { findSymbols, parseWrittenSymbol, writtenFor } from './written-symbol.js';

type Row = readonly [file: number, name: string, kind: NodeKind, parent: number, line: number, end: number];

const PATHS = ['packages/ui/src/button.ts', 'packages/db/src/button.ts', 'src/odd #1/my file.ts'];
const ROWS: readonly Row[] = [
  [0, '<module>', 'module', -1, 1, 40],
  [0, 'Button', 'class', -1, 3, 20],
  [0, 'Button.render', 'method', 1, 5, 9],
  [0, 'useTheme', 'function', -1, 22, 30],
  [1, '<module>', 'module', -1, 1, 9],
  [1, 'Button', 'interface', -1, 2, 4],
  [2, '<module>', 'module', -1, 1, 1],
  [2, 'app~', 'mutation', -1, 1, 1],
  [-1, 'react#useState', 'external', -1, 0, 0],
];

const graph: SymbolGraph = {
  count: ROWS.length,
  names: ROWS.map(([, name]) => name),
  kinds: Uint8Array.from(ROWS, ([, , kind]) => NODE_KINDS.indexOf(kind)),
  fileOf: Int32Array.from(ROWS, ([file]) => file),
  parents: Int32Array.from(ROWS, ([, , , parent]) => parent),
  flags: new Uint32Array(ROWS.length),
  presence: new Uint8Array(ROWS.length).fill(Presence.head),
  lines: Uint32Array.from(ROWS, ([, , , , line]) => line),
  endLines: Uint32Array.from(ROWS, ([, , , , , end]) => end),
  files: PATHS.map((path, file) => ({
    path,
    packageName: file === 2 ? '' : path.split('/')[1]!,
    packageRoot: file === 2 ? '' : path.split('/').slice(0, 2).join('/'),
    role: 'source' as const,
    node: ROWS.findIndex((row) => row[0] === file),
  })),
  reverse: reverseAdjacency(ROWS.length, new Uint32Array(), new Uint32Array(), new Uint32Array(), 0),
  uncertain: [],
};

test.each([
  ['packages/ui/src/button.ts#Button.render', [2]],
  ['./packages\\ui\\src\\button.ts#render', [2]],
  ['ui/src/button.ts#Button', [1]],
  ['packages/ui/src/button.ts:6', [2]],
  ['packages/ui/src/button.ts:12', [1]],
  ['packages/ui/src/button.ts:35', [0]],
  ['packages/db/src/button.ts', [4, 5]],
  ['src/odd #1/my file.ts', [6, 7]],
  ['Button.render', [2]],
  ['render', [2]],
  ['useTheme', [3]],
  ['react#useState', [8]],
  ['npm ui packages/ui/src/button.ts/Button#render().', [2]],
])('%s is found', (written, nodes) => {
  expect(findSymbols(graph, written).nodes).toEqual(nodes);
});

test('what fits several is answered with candidates that each find one', () => {
  const { nodes, candidates, message } = findSymbols(graph, 'Button');
  expect(nodes).toEqual([]);
  expect(candidates).toEqual(['packages/db/src/button.ts#Button', 'packages/ui/src/button.ts#Button']);
  expect(message).toBe('`Button` fits 2 symbols; name the file too.');
  for (const candidate of candidates) expect(findSymbols(graph, candidate).nodes).toHaveLength(1);
  expect(findSymbols(graph, 'button.ts:3').candidates).toEqual(PATHS.slice(0, 2));
});

test('what fits nothing is answered with what comes close', () => {
  expect(findSymbols(graph, 'useTeme').candidates).toEqual(['useTheme']);
  expect(findSymbols(graph, 'packages/ui/src/button.ts#Button.rendr').candidates).toEqual([
    'packages/ui/src/button.ts#Button.render',
  ]);
  expect(findSymbols(graph, 'packages/ui/src/buton.ts#Button')).toMatchObject({
    nodes: [],
    message: 'There is no file `packages/ui/src/buton.ts`.',
  });
});

test('a private member keeps its hash', () => {
  expect(parseWrittenSymbol('a.ts#Foo.#bar')).toEqual({ kind: 'member', file: 'a.ts', name: 'Foo.#bar' });
  expect(parseWrittenSymbol('Foo.#bar')).toEqual({ kind: 'name', name: 'Foo.#bar' });
});

test('every node has an id of its own, and both the id and the written form find it again', () => {
  const idOf = symbolIds(graph);
  const ids = ROWS.map((_, node) => idOf(node));
  expect(new Set(ids).size).toBe(ROWS.length);
  ids.forEach((id, node) => expect(findSymbols(graph, id).nodes).toEqual([node]));
  ROWS.forEach((_, node) => expect(findSymbols(graph, writtenFor(graph, node)).nodes).toEqual([node]));
});

test('ids follow SCIP: suffixes by kind, odd names between backticks', () => {
  expect(symbolId('@acme/ui', 'a/b.ts', [{ name: 'x-`y', kind: 'property' }])).toBe('npm @acme/ui a/b.ts/`x-``y`.');
  expect(
    symbolId('', 'a.ts', [
      { name: 'ns', kind: 'namespace' },
      { name: 'T', kind: 'type' },
    ]),
  ).toBe('npm . a.ts/ns/T#');
  expect(externalId('react', 'useState')).toBe('npm react . useState.');
  expect(symbolIds(graph)(7)).toBe('npm . src/`odd #1`/`my file.ts`/`app~`.');
});
