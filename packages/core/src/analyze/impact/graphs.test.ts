import { expect, test } from 'vitest';
import { EdgeBit, NODE_KINDS, Presence, REPORT_VERSION, edgeWord } from '../../model/index.js';
import type { Report, ReportImpact, SymbolGraph } from '../../model/index.js';
import { reverseAdjacency } from '../reach/index.js';
import { centralities } from './centrality.js';
import { fileGraph, impactGraph, packageGraph, symbolGraph } from './graphs.js';

const RUN = edgeWord('call', 0, EdgeBit.runtime);
const TYPE = edgeWord('type', 0, EdgeBit.compile);
/** One symbol a file: two packages of one name stand in two folders; the last file is gone in the head. */
const FILES = [
  'packages/core/a.ts',
  'packages/core/b.ts',
  'packages/ui/c.ts',
  'apps/web/d.ts',
  'examples/web/e.ts',
  'packages/old/f.ts',
];
const NAMES = ['core', 'core', 'ui', 'web', 'web', 'old'];
const EDGES = [
  [1, 0, RUN],
  [2, 0, RUN],
  [2, 1, TYPE],
  [3, 2, TYPE],
  [4, 0, RUN],
  [5, 0, RUN],
  [0, 5, RUN],
] as const;

const graph: SymbolGraph = {
  count: 6,
  names: FILES.map((_, i) => `s${i}`),
  kinds: new Uint8Array(6).fill(NODE_KINDS.indexOf('function')),
  fileOf: Int32Array.from(FILES, (_, i) => i),
  parents: new Int32Array(6).fill(-1),
  flags: new Uint32Array(6),
  presence: Uint8Array.from(FILES, (_, i) => (i === 5 ? Presence.base : Presence.head)),
  lines: new Uint32Array(6).fill(1),
  endLines: new Uint32Array(6).fill(1),
  files: FILES.map((path, i) => ({
    path,
    packageName: NAMES[i]!,
    packageRoot: path.split('/').slice(0, 2).join('/'),
    role: 'source' as const,
    node: i,
  })),
  reverse: reverseAdjacency(
    6,
    Uint32Array.from(EDGES, (e) => e[0]),
    Uint32Array.from(EDGES, (e) => e[1]),
    Uint32Array.from(EDGES, (e) => e[2]),
    EDGES.length,
  ),
  uncertain: [],
};

const edgesOf = (of: ReturnType<typeof fileGraph>): string[] =>
  of.mapEdges((_, { kind, weight }, from, to) => `${from} → ${to} ${kind} ${weight}`);

test('packages: edges of symbols summed up, names that repeat are told apart by folder, what is gone is left out', () => {
  const packages = packageGraph(graph);
  expect(packages.nodes()).toEqual(['apps/web', 'core', 'examples/web', 'ui']);
  expect(edgesOf(packages)).toEqual(['apps/web → ui types 1', 'examples/web → core runtime 1', 'ui → core runtime 2']);
});

test('files and symbols', () => {
  expect(edgesOf(fileGraph(graph))[0]).toBe('apps/web/d.ts → packages/ui/c.ts types 1');
  expect(fileGraph(graph).order).toBe(5);
  expect(symbolGraph(graph).size).toBe(5);
  expect(symbolGraph(graph).getNodeAttributes('npm ui packages/ui/c.ts/s2().')).toEqual({
    label: 's2',
    package: 'ui',
    kind: 'function',
    file: 'packages/ui/c.ts',
  });
});

test('the foundation is the most central, what nobody depends on not at all', () => {
  const centrality = centralities(graph);
  expect(centrality(0)).toBe(1);
  expect(centrality(3)).toBe(0);
  expect(centrality(2)).toBeGreaterThan(0);
  expect(centrality(2)).toBeLessThan(1);
});

test('an impact graph has the changes, the impacts at their nearest, and the last step of each path', () => {
  const change = { id: 'a', symbol: 'a', file: 'a.ts', package: 'core', symbolKind: 'function' };
  const impact = (id: string, world: string, distance: number, path: string[], via: string[]) =>
    ({ ...change, id, symbol: id, world, distance, path, via }) as unknown as ReportImpact;
  const report = {
    version: REPORT_VERSION,
    changes: [change],
    impacts: [
      impact('b', 'compile', 1, ['a', 'b'], ['type']),
      impact('c', 'runtime', 2, ['a', 'b', 'c'], ['call', 'render']),
      impact('b', 'runtime', 3, ['a', 'b'], ['call']),
    ],
  } as unknown as Report;
  const drawn = impactGraph(report);
  expect(edgesOf(drawn)).toEqual(['b → a type 1', 'c → b render 1']);
  expect(drawn.getNodeAttribute('b', 'distance')).toBe(1);
  expect(drawn.getNodeAttribute('a', 'changed')).toBe(true);
});
