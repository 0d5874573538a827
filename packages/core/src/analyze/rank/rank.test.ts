/** A thing's dependents are those of all its nodes together; direct ones are counted once. */
import { expect, it } from 'vitest';
import { EdgeBit, NODE_KINDS, edgeWord, type SymbolGraph } from '../../model/index.js';
import { placesOf } from '../impact/index.js';
import { reverseAdjacency } from '../reach/index.js';
import { rankGraph } from './rank.js';

const CALL = edgeWord('call', 0, EdgeBit.runtime | EdgeBit.compile);

/** Two functions in each file `a.ts`, `b.ts` …; `edges` go from a dependent to a dependency, as `file + index`. */
function graphOf(files: string, edges: readonly (readonly [string, string])[]): SymbolGraph {
  const count = 2 * files.length;
  const node = (written: string): number => 2 * files.indexOf(written[0]!) + Number(written[1]);
  const from = Uint32Array.from(edges, ([dependent]) => node(dependent));
  const to = Uint32Array.from(edges, ([, dependency]) => node(dependency));
  return {
    count,
    names: Array.from({ length: count }, (_, at) => `${files[at >> 1]}${at & 1}`),
    kinds: new Uint8Array(count).fill(NODE_KINDS.indexOf('function')),
    fileOf: Int32Array.from({ length: count }, (_, at) => at >> 1),
    parents: new Int32Array(count).fill(-1),
    flags: new Uint32Array(count),
    presence: new Uint8Array(count).fill(2),
    lines: new Uint32Array(count).fill(1),
    endLines: new Uint32Array(count).fill(1),
    files: [...files].map((name, at) => ({
      path: `${name}.ts`,
      packageName: 'p',
      packageRoot: '',
      role: name === 't' ? 'test' : 'source',
      node: 2 * at,
    })),
    reverse: reverseAdjacency(count, from, to, new Uint32Array(edges.length).fill(CALL), edges.length),
    uncertain: [],
  };
}

const GRAPH = graphOf('abcdt', [
  ['b0', 'a0'],
  ['b1', 'a0'],
  ['c0', 'a1'],
  ['d0', 'c0'],
  ['t0', 'a0'],
  ['a1', 'a0'],
]);

it('counts the dependents of all symbols of a file together, tests and the file itself left out', () => {
  const { rows, medianError } = rankGraph(GRAPH, placesOf(GRAPH, []), { by: 'files', limit: 2 });
  expect(medianError).toBe(0);
  expect(rows).toMatchObject([
    { name: 'a.ts', dependents: 3, directDependents: 2 },
    { name: 'c.ts', dependents: 1, directDependents: 1 },
  ]);
  const symbols = rankGraph(GRAPH, placesOf(GRAPH, []), { by: 'symbols', limit: 2 }).rows;
  expect(symbols).toMatchObject([
    { name: 'a0', dependents: 5, directDependents: 3 },
    { name: 'a1', dependents: 2, directDependents: 1 },
  ]);
});

it('says how sure estimates are', () => {
  const options = { by: 'files', limit: 1, method: 'estimate' } as const;
  const { rows, medianError } = rankGraph(GRAPH, placesOf(GRAPH, []), options);
  expect(rows).toMatchObject([{ name: 'a.ts', dependents: 3 }]);
  expect(medianError).toBeGreaterThan(0);
});

it('a file whose symbols have different dependents has them all', () => {
  const graph = graphOf('abc', [
    ['b0', 'a0'],
    ['c0', 'a1'],
  ]);
  expect(rankGraph(graph, placesOf(graph, []), { by: 'files', limit: 1 }).rows).toMatchObject([{ dependents: 2 }]);
});
